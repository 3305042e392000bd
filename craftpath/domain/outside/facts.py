"""What can have happened to outside evidence, and to columns that programs keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class MappingMade(Fact):
    """Somebody said which statements of a program count for which skill."""

    code: ClassVar[str] = "outside.mapping_made"
    name: str
    client: str
    verb: str
    activity: str
    skill: str


@fact
@dataclass(frozen=True)
class MappingStopped(Fact):
    """No further statements count by this mapping; what has counted stays."""

    code: ClassVar[str] = "outside.mapping_stopped"
    name: str


@fact
@dataclass(frozen=True)
class MappingReadAgain(Fact):
    """All statements are held against the mapping once more, such as after addresses were put right."""

    code: ClassVar[str] = "outside.mapping_read_again"
    name: str


@fact
@dataclass(frozen=True)
class EvidenceTaken(Fact):
    """Statements that came by now count."""

    code: ClassVar[str] = "outside.evidence_taken"
    name: str
    count: int


@fact
@dataclass(frozen=True)
class ColumnKept(Fact):
    """A program keeps a new column of marks for a cohort."""

    code: ClassVar[str] = "outside.column_kept"
    title: str
    client: str
    cohort: str


@fact
@dataclass(frozen=True)
class ColumnDropped(Fact):
    """A program has dropped a column; marks that were taken over from it stay."""

    code: ClassVar[str] = "outside.column_dropped"
    title: str


@fact
@dataclass(frozen=True)
class ColumnTaken(Fact):
    """Somebody took a column over: its scores are marks of an item from now on."""

    code: ClassVar[str] = "outside.column_taken"
    title: str
    item: str
    count: int
