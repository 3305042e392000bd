"""Annual leave: what a year grants, what is taken, asked for and left. Pure; who asks reads `queries.leave_books`.

The year is the calendar year. A part of a year grants its share by days, and terms that change in a year grant each
their share. How a share of a day is rounded, the law's row says (`leave_rounding`: down, half_up, or exact). Days are
workdays of the enterprise's working calendar, so that a public holiday takes nothing off. A pause does not take from
what is granted, and nothing is carried over by itself. An absence has whole days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from craftpath.domain.agreements.calendar import ONE_DAY
from craftpath.domain.agreements.law import Law


@dataclass(frozen=True, slots=True)
class Away:
    """One annual leave that was asked for or approved, first and last day counted."""

    state: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Balance:
    """One year in working days; `approved` holds what is taken as well."""

    year: int
    granted: Fraction
    taken: int
    approved: int
    asked: int

    @property
    def left(self) -> Fraction:
        """What can still be approved; under nothing if more was approved than granted."""
        return self.granted - self.approved

    @property
    def free(self) -> Fraction:
        """What can still be asked for."""
        return self.left - self.asked


@dataclass(frozen=True, slots=True)
class LeaveBook:
    """The annual leave of one agreement. `agreed`: from which day how many days a year; None means: not agreed.

    `workdays` counts the workdays from one day to another, both counted.
    """

    law: Law
    starts_on: date
    ends_on: date
    agreed: tuple[tuple[date, Decimal | None], ...]
    workdays: Callable[[date, date], int]
    away: tuple[Away, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether any annual leave is agreed, so that something can be left of it."""
        return any(days is not None for _, days in self.agreed)

    def year(self, year: int, today: date) -> Balance:
        """The balance of one year as it is today."""
        first, last = date(year, 1, 1), date(year, 12, 31)

        def count(state: str, end: date) -> int:
            rows = [one for one in self.away if one.state == state]
            return sum(self.workdays(max(one.first, first), min(one.last, end)) for one in rows)

        return Balance(
            year=year,
            granted=self.granted(year),
            taken=count("approved", min(last, today)),
            approved=count("approved", last),
            asked=count("requested", last),
        )

    def granted(self, year: int) -> Fraction:
        """What the year grants: each term by its share of the year's days, rounded once."""
        first, last = max(date(year, 1, 1), self.starts_on), min(date(year, 12, 31), self.ends_on)
        whole = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        total = Fraction(0)
        ends = [day - ONE_DAY for day, _ in self.agreed[1:]] + [last]
        for (day, days), end in zip(self.agreed, ends, strict=True):
            inside = (min(end, last) - max(day, first)).days + 1
            if days is not None and inside > 0:
                total += Fraction(days) * inside / whole
        return rounded(total, str(self.law.value("leave_rounding", last, "exact")))

    def over(self, first: date, last: date, today: date, *, asked: bool) -> tuple[Balance, int] | None:
        """The first year in which these days are more than is left, with their number there.

        `asked` says whether they are among those asked for already, as when somebody answers.
        """
        for year in range(first.year, last.year + 1):
            days = self.workdays(max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
            known = self.year(year, today)
            if days > (known.left if asked else known.free):
                return known, days
        return None


def rounded(days: Fraction, how: str) -> Fraction:
    """A sum of days by the law's rule."""
    if how == "down":
        return Fraction(floor(days))
    if how == "half_up" and days - floor(days) >= Fraction(1, 2):
        return Fraction(floor(days) + 1)
    return days


def said(days: Fraction) -> str:
    """Days as people say them, to one tenth and never more than there are: 5, 2.5, -1."""
    tenths = floor(days * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{Decimal(tenths) / 10}"
