"""What can have happened to sessions and to attendance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SessionsPlanned(Fact):
    """Sessions were planned, one or a row of them."""

    code: ClassVar[str] = "learning.sessions_planned"
    sessions: list[str]


@fact
@dataclass(frozen=True)
class SessionChanged(Fact):
    """A planned session is otherwise than it was; `before` has what differs, `because` a reason where it moved."""

    code: ClassVar[str] = "learning.session_changed"
    session: str
    before: dict[str, object]
    because: str


@fact
@dataclass(frozen=True)
class SessionsCancelled(Fact):
    """Sessions will not take place; `because` are the words of whoever cancelled them."""

    code: ClassVar[str] = "learning.sessions_cancelled"
    sessions: list[str]
    because: str


@fact
@dataclass(frozen=True)
class RollTaken(Fact):
    """Somebody called the roll. `changed` maps enrolments to [before, after]; `beside` were said otherwise before."""

    code: ClassVar[str] = "learning.roll_taken"
    session: str
    roll: str
    people: int
    away: int
    changed: dict[str, list[str]] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)


@fact
@dataclass(frozen=True)
class AttendanceConfirmed(Fact):
    """An apprentice said that these lines are right."""

    code: ClassVar[str] = "learning.attendance_confirmed"
    attendances: list[str]


@fact
@dataclass(frozen=True)
class AttendanceDisputed(Fact):
    """An apprentice said that a line is wrong: `says` is there or not_there."""

    code: ClassVar[str] = "learning.attendance_disputed"
    attendance: str
    says: str


@fact
@dataclass(frozen=True)
class AttendanceSettled(Fact):
    """Where two people said different things, somebody settled what stands."""

    code: ClassVar[str] = "learning.attendance_settled"
    attendance: str
    before: str
    after: str


@fact
@dataclass(frozen=True)
class SessionsClosed(Fact):
    """The roll calls of sessions were closed and their hours went into the ledger."""

    code: ClassVar[str] = "learning.sessions_closed"
    sessions: list[str]
    minutes: int
