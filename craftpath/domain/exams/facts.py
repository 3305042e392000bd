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
