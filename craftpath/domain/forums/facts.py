"""What can have happened in forums. Visits and supports are nobody's history, so no fact tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ForumOpened(Fact):
    """A forum was opened, for itself or for the thing `of`."""

    code: ClassVar[str] = "forums.opened"
    of: str = ""


@fact
@dataclass(frozen=True)
class ForumChanged(Fact):
    """Its words, host, rhythm or place are otherwise."""

    code: ClassVar[str] = "forums.changed"


@fact
@dataclass(frozen=True)
class ForumMoved(Fact):
    """It was closed or opened again."""

    code: ClassVar[str] = "forums.moved"
    state: str


@fact
@dataclass(frozen=True)
class MeetingsPlanned(Fact):
    """Meetings were planned, one or a row of them; so many people are invited to each."""

    code: ClassVar[str] = "forums.meetings_planned"
    meetings: list[str]
    invited: int


@fact
@dataclass(frozen=True)
class MeetingChanged(Fact):
    """A planned meeting has another time, place or agenda."""

    code: ClassVar[str] = "forums.meeting_changed"
    meeting: str


@fact
@dataclass(frozen=True)
class MeetingCancelled(Fact):
    """A meeting does not take place."""

    code: ClassVar[str] = "forums.meeting_cancelled"
    meeting: str
    because: str


@fact
@dataclass(frozen=True)
class Attended(Fact):
    """The host confirmed who was there; `people` are those, `not_there` whom an earlier confirmation had named."""

    code: ClassVar[str] = "forums.attended"
    meeting: str
    people: list[str]
    not_there: list[str]
    minutes: int


@fact
@dataclass(frozen=True)
class TakeawayMade(Fact):
    """Something was taken away from a meeting."""

    code: ClassVar[str] = "forums.takeaway_made"
    meeting: str
    takeaway: str


@fact
@dataclass(frozen=True)
class TakeawayDone(Fact):
    """Whoever took it on has done it, or not after all."""

    code: ClassVar[str] = "forums.takeaway_done"
    takeaway: str
    done: bool


@fact
@dataclass(frozen=True)
class TopicMoved(Fact):
    """A topic was suggested, taken onto an agenda or withdrawn."""

    code: ClassVar[str] = "forums.topic_moved"
    topic: str
    state: str


@fact
@dataclass(frozen=True)
class ThreadBegun(Fact):
    """Somebody began a thread."""

    code: ClassVar[str] = "forums.thread_begun"
    thread: str
    news: bool


@fact
@dataclass(frozen=True)
class ThreadTurned(Fact):
    """The host pinned or closed a thread, or not any more."""

    code: ClassVar[str] = "forums.thread_turned"
    thread: str
    pinned: bool
    closed: bool


@fact
@dataclass(frozen=True)
class Posted(Fact):
    """Somebody wrote in a thread."""

    code: ClassVar[str] = "forums.posted"
    post: str


@fact
@dataclass(frozen=True)
class PostChanged(Fact):
    """A post was worded anew; the wording before is kept."""

    code: ClassVar[str] = "forums.post_changed"
    post: str
    revision: int


@fact
@dataclass(frozen=True)
class PostWithdrawn(Fact):
    """Its writer withdrew a post."""

    code: ClassVar[str] = "forums.post_withdrawn"
    post: str


@fact
@dataclass(frozen=True)
class PostReported(Fact):
    """Somebody reported a post; who it was stays with the office."""

    code: ClassVar[str] = "forums.reported"
    post: str
    reason: str


@fact
@dataclass(frozen=True)
class ReportDismissed(Fact):
    """The office found nothing in a report."""

    code: ClassVar[str] = "forums.report_dismissed"
    post: str


@fact
@dataclass(frozen=True)
class PostHidden(Fact):
    """The office hid a post, for a reason."""

    code: ClassVar[str] = "forums.hidden"
    post: str
    because: str


@fact
@dataclass(frozen=True)
class HidingMoved(Fact):
    """Its writer appealed, or the office kept or lifted it."""

    code: ClassVar[str] = "forums.hiding_moved"
    post: str
    state: str
