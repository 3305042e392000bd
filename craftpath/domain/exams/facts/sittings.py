"""What can have happened to sittings, candidates, essays and appeals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SittingPlanned(Fact):
    """A cohort will answer a paper."""

    code: ClassVar[str] = "exams.sitting_planned"
    starts_at: str
    candidates: int


@fact
@dataclass(frozen=True)
class SittingOpened(Fact):
    """Candidates may begin."""

    code: ClassVar[str] = "exams.sitting_opened"


@fact
@dataclass(frozen=True)
class SittingClosed(Fact):
    """Nobody answers any more; what was not handed in was taken at the bell."""

    code: ClassVar[str] = "exams.sitting_closed"
    handed_in: int
    absent: int


@fact
@dataclass(frozen=True)
class SittingCancelled(Fact):
    """It does not take place."""

    code: ClassVar[str] = "exams.sitting_cancelled"
    because: str


@fact
@dataclass(frozen=True)
class CodesGiven(Fact):
    """Candidates got new codes; those of before open nothing any more."""

    code: ClassVar[str] = "exams.codes_given"
    candidates: int


@fact
@dataclass(frozen=True)
class CandidateSeated(Fact):
    """Seat, extra time or print of a candidate was settled."""

    code: ClassVar[str] = "exams.candidate_seated"
    enrolment: str
    extra_minutes: int


@fact
@dataclass(frozen=True)
class PaperHandedIn(Fact):
    """A candidate handed in; nothing of it changes any more."""

    code: ClassVar[str] = "exams.paper_handed_in"
    enrolment: str


@fact
@dataclass(frozen=True)
class CandidateMoved(Fact):
    """A candidate goes on on paper because a device failed, or goes back to a device."""

    code: ClassVar[str] = "exams.candidate_moved"
    enrolment: str
    on_paper: bool


@fact
@dataclass(frozen=True)
class SheetKeyed(Fact):
    """Somebody keyed a whole answer sheet, the first or the second time; or keyed it anew before it was settled."""

    code: ClassVar[str] = "exams.sheet_keyed"
    enrolment: str
    round: int
    absent: bool


@fact
@dataclass(frozen=True)
class SheetSettled(Fact):
    """The answers of a sheet stand: both keyings said the same, or somebody decided so many differences."""

    code: ClassVar[str] = "exams.sheet_settled"
    enrolment: str
    differing: int


@fact
@dataclass(frozen=True)
class EssayMarked(Fact):
    """A marker gave points to an essay whose writer was not shown."""

    code: ClassVar[str] = "exams.essay_marked"
    enrolment: str


@fact
@dataclass(frozen=True)
class EssayRemarked(Fact):
    """A marker gave the own points anew; those of before stay as a version."""

    code: ClassVar[str] = "exams.essay_remarked"
    enrolment: str


@fact
@dataclass(frozen=True)
class MarksOpened(Fact):
    """A moderator sees all marks of the essays, and marks none from now on."""

    code: ClassVar[str] = "exams.marks_opened"


@fact
@dataclass(frozen=True)
class EssaySettled(Fact):
    """A moderator decided what an essay is worth; the marks stay beside it."""

    code: ClassVar[str] = "exams.essay_settled"
    enrolment: str
    because: str


@fact
@dataclass(frozen=True)
class EssaysReturned(Fact):
    """All marks of one marker were sent back to be given anew; they stay as versions."""

    code: ClassVar[str] = "exams.essays_returned"
    essays: int
    because: str


@fact
@dataclass(frozen=True)
class InvigilatorsNamed(Fact):
    """These people watch over a sitting, and nobody else."""

    code: ClassVar[str] = "exams.invigilators_named"
    people: list[str]


@fact
@dataclass(frozen=True)
class SittingMoved(Fact):
    """It takes place at another time, in another room, or lasts longer or shorter."""

    code: ClassVar[str] = "exams.sitting_moved"
    before: str
    starts_at: str
    because: str


@fact
@dataclass(frozen=True)
class SittingTermsSettled(Fact):
    """Pass mark, re-sits, appeals or what candidates see was settled."""

    code: ClassVar[str] = "exams.sitting_terms_settled"


@fact
@dataclass(frozen=True)
class CandidateAdded(Fact):
    """Somebody sits in addition."""

    code: ClassVar[str] = "exams.candidate_added"
    enrolment: str


@fact
@dataclass(frozen=True)
class CandidateRemoved(Fact):
    """Somebody does not sit after all."""

    code: ClassVar[str] = "exams.candidate_removed"
    enrolment: str
    because: str


@fact
@dataclass(frozen=True)
class AbsenceExcused(Fact):
    """Whoever did not come had a reason, or had none after all."""

    code: ClassVar[str] = "exams.absence_excused"
    enrolment: str


@fact
@dataclass(frozen=True)
class OutcomesPublished(Fact):
    """Candidates can read what their papers came to."""

    code: ClassVar[str] = "exams.outcomes_published"
    candidates: list[str]


@fact
@dataclass(frozen=True)
class AppealLodged(Fact):
    """A candidate asks that the marking is looked at again."""

    code: ClassVar[str] = "exams.appeal_lodged"
    due_on: str
    questions: int


@fact
@dataclass(frozen=True)
class AppealAssessed(Fact):
    """Somebody who had not marked these answers gave a second opinion."""

    code: ClassVar[str] = "exams.appeal_assessed"
    questions: int


@fact
@dataclass(frozen=True)
class AppealEnded(Fact):
    """An appeal was decided, rejected or withdrawn."""

    code: ClassVar[str] = "exams.appeal_ended"
    state: str
