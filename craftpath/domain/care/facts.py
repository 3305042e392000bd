"""What can have happened to incidents and complaints.

Of complaints only codes are told, and confidentially: no organisation's history shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class IncidentReported(Fact):
    """Somebody reported an incident."""

    code: ClassVar[str] = "care.incident_reported"
    incident: str
    severity: str


@fact
@dataclass(frozen=True)
class IncidentMoved(Fact):
    """An incident is a step further."""

    code: ClassVar[str] = "care.incident_moved"
    incident: str
    state: str


@fact
@dataclass(frozen=True)
class IncidentNotified(Fact):
    """A notification was made, or waived; `duty` is the key of its row."""

    code: ClassVar[str] = "care.incident_notified"
    incident: str
    duty: str
    waived: bool


@fact
@dataclass(frozen=True)
class MeasureAgreed(Fact):
    """Somebody is to do something about an incident, by a day."""

    code: ClassVar[str] = "care.measure_agreed"
    incident: str
    due_on: str


@fact
@dataclass(frozen=True)
class MeasureDone(Fact):
    """A measure was carried out."""

    code: ClassVar[str] = "care.measure_done"
    incident: str


@fact
@dataclass(frozen=True)
class ComplaintMade(Fact):
    """A complaint was received."""

    code: ClassVar[str] = "care.complaint_made"
    confidential: ClassVar[bool] = True
    complaint: str


@fact
@dataclass(frozen=True)
class ComplaintMoved(Fact):
    """A complaint is a step further."""

    code: ClassVar[str] = "care.complaint_moved"
    confidential: ClassVar[bool] = True
    complaint: str
    state: str


@fact
@dataclass(frozen=True)
class ComplaintOpened(Fact):
    """Somebody else than the complainant opened a complaint to read it."""

    code: ClassVar[str] = "care.complaint_opened"
    confidential: ClassVar[bool] = True
    complaint: str


@fact
@dataclass(frozen=True)
class HandlersChanged(Fact):
    """Other people look after a complaint now; `because` is a code."""

    code: ClassVar[str] = "care.handlers_changed"
    confidential: ClassVar[bool] = True
    complaint: str
    because: str


@fact
@dataclass(frozen=True)
class SideHeard(Fact):
    """A side was told, or said something: `part` is complainant, named or handlers."""

    code: ClassVar[str] = "care.side_heard"
    confidential: ClassVar[bool] = True
    complaint: str
    part: str
