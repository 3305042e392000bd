"""Half-open periods of days: the first day belongs to it, the end does not, so that periods in a row do not overlap."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

FOREVER = date.max
"""The end of a period that has none."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to and without `end`; ValueError if the end lies before the start."""

    start: date
    end: date = FOREVER

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.end} lies before {self.start}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def days(self) -> int:
        """How many days; 0 for a period that ends where it starts."""
        return (self.end - self.start).days

    @property
    def months(self) -> int:
        """Full months: 31 January to 28 February is one, to 27 February none."""
        return months_between(self.start, self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return max(self.start, other.start) < min(self.end, other.end)

    def intersection(self, other: Period) -> Period | None:
        """The days that lie in both; None if there is none."""
        if not self.overlaps(other):
            return None
        return Period(max(self.start, other.start), min(self.end, other.end))


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, later(first, 1))


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """The greatest number of months that `later` can go from the start without passing the end."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (later(start, months) > end)
