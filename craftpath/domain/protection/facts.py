"""What can have happened to requests about one's own data. No fact says what was asked: the request itself does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DataAsked(Fact):
    """Somebody asks something about the own data."""

    code: ClassVar[str] = "protection.asked"
    kind: str
    due_on: str


@fact
@dataclass(frozen=True)
class RequestAnswered(Fact):
    """The office answered or refused it."""

    code: ClassVar[str] = "protection.answered"
    kind: str
    state: str


@fact
@dataclass(frozen=True)
class RequestWithdrawn(Fact):
    """Whoever asked took it back."""

    code: ClassVar[str] = "protection.withdrawn"
    kind: str


@fact
@dataclass(frozen=True)
class PersonLocked(Fact):
    """Nobody works with somebody's data any more; they are kept until a day, for a reason."""

    code: ClassVar[str] = "protection.locked"
    hold: str
    until: str


@fact
@dataclass(frozen=True)
class PersonErased(Fact):
    """Somebody was erased: so many rows were emptied or went, so many files went."""

    code: ClassVar[str] = "protection.erased"
    emptied: int
    gone: int
    files: int
