"""What can have happened; how somebody learns belongs to no organisation's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DiagnosisBegun(Fact):
    """An apprentice asks where he stands in a skill."""

    code: ClassVar[str] = "study.diagnosis_begun"
    confidential: ClassVar[bool] = True
    skill: str


@fact
@dataclass(frozen=True)
class DiagnosisEnded(Fact):
    """A diagnosis was finished with what it found, or stopped."""

    code: ClassVar[str] = "study.diagnosis_ended"
    confidential: ClassVar[bool] = True
    skill: str
    found: str
    questions: int


@fact
@dataclass(frozen=True)
class PracticeEnded(Fact):
    """A set of practice was answered to its end."""

    code: ClassVar[str] = "study.practice_ended"
    confidential: ClassVar[bool] = True
    questions: int
    right: int


@fact
@dataclass(frozen=True)
class OverrideSet(Fact):
    """Somebody's word stands over what answers say of a skill."""

    code: ClassVar[str] = "study.override_set"
    confidential: ClassVar[bool] = True
    skill: str
    kind: str


@fact
@dataclass(frozen=True)
class OverrideLifted(Fact):
    """It stands no more."""

    code: ClassVar[str] = "study.override_lifted"
    confidential: ClassVar[bool] = True
    skill: str


@fact
@dataclass(frozen=True)
class StudyObjected(Fact):
    """An apprentice says that an override, or what answers say of a skill, is wrong."""

    code: ClassVar[str] = "study.objected"
    confidential: ClassVar[bool] = True
    skill: str


@fact
@dataclass(frozen=True)
class StudyObjectionEnded(Fact):
    """An objection was answered or taken back."""

    code: ClassVar[str] = "study.objection_ended"
    confidential: ClassVar[bool] = True
    skill: str
    state: str
