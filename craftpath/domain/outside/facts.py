"""What can have happened to outside evidence."""

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
