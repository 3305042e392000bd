"""What can have happened to occupations and their charts. Who answered what is no fact, and single cards are steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class OccupationKept(Fact):
    """An occupation was added, or its names and codes were changed."""

    code: ClassVar[str] = "occupations.occupation_kept"
    new: bool


@fact
@dataclass(frozen=True)
class ChartMade(Fact):
    """A chart was begun, from nothing or from an earlier version."""

    code: ClassVar[str] = "occupations.chart_made"
    version: int
    tasks: int


@fact
@dataclass(frozen=True)
class ChartMoved(Fact):
    """A chart was put before more workers, taken back, adopted or retired."""

    code: ClassVar[str] = "occupations.chart_moved"
    state: str
    version: int


@fact
@dataclass(frozen=True)
class AnswersEnded(Fact):
    """No more answers to a chart are taken, before the last day for them was over."""

    code: ClassVar[str] = "occupations.answers_ended"
    version: int


@fact
@dataclass(frozen=True)
class ChartSet(Fact):
    """Days, facilitator, lists or what decides was changed."""

    code: ClassVar[str] = "occupations.chart_set"
    fields: list[str]


@fact
@dataclass(frozen=True)
class PanelChanged(Fact):
    """Somebody joined the panel of a chart, or left it; nobody is named here."""

    code: ClassVar[str] = "occupations.panel_changed"
    people: int


@fact
@dataclass(frozen=True)
class SheetTaken(Fact):
    """Duties and tasks were taken from a sheet."""

    code: ClassVar[str] = "occupations.sheet_taken"
    added: int
    changed: int
    sha256: str


@fact
@dataclass(frozen=True)
class ImportMoved(Fact):
    """A file of a catalogue was kept, looked at, taken in, undone or dropped; `counts` by what became of its lines."""

    code: ClassVar[str] = "occupations.import_moved"
    state: str
    layout: str
    counts: dict[str, int]


@fact
@dataclass(frozen=True)
class CodesPaired(Fact):
    """A code of ISCO-08 was held against a Chinese one, or is no longer (an empty kind)."""

    code: ClassVar[str] = "occupations.codes_paired"
    code_isco: str
    code_cn: str
    kind: str
