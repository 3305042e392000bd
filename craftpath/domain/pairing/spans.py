"""The days of pairs: how many hold at once on the busiest day, and which days nothing covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from craftpath.values.period import FOREVER, Period


def period(starts_on: date, ends_on: date | None) -> Period:
    """The days of a row, for ever without an end; no day at all where the end lies before the start."""
    return Period(starts_on, FOREVER if ends_on is None else max(starts_on, ends_on))


def busiest(weighted: Iterable[tuple[Period, int]], within: Period) -> tuple[int, date]:
    """The greatest sum of weights on one day of `within`, and the first day on which it is reached."""
    steps: dict[date, int] = {within.start: 0}
    for days, weight in weighted:
        shared = days.intersection(within)
        if shared is not None:
            steps[shared.start] = steps.get(shared.start, 0) + weight
            steps[shared.end] = steps.get(shared.end, 0) - weight
    most, on, sum_ = 0, within.start, 0
    for day in sorted(steps):
        sum_ += steps[day]
        if sum_ > most:
            most, on = sum_, day
    return most, on


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same days in as few periods as there can be, in order."""
    found: list[Period] = []
    for days in sorted((one for one in periods if one.days), key=lambda one: one.start):
        if found and days.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, days.end))
        else:
            found.append(days)
    return found


def gaps(periods: Sequence[Period], within: Period) -> list[Period]:
    """The parts of `within` that none covers, in order; the last one may have no end."""
    found, first = [], within.start
    for days in merged(periods):
        shared = days.intersection(within)
        if shared is not None:
            if shared.start > first:
                found.append(Period(first, shared.start))
            first = shared.end
    return [*found, Period(first, within.end)] if first < within.end else found
