"""In which order the units of a plan are taught."""

from __future__ import annotations

from collections import Counter

from craftpath.engines.curriculum.types import Placed, Problem, Unit


def ordered(problem: Problem, placed: Placed) -> tuple[str, ...]:
    """Stage after stage; within one, what is needed before comes before, and learning areas take turns.

    Of the units that may come next the one is taken whose area is furthest behind with its share of the stage's
    hours; of equals the one on which most hang, then the lesser id.
    """
    units = problem.by_id
    hanging = _hanging(problem, placed)
    told: list[str] = []
    for stage in sorted(set(placed.values())):
        told += _stage([units[one] for one in sorted(placed) if placed[one] == stage], hanging)
    return tuple(told)


def _hanging(problem: Problem, placed: Placed) -> Counter[str]:
    """How many chosen units need each one before them."""
    return Counter(before for unit in problem.units if unit.id in placed for before in unit.needs_before)


def _stage(waiting: list[Unit], hanging: Counter[str]) -> list[str]:
    area_hours: Counter[str] = Counter()
    for unit in waiting:
        area_hours[unit.area] += unit.hours
    taught: Counter[str] = Counter()
    told: list[str] = []
    while waiting:
        open_ids = {unit.id for unit in waiting}
        ready = [unit for unit in waiting if open_ids.isdisjoint(unit.needs_before)]
        following = min(
            ready,
            key=lambda unit: (
                taught[unit.area] / (area_hours[unit.area] or 1),
                -hanging[unit.id],
                unit.id,
            ),
        )
        waiting.remove(following)
        taught[following.area] += following.hours
        told.append(following.id)
    return told
