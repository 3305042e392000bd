"""What can have happened to registrations and training places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RegistrationDrafted(Fact):
    """An enterprise began to register."""

    code: ClassVar[str] = "accreditation.registration_drafted"
    registration: str


@fact
@dataclass(frozen=True)
class RegistrationMoved(Fact):
    """A registration is a step further."""

    code: ClassVar[str] = "accreditation.registration_moved"
    registration: str
    state: str
    because: str


@fact
@dataclass(frozen=True)
class LineChecked(Fact):
    """A line was accepted, or something was asked about it."""

    code: ClassVar[str] = "accreditation.line_checked"
    line: str
    outcome: str


@fact
@dataclass(frozen=True)
class EnterpriseVisited(Fact):
    """Somebody of the city visited the enterprise."""

    code: ClassVar[str] = "accreditation.visited"
    on: str
    fit: bool


@fact
@dataclass(frozen=True)
class EvidenceGiven(Fact):
    """A file was added to a registration, or taken back."""

    code: ClassVar[str] = "accreditation.evidence_given"
    line: str
    back: bool


@fact
@dataclass(frozen=True)
class PlaceMoved(Fact):
    """Training places were accredited, changed, suspended, resumed or ended."""

    code: ClassVar[str] = "accreditation.place_moved"
    place: str
    move: str
    capacity: int
    until: str
    because: str


@fact
@dataclass(frozen=True)
class ApplicationMoved(Fact):
    """An enterprise asked for training places, or took that back; the city granted or declined it."""

    code: ClassVar[str] = "accreditation.application_moved"
    application: str
    state: str
    capacity: int
    because: str


@fact
@dataclass(frozen=True)
class DeskRuleSet(Fact):
    """What a city holds to when it accredits was set."""

    code: ClassVar[str] = "accreditation.rule_set"
    level: str
    workers: int
    per_mentor: int
    visit: bool
