"""What is told of doubles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class RecordsMerged(Fact):
    """Two records are one: told of both, with how many rows moved and how many stayed where they were."""

    code: ClassVar[str] = "kernel.records_merged"
    merge: str
    people: list[str]
    moved: int
    left: int
    because: str


@fact
@dataclass(frozen=True)
class MergeUndone(Fact):
    """Two records are two again: told of both. `later` rows were written since, or changed, and stay where they are."""

    code: ClassVar[str] = "kernel.merge_undone"
    merge: str
    people: list[str]
    back: int
    later: int
    because: str


@fact
@dataclass(frozen=True)
class RecordsParted(Fact):
    """Somebody said that two records that look alike are of two persons."""

    code: ClassVar[str] = "kernel.records_parted"
    people: list[str]
    because: str
