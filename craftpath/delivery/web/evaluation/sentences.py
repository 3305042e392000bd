"""The sum in words: what was earned of what could be earned so far, what is left, and how it was rounded.

A figure "of 30 so far" means: of the 30 points that were decided, the other 70 being still open. So nobody
takes five good weeks of ten for a full mark.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import get_language, gettext, ngettext

from craftpath.delivery.web.evaluation.figures import Standing, exact
from craftpath.delivery.web.shell.templatetags.say import points, together


def sum_in_words(standing: Standing) -> str:
    """One sentence or two for one result."""
    if standing.complete:
        return _complete(standing)
    if not standing.left:
        return gettext("Everything is exempt, so there is nothing to add up.")
    left = marks_left(standing.left)
    if standing.has_levels:
        return gettext("The level is still open; %(left)s.") % {"left": left}
    if not standing.open:
        return gettext("%(earned)s of 100; %(left)s, without points, but a pass rule waits for it.") % {
            "earned": points(standing.to_date),
            "left": left,
        }
    still = points_open(standing.open)
    decided = 100 - standing.open
    if not decided:
        return gettext("Nothing is decided yet; %(left)s, %(open)s.") % {"left": left, "open": still}
    return gettext("%(earned)s of %(decided)s so far; %(left)s, %(open)s.") % {
        "earned": points(standing.to_date),
        "decided": points(decided),
        "left": left,
        "open": still,
    }


def _complete(standing: Standing) -> str:
    if standing.grade:
        first = gettext("All marks are in: %(grade)s.") % {"grade": standing.grade}
    elif standing.has_levels:  # the gate stayed shut
        first = gettext("All marks are in.")
    else:
        first = gettext("%(total)s of 100; all marks are in.") % {
            "total": points(standing.total or Decimal(0))
        }
    said = {
        (True, False): gettext("The pass rules are met."),
        (False, False): gettext("The pass rules are not met."),
        (True, True): gettext("Decided: passed."),
        (False, True): gettext("Decided: not passed."),
    }
    rules = "" if standing.passed is None else said[standing.passed, standing.decided]
    return together([first, rules] if rules else [first])


def supposed_in_words(standing: Standing) -> str:
    """The same for marks that are only supposed: what it would come to."""
    if not standing.complete and standing.has_levels:
        return gettext("The level would still be open; %(left)s.") % {"left": marks_left(standing.left)}
    if not standing.complete:
        facts = {"earned": points(standing.to_date), "open": points_open(standing.open)}
        return gettext("It would come to %(earned)s so far, with %(open)s.") % facts
    if standing.grade:
        first = gettext("It would be: %(grade)s.") % {"grade": standing.grade}
    elif standing.has_levels:
        first = gettext("All marks would be in.")
    else:
        first = gettext("It would come to %(total)s of 100.") % {
            "total": points(standing.total or Decimal(0))
        }
    rules = {
        True: gettext("The pass rules would be met."),
        False: gettext("The pass rules would not be met."),
        None: "",
    }[standing.passed]
    return together([first, rules] if rules else [first])


def marks_left(count: int) -> str:
    """How many marks are still to come: "two marks left"."""
    return ngettext("%(count)s mark left", "%(count)s marks left", count) % {"count": counted(count)}


def points_open(still: Decimal) -> str:
    """How many points can still be added: "18 points still open"."""
    one_or_many = 1 if still == 1 else 2
    return ngettext("%(points)s point still open", "%(points)s points still open", one_or_many) % {
        "points": points(still)
    }


def counted(count: int) -> str:
    """A small count as the language writes it in a sentence: a word in English, digits in Chinese."""
    return str(apnumber(count)) if (get_language() or "").startswith("en") else str(count)


def rounding(value: Fraction, rounded: Decimal, decimals: int) -> str:
    """How the printed figure came from the exact one."""
    facts = {"exact": exact(value), "rounded": f"{rounded:f}", "places": counted(decimals)}
    if value == Fraction(rounded):
        return gettext("%(exact)s exactly; nothing had to be rounded.") % {"exact": facts["exact"]}
    if not decimals:
        return gettext("%(exact)s exactly, half up to a whole number: %(rounded)s") % facts
    return (
        ngettext(
            "%(exact)s exactly, half up to %(places)s place: %(rounded)s",
            "%(exact)s exactly, half up to %(places)s places: %(rounded)s",
            decimals,
        )
        % facts
    )
