"""What can have happened to agreements; that a text was fixed and signed the kernel tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ApplicationMade(Fact):
    """Somebody applied for a place in a cohort."""

    code: ClassVar[str] = "agreements.application_made"
    application: str


@fact
@dataclass(frozen=True)
class ApplicationMoved(Fact):
    """An application was offered a place, accepted, declined or withdrawn."""

    code: ClassVar[str] = "agreements.application_moved"
    application: str
    state: str


@fact
@dataclass(frozen=True)
class AgreementDrafted(Fact):
    """A draft was begun for an apprentice."""

    code: ClassVar[str] = "agreements.agreement_drafted"
    agreement: str
    person: str


@fact
@dataclass(frozen=True)
class AgreementSaved(Fact):
    """A draft was changed; `changed` are the names of what differs."""

    code: ClassVar[str] = "agreements.agreement_saved"
    agreement: str
    changed: list[str]


@fact
@dataclass(frozen=True)
class AgreementMoved(Fact):
    """An agreement was checked, sent for signatures, taken back, activated, completed, expired or made void."""

    code: ClassVar[str] = "agreements.agreement_moved"
    agreement: str
    state: str


@fact
@dataclass(frozen=True)
class AgreementRegistered(Fact):
    """The number under which an authority keeps it was noted."""

    code: ClassVar[str] = "agreements.agreement_registered"
    agreement: str
    number: str


@fact
@dataclass(frozen=True)
class ItemWaived(Fact):
    """Somebody took it upon himself that an item of the checklist is not met."""

    code: ClassVar[str] = "agreements.item_waived"
    agreement: str
    item: str
    reason: str


@fact
@dataclass(frozen=True)
class AmendmentMade(Fact):
    """A change of a signed agreement waits for its signatures."""

    code: ClassVar[str] = "agreements.amendment_made"
    agreement: str
    amendment: str
    changed: list[str]


@fact
@dataclass(frozen=True)
class AmendmentEnded(Fact):
    """An amendment was signed by all, began, lapsed with its agreement, or was withdrawn."""

    code: ClassVar[str] = "agreements.amendment_ended"
    agreement: str
    amendment: str
    state: str


@fact
@dataclass(frozen=True)
class ApprenticeshipPaused(Fact):
    """An apprenticeship rests from a day on."""

    code: ClassVar[str] = "agreements.apprenticeship_paused"
    agreement: str
    starts_on: str
    until: str


@fact
@dataclass(frozen=True)
class ApprenticeshipResumed(Fact):
    """A paused apprenticeship goes on."""

    code: ClassVar[str] = "agreements.apprenticeship_resumed"
    agreement: str
    on: str


@fact
@dataclass(frozen=True)
class AbsenceRequested(Fact):
    """Leave was asked for, or an absence told."""

    code: ClassVar[str] = "agreements.absence_requested"
    absence: str
    starts_on: str
    ends_on: str


@fact
@dataclass(frozen=True)
class AbsenceEnded(Fact):
    """An absence was approved, refused or withdrawn."""

    code: ClassVar[str] = "agreements.absence_ended"
    absence: str
    state: str


@fact
@dataclass(frozen=True)
class AbsenceReasonRead(Fact):
    """Somebody opened the reason of an absence, which may speak of health."""

    code: ClassVar[str] = "agreements.absence_reason_read"
    absence: str


@fact
@dataclass(frozen=True)
class LeavingAnnounced(Fact):
    """An agreement is to end before its day; it runs until the last day is over."""

    code: ClassVar[str] = "agreements.leaving_announced"
    agreement: str
    because: str
    initiator: str
    last_day: str


@fact
@dataclass(frozen=True)
class LeavingTakenBack(Fact):
    """An early ending was taken back before its day."""

    code: ClassVar[str] = "agreements.leaving_taken_back"
    agreement: str
    last_day: str


@fact
@dataclass(frozen=True)
class AgreementTerminated(Fact):
    """An agreement ended before its day, which is over."""

    code: ClassVar[str] = "agreements.agreement_terminated"
    agreement: str
    because: str
    initiator: str
    last_day: str


@fact
@dataclass(frozen=True)
class FloorEntered(Fact):
    """A local minimum wage was entered."""

    code: ClassVar[str] = "agreements.floor_entered"
    floor: str
    amount: int
    currency: str
    per: str
    valid_from: str


@fact
@dataclass(frozen=True)
class FloorConfirmed(Fact):
    """A local minimum wage was confirmed against its source."""

    code: ClassVar[str] = "agreements.floor_confirmed"
    floor: str
