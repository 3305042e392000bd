"""What can have happened to rounds. Of preferences nothing but that they were stated is told, and confidentially."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ProfileWritten(Fact):
    """What somebody teaches and wants to learn, the shift and the languages were written down."""

    code: ClassVar[str] = "matching.profile_written"
    person: str


@fact
@dataclass(frozen=True)
class TravelNoted(Fact):
    """How long it takes from one place to another was written down."""

    code: ClassVar[str] = "matching.travel_noted"
    one: str
    other: str
    minutes: int


@fact
@dataclass(frozen=True)
class RoundOpened(Fact):
    """An office began a round."""

    code: ClassVar[str] = "matching.round_opened"
    kind: str
    teachers: int
    learners: int


@fact
@dataclass(frozen=True)
class RoundWeighed(Fact):
    """What matters in a round was set."""

    code: ClassVar[str] = "matching.round_weighed"
    weights: dict[str, int]
    keep: bool


@fact
@dataclass(frozen=True)
class SeatsChanged(Fact):
    """Who takes part in a round was changed."""

    code: ClassVar[str] = "matching.seats_changed"
    teachers: int
    learners: int


@fact
@dataclass(frozen=True)
class PairMarked(Fact):
    """Two people were pinned to each other, kept apart, or neither any more."""

    code: ClassVar[str] = "matching.pair_marked"
    teacher: str
    learner: str
    mark: str
    because: str


@fact
@dataclass(frozen=True)
class PreferencesAsked(Fact):
    """Everybody in a round was asked whom they would like."""

    code: ClassVar[str] = "matching.preferences_asked"
    until: str


@fact
@dataclass(frozen=True)
class PreferencesClosed(Fact):
    """The asking ended."""

    code: ClassVar[str] = "matching.preferences_closed"


@fact
@dataclass(frozen=True)
class PreferencesStated(Fact):
    """Somebody said whom they would like; whom, nobody is told."""

    code: ClassVar[str] = "matching.preferences_stated"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class ProposalMade(Fact):
    """The engine proposed who teaches whom."""

    code: ClassVar[str] = "matching.proposal_made"
    number: int
    without: int


@fact
@dataclass(frozen=True)
class RoundPublished(Fact):
    """A proposal became pairs."""

    code: ClassVar[str] = "matching.round_published"
    number: int
    formed: int
    replaced: int
    kept: int


@fact
@dataclass(frozen=True)
class RoundDropped(Fact):
    """A round ended without pairs."""

    code: ClassVar[str] = "matching.round_dropped"
    because: str
