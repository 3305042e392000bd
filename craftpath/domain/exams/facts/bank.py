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
class ItemsOpened(Fact):
    """Apprentices may practise with items from now on; no paper takes them."""

    code: ClassVar[str] = "exams.items_opened"
    items: list[str]
    count: int


@fact
@dataclass(frozen=True)
class ItemsKeptBack(Fact):
    """Apprentices practise with items no more; papers may take them again."""

    code: ClassVar[str] = "exams.items_kept_back"
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
class FiguresKept(Fact):
    """What questions did at sittings was kept with them: how many, how many with a and b, over how many candidates."""

    code: ClassVar[str] = "exams.figures_kept"
    questions: int
    modelled: int
    candidates: int
