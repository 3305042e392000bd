"""What the questions are asked with, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]  # one day a row, `datetime64[D]`
Flags = npt.NDArray[np.bool_]


class Unit(StrEnum):
    """What a term counts. A month later is the same day of that month, or its last one."""

    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"


class Roll(StrEnum):
    """What happens to a due day that nobody works on."""

    STAYS = "stays"
    NEXT = "next"  # the first workday after it
    BEFORE = "before"  # the last workday before it


@dataclass(frozen=True, slots=True)
class Term:
    """A time from an anchor on; before it if `count` is negative."""

    count: int
    unit: Unit = Unit.DAYS
    roll: Roll = Roll.STAYS

    @property
    def needs_workdays(self) -> bool:
        """Whether its answer depends on holidays."""
        return self.unit is Unit.WORKDAYS or self.roll is not Roll.STAYS


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that differs from its weekday: a holiday, or a weekend day that is worked for one."""

    on: date
    works: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a calendar that cannot be: `code` is twice, works_already or outside."""

    code: str
    on: date


class CalendarFaulty(ValueError):
    """Rows that contradict each other or lie outside; `faults` names each, by day."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.on} {fault.code}" for fault in faults))
        self.faults = faults


class CalendarTooShort(ValueError):
    """A term leads out of the days that the calendar covers."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked, from `first` on, one flag a day; `announced_until` is the last one that is official.

    `order` holds the places of the workdays, `before` how many workdays lie before each day: with both, any number
    of workdays is one look-up.
    """

    first: np.datetime64
    works: Flags
    announced_until: np.datetime64
    order: npt.NDArray[np.int64]
    before: npt.NDArray[np.int64]

    @property
    def last(self) -> np.datetime64:
        """The last day that it covers."""
        return self.first + np.timedelta64(len(self.works) - 1, "D")

    def works_on(self, day: date) -> bool:
        """Whether a day is worked; CalendarTooShort outside."""
        return bool(self.works[self.places(np.array([day], "datetime64[D]"))][0])

    def places(self, days: Days) -> npt.NDArray[np.int64]:
        """Where days lie in `works`; CalendarTooShort for one outside."""
        found = (days - self.first).astype(np.int64)
        if found.size and (found.min() < 0 or found.max() >= len(self.works)):
            raise CalendarTooShort(f"the calendar covers {self.first} to {self.last}")
        return found


@dataclass(frozen=True, slots=True)
class Due:
    """Due days, one a row; `assumed` where holidays of that time are not announced yet, so that it may move."""

    days: Days
    assumed: Flags
