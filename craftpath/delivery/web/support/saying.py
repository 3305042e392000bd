"""Early help in words: what speaks of somebody and whose it is, shares, intervals."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.support.ruling import FEATURES, WEEKS, WHOSE
from craftpath.domain.support.texts import FIGURES, GROUPS, NEXT_ACTS, RULES
from craftpath.domain.support.texts import WHOSE as WHOSE_TEXTS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.support.models import Look

SLIGHT = 0.05  # of log odds: less is not worth a word


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: a heading, the fact in words, whose it is to put right, and whether somebody is on it."""

    code: str
    title: str
    fact: str
    whose: str
    acted: bool


def reason(code: str, value: int, points: int = 1) -> Said:
    """What a rule says of somebody."""
    return Said(code, str(RULES[code]), fact(code, value), str(WHOSE_TEXTS[WHOSE[code]]), points == 0)


def fact(code: str, value: int) -> str:
    """The figure that it rests on, as a sentence."""
    if code == "silent":
        if value >= WEEKS:
            return _("nothing handed in for eight weeks or longer")
        return ngettext("nothing handed in for %(n)s week", "nothing handed in for %(n)s weeks", value) % {
            "n": value
        }
    if code == "absent":
        return _("there at %(n)s %% of the sessions of the last eight weeks") % {"n": value}
    if code == "waiting":
        return ngettext(
            "the oldest entry has waited for %(n)s day", "the oldest entry has waited for %(n)s days", value
        ) % {"n": value}
    if code == "review":
        return ngettext("it was due %(n)s day ago", "it was due %(n)s days ago", value) % {"n": value}
    if code == "marks":
        return _("%(n)s points under the pass mark with what is in so far") % {"n": tenths(value)}
    if code == "mentorless":
        return ngettext("nobody for %(n)s day", "nobody for %(n)s days", value) % {"n": value}
    if code == "gate":
        return ngettext("its planned end was %(n)s day ago", "its planned end was %(n)s days ago", value) % {
            "n": value
        }
    return of_a_hundred(value)


def of_a_hundred(per_mille: int) -> str:
    """A share as people count."""
    return _("of 100 with this figure, about %(n)s left early within half a year") % {
        "n": max(1, round(per_mille / 10))
    }


def tenths(value: int) -> str:
    """25 as 2.5, without needless zeros."""
    return str(value // 10) if value % 10 == 0 else f"{value / 10:.1f}"


def next_act(request: Request, code: str, enrolment: str) -> dict[str, str]:
    """What to do next as a label and an address: the page where it is done, else the person's own."""
    key, may = request.organisation.key, request.actor.permissions
    page = reverse("support:one", args=[key, enrolment])
    url = f"{page}#help"
    if code == "answer_log":
        url = reverse("logbook:of_one", args=[key, enrolment])
    elif code == "open_gate":
        url = reverse("progression:one", args=[key, enrolment])
    elif code == "hold_review":
        url = reverse("reviews:list", args=[key])
    elif code == "find_mentor" and Permission.FORM_PAIRS in may:
        url = reverse("pairing:board", args=[key])
    return {"label": str(NEXT_ACTS.get(code, NEXT_ACTS["talk"])), "url": url}


def percent(share: float | None) -> str:
    """A share in whole percent; what is not known is –."""
    return "–" if share is None else _("%(n)s %%") % {"n": round(100 * share)}


def proportion(told: dict[str, Any] | None) -> dict[str, Any] | None:
    """A kept or counted proportion with its interval in words; None where it is suppressed or of nobody."""
    if not told or not told["n"]:
        return None
    return {
        "value": percent(told["count"] / told["n"]),
        "count": told["count"],
        "n": told["n"],
        "interval": _("%(low)s to %(high)s") % {"low": percent(told["low"]), "high": percent(told["high"])},
    }


def difference(told: list[float] | None) -> str:
    """A difference of rates in points with its interval."""
    if told is None:
        return "–"
    value, low, high = (f"{100 * one:+.0f}".replace("-", "−").replace("+0", "0") for one in told)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def group(dimension: str, name: str) -> str:
    """A group as people call it: a kept code, or a name in two languages."""
    if dimension in ("trade", "place"):
        try:
            return text(json.loads(name))
        except (ValueError, TypeError):
            return name
    return str(GROUPS.get(name, name))


@dataclass(frozen=True, slots=True)
class Explained:
    """A model's figure of one person: in words, what made it, and what came of such figures before."""

    said: str
    parts: list[dict[str, str]]
    past: dict[str, Any] | None
    version: int


def explained(look: Look) -> Explained | None:
    """The parts multiply to the odds: each factor is one figure against the usual one. None without a model."""
    if look.share is None or look.model is None:
        return None
    told = [
        _part(feature.key, part / 1000, look.figures)
        for feature, part in zip(FEATURES, look.parts, strict=False)
        if abs(part / 1000) >= SLIGHT
    ]
    told.sort(key=lambda one: -float(one["size"]))
    return Explained(of_a_hundred(look.share), told, _past(look), look.model.version)


def _part(key: str, part: float, figures: dict[str, Any]) -> dict[str, str]:
    factor = math.exp(part)
    known = {**figures, "absence": _absence(figures)}.get(key)
    if part > 0:
        words = _("makes it more likely: %(factor)s times the usual odds") % {"factor": f"{factor:.1f}"}
    else:
        words = _("makes it less likely: %(factor)s times the usual odds") % {"factor": f"{factor:.1f}"}
    return {
        "label": str(FIGURES[key]),
        "value": "–" if known is None else str(known),
        "words": words,
        "size": str(abs(part)),
    }


def _absence(figures: dict[str, Any]) -> int | None:
    there = figures.get("attendance")
    return None if there is None else 100 - there


def _past(look: Look) -> dict[str, Any] | None:
    """The bin of the reliability table in which this figure lies."""
    share = (look.share or 0) / 1000
    bins = look.model.report.get("bins", ()) if look.model else ()
    near = min(bins, key=lambda one: abs(one["said"] - share), default=None)
    inside = next((one for one in bins if one["low"] <= share <= one["high"]), near)
    return proportion(inside["came"]) if inside else None


def also(names: list[str]) -> str:
    """A list in one line."""
    return pgettext("between the names of a list", ", ").join(names)
