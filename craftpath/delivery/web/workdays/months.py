"""A year as twelve small calendars."""

from __future__ import annotations

import calendar as almanac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.kernel.workdays import CalendarYear, Day


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: `look` is free, swap (worked for another day), rest (weekend) or work; `name` of what it is."""

    on: date
    look: str
    name: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks; days of its neighbours are left empty."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]


def months(year: int, row: CalendarYear | None, weekend: Sequence[int], today: date) -> list[Month]:
    """The twelve months of a year, weeks from Monday on."""
    special = {day.on: day for day in (row.rows if row else ())}
    made = []
    for month in range(1, 13):
        weeks = almanac.Calendar().monthdatescalendar(year, month)
        rows = [
            [_cell(on, special.get(on), weekend, today) if on.month == month else None for on in week]
            for week in weeks
        ]
        made.append(Month(date(year, month, 1), rows))
    return made


def _cell(on: date, day: Day | None, weekend: Sequence[int], today: date) -> Cell:
    if day is not None:
        return Cell(on, "swap" if day.works else "free", text(day.name), on == today)
    return Cell(on, "rest" if on.weekday() in weekend else "work", "", on == today)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row that are alike: of one occasion, all free or all worked, all official or all one's own."""

    first: date
    last: date
    works: bool
    name: str
    own: bool


def spans(row: CalendarYear | None) -> list[Span]:
    """The days that differ, those in a row together."""
    found: list[Span] = []
    for day in row.rows if row else ():
        said = (day.works, text(day.name), day.own)
        before = found[-1] if found else None
        if (
            before is not None
            and (before.works, before.name, before.own) == said
            and before.last + timedelta(days=1) == day.on
        ):
            found[-1] = Span(before.first, day.on, *said)
        else:
            found.append(Span(day.on, day.on, *said))
    return found
