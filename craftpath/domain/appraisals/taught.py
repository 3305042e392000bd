"""Who taught an apprentice for how many days, and on how many of the planned days a trainer was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from craftpath.domain.appraisals.inputs import Shares
from craftpath.domain.pairing.spans import merged, period
from craftpath.values.period import Period

LEAST_TAUGHT = 0.5
"""Of the days of a stage: a result in which nobody taught most of the time says little of a trainer."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """One bond to an apprentice, as days; a deputy has no share and stands in for `instead_of`."""

    key: int
    teacher: str
    enrolment: str
    share: int
    instead_of: int | None
    days: Period

    @classmethod
    def of(
        cls,
        key: int,
        teacher: str,
        enrolment: str,
        share: int,
        instead_of: int | None,
        first: date,
        end: date | None,
    ) -> Teaching:
        """From the columns of a bond."""
        return cls(key, teacher, enrolment, share, instead_of, period(first, end))


def shares_of(teachings: Iterable[Teaching], window: Period) -> tuple[Shares, float]:
    """(trainer, share) in a window by days times share, summing to 1; and which part of the window was taught.

    On the days of a deputy the share is the deputy's.
    """
    rows = list(teachings)
    mass: dict[str, int] = defaultdict(int)
    covered = []
    for row in rows:
        within = row.days.intersection(window)
        if row.instead_of is not None or within is None:
            continue
        covered.append(within)
        mine = within.days
        for other in rows:
            there = other.days.intersection(within) if other.instead_of == row.key else None
            if there is not None:
                mass[other.teacher] += there.days * row.share
                mine -= there.days
        mass[row.teacher] += mine * row.share
    whole = sum(mass.values())
    taught = sum(days.days for days in merged(covered)) / window.days if window.days else 0.0
    return tuple((who, round(part / whole, 9)) for who, part in sorted(mass.items()) if part), taught


def days_of(teachings: Iterable[Teaching], window: Period) -> dict[str, tuple[int, int]]:
    """trainer → (planned days, days on which a deputy stood in) in a window, each apprentice's days by themselves.

    A bond that ended plans no further day, whoever ended it: the record does not say who was the cause.
    """
    found: dict[str, tuple[int, int]] = {}
    rows = list(teachings)
    deputies: dict[int, list[Teaching]] = defaultdict(list)
    for row in rows:
        if row.instead_of is not None:
            deputies[row.instead_of].append(row)
    for row in rows:
        within = row.days.intersection(window)
        if row.instead_of is not None or within is None:
            continue
        stood_in = [one.days.intersection(within) for one in deputies[row.key]]
        away = sum(days.days for days in merged(days for days in stood_in if days is not None))
        planned, gone = found.get(row.teacher, (0, 0))
        found[row.teacher] = planned + within.days, gone + away
    return found


def responsible(teachings: Iterable[Teaching], day: date) -> str:
    """Who answers for an apprentice on a day: the deputy if there is one, else whoever has the largest share."""
    held = [row for row in teachings if day in row.days]
    deputies = [row for row in held if row.instead_of is not None]
    if deputies:
        return deputies[0].teacher
    return max(held, key=lambda row: (row.share, -row.key)).teacher if held else ""
