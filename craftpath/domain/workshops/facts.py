"""What can have happened to workshops; contacts and words of those who came are in none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class WorkshopSaved(Fact):
    """A workshop was planned or changed: its words, days, sites or agenda."""

    code: ClassVar[str] = "workshops.workshop_saved"
    part: str


@fact
@dataclass(frozen=True)
class WorkshopMoved(Fact):
    """It was published, closed, opened again, finished or cancelled."""

    code: ClassVar[str] = "workshops.workshop_moved"
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class OrganisationsInvited(Fact):
    """Organisations, and those below them, were asked to come."""

    code: ClassVar[str] = "workshops.organisations_invited"
    count: int


@fact
@dataclass(frozen=True)
class Registered(Fact):
    """Somebody, or some of an organisation, registered."""

    code: ClassVar[str] = "workshops.registered"
    count: int
    state: str


@fact
@dataclass(frozen=True)
class RegistrationMoved(Fact):
    """A registration got a seat, went to the waiting list, or was withdrawn."""

    code: ClassVar[str] = "workshops.registration_moved"
    registration: str
    state: str


@fact
@dataclass(frozen=True)
class CheckedIn(Fact):
    """Somebody was there on a day, on site or on line."""

    code: ClassVar[str] = "workshops.checked_in"
    registration: str
    on: str
    way: str


@fact
@dataclass(frozen=True)
class AttendanceImported(Fact):
    """The list of a meeting tool was taken in."""

    code: ClassVar[str] = "workshops.attendance_imported"
    on: str
    count: int


@fact
@dataclass(frozen=True)
class QuestionModerated(Fact):
    """A question from the floor was answered, hidden with a reason, or shown again."""

    code: ClassVar[str] = "workshops.question_moderated"
    question: str
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class PollMoved(Fact):
    """A poll was drafted, opened or closed."""

    code: ClassVar[str] = "workshops.poll_moved"
    poll: str
    state: str


@fact
@dataclass(frozen=True)
class CaseMoved(Fact):
    """A case was sent in, returned with a remark, accepted, published, or taken off the shelf."""

    code: ClassVar[str] = "workshops.case_moved"
    case: str
    state: str
    remark: str = ""


@fact
@dataclass(frozen=True)
class CertificatesIssued(Fact):
    """Certificates of attendance were issued to those who had come for long enough."""

    code: ClassVar[str] = "workshops.certificates_issued"
    count: int


@fact
@dataclass(frozen=True)
class ComersThanked(Fact):
    """A letter of thanks was asked for, to those who came and had none yet."""

    code: ClassVar[str] = "workshops.comers_thanked"
    count: int


@fact
@dataclass(frozen=True)
class CertificateRevoked(Fact):
    """A certificate does not hold any more."""

    code: ClassVar[str] = "workshops.certificate_revoked"
    certificate: str
    because: str
