"""What can have happened to teams, peaks and taught hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class TeamProposed(Fact):
    """A team waits for a yes of everybody in it."""

    code: ClassVar[str] = "teaching.team_proposed"
    people: list[str]


@fact
@dataclass(frozen=True)
class TeamFormed(Fact):
    """A team teaches: everybody in it said yes, or the office appointed."""

    code: ClassVar[str] = "teaching.team_formed"
    people: list[str]


@fact
@dataclass(frozen=True)
class TeamChanged(Fact):
    """Members, shares or days of a team were written anew."""

    code: ClassVar[str] = "teaching.team_changed"
    people: list[str]
    open_share: int


@fact
@dataclass(frozen=True)
class TeamDeclined(Fact):
    """Somebody said no to a team, or the office took the proposal back."""

    code: ClassVar[str] = "teaching.team_declined"
    because: str


@fact
@dataclass(frozen=True)
class TeamEnded(Fact):
    """A team ended; what it planned for later weeks is gone, what it taught stays."""

    code: ClassVar[str] = "teaching.team_ended"
    because: str


@fact
@dataclass(frozen=True)
class HoursPlanned(Fact):
    """The minutes of a team were laid on weeks; `left` are minutes that fit nowhere."""

    code: ClassVar[str] = "teaching.hours_planned"
    minutes: int
    left: int


@fact
@dataclass(frozen=True)
class WeekPinned(Fact):
    """Somebody set a member's minutes of a week by hand."""

    code: ClassVar[str] = "teaching.week_pinned"
    person: str
    week: str
    minutes: int


@fact
@dataclass(frozen=True)
class PeakNoted(Fact):
    """An enterprise said on which days it spares fewer people."""

    code: ClassVar[str] = "teaching.peak_noted"
    level: str
    starts_on: str
    ends_on: str


@fact
@dataclass(frozen=True)
class PeakWithdrawn(Fact):
    """A peak was taken back."""

    code: ClassVar[str] = "teaching.peak_withdrawn"


@fact
@dataclass(frozen=True)
class AvailabilitySet(Fact):
    """How much somebody teaches in a week at most was written down."""

    code: ClassVar[str] = "teaching.availability_set"
    person: str
    weekly: int


@fact
@dataclass(frozen=True)
class AwaySet(Fact):
    """Days on which somebody cannot teach were written down or taken back."""

    code: ClassVar[str] = "teaching.away_set"
    person: str
    away: bool


@fact
@dataclass(frozen=True)
class TaughtTakenOver(Fact):
    """Hours of held sessions were taken over into a team's taught hours."""

    code: ClassVar[str] = "teaching.taught_taken_over"
    rows: list[str]


@fact
@dataclass(frozen=True)
class TaughtEntered(Fact):
    """Somebody wrote down what was taught at the workplace."""

    code: ClassVar[str] = "teaching.taught_entered"
    person: str
    on: str
    minutes: int


@fact
@dataclass(frozen=True)
class TaughtConfirmed(Fact):
    """The lead or the office confirmed taught hours."""

    code: ClassVar[str] = "teaching.taught_confirmed"
    rows: list[str]


@fact
@dataclass(frozen=True)
class TaughtSentBack(Fact):
    """Taught hours went back to whoever entered them, with a reason."""

    code: ClassVar[str] = "teaching.taught_sent_back"
    because: str


@fact
@dataclass(frozen=True)
class TaughtWithdrawn(Fact):
    """Whoever entered taught hours took them back before they were confirmed."""

    code: ClassVar[str] = "teaching.taught_withdrawn"
