"""What can have happened to pairs.

Of changes that somebody asks for only codes are told, and confidentially: no organisation's history shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class StandingSet(Fact):
    """How many somebody may teach at a place, and for how long somebody is qualified, was written down."""

    code: ClassVar[str] = "pairing.standing_set"
    person: str
    capacity: int
    qualified_until: str


@fact
@dataclass(frozen=True)
class ResultNoted(Fact):
    """The result of a published appraisal was written down; the figure stands in the appraisal."""

    code: ClassVar[str] = "pairing.result_noted"
    person: str


@fact
@dataclass(frozen=True)
class HouseRulesSet(Fact):
    """An office changed what it holds to."""

    code: ClassVar[str] = "pairing.house_rules_set"
    gap_days: int
    objection_days: int
    ratio: str


@fact
@dataclass(frozen=True)
class PairProposed(Fact):
    """A pair waits for a yes of everybody in it."""

    code: ClassVar[str] = "pairing.proposed"
    kind: str
    people: list[str]


@fact
@dataclass(frozen=True)
class PairFormed(Fact):
    """A pair holds from its first day: everybody in it said yes, or the office appointed."""

    code: ClassVar[str] = "pairing.formed"
    kind: str
    people: list[str]


@fact
@dataclass(frozen=True)
class PairDeclined(Fact):
    """Somebody said no to a pair, or the office took the proposal back."""

    code: ClassVar[str] = "pairing.declined"
    because: str


@fact
@dataclass(frozen=True)
class PairEnded(Fact):
    """A pair ended on a day; `dissolved` if it was within the days for objections."""

    code: ClassVar[str] = "pairing.ended"
    on: str
    because: str
    dissolved: bool


@fact
@dataclass(frozen=True)
class PairRenewed(Fact):
    """A pair goes on until a later day."""

    code: ClassVar[str] = "pairing.renewed"
    until: str


@fact
@dataclass(frozen=True)
class TeacherReplaced(Fact):
    """Somebody else teaches in a pair from a day on."""

    code: ClassVar[str] = "pairing.teacher_replaced"
    before: str
    after: str
    on: str
    because: str


@fact
@dataclass(frozen=True)
class DeputyAppointed(Fact):
    """Somebody teaches in a pair while its teacher is away."""

    code: ClassVar[str] = "pairing.deputy_appointed"
    deputy: str
    instead_of: str
    starts_on: str
    ends_on: str


@fact
@dataclass(frozen=True)
class MentorsTakenOver(Fact):
    """Mentors whom a roster had named became pairs."""

    code: ClassVar[str] = "pairing.mentors_taken_over"
    cohort: str
    pairs: list[str]


@fact
@dataclass(frozen=True)
class ChangeAsked(Fact):
    """Somebody asked for a change in private."""

    code: ClassVar[str] = "pairing.change_asked"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class ChangeSeen(Fact):
    """The office read what was asked for."""

    code: ClassVar[str] = "pairing.change_seen"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class ChangeSettled(Fact):
    """The office answered."""

    code: ClassVar[str] = "pairing.change_settled"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class ChangeWithdrawn(Fact):
    """Whoever asked took it back."""

    code: ClassVar[str] = "pairing.change_withdrawn"
    confidential: ClassVar[bool] = True
