"""Shares and minutes of one unit, kept consistent; weeks by their Mondays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from craftpath.engines.teaching import split
from craftpath.values.period import Period

WHOLE = 1000
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def minutes_of(whole: int, shares: Sequence[int]) -> list[int]:
    """What each share comes to of a unit's minutes; with shares that come to the whole no minute is lost."""
    left = WHOLE - sum(shares)
    if left < 0:
        raise ValueError("shares are at most the whole")
    return split(whole, [*shares, left])[: len(shares)]


def shares_left(shares: Sequence[int | None]) -> list[int]:
    """The same shares; where none is said, what is left goes in equal parts, the odd thousandth to the first."""
    free = [at for at, share in enumerate(shares) if share is None]
    left = max(0, WHOLE - sum(share or 0 for share in shares))
    parts = dict(zip(free, split(left, [1] * len(free)), strict=True))
    return [parts[at] if share is None else share for at, share in enumerate(shares)]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(days: Period) -> list[date]:
    """The Mondays of every week that has one of these days."""
    if not days.days:
        return []
    first, last = monday_of(days.start), days.end - DAY
    return [first + n * WEEK for n in range((last - first).days // 7 + 1)]


def days_in(week: date, days: Period) -> list[date]:
    """The days of a week, given by its Monday, that lie in a period."""
    return [day for day in (week + n * DAY for n in range(7)) if day in days]
