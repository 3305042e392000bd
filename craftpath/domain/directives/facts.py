"""What can have happened to notices, plans and quotas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DirectiveWritten(Fact):
    """A draft was written or changed."""

    code: ClassVar[str] = "directives.written"
    kind: str


@fact
@dataclass(frozen=True)
class DirectiveMoved(Fact):
    """It was published, withdrawn for a reason, or a draft was thrown away."""

    code: ClassVar[str] = "directives.moved"
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class DirectiveCorrected(Fact):
    """What was published was put right; `again`: those who have read it are asked to read it again."""

    code: ClassVar[str] = "directives.corrected"
    number: int
    because: str
    again: bool


@fact
@dataclass(frozen=True)
class DirectiveRead(Fact):
    """Somebody whom it is addressed to opened it for the first time, or said to have understood it."""

    code: ClassVar[str] = "directives.read"
    understood: bool


@fact
@dataclass(frozen=True)
class ReadersReminded(Fact):
    """Those who have not read it are reminded."""

    code: ClassVar[str] = "directives.reminded"
    count: int


@fact
@dataclass(frozen=True)
class DirectiveAnswered(Fact):
    """An organisation answered, or changed its answer."""

    code: ClassVar[str] = "directives.answered"
    place: str
