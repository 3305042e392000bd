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
