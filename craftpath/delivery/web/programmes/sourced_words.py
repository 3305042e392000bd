"""A rule that works marks out, in words that an apprentice can check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.templatetags.say import listed, points, together
from craftpath.domain.programmes.texts import BEYOND
from craftpath.engines.evaluation import Raters, Source, raters_faults, raters_of, source_faults, source_of


def source_sentences(source: Source) -> list[str]:
    """What counts, what does not, from how many on, and how a share becomes points."""
    worth = {name: points(value) for name, value in source.worth_of().items()}
    return [*_KINDS[source.kind](source, worth), _from_how_many(source), *_steps(source)]


def _attendance(_source: Source, worth: Mapping[str, str]) -> list[str]:
    said = _(
        "Of the sessions whose roll call was closed, the share at which the apprentice was present. Late counts "
        "%(late)s, left early %(left_early)s, absent 0."
    )
    return [said % worth, _("Excused sessions are left out, and so is one of which two roll calls differ.")]


def _weeks(source: Source, worth: Mapping[str, str]) -> list[str]:
    first = ngettext(
        "Of the weeks at work, the share with an entry that was handed in at most %(days)s day after the week’s end "
        "and that the mentor confirmed.",
        "Of the weeks at work, the share with an entry that was handed in at most %(days)s days after the week’s end "
        "and that the mentor confirmed.",
        source.within_days,
    ) % {"days": source.within_days}
    late = _("A confirmed week that was handed in later counts %(late)s.") % worth
    said = ngettext(
        "When the mentor confirms does not matter: weeks after the last confirmed one are left out, and with more "
        "than %(most)s such week the mark stays open.",
        "When the mentor confirms does not matter: weeks after the last confirmed one are left out, and with more "
        "than %(most)s such weeks the mark stays open.",
        source.unanswered,
    ) % {"most": source.unanswered}
    return [first, late, said, _("How much was written, and in which words, plays no part.")]


def _talks(_source: Source, worth: Mapping[str, str]) -> list[str]:
    said = _(
        "Of the two-minute talks about an entry drawn at random: “agrees” counts 1, “partly” %(partly)s, “differs” 0."
    )
    return [said % worth]


def _reviews(_source: Source, worth: Mapping[str, str]) -> list[str]:
    said = _(
        "Of the reviews that were due: one held by its day counts 1, a later one %(late)s, a missed one 0."
    )
    return [said % worth]


def _activities(source: Source, _worth: Mapping[str, str]) -> list[str]:
    first = ngettext(
        "Learning activities that somebody confirmed: forums attended, contributions to study groups, texts read, "
        "courses finished. One in %(days)s day is expected; more is welcome and counts as full marks.",
        "Learning activities that somebody confirmed: forums attended, contributions to study groups, texts read, "
        "courses finished. One in %(days)s days is expected; more is welcome and counts as full marks.",
        source.every_days,
    )
    return [first % {"days": source.every_days}, _("Posts, clicks and time on pages play no part.")]


_KINDS = {
    "attendance": _attendance,
    "weeks_confirmed": _weeks,
    "talks": _talks,
    "reviews": _reviews,
    "activities": _activities,
}


def _from_how_many(source: Source) -> str:
    facts = {"least": source.at_least}
    said = {
        "attendance": ngettext(
            "It counts from %(least)s session on.", "It counts from %(least)s sessions on.", source.at_least
        ),
        "weeks_confirmed": ngettext(
            "It counts from %(least)s week on.", "It counts from %(least)s weeks on.", source.at_least
        ),
        "talks": ngettext(
            "It counts from %(least)s talk on.", "It counts from %(least)s talks on.", source.at_least
        ),
        "reviews": ngettext(
            "It counts from %(least)s review on.", "It counts from %(least)s reviews on.", source.at_least
        ),
        "activities": ngettext(
            "It counts from %(least)s expected activity on.",
            "It counts from %(least)s expected activities on.",
            source.at_least,
        ),
    }
    return said[source.kind] % facts


def _steps(source: Source) -> list[str]:
    if not source.steps:
        return []
    one = _("from %(share)s %% on %(points)s %%")
    said = [one % {"share": points(step.share), "points": points(step.points)} for step in source.steps]
    return [_("Of full marks it gives: %(steps)s; below that nothing.") % {"steps": listed(said)}]


def raters_sentences(raters: Raters) -> list[str]:
    """How many judge, how their marks become one, and what a wide gap asks for; both marks are always kept."""
    facts = {"count": raters.raters}
    if raters.method == "chair":
        return [
            _("A chair judges by the rubric, and the chair’s mark counts; what others say stands beside it.")
        ]
    if raters.raters == 1:
        return [_("One rater judges by the rubric.")]
    said = {
        "mean": ngettext(
            "%(count)s rater judges by the rubric; the mark is the mean.",
            "%(count)s raters judge by the rubric, each alone; the mark is their mean.",
            raters.raters,
        ),
        "median": ngettext(
            "%(count)s rater judges by the rubric; the mark is the middle one.",
            "%(count)s raters judge by the rubric, each alone; the mark is the middle one.",
            raters.raters,
        ),
    }[raters.method] % facts
    if raters.gap is None:
        return [said]
    beyond = _("More than %(gap)s points apart: %(who)s. All marks and the gap are kept.")
    return [said, beyond % {"gap": points(raters.gap), "who": str(BEYOND[raters.beyond])}]


def typed_sentence(row: Mapping[str, Any]) -> str:
    """The same for a rule as it is being typed; empty while something is wrong with it."""
    raters = raters_of(row)
    if raters is not None:
        return "" if any(raters_faults(raters, "")) else together(raters_sentences(raters))
    source = source_of(row)
    if source is None or any(source_faults(source, "")):
        return ""
    return together(source_sentences(source))
