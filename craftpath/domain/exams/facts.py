"""What can have happened to items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ItemsWritten(Fact):
    """New items came into the bank together, by hand, from a pasted exam or from a package."""

    code: ClassVar[str] = "exams.items_written"
    items: list[str]
    count: int
    source: str


@fact
@dataclass(frozen=True)
class ItemRewritten(Fact):
    """An item got its next version; the older ones stay."""

    code: ClassVar[str] = "exams.item_rewritten"
    item: str
    version: int
    fingerprint: str


@fact
@dataclass(frozen=True)
class ItemTagged(Fact):
    """What an item is for, how hard it is or how often it may be used was changed; its text was not."""

    code: ClassVar[str] = "exams.item_tagged"
    item: str


@fact
@dataclass(frozen=True)
class ItemsReleased(Fact):
    """Items may be used in papers from now on."""

    code: ClassVar[str] = "exams.items_released"
    items: list[str]
    count: int


@fact
@dataclass(frozen=True)
class ItemsRetired(Fact):
    """Items are used no more; papers that have them keep them."""

    code: ClassVar[str] = "exams.items_retired"
    items: list[str]
    count: int


@fact
@dataclass(frozen=True)
class ItemsRestored(Fact):
    """Retired items are drafts again."""

    code: ClassVar[str] = "exams.items_restored"
    items: list[str]
    count: int


@fact
@dataclass(frozen=True)
class StimulusWritten(Fact):
    """A text that several items refer to was written; it stays as it is."""

    code: ClassVar[str] = "exams.stimulus_written"
    stimulus: str


@fact
@dataclass(frozen=True)
class PaperMade(Fact):
    """Items were put together into a paper."""

    code: ClassVar[str] = "exams.paper_made"
    items: int


@fact
@dataclass(frozen=True)
class PaperFixed(Fact):
    """A paper is ready and never changes from now on."""

    code: ClassVar[str] = "exams.paper_fixed"


@fact
@dataclass(frozen=True)
class PaperShelved(Fact):
    """A paper is used for nothing new."""

    code: ClassVar[str] = "exams.paper_shelved"


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
class EssayMarked(Fact):
    """A marker gave points to an essay whose writer was not shown."""

    code: ClassVar[str] = "exams.essay_marked"
    enrolment: str


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
