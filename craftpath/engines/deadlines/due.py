"""Terms counted from anchors, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.deadlines.types import (
    CalendarTooShort,
    Days,
    Due,
    Roll,
    Term,
    Unit,
    WorkCalendar,
)


def due(anchors: Any, term: Term, calendar: WorkCalendar) -> Due:
    """One due day an anchor (anything that NumPy reads as days); CalendarTooShort if a term leads outside."""
    days = np.asarray(anchors, dtype="datetime64[D]")
    if term.unit is Unit.WORKDAYS:
        found = _workdays(days, term.count, calendar)
    elif term.unit is Unit.MONTHS:
        found = _months(days, term.count)
    else:
        found = _later(days, np.int64(term.count * (7 if term.unit is Unit.WEEKS else 1)))
    if term.roll is not Roll.STAYS:
        found = _rolled(found, term.roll, calendar)
    assumed = (found > calendar.announced_until) if term.needs_workdays else np.zeros(found.shape, bool)
    return Due(found, assumed)


def steps_reached(
    days: Days, terms: Sequence[Term], today: date, calendar: WorkCalendar
) -> npt.NDArray[np.int64]:
    """How many steps of an escalation each due day has behind it.

    Each step is a term from the due day on (before it if negative), and is reached on the day after it has passed:
    what is due today is not late today. A step before the due day is a reminder, and is reached on its own day.
    """
    reached = np.zeros(len(days), np.int64)
    for term in terms:
        turns = due(days, term, calendar).days
        reached += (
            (turns <= np.datetime64(today, "D")) if term.count < 0 else (turns < np.datetime64(today, "D"))
        )
    return reached


def _months(days: Days, count: int) -> Days:
    month = days.astype("datetime64[M]")
    past = (days - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.timedelta64(count, "M")
    first = target.astype("datetime64[D]")
    length = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - first).astype(np.int64)
    return _later(first, np.minimum(past, length - 1))


def _workdays(days: Days, count: int, calendar: WorkCalendar) -> Days:
    """The count-th workday after (or before) each day, which is not counted itself; 0 is the day as it is."""
    places = calendar.places(days)
    if count == 0:
        return days
    behind = calendar.before[places] + (calendar.works[places] if count > 0 else 0)
    wanted = behind + (count - 1 if count > 0 else count)
    return _workday(wanted, calendar)


def _rolled(days: Days, roll: Roll, calendar: WorkCalendar) -> Days:
    places = calendar.places(days)
    behind = calendar.before[places]
    moved = _workday(np.where(calendar.works[places], behind, behind - (roll is Roll.BEFORE)), calendar)
    return np.where(calendar.works[places], days, moved)


def _workday(wanted: npt.NDArray[np.int64], calendar: WorkCalendar) -> Days:
    """The days of the workdays with these numbers."""
    if wanted.size and (wanted.min() < 0 or wanted.max() >= len(calendar.order)):
        raise CalendarTooShort(f"the calendar covers {calendar.first} to {calendar.last}")
    return _later(np.full(wanted.shape, calendar.first), calendar.order[wanted])


def _later(days: Days, count: Any) -> Days:
    """So many days later, a number or one a row."""
    found: Days = days + np.asarray(count).astype("timedelta64[D]")
    return found
