"""What can have happened to courses and to those who follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CourseBegun(Fact):
    """A course was begun by hand, or made of a file."""

    code: ClassVar[str] = "courses.begun"


@fact
@dataclass(frozen=True)
class CoursePublished(Fact):
    """A version was frozen."""

    code: ClassVar[str] = "courses.published"
    number: int
    changes: str = ""


@fact
@dataclass(frozen=True)
class CourseMoved(Fact):
    """A course was put away or taken up again."""

    code: ClassVar[str] = "courses.moved"
    state: str


@fact
@dataclass(frozen=True)
class RunStarted(Fact):
    """A cohort, or everybody of an organisation, may follow a version."""

    code: ClassVar[str] = "courses.run_started"
    number: int


@fact
@dataclass(frozen=True)
class RunMoved(Fact):
    """A run ended, or goes on."""

    code: ClassVar[str] = "courses.run_moved"
    state: str


@fact
@dataclass(frozen=True)
class RunUpdated(Fact):
    """A run went on to another version."""

    code: ClassVar[str] = "courses.run_updated"
    number: int
    before: int


@fact
@dataclass(frozen=True)
class ActivityBegun(Fact):
    """Somebody opened an activity for the first time."""

    code: ClassVar[str] = "courses.activity_begun"
    person: str
    activity: str


@fact
@dataclass(frozen=True)
class ActivityMoved(Fact):
    """An activity of somebody is waiting, done, not passed or to be done again; `score` in percent if there is one."""

    code: ClassVar[str] = "courses.activity_moved"
    person: str
    activity: str
    kind: str
    state: str
    score: str = ""


@fact
@dataclass(frozen=True)
class QuestionAnswered(Fact):
    """Somebody answered a question of a quiz; `share` of its points."""

    code: ClassVar[str] = "courses.question_answered"
    person: str
    activity: str
    item: str
    version: int
    share: str


@fact
@dataclass(frozen=True)
class CourseFinished(Fact):
    """Somebody has done everything of a version: the minutes that were planned, the mean of what was scored."""

    code: ClassVar[str] = "courses.finished"
    person: str
    course: str
    number: int
    minutes: int
    score: str = ""
