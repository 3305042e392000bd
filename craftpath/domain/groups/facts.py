"""What can have happened to study groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class GroupFormed(Fact):
    """A group was formed, and so many people were invited."""

    code: ClassVar[str] = "groups.formed"
    invited: int


@fact
@dataclass(frozen=True)
class GroupChanged(Fact):
    """Its goal, its rhythm or its place changed."""

    code: ClassVar[str] = "groups.changed"
    fields: list[str]


@fact
@dataclass(frozen=True)
class MemberMoved(Fact):
    """Somebody was invited, asked to join, came in, stayed out or left."""

    code: ClassVar[str] = "groups.member_moved"
    person: str
    move: str


@fact
@dataclass(frozen=True)
class SessionHeld(Fact):
    """The group met: so many of so many were there."""

    code: ClassVar[str] = "groups.session_held"
    session: str
    there: int
    members: int


@fact
@dataclass(frozen=True)
class SessionCancelled(Fact):
    """The group does not meet this time."""

    code: ClassVar[str] = "groups.session_cancelled"
    session: str
    because: str


@fact
@dataclass(frozen=True)
class TurnSwapped(Fact):
    """Two members change turns: asked, agreed or refused."""

    code: ClassVar[str] = "groups.turn_swapped"
    turn: str
    state: str


@fact
@dataclass(frozen=True)
class PresenceObjected(Fact):
    """Somebody says otherwise about having been there."""

    code: ClassVar[str] = "groups.presence_objected"
    session: str


@fact
@dataclass(frozen=True)
class PresenceSettled(Fact):
    """An objection about having been there was settled."""

    code: ClassVar[str] = "groups.presence_settled"
    session: str
    there: bool


@fact
@dataclass(frozen=True)
class NotesWritten(Fact):
    """The notes were written anew; `joined`: put together with what somebody else wrote meanwhile."""

    code: ClassVar[str] = "groups.notes_written"
    revision: int
    joined: bool


@fact
@dataclass(frozen=True)
class TaskMoved(Fact):
    """A task was added, done, taken up again or dropped."""

    code: ClassVar[str] = "groups.task_moved"
    task: str
    move: str


@fact
@dataclass(frozen=True)
class GroupEnded(Fact):
    """The group ended with a result."""

    code: ClassVar[str] = "groups.ended"
    reached: str


@fact
@dataclass(frozen=True)
class GroupReopened(Fact):
    """The end was taken back: the group goes on."""

    code: ClassVar[str] = "groups.reopened"


@fact
@dataclass(frozen=True)
class ResultSigned(Fact):
    """A member signed off what came out."""

    code: ClassVar[str] = "groups.result_signed"


@fact
@dataclass(frozen=True)
class ResultConfirmed(Fact):
    """A trainer read the result and confirmed so many contributions."""

    code: ClassVar[str] = "groups.result_confirmed"
    contributions: int


@fact
@dataclass(frozen=True)
class ContributionConfirmed(Fact):
    """A trainer confirmed what one member contributed: the only thing of a group that may count in an evaluation."""

    code: ClassVar[str] = "groups.contribution_confirmed"
    person: str
    kind: str
    count: int
    out_of: int


@fact
@dataclass(frozen=True)
class GroupDissolved(Fact):
    """The group is no more: nobody is left, or those who are left part without a result."""

    code: ClassVar[str] = "groups.dissolved"


@fact
@dataclass(frozen=True)
class TopicsSaid(Fact):
    """Somebody said what one can show others and wants to learn."""

    code: ClassVar[str] = "groups.topics_said"
    offers: int
    wants: int


@fact
@dataclass(frozen=True)
class GroupRuleSet(Fact):
    """An organisation says how many make a group."""

    code: ClassVar[str] = "groups.rule_set"
    fewest: int
    most: int
