"""What can have happened in committees; how a seat voted is told by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CommitteeFounded(Fact):
    """A committee was founded."""

    code: ClassVar[str] = "committees.committee_founded"
    committee: str


@fact
@dataclass(frozen=True)
class CommitteeEnded(Fact):
    """A committee meets and decides no more."""

    code: ClassVar[str] = "committees.committee_ended"
    committee: str


@fact
@dataclass(frozen=True)
class SeatTaken(Fact):
    """Somebody was named to sit in a committee."""

    code: ClassVar[str] = "committees.seat_taken"
    seat: str
    person: str


@fact
@dataclass(frozen=True)
class SeatChanged(Fact):
    """A deputy was named for a seat, or the seat given up."""

    code: ClassVar[str] = "committees.seat_changed"
    seat: str


@fact
@dataclass(frozen=True)
class MeetingMoved(Fact):
    """A meeting was planned or cancelled, or its minutes were written, sent or signed."""

    code: ClassVar[str] = "committees.meeting_moved"
    meeting: str
    state: str


@fact
@dataclass(frozen=True)
class ItemAdded(Fact):
    """Something was put on an agenda."""

    code: ClassVar[str] = "committees.item_added"
    item: str


@fact
@dataclass(frozen=True)
class MotionMoved(Fact):
    """A motion was prepared, opened, withdrawn or closed; `outcome` says what came of it."""

    code: ClassVar[str] = "committees.motion_moved"
    motion: str
    state: str
    outcome: str = ""


@fact
@dataclass(frozen=True)
class VoteCast(Fact):
    """A seat voted, or voted anew."""

    code: ClassVar[str] = "committees.vote_cast"
    motion: str
    seat: str


@fact
@dataclass(frozen=True)
class DecisionMoved(Fact):
    """A decision was noted, done or dropped."""

    code: ClassVar[str] = "committees.decision_moved"
    decision: str
    state: str
