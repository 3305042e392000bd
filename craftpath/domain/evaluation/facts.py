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
class EvaluationMoved(Fact):
    """Somebody decided that a running evaluation follows another scheme version from now on."""

    code: ClassVar[str] = "evaluation.evaluation_moved"
    evaluation: str
    from_scheme: str
    from_version: int
    to_scheme: str
    to_version: int
    reason: str
