"""What can have happened to cohorts and enrolments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CohortPlanned(Fact):
    """A cohort was made."""

    code: ClassVar[str] = "apprenticeships.cohort_planned"
    cohort: str


@fact
@dataclass(frozen=True)
class CohortStarted(Fact):
    """A cohort began."""

    code: ClassVar[str] = "apprenticeships.cohort_started"
    cohort: str


@fact
@dataclass(frozen=True)
class CohortCompleted(Fact):
    """A cohort came to its end."""

    code: ClassVar[str] = "apprenticeships.cohort_completed"
    cohort: str


@fact
@dataclass(frozen=True)
class RosterTaken(Fact):
    """People were enrolled or their details changed, by one roster."""

    code: ClassVar[str] = "apprenticeships.roster_taken"
    cohort: str
    added: list[str]
    changed: list[str]


@fact
@dataclass(frozen=True)
class RosterUndone(Fact):
    """A roster was taken back: people whom it had brought are gone again, details are as they were."""

    code: ClassVar[str] = "apprenticeships.roster_undone"
    cohort: str
    removed: list[str]
    restored: list[str]


@fact
@dataclass(frozen=True)
class PersonEnrolled(Fact):
    """Somebody has a place in a cohort; learning begins with an agreement."""

    code: ClassVar[str] = "apprenticeships.person_enrolled"
    enrolment: str
    person: str


@fact
@dataclass(frozen=True)
class EnrolmentActivated(Fact):
    """An apprentice is in the cohort from now on."""

    code: ClassVar[str] = "apprenticeships.enrolment_activated"
    enrolment: str
    person: str


@fact
@dataclass(frozen=True)
class EnrolmentSuspended(Fact):
    """An apprentice's time in the cohort rests; `because` is a reason code."""

    code: ClassVar[str] = "apprenticeships.enrolment_suspended"
    enrolment: str
    person: str
    because: str


@fact
@dataclass(frozen=True)
class EnrolmentResumed(Fact):
    """An apprentice goes on after a pause."""

    code: ClassVar[str] = "apprenticeships.enrolment_resumed"
    enrolment: str
    person: str


@fact
@dataclass(frozen=True)
class EnrolmentMoved(Fact):
    """An apprentice learns at another enterprise from a day on; `before` and `after` are organisations."""

    code: ClassVar[str] = "apprenticeships.enrolment_moved"
    enrolment: str
    person: str
    before: str
    after: str


@fact
@dataclass(frozen=True)
class EnrolmentsEnded(Fact):
    """Apprentices left; `because` is a reason code."""

    code: ClassVar[str] = "apprenticeships.enrolments_ended"
    enrolments: list[str]
    because: str


@fact
@dataclass(frozen=True)
class StagesPassed(Fact):
    """Apprentices passed a stage by decision; `opened` is the stage that opened for them, if any."""

    code: ClassVar[str] = "apprenticeships.stages_passed"
    cohort: str
    enrolments: list[str]
    stage: str
    opened: str


@fact
@dataclass(frozen=True)
class PartiesFollowed(Fact):
    """Who works with apprentices of a cohort changed with the pairs that hold."""

    code: ClassVar[str] = "apprenticeships.parties_followed"
    enrolments: list[str]
    role: str


@fact
@dataclass(frozen=True)
class PartiesAppointed(Fact):
    """Somebody became mentor, trainer or assessor of apprentices."""

    code: ClassVar[str] = "apprenticeships.parties_appointed"
    enrolments: list[str]
    person: str
    role: str
