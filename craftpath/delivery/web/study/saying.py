"""Levels with their doubt, reasons of a path and results in words and small drawings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.study.measuring import RULE
from craftpath.engines.mastery import Reason, Why

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Skill
    from craftpath.domain.study.measuring import Measured
    from craftpath.domain.study.models import Override
    from craftpath.domain.study.pathing import Way

ENOUGH = 80
"""Percent of questions of medium difficulty: from there on a skill counts as mastered."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A level and its interval in percent, as texts for a drawing, with the words that say the same."""

    at: str
    low: str
    length: str
    words: str
    percent: str


def bar(found: Measured, person: int, skill: int) -> Bar | None:
    """The bar of one person in one skill; None where nothing was answered."""
    if not found.now.n[person, skill]:
        return None
    level, low, high = (
        100 * float(one[person, skill]) for one in (found.now.level, found.now.low, found.now.high)
    )
    words = _("About %(level)s of 100 questions would be right, probably from %(low)s to %(high)s.") % {
        "level": f"{level:.0f}",
        "low": f"{low:.0f}",
        "high": f"{high:.0f}",
    }
    return Bar(f"{level:.2f}", f"{low:.2f}", f"{high - low:.2f}", words, f"{level:.0f}")


def standing_of(chance: float, n: int) -> str:
    """What answers say so far: mastered, not yet, or not sure; "" without an answer."""
    if not n:
        return ""
    if chance >= RULE.mastered:
        return "mastered"
    return "not_yet" if 1 - chance >= RULE.not_yet else "unclear"


TONES = {"mastered": "good", "not_yet": "attention", "unclear": "plain", "": "plain"}


def questions_said(n: int) -> str:
    """How many answers stand behind a level."""
    return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}


def last_said(at: datetime | None) -> str:
    """When a skill was last answered."""
    return _("last on %(day)s") % {"day": day(at)} if at else ""


def because(reasons: Iterable[Reason], way: Way, key: str, names: dict[str, Skill]) -> str:
    """Why a step stands on the path, as one sentence."""
    said = [words for one in reasons if (words := _reason(one, way, key, names))]
    return _("because %(reasons)s") % {"reasons": listed(said)} if said else ""


def _reason(one: Reason, way: Way, key: str, names: dict[str, Skill]) -> str:
    """One reason, to stand after "because"."""
    if one.why is Why.NEEDED:
        return _needed(way, key)
    if one.why is Why.GOAL:
        return _("it is your own goal: “%(goal)s”") % {"goal": way.goals.get(key, "")}
    if one.why is Why.BEFORE:
        keys = one.facts["keys"]
        after = [text(names[other].name) for other in keys if other in names]  # type: ignore[attr-defined]
        return _("%(skills)s needs it first") % {"skills": listed(after)}
    if one.why is Why.NOTHING_KNOWN:
        return _("nothing is known of it yet")
    if one.why is Why.NOT_MASTERED:
        return _("it is probably not mastered yet (chance %(chance)s %%, %(answers)s)") % _chance(one)
    if one.why is Why.ASKED_FOR:
        return _("it was asked for, although it is mastered (chance %(chance)s %%, %(answers)s)") % _chance(
            one
        )
    return ""


def _needed(way: Way, key: str) -> str:
    """What of the stage asks for it; a goal or an override alone needs no more words."""
    wanted = way.wanted.get(key)
    if wanted is None:
        return ""
    parts = []
    if wanted.units:
        said = ngettext(
            "%(n)s unit of your stage practises it", "%(n)s units of your stage practise it", wanted.units
        )
        parts.append(said % {"n": wanted.units})
    if wanted.outcomes:
        said = ngettext("%(n)s outcome names it", "%(n)s outcomes name it", wanted.outcomes)
        parts.append(said % {"n": wanted.outcomes})
    return listed(parts)


def _chance(one: Reason) -> dict[str, str]:
    return {
        "chance": f"{100 * float(str(one.facts['chance'])):.0f}",
        "answers": questions_said(int(str(one.facts["n"]))),
    }


def skipped_said(one: Reason, override: Override | None) -> str:
    """Why something is not on the path."""
    if one.why is Why.MASTERED:
        return _("Mastered: chance %(chance)s %%, %(answers)s.") % _chance(one)
    if override is None:
        return ""
    facts = {"who": override.by.name, "words": override.words, "day": day(override.until)}
    if override.kind == "known":
        return _("%(who)s says that you know it: “%(words)s” (until %(day)s)") % facts
    return _("%(who)s says that it need not be now: “%(words)s” (until %(day)s)") % facts
