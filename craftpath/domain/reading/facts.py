"""What can have happened in reading. Notes, joining and what one has read so far are nobody's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ListOpened(Fact):
    """A list was opened."""

    code: ClassVar[str] = "reading.opened"


@fact
@dataclass(frozen=True)
class ListChanged(Fact):
    """Its words, or for whom it is, are otherwise."""

    code: ClassVar[str] = "reading.changed"


@fact
@dataclass(frozen=True)
class ListMoved(Fact):
    """It was closed or opened again."""

    code: ClassVar[str] = "reading.moved"
    state: str


@fact
@dataclass(frozen=True)
class TextKept(Fact):
    """A text was added to a list, or is otherwise; with the licence that was given."""

    code: ClassVar[str] = "reading.text_kept"
    text: str
    licence: str


@fact
@dataclass(frozen=True)
class TextDropped(Fact):
    """A text that nobody had read was taken off a list."""

    code: ClassVar[str] = "reading.text_dropped"
    text: str


@fact
@dataclass(frozen=True)
class NoteShared(Fact):
    """Somebody shared a note with the club, as a thread of its forum."""

    code: ClassVar[str] = "reading.note_shared"
    text: str


@fact
@dataclass(frozen=True)
class ReadingFinished(Fact):
    """Whoever leads a list confirmed that somebody has finished a text, or took that back."""

    code: ClassVar[str] = "reading.finished"
    record: str
    person: str
    pages: int
    minutes: int
    confirmed: bool
