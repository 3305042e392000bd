"""How well two requests go together: which of many fit one best, and why. A pure function of plain values.

Each ground is worth so many points; a better ground is never worth less, so a better fit never ranks lower. A reason
is given only where it is true, and a thing that either side has left open is neither a reason nor a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from craftpath.domain.offers.kinds import answer_one_another

TRADE, SKILLS, PEOPLE, DAYS, LANGUAGE, WAY = 40, 20, 15, 15, 5, 5
"""The most that each ground is worth; together a hundred."""
NEAR, FAR = 30, 90
"""Minutes of travel that cost nothing, and from which on nothing is left."""
LEAST = 15
"""Points below which two requests have too little in common to be shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """A request as it is compared. What is not said is empty: no trade, no skill, no day, no language."""

    key: str
    kind: str
    trade: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    people: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    languages: frozenset[str] = frozenset()
    minutes: int | None = None  # of travel between the two, where it is known
    stated: bool = True  # by an office, and not estimated


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code with the values that its sentence names."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """One that fits: its key, its points of a hundred, and every reason for them."""

    key: str
    points: int
    reasons: tuple[Reason, ...]


def best_fits(wanted: Side, others: Iterable[Side], most: int = 10) -> list[Fit]:
    """Those that fit a request, the best first; of equals, the one whose key comes first."""
    found = [fit for other in others if (fit := fit_of(wanted, other)) is not None]
    return sorted(found, key=lambda fit: (-fit.points, fit.key))[:most]


def fit_of(wanted: Side, other: Side) -> Fit | None:
    """How two go together; None if they do not: kinds, trades, days or languages exclude one another."""
    if wanted.key == other.key or not answer_one_another(wanted.kind, other.kind) or _apart(wanted, other):
        return None
    points, reasons = 0, []
    for worth, reason in (
        _trade(wanted, other), _skills(wanted, other), _people(wanted, other), _days(wanted, other),
        _language(wanted, other), _way(other),
    ):  # fmt: skip
        points += worth
        if reason is not None:
            reasons.append(reason)
    return Fit(other.key, points, tuple(reasons)) if points >= LEAST else None


Ground = tuple[int, Reason | None]


def _apart(one: Side, other: Side) -> bool:
    trades = one.trade and other.trade and not one.trade & other.trade
    tongues = one.languages and other.languages and not one.languages & other.languages
    return bool(trades or tongues) or _overlap(one, other) == 0


def _trade(one: Side, other: Side) -> Ground:
    same = one.trade & other.trade
    return (TRADE, Reason("trade")) if same else (0, None)


def _skills(one: Side, other: Side) -> Ground:
    same = one.skills & other.skills
    if not same:
        return 0, None
    reason = Reason("skills", {"skills": tuple(sorted(same)), "of": len(one.skills)})
    return SKILLS * len(same) // len(one.skills), reason


def _people(one: Side, other: Side) -> Ground:
    if not one.people or not other.people:
        return 0, None
    if other.people >= one.people:
        return PEOPLE, Reason("room_for_all", {"room": other.people, "people": one.people})
    reason = Reason("room_for_some", {"room": other.people, "people": one.people})
    return PEOPLE * other.people // one.people, reason


def _overlap(one: Side, other: Side) -> int | None:
    """Days on which both can; None where that is not known."""
    starts = [day for day in (one.starts_on, other.starts_on) if day]
    ends = [day for day in (one.ends_on, other.ends_on) if day]
    if not starts or not ends:
        return None
    return max(0, (min(ends) - max(starts)).days + 1)


def _days(one: Side, other: Side) -> Ground:
    both = _overlap(one, other)
    if not both or one.starts_on is None or one.ends_on is None:
        return 0, None
    wished = (one.ends_on - one.starts_on).days + 1
    return DAYS * min(both, wished) // wished, Reason("days", {"days": both, "of": wished})


def _language(one: Side, other: Side) -> Ground:
    same = one.languages & other.languages
    return (LANGUAGE, Reason("language", {"languages": tuple(sorted(same))})) if same else (0, None)


def _way(other: Side) -> Ground:
    if other.minutes is None or other.minutes >= FAR:
        return 0, None
    worth = WAY if other.minutes <= NEAR else WAY * (FAR - other.minutes) // (FAR - NEAR)
    return worth, Reason("way" if other.stated else "way_estimated", {"minutes": other.minutes})
