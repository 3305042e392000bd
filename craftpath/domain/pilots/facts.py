"""What can have happened to pilots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CycleWritten(Fact):
    """An organisation wrote its own version of a cycle."""

    code: ClassVar[str] = "pilots.cycle_written"
    version: int
    steps: int


@fact
@dataclass(frozen=True)
class PilotStarted(Fact):
    """A pilot began."""

    code: ClassVar[str] = "pilots.started"
    members: int


@fact
@dataclass(frozen=True)
class PilotChanged(Fact):
    """Name, goals, members, classes or days were written anew."""

    code: ClassVar[str] = "pilots.changed"
    members: int


@fact
@dataclass(frozen=True)
class PilotEnded(Fact):
    """A pilot ended."""

    code: ClassVar[str] = "pilots.ended"
    because: str


@fact
@dataclass(frozen=True)
class RoundOpened(Fact):
    """A round began; so many changes of the rounds before come with it."""

    code: ClassVar[str] = "pilots.round_opened"
    number: int
    carried: int


@fact
@dataclass(frozen=True)
class StepPlanned(Fact):
    """A step got an owner and a day."""

    code: ClassVar[str] = "pilots.step_planned"
    step: int
    round: int


@fact
@dataclass(frozen=True)
class StepMoved(Fact):
    """A step was closed, closed without what it asks for, or reopened."""

    code: ClassVar[str] = "pilots.step_moved"
    step: int
    round: int
    state: str
    because: str


@fact
@dataclass(frozen=True)
class DeliverableGiven(Fact):
    """Something was handed in for a step, or taken back."""

    code: ClassVar[str] = "pilots.deliverable_given"
    step: int
    round: int
    back: bool = False


@fact
@dataclass(frozen=True)
class ChangeMoved(Fact):
    """A change was raised, decided or carried out."""

    code: ClassVar[str] = "pilots.change_moved"
    what: str
    state: str
    because: str


@fact
@dataclass(frozen=True)
class CaseMoved(Fact):
    """A country case was written, published or withdrawn."""

    code: ClassVar[str] = "pilots.case_moved"
    state: str


@fact
@dataclass(frozen=True)
class CaseKept(Fact):
    """A case is kept at hand for a step, or no longer."""

    code: ClassVar[str] = "pilots.case_kept"
    step: int
    round: int
    kept: bool


@fact
@dataclass(frozen=True)
class ReportIssued(Fact):
    """The report of a round was issued."""

    code: ClassVar[str] = "pilots.report_issued"
    number: int
    version: int
    sha256: str
