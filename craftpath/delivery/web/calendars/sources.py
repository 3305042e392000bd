"""What stands in a feed: a registry, so that whoever has dates of people adds them without this room knowing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. Days are whole and the last one is included, unless it has hours (`starts_at`, `ends_at`).

    `name` stays the same when the entry changes.

    `sequence` counts its changes: a calendar program takes the higher one for the newer.

    `title` says the state too (cancelled, moved), since many calendars show nothing else.
    """

    name: str
    title: str
    first: date
    last: date
    changed_at: datetime
    place: str = ""
    words: str = ""
    cancelled: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    sequence: int = 0


Source = Callable[[Person, date, date], Iterable[Event]]
SOURCES: list[Source] = []


def source(given: Source) -> Source:
    """Register what gives somebody's events between two days; it is asked in that person's scope and language."""
    if given not in SOURCES:
        SOURCES.append(given)
    return given


def events(person: Person, first: date, last: date) -> list[Event]:
    """Everything of everybody registered, by day."""
    found = [event for give in SOURCES for event in give(person, first, last)]
    return sorted(found, key=lambda one: (one.first, one.last, one.name))
