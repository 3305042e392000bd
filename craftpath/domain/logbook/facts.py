"""What can have happened to entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class EntrySubmitted(Fact):
    """An apprentice handed an entry in, for the first time or again."""

    code: ClassVar[str] = "logbook.entry_submitted"
    entry: str
    revision: int


@fact
@dataclass(frozen=True)
class EntriesConfirmed(Fact):
    """Somebody who works with the apprentices confirmed entries; they never change from now on."""

    code: ClassVar[str] = "logbook.entries_confirmed"
    entries: list[str]
    minutes: int


@fact
@dataclass(frozen=True)
class EntryReturned(Fact):
    """An entry was sent back with a remark."""

    code: ClassVar[str] = "logbook.entry_returned"
    entry: str
    phrase: str


@fact
@dataclass(frozen=True)
class EntryCorrected(Fact):
    """A correction of a confirmed entry was confirmed and took its place in the hours."""

    code: ClassVar[str] = "logbook.entry_corrected"
    entry: str
    corrects: str


@fact
@dataclass(frozen=True)
class JobObserved(Fact):
    """A mentor or trainer recorded a job that an apprentice was seen to do."""

    code: ClassVar[str] = "logbook.job_observed"
    enrolment: str
    seen_as: str


@fact
@dataclass(frozen=True)
class TalkHeld(Fact):
    """A mentor talked with an apprentice about an entry drawn at random."""

    code: ClassVar[str] = "logbook.talk_held"
    entry: str
    outcome: str
