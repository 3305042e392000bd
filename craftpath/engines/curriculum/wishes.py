"""What has to be kept, wish by wish, and which spots of units count for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from craftpath.engines.curriculum.types import AT_LEAST, Kind, Limits, Placed, Problem, Unit, Wish

# How many hours (or assessments) a unit in a stage counts for a wish of this kind and key; 0: it does not.
COUNTS: dict[Kind, Callable[[Unit, int, object], int]] = {
    Kind.HOURS: lambda unit, stage, key: unit.hours,
    Kind.STAGE: lambda unit, stage, key: unit.hours if stage == key else 0,
    Kind.PLACE: lambda unit, stage, key: unit.hours if unit.place == key else 0,
    Kind.STAGE_PLACE: lambda unit, stage, key: unit.hours if (stage, unit.place) == key else 0,
    Kind.AREA_MIN: lambda unit, stage, key: unit.hours if unit.area == key else 0,
    Kind.TRAINER: lambda unit, stage, key: unit.trainer_hours if unit.trainer == key else 0,
    Kind.ROOM: lambda unit, stage, key: unit.hours if unit.room == key else 0,
    Kind.ASSESSMENTS_MIN: lambda unit, stage, key: unit.assessments,
    Kind.PINNED: lambda unit, stage, key: int(unit.id == key),
    Kind.FORBIDDEN: lambda unit, stage, key: int(unit.id == key),
}
KEYED = ("stage", "place", "stage_place", "area_min", "trainer", "room")


def wishes(problem: Problem) -> list[Wish]:
    """Limits, then pins, then bans, in an order that does not depend on the order of the input."""
    limits = problem.limits
    found = [Wish(Kind.HOURS, value=limits.hours)] if limits.hours is not None else []
    for name in KEYED:
        found += [Wish(Kind(name), key, value) for key, value in sorted(getattr(limits, name).items())]
    if limits.assessments_min:
        found.append(Wish(Kind.ASSESSMENTS_MIN, value=limits.assessments_min))
    found += [Wish(Kind.PINNED, one) for one in sorted(set(problem.pinned))]
    return found + [Wish(Kind.FORBIDDEN, one) for one in sorted(set(problem.forbidden))]


def bounds(wish: Wish) -> tuple[float, float]:
    """Between what the sum of counts has to be."""
    if wish.kind is Kind.PINNED:
        return 1, float("inf")
    if wish.kind is Kind.FORBIDDEN:
        return float("-inf"), 0
    value = float(wish.value or 0)
    return (value, float("inf")) if wish.kind in AT_LEAST else (float("-inf"), value)


def counted(problem: Problem, wish: Wish, placed: Placed) -> int:
    """What a choice of units comes to for a wish."""
    units, count = problem.by_id, COUNTS[wish.kind]
    return sum(count(units[one], stage, wish.key) for one, stage in placed.items())


def broken(problem: Problem, placed: Placed) -> list[Wish]:
    """Wishes that a choice does not keep."""
    found = []
    for wish in wishes(problem):
        low, high = bounds(wish)
        if not low <= counted(problem, wish, placed) <= high:
            found.append(wish)
    return found


def misplaced(problem: Problem, placed: Placed) -> list[str]:
    """Units in a stage that is not theirs, or without something before them in the same stage or an earlier one."""
    units = problem.by_id
    return [
        one
        for one, stage in placed.items()
        if stage not in units[one].stages
        or any(placed.get(before, stage + 1) > stage for before in units[one].needs_before)
    ]


def kept(problem: Problem, placed: Placed) -> bool:
    """Whether a choice keeps every wish and stands where it may."""
    return not broken(problem, placed) and not misplaced(problem, placed)


def changed(problem: Problem, wish: Wish, value: int | None) -> Problem:
    """The same problem with one wish at another value; None gives a pin or a ban up."""
    if wish.kind is Kind.PINNED:
        return replace(problem, pinned=tuple(one for one in problem.pinned if one != wish.key))
    if wish.kind is Kind.FORBIDDEN:
        return replace(problem, forbidden=tuple(one for one in problem.forbidden if one != wish.key))
    return replace(problem, limits=_limits(problem.limits, wish, value or 0))


def _limits(limits: Limits, wish: Wish, value: int) -> Limits:
    name = wish.kind.value
    given: Any = {**getattr(limits, name), wish.key: value} if name in KEYED else value
    return replace(limits, **{name: given})
