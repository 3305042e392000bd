"""How figures of needs are said: numbers, intervals, names, and sentences about agreement and reliability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.needs.texts import CONSTRUCTS, GROUPS, WHY
from craftpath.domain.surveys.texts import OTHER_NAME, ROLE_NAMES

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis

Told = Mapping[str, Any]
NONE = "–"
STRONG, FAIR = 0.9, 0.7
RELIABLE = 0.7


def signed(value: float | None, places: int = 2) -> str:
    """A number with its sign."""
    if value is None:
        return NONE
    return f"+{number(value, places)}" if round(value, places) > 0 else number(value, places)


def interval(estimate: Told, places: int = 2) -> str:
    """From the low to the high end; nothing where there is none."""
    low, high = estimate.get("low"), estimate.get("high")
    if low is None or high is None:
        return ""
    return pgettext("an interval", "%(low)s to %(high)s") % {
        "low": number(low, places),
        "high": number(high, places),
    }


def value_name(group: str, value: Told) -> str:
    """How a value of a group is called."""
    key = value["value"]
    if group == "role":
        return str(ROLE_NAMES.get(key, key))
    return str(OTHER_NAME) if key == "other" else text(value["name"]) or key


def group_name(row: Analysis, key: str) -> str:
    """How a column is called: a word of ours, or the words of the question."""
    if key in GROUPS:
        return str(GROUPS[key])
    asked = (one for survey in row.surveys.all() for one in survey.asked_for if one.key == key)
    return next((text(one.title) for one in asked), key)


def construct_name(key: str) -> str:
    """How a construct is called; one of the survey's own has its own word."""
    return str(CONSTRUCTS.get(key, key))


def why(code: str) -> str:
    """Why there is no figure."""
    return str(WHY.get(code, code))


def wave_name(told: Told) -> str:
    """A wave by its number and last day."""
    on = parse_date(told["on"]) if told["on"] else None
    wave = _("Wave %(wave)s") % {"wave": told["wave"]}
    return f"{wave} · {day(on)}" if on else wave


def agreement(figures: Told) -> str:
    """How far the methods agree, in one sentence."""
    found = figures["agreement"]
    first, second = found["mwds_rds"], found["mwds_gap"]
    if first["value"] is None:
        return _("Whether the methods agree cannot be said: %(why)s") % {"why": why(first["why"])}
    facts = {"rds": number(first["value"]), "gap": number(second["value"]), "n": first["n"]}
    if first["value"] >= STRONG:
        return (
            _(
                "The methods put the skills in nearly the same order: Spearman's ρ is %(rds)s between weighted need "
                "and ranked discrepancy and %(gap)s between weighted need and gap (%(n)s skills)."
            )
            % facts
        )
    if first["value"] >= FAIR:
        return (
            _(
                "The methods agree for the most part: Spearman's ρ is %(rds)s between weighted need and ranked "
                "discrepancy and %(gap)s between weighted need and gap (%(n)s skills). "
                "Look at skills whose ranks differ."
            )
            % facts
        )
    return (
        _(
            "The methods do not agree: Spearman's ρ is %(rds)s between weighted need and ranked discrepancy and "
            "%(gap)s between weighted need and gap (%(n)s skills). Do not settle priorities by one of them alone."
        )
        % facts
    )


def reliability(figures: Told) -> list[str]:
    """Cronbach's alpha of both scales, each in a sentence."""
    names = {"importance": _("Importance"), "ability": _("Own level")}
    return [_alpha(names[side], figures["reliability"][side]) for side in names]


def _alpha(name: str, found: Told) -> str:
    if found["value"] is None:
        return _("%(name)s: Cronbach's α is not available. %(why)s") % {
            "name": name,
            "why": why(found["why"]),
        }
    facts = {"name": name, "alpha": number(found["value"]), "n": found["n"]}
    if found["value"] >= RELIABLE:
        return _("%(name)s: Cronbach's α = %(alpha)s (n = %(n)s), so the ratings hang together.") % facts
    return (
        _(
            "%(name)s: Cronbach's α = %(alpha)s (n = %(n)s). The skills are rated rather apart from one another."
        )
        % facts
    )
