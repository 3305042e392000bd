"""What can have happened at gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class GateOpened(Fact):
    """Somebody let apprentices through: passed a stage (`gate` stage), or admitted them to an examination (exam)."""

    code: ClassVar[str] = "progression.gate_opened"
    gate: str
    stage: str
    enrolments: list[str]


@fact
@dataclass(frozen=True)
class StageRepeated(Fact):
    """Somebody decided that apprentices stay in a stage for longer."""

    code: ClassVar[str] = "progression.stage_repeated"
    stage: str
    enrolments: list[str]
    until: str
    because: str


@fact
@dataclass(frozen=True)
class ConditionWaived(Fact):
    """Somebody took a condition upon oneself."""

    code: ClassVar[str] = "progression.condition_waived"
    gate: str
    condition: str
    enrolment: str
    because: str


@fact
@dataclass(frozen=True)
class WaiverWithdrawn(Fact):
    """A waiver was taken back before the gate was opened."""

    code: ClassVar[str] = "progression.waiver_withdrawn"
    gate: str
    condition: str
    enrolment: str


@fact
@dataclass(frozen=True)
class EvidenceGiven(Fact):
    """Somebody noted that a paper is there."""

    code: ClassVar[str] = "progression.evidence_given"
    gate: str
    condition: str
    enrolment: str


@fact
@dataclass(frozen=True)
class EvidenceWithdrawn(Fact):
    """A note of a paper was taken back."""

    code: ClassVar[str] = "progression.evidence_withdrawn"
    gate: str
    condition: str
    enrolment: str


@fact
@dataclass(frozen=True)
class GateSaved(Fact):
    """An organisation wrote what a gate of its own asks."""

    code: ClassVar[str] = "progression.gate_saved"
    gate: str
    stage: str
    version: int
    conditions: int
