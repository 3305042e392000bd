"""Months and ages by the calendar, without a clock."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from craftpath.values.age import age_on as age_on  # beside the months, for whoever counts both

ONE_DAY = timedelta(days=1)


def add_months(start: date, months: int) -> date:
    """The same day some months later; the last of the month where there is none: 31 January + 1 is 28 February."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def is_shorter(start: date, last: date, months: int) -> bool:
    """Whether the time from `start` to `last`, both counted, is shorter than so many months."""
    return last + ONE_DAY < add_months(start, months)


def is_longer(start: date, last: date, months: int) -> bool:
    """Whether it is longer than so many months."""
    return last + ONE_DAY > add_months(start, months)


def months_from(start: date, day: date) -> int:
    """How many full months lie between the two; 0 before the start."""
    if day <= start:
        return 0
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1
