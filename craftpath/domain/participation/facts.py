"""What can have happened to confirmed acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ActsConfirmed(Fact):
    """Acts of apprentices were confirmed: one thing, and who took part (public ids of the acts)."""

    code: ClassVar[str] = "participation.confirmed"
    acts: list[str]


@fact
@dataclass(frozen=True)
class ActsWithdrawn(Fact):
    """What was confirmed was not so after all."""

    code: ClassVar[str] = "participation.withdrawn"
    acts: list[str]
    because: str
