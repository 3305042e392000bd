"""From a pattern to stays, by arithmetic alone: who is where in which week.

A pattern is a row of steps: a unit and its weeks. Steps done *together* (blocks at the college, an induction) lie in
the same weeks for everybody, where the pattern has them. The others rotate: each apprentice begins at one of them and
goes round. Whoever comes next begins where the fewest places are overfilled, then where the fewest have begun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """A unit of the plan for so many weeks."""

    unit: str
    weeks: int
    together: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One apprentice, and the organisation where the workplace is."""

    enrolment_id: int
    host_id: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A stay that a pattern makes; both days included."""

    enrolment_id: int
    unit: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where each host teaches a unit, how many a department takes, and how many are there already each week.

    `taken` counts by department and week (0 is the first of the pattern).
    """

    department: Mapping[tuple[int, str], int]
    capacity: Mapping[int, int]
    taken: Mapping[tuple[int, int], int]


def length(steps: Sequence[Step]) -> int:
    """Weeks from the first day to the last."""
    return sum(step.weeks for step in steps)


def timeline(steps: Sequence[Step], offset: int) -> list[tuple[str, int, int]]:
    """(unit, first week, weeks) of somebody who begins at the `offset`-th step that rotates.

    A step that a common one cuts in two becomes two stays.
    """
    found: list[tuple[str, int, int]] = []
    free: list[int] = []
    week = 0
    for step in steps:
        weeks = range(week, week + step.weeks)
        if step.together:
            found.append((step.unit, week, step.weeks))
        else:
            free.extend(weeks)
        week += step.weeks
    turning = [step for step in steps if not step.together]
    at = 0
    for step in turning[offset:] + turning[:offset]:
        run = free[at : at + step.weeks]
        at += step.weeks
        first = 0
        for end in range(1, len(run) + 1):
            if end == len(run) or run[end] != run[end - 1] + 1:
                found.append((step.unit, run[first], end - first))
                first = end
    return sorted(found, key=lambda one: one[1])


def expand(steps: Sequence[Step], seats: Sequence[Seat], starts_on: date, rooms: Rooms) -> list[Draft]:
    """The stays of everybody, by apprentice and day; the same for the same seats in the same order."""
    ways = [timeline(steps, offset) for offset in range(max(1, sum(not step.together for step in steps)))]
    taken: Counter[tuple[int, int]] = Counter(dict(rooms.taken))
    begun: Counter[tuple[int, int]] = Counter()
    drafts = []
    for seat in seats:
        weeks = [_weeks(way, seat, rooms) for way in ways]
        over = [
            sum(taken[at] >= rooms.capacity.get(at[0], taken[at] + 1) for at in places) for places in weeks
        ]
        offset = min(range(len(ways)), key=lambda n: (over[n], begun[seat.host_id, n], n))
        begun[seat.host_id, offset] += 1
        taken.update(weeks[offset])
        drafts += [
            Draft(seat.enrolment_id, unit, starts_on + first * WEEK, starts_on + (first + many) * WEEK - _DAY)
            for unit, first, many in ways[offset]
        ]
    return drafts


def _weeks(way: Sequence[tuple[str, int, int]], seat: Seat, rooms: Rooms) -> list[tuple[int, int]]:
    """(department, week) of every week that has a department."""
    return [
        (department, week)
        for unit, first, many in way
        if (department := rooms.department.get((seat.host_id, unit))) is not None
        for week in range(first, first + many)
    ]
