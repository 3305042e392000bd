"""What can have happened to questions and answers. No fact says who asked: `tell` is given the actor, or the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class QuestionAsked(Fact):
    """A question was asked; so many people are asked to answer it."""

    code: ClassVar[str] = "questions.asked"
    called: int


@fact
@dataclass(frozen=True)
class PostChanged(Fact):
    """A question or an answer was worded anew; the wording before is kept."""

    code: ClassVar[str] = "questions.changed"
    what: str
    revision: int


@fact
@dataclass(frozen=True)
class PostWithdrawn(Fact):
    """Its writer withdrew a question or an answer."""

    code: ClassVar[str] = "questions.withdrawn"
    what: str


@fact
@dataclass(frozen=True)
class QuestionAnswered(Fact):
    """Somebody answered."""

    code: ClassVar[str] = "questions.answered"
    answer: str


@fact
@dataclass(frozen=True)
class AnswerAccepted(Fact):
    """An answer was accepted: it helped."""

    code: ClassVar[str] = "questions.accepted"
    answer: str


@fact
@dataclass(frozen=True)
class AnswerEndorsed(Fact):
    """A master or trainer vouches for an answer, or no longer."""

    code: ClassVar[str] = "questions.endorsed"
    answer: str
    endorsed: bool


@fact
@dataclass(frozen=True)
class AnswerThanked(Fact):
    """Somebody said thanks, or took it back."""

    code: ClassVar[str] = "questions.thanked"
    answer: str
    thanked: bool


@fact
@dataclass(frozen=True)
class AnswersRead(Fact):
    """Whoever asked has read what is new."""

    code: ClassVar[str] = "questions.read"


@fact
@dataclass(frozen=True)
class PostReported(Fact):
    """Somebody reported a question or an answer; who it was stays with the office."""

    code: ClassVar[str] = "questions.reported"
    what: str
    reason: str


@fact
@dataclass(frozen=True)
class ReportDismissed(Fact):
    """The office found nothing in a report."""

    code: ClassVar[str] = "questions.report_dismissed"
    what: str


@fact
@dataclass(frozen=True)
class PostHidden(Fact):
    """The office hid a question or an answer, for a reason."""

    code: ClassVar[str] = "questions.hidden"
    what: str
    because: str


@fact
@dataclass(frozen=True)
class HidingMoved(Fact):
    """Its writer appealed or read of it, or the office kept or lifted it."""

    code: ClassVar[str] = "questions.hiding_moved"
    what: str
    state: str


@fact
@dataclass(frozen=True)
class PromiseSet(Fact):
    """An organisation promises answers within so many workdays."""

    code: ClassVar[str] = "questions.promise_set"
    workdays: int
