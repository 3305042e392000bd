"""What can have happened to rubrics, practical assessments and ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RubricSaved(Fact):
    """A draft of a rubric was written."""

    code: ClassVar[str] = "judging.rubric_saved"
    version: int
    fingerprint: str


@fact
@dataclass(frozen=True)
class RubricUsed(Fact):
    """A rubric is used for the first time and never changes from now on."""

    code: ClassVar[str] = "judging.rubric_used"
    version: int


@fact
@dataclass(frozen=True)
class RubricRetired(Fact):
    """Nothing new is judged by this version."""

    code: ClassVar[str] = "judging.rubric_retired"
    version: int


@fact
@dataclass(frozen=True)
class PracticalPlanned(Fact):
    """A cohort will be judged at a piece of work; `raters` and `people` are counts."""

    code: ClassVar[str] = "judging.practical_planned"
    item: str
    raters: int
    people: int


@fact
@dataclass(frozen=True)
class PracticalClosed(Fact):
    """Nobody rates here any more."""

    code: ClassVar[str] = "judging.practical_closed"


@fact
@dataclass(frozen=True)
class PracticalReopened(Fact):
    """Ratings are taken again."""

    code: ClassVar[str] = "judging.practical_reopened"


@fact
@dataclass(frozen=True)
class PracticalCancelled(Fact):
    """It does not count at all."""

    code: ClassVar[str] = "judging.practical_cancelled"
    because: str


@fact
@dataclass(frozen=True)
class RatersAsked(Fact):
    """More people were asked to rate one apprentice's work."""

    code: ClassVar[str] = "judging.raters_asked"
    enrolment: str
    people: list[str]
    kind: str


@fact
@dataclass(frozen=True)
class RaterExcused(Fact):
    """Somebody is not waited for any more, for a reason."""

    code: ClassVar[str] = "judging.rater_excused"
    enrolment: str
    because: str


@fact
@dataclass(frozen=True)
class WorkRated(Fact):
    """Somebody said what was seen of an apprentice's work; the levels stay with the rating."""

    code: ClassVar[str] = "judging.work_rated"
    enrolment: str
    rating: str
    kind: str


@fact
@dataclass(frozen=True)
class ExhibitAdded(Fact):
    """A photo, video, drawing or file of the work came in."""

    code: ClassVar[str] = "judging.exhibit_added"
    enrolment: str
    kind: str


@fact
@dataclass(frozen=True)
class MarksPublished(Fact):
    """Marks on which the raters agree went into the evaluation."""

    code: ClassVar[str] = "judging.marks_published"
    enrolments: list[str]


@fact
@dataclass(frozen=True)
class JudgementReopened(Fact):
    """A published mark is looked at once more, for a reason; it stands until another one is published."""

    code: ClassVar[str] = "judging.judgement_reopened"
    enrolment: str
    because: str


@fact
@dataclass(frozen=True)
class SittingPublished(Fact):
    """The marks of an examination went into the evaluation."""

    code: ClassVar[str] = "judging.sitting_published"
    sitting: str
    item: str
    marks: int
