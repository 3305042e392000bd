"""What can have happened between the people of a pair.

What was said in meetings, answers and thanks is never told: only that it was, when, and what became of it. And that
is told confidentially, for a history is read by people who do not look into pairs; agreements, graduation and house
rules are everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class MeetingRulesSet(Fact):
    """An office changed how often pairs meet, when they talk halfway, and whether they need an agreement."""

    code: ClassVar[str] = "mentoring.rules_set"
    every_days: int
    talk_after_percent: int
    needs_agreement: bool


@fact
@dataclass(frozen=True)
class GoalSet(Fact):
    """A goal was set for one side of a pair."""

    code: ClassVar[str] = "mentoring.goal_set"
    confidential: ClassVar[bool] = True
    goal: str
    due_on: str


@fact
@dataclass(frozen=True)
class GoalReached(Fact):
    """Whoever teaches said that a goal is reached."""

    code: ClassVar[str] = "mentoring.goal_reached"
    confidential: ClassVar[bool] = True
    goal: str


@fact
@dataclass(frozen=True)
class GoalDropped(Fact):
    """A goal is not pursued any more."""

    code: ClassVar[str] = "mentoring.goal_dropped"
    confidential: ClassVar[bool] = True
    goal: str


@fact
@dataclass(frozen=True)
class GoalObjected(Fact):
    """The learner said that a goal is not reached yet; it is open again."""

    code: ClassVar[str] = "mentoring.goal_objected"
    confidential: ClassVar[bool] = True
    goal: str


@fact
@dataclass(frozen=True)
class MeetingWritten(Fact):
    """A meeting was written down."""

    code: ClassVar[str] = "mentoring.meeting_written"
    confidential: ClassVar[bool] = True
    meeting: str
    on: str
    minutes: int


@fact
@dataclass(frozen=True)
class MeetingConfirmed(Fact):
    """The other of the two said that it was so."""

    code: ClassVar[str] = "mentoring.meeting_confirmed"
    confidential: ClassVar[bool] = True
    meeting: str


@fact
@dataclass(frozen=True)
class MeetingCorrected(Fact):
    """One of the two wrote another version of a meeting; the one before stays."""

    code: ClassVar[str] = "mentoring.meeting_corrected"
    confidential: ClassVar[bool] = True
    meeting: str
    version: int


@fact
@dataclass(frozen=True)
class TalkAnswered(Fact):
    """One side answered the questions of the halfway talk."""

    code: ClassVar[str] = "mentoring.talk_answered"
    confidential: ClassVar[bool] = True
    round: int


@fact
@dataclass(frozen=True)
class TalkClosed(Fact):
    """Every side closed the halfway talk."""

    code: ClassVar[str] = "mentoring.talk_closed"
    confidential: ClassVar[bool] = True
    round: int


@fact
@dataclass(frozen=True)
class TalkWaived(Fact):
    """The halfway talk is not held, for a reason."""

    code: ClassVar[str] = "mentoring.talk_waived"
    confidential: ClassVar[bool] = True
    round: int
    because: str


@fact
@dataclass(frozen=True)
class ProductKept(Fact):
    """What a pair made was written down or changed."""

    code: ClassVar[str] = "mentoring.product_kept"
    confidential: ClassVar[bool] = True
    title: str


@fact
@dataclass(frozen=True)
class ProductShown(Fact):
    """What a pair made was shown."""

    code: ClassVar[str] = "mentoring.product_shown"
    confidential: ClassVar[bool] = True
    on: str
    audience: str


@fact
@dataclass(frozen=True)
class AgreementDrawnUp(Fact):
    """A version of a pair's agreement waits for signatures."""

    code: ClassVar[str] = "mentoring.agreement_drawn_up"
    version: int


@fact
@dataclass(frozen=True)
class AgreementSigned(Fact):
    """Everybody has signed the agreement of a pair."""

    code: ClassVar[str] = "mentoring.agreement_signed"
    version: int


@fact
@dataclass(frozen=True)
class AgreementReplaced(Fact):
    """Bonds or days changed: the version before is kept, another one is signed."""

    code: ClassVar[str] = "mentoring.agreement_replaced"
    version: int


@fact
@dataclass(frozen=True)
class WordingWritten(Fact):
    """An office wrote the clauses of its agreements of pairs anew."""

    code: ClassVar[str] = "mentoring.wording_written"
    version: int


@fact
@dataclass(frozen=True)
class PairGraduated(Fact):
    """A pair ended in good order, and its page is kept."""

    code: ClassVar[str] = "mentoring.graduated"
    on: str
    meetings: int
    minutes: int
    goals: int
