"""Days that follow from others: when a halfway talk is due, and how a pair keeps its rhythm."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

HALF_YEAR = 6
"""Months between talks of a pair without an end."""
IN_TIME, LATE, NEVER = "in_time", "late", "never"


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def talk_due(starts_on: date, ends_on: date | None, percent: int, held_on: date | None) -> date | None:
    """When the next halfway talk is due; None if the only one of a pair with an end was held or waived.

    `ends_on` is the first day without the pair, `held_on` the day on which the last talk was settled.
    """
    if ends_on is None:
        return months_later(held_on or starts_on, HALF_YEAR)
    if held_on is not None:
        return None
    return starts_on + timedelta(days=(ends_on - starts_on).days * percent // 100)


def next_meeting(starts_on: date, last: date | None, every_days: int) -> date:
    """The last day on which the next meeting is in time; the first one counts from the first day of the pair."""
    return (last or starts_on) + timedelta(days=every_days)


def rhythm(starts_on: date, last: date | None, every_days: int, today: date) -> str:
    """In time, late, or never met though it was time to."""
    if today <= next_meeting(starts_on, last, every_days):
        return IN_TIME
    return LATE if last else NEVER
