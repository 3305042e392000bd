"""A week as pages show it: seven days, what was written on each, and the weeks beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.logbook.queries import week_of

if TYPE_CHECKING:
    from craftpath.domain.logbook.models import Entry

ORDER = ("returned", "draft", "submitted", "confirmed")  # what a day shows: what needs its writer most


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its minutes, and the state that needs attention most; empty without an entry."""

    on: date
    minutes: int
    state: str
    today: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday; `before` and `after` are the Mondays beside it, none for weeks to come."""

    monday: date
    days: Sequence[Day]
    before: date
    after: date | None

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def minutes(self) -> int:
        """Of the whole week."""
        return sum(day.minutes for day in self.days)


def monday_asked(value: str, today: date) -> date:
    """The Monday of the day in an address, never one to come; this week for what is no day."""
    try:
        asked = date.fromisoformat(value)
    except ValueError:
        asked = today
    return week_of(min(max(asked, date(2000, 1, 3)), today))


def week(monday: date, entries: Sequence[Entry], today: date) -> Week:
    """The days of a week with what was written on them."""
    by_day: Mapping[date, list[Entry]] = {monday + timedelta(days=n): [] for n in range(7)}
    for entry in entries:
        if entry.on in by_day:
            by_day[entry.on].append(entry)
    days = [
        Day(
            on,
            sum(entry.minutes for entry in rows if not _replaced(entry, rows)),
            next((state for state in ORDER if any(entry.state == state for entry in rows)), ""),
            on == today,
            on > today,
        )
        for on, rows in by_day.items()
    ]
    after = monday + timedelta(days=7)
    return Week(monday, days, monday - timedelta(days=7), after if after <= today else None)


def _replaced(entry: Entry, rows: Sequence[Entry]) -> bool:
    """Whether a correction of the same day has been confirmed in its place."""
    return any(other.corrects_id == entry.pk and other.state == "confirmed" for other in rows)
