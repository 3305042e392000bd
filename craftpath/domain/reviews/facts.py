"""What can have happened to reviews and goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ReviewsPlanned(Fact):
    """Reviews of a cohort were planned from one pattern."""

    code: ClassVar[str] = "reviews.planned"
    reviews: list[str]


@fact
@dataclass(frozen=True)
class MentorsChanged(Fact):
    """Other mentors come to reviews that are planned."""

    code: ClassVar[str] = "reviews.mentors_changed"
    reviews: list[str]


@fact
@dataclass(frozen=True)
class ReviewMoved(Fact):
    """A review has another moment or place; `because` are the words of whoever moved it."""

    code: ClassVar[str] = "reviews.moved"
    starts_at: str
    because: str


@fact
@dataclass(frozen=True)
class ReviewMissed(Fact):
    """A review did not take place."""

    code: ClassVar[str] = "reviews.missed"
    because: str


@fact
@dataclass(frozen=True)
class ReviewCancelled(Fact):
    """A review will not take place."""

    code: ClassVar[str] = "reviews.cancelled"
    because: str


@fact
@dataclass(frozen=True)
class ReviewHeld(Fact):
    """A review took place; `colour` is what was seen, `in_time` whether it was held by its due day."""

    code: ClassVar[str] = "reviews.held"
    colour: str
    in_time: bool


@fact
@dataclass(frozen=True)
class ReviewWritten(Fact):
    """The text of a review was fixed and waits for its signatures."""

    code: ClassVar[str] = "reviews.written"


@fact
@dataclass(frozen=True)
class ReviewReopened(Fact):
    """A text was taken back before everybody had signed."""

    code: ClassVar[str] = "reviews.reopened"


@fact
@dataclass(frozen=True)
class ReviewSigned(Fact):
    """Everybody who still can has signed; `excused` are the roles that do not."""

    code: ClassVar[str] = "reviews.signed"
    excused: list[str]


@fact
@dataclass(frozen=True)
class PartSaid(Fact):
    """One side wrote its part; the words themselves stay in the review."""

    code: ClassVar[str] = "reviews.part_said"
    role: str


@fact
@dataclass(frozen=True)
class SignerExcused(Fact):
    """Somebody who took part does not sign any more, for a reason."""

    code: ClassVar[str] = "reviews.signer_excused"
    role: str
    because: str


@fact
@dataclass(frozen=True)
class GoalSet(Fact):
    """Something was agreed."""

    code: ClassVar[str] = "reviews.goal_set"
    goal: str
    owner: str


@fact
@dataclass(frozen=True)
class GoalSettled(Fact):
    """A goal was met or dropped."""

    code: ClassVar[str] = "reviews.goal_settled"
    goal: str
    state: str
