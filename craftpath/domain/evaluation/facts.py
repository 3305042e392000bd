"""What can have happened to evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class EvaluationOpened(Fact):
    """A stage of a cohort is judged by this scheme version from now on."""

    code: ClassVar[str] = "evaluation.evaluation_opened"
    evaluation: str
    scheme: str
    version: int


@fact
@dataclass(frozen=True)
class MarksRecorded(Fact):
    """Marks came in together; `batch` finds them."""

    code: ClassVar[str] = "evaluation.marks_recorded"
    evaluation: str
    batch: str
    added: int
    changed: int


@fact
@dataclass(frozen=True)
class MarkGivenInstead(Fact):
    """Somebody gave a mark by hand for an item that the scheme works out, and said why."""

    code: ClassVar[str] = "evaluation.mark_given_instead"
    evaluation: str
    enrolment: str
    item: str
    reason: str


@fact
@dataclass(frozen=True)
class MarkWorkedOutAgain(Fact):
    """A mark by hand ended: the scheme's rule decides again."""

    code: ClassVar[str] = "evaluation.mark_worked_out_again"
    evaluation: str
    enrolment: str
    item: str


@fact
@dataclass(frozen=True)
class EvaluationMoved(Fact):
    """Somebody decided that a running evaluation follows another scheme version from now on."""

    code: ClassVar[str] = "evaluation.evaluation_moved"
    evaluation: str
    from_scheme: str
    from_version: int
    to_scheme: str
    to_version: int
    reason: str


@fact
@dataclass(frozen=True)
class ResultsDecided(Fact):
    """Results became official; `decision` finds them."""

    code: ClassVar[str] = "evaluation.results_decided"
    evaluation: str
    decision: str
    version: int
    count: int


@fact
@dataclass(frozen=True)
class ResultCorrected(Fact):
    """One decided result got a next version."""

    code: ClassVar[str] = "evaluation.result_corrected"
    evaluation: str
    decision: str
    number: int


@fact
@dataclass(frozen=True)
class ContestRaised(Fact):
    """An apprentice contests a decided result."""

    code: ClassVar[str] = "evaluation.contest_raised"
    contest: str
    due_on: str


@fact
@dataclass(frozen=True)
class ContestEnded(Fact):
    """A contest was answered or withdrawn."""

    code: ClassVar[str] = "evaluation.contest_ended"
    contest: str
    state: str
