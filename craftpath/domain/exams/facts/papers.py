"""What can have happened to papers and to blueprints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class BlueprintMade(Fact):
    """What forms of a paper have to be was written down."""

    code: ClassVar[str] = "exams.blueprint_made"
    forms: int


@fact
@dataclass(frozen=True)
class BlueprintChanged(Fact):
    """The wishes or the title of a blueprint changed; papers made by it stay."""

    code: ClassVar[str] = "exams.blueprint_changed"
    number: int


@fact
@dataclass(frozen=True)
class FormsAssembled(Fact):
    """Forms were put together by a blueprint, to be looked at; no paper yet."""

    code: ClassVar[str] = "exams.forms_assembled"
    assembly: str
    forms: int


@fact
@dataclass(frozen=True)
class FormsImpossible(Fact):
    """No forms can be what a blueprint wants."""

    code: ClassVar[str] = "exams.forms_impossible"
    assembly: str


@fact
@dataclass(frozen=True)
class QuestionSwapped(Fact):
    """A question of forms that are looked at was changed for another by hand."""

    code: ClassVar[str] = "exams.question_swapped"
    assembly: str
    form: str
    out: str
    into: str


@fact
@dataclass(frozen=True)
class FormsTaken(Fact):
    """Papers were made of the forms."""

    code: ClassVar[str] = "exams.forms_taken"
    assembly: str
    papers: list[str]
    count: int


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
