"""What can have happened to curricula, their versions, the library of units, and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class CurriculumStarted(Fact):
    """A curriculum began from a programme, with its units as cards and in a first version."""

    code: ClassVar[str] = "curricula.started"
    name: dict[str, str]
    units: int


@fact
@dataclass(frozen=True)
class ChartFollowed(Fact):
    """A curriculum follows the chart of an occupation, `name`; or none."""

    code: ClassVar[str] = "curricula.chart_followed"
    name: dict[str, str]


@fact
@dataclass(frozen=True)
class CardSaved(Fact):
    """A card of the library was made, or changed from what `before` says."""

    code: ClassVar[str] = "curricula.card_saved"
    key: str
    before: dict[str, object]


@fact
@dataclass(frozen=True)
class CardsTakenIn(Fact):
    """A sheet of units was taken into the library."""

    code: ClassVar[str] = "curricula.cards_taken_in"
    new: list[str]
    changed: list[str]


@fact
@dataclass(frozen=True)
class CardMoved(Fact):
    """A card is offered no more, or again."""

    code: ClassVar[str] = "curricula.card_moved"
    key: str
    state: str


@fact
@dataclass(frozen=True)
class VersionDrafted(Fact):
    """A version was begun as a copy of another one."""

    code: ClassVar[str] = "curricula.version_drafted"
    number: int
    grown_from: int


@fact
@dataclass(frozen=True)
class VersionChanged(Fact):
    """A draft was changed: `what` was done, to the unit, outcome or assessment `key`."""

    code: ClassVar[str] = "curricula.version_changed"
    number: int
    revision: int
    what: str
    key: str
    before: dict[str, object]
    after: dict[str, object]


@fact
@dataclass(frozen=True)
class ReviewOpened(Fact):
    """A version was put before those who review it."""

    code: ClassVar[str] = "curricula.review_opened"
    number: int
    asked: int
    due_on: str


@fact
@dataclass(frozen=True)
class VoteGiven(Fact):
    """Somebody voted; what, only the sums say."""

    code: ClassVar[str] = "curricula.vote_given"
    number: int
    side: str


@fact
@dataclass(frozen=True)
class CommentMade(Fact):
    """Something was said of a version, of one of its units or outcomes, or in answer."""

    code: ClassVar[str] = "curricula.comment_made"
    number: int
    about: str
    key: str


@fact
@dataclass(frozen=True)
class CommentResolved(Fact):
    """A remark was marked as resolved, or as open again."""

    code: ClassVar[str] = "curricula.comment_resolved"
    number: int
    resolved: bool


@fact
@dataclass(frozen=True)
class VersionReturned(Fact):
    """A version went back from its review, to be changed."""

    code: ClassVar[str] = "curricula.version_returned"
    number: int
    because: str


@fact
@dataclass(frozen=True)
class VersionApproved(Fact):
    """A version was approved; `gaps` of it were waived, because of what is said."""

    code: ClassVar[str] = "curricula.version_approved"
    number: int
    gaps: int
    because: str


@fact
@dataclass(frozen=True)
class VersionActivated(Fact):
    """A version is what new cohorts may follow, as this version of a programme."""

    code: ClassVar[str] = "curricula.version_activated"
    number: int
    programme: str


@fact
@dataclass(frozen=True)
class VersionRetired(Fact):
    """A version is offered no more; cohorts that follow it go on."""

    code: ClassVar[str] = "curricula.version_retired"
    number: int


@fact
@dataclass(frozen=True)
class DraftMade(Fact):
    """A plan was drafted from needs, with so many units."""

    code: ClassVar[str] = "curricula.draft_made"
    number: int
    units: int


@fact
@dataclass(frozen=True)
class DraftImpossible(Fact):
    """No plan can be what was asked."""

    code: ClassVar[str] = "curricula.draft_impossible"
    number: int


@fact
@dataclass(frozen=True)
class DraftTaken(Fact):
    """A drafted plan was taken into its version."""

    code: ClassVar[str] = "curricula.draft_taken"
    number: int
    units: int
