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
    person: str  # the public id, by which whatever was found of them is written anew
    hold: str
    until: str


@fact
@dataclass(frozen=True)
class PersonErased(Fact):
    """Somebody was erased: so many rows were emptied or went, so many files went."""

    code: ClassVar[str] = "protection.erased"
    person: str  # the public id, which names nobody any more
    emptied: int
    gone: int
    files: int


@fact
@dataclass(frozen=True)
class AssessmentWritten(Fact):
    """An assessment of a risky use was written, or its draft changed."""

    code: ClassVar[str] = "protection.assessment_written"
    occasion: str


@fact
@dataclass(frozen=True)
class AssessmentMoved(Fact):
    """It was decided, or retired."""

    code: ClassVar[str] = "protection.assessment_moved"
    state: str
    outcome: str


@fact
@dataclass(frozen=True)
class BreachReported(Fact):
    """Personal data were lost, changed or seen; of so many people, as far as it is known."""

    code: ClassVar[str] = "protection.breach_reported"
    people: int | None


@fact
@dataclass(frozen=True)
class BreachMoved(Fact):
    """More is known, more were told, or it is closed."""

    code: ClassVar[str] = "protection.breach_moved"
    state: str
    authority_told: bool
    people_told: bool
