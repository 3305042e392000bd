"""What a record is: sections of entries, as plain values, the same for the page, a share and every file.

Labels are in both languages, since an entry leaves the site in both. Nothing here says when somebody was born, how to
reach them, how they are or what they earn, so no view of a record can show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from craftpath.values.ref import Ref
from craftpath.values.text import Text

SECTIONS = (
    "employers", "training", "stages", "results", "skills", "hours", "masters", "works", "certificates",
    "credits", "courses", "workshops",
)  # fmt: skip
"""In the order in which they are read."""
PRESETS: dict[str, tuple[str, ...]] = {
    "employer": ("employers", "stages", "skills", "certificates"),
    "college": ("training", "stages", "results", "skills", "certificates", "credits"),
    "everything": SECTIONS,
}
KIND = "ext:craftpath-"
"""How `achievementType` names a section; the words of Open Badges have none for them."""
PLACE, STATE = "place", "state"
"""The lines of an entry that are not among its own, by the end of their address."""
Cell = Text | str | date | Decimal | int


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an entry says: what it is called, and what it is."""

    label: Text
    value: Cell


@dataclass(frozen=True, slots=True)
class Origin:
    """From where an entry was brought along: who signed it, when, and whether the signature was checked."""

    name: Text
    on: date
    verdict: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: from a first to a last day (none: it goes on, or it was one day), at organisations.

    `state` is a key of `wording.STATES`. `ref` points to what it tells of on this site; `origin` is none for it.
    """

    title: Text
    first: date | None = None
    last: date | None = None
    where: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = ()
    state: str = ""
    ref: Ref | None = None
    origin: Origin | None = None

    @property
    def when(self) -> date:
        """By which day it stands in the timeline: its first one, else its last."""
        return self.first or self.last or date.min


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind, the newest first."""

    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One person's record on a day."""

    name: str
    name_latin: str
    on: date
    sections: tuple[Section, ...] = ()

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """(section, entry) of everything."""
        return ((one.key, entry) for one in self.sections for entry in one.entries)


def chosen(keys: Collection[str]) -> tuple[str, ...]:
    """These sections in the order in which they are read; unknown ones are left out."""
    return tuple(key for key in SECTIONS if key in keys)


def section(key: str, entries: Collection[Entry]) -> Section:
    """Entries as a section, the newest first."""
    return Section(key, tuple(sorted(entries, key=lambda one: one.when, reverse=True)))


def told(value: Cell) -> str:
    """A figure, a day or words as a file holds them: the same in every language."""
    match value:
        case Text():
            return value.both()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
