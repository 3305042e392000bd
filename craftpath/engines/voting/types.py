"""What votes are counted from, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Voice(StrEnum):
    """What a seat says to a motion."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Rule(StrEnum):
    """When a motion is carried; abstentions count for none of them."""

    SIMPLE = "simple"  # more yes than no
    TWO_THIRDS = "two_thirds"  # at least two of three that said yes or no
    UNANIMOUS = "unanimous"  # somebody says yes, and nobody no
    EACH_SIDE = "each_side"  # more yes than no at every side that has a seat


class Outcome(StrEnum):
    """What came of it."""

    CARRIED = "carried"
    LOST = "lost"
    UNDECIDED = "undecided"  # too few took part


@dataclass(frozen=True, slots=True)
class Vote:
    """The voice of one seat, which sits for a side."""

    side: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures, and what they come to; `needed` is how many seats the quorum asks for."""

    outcome: Outcome
    yes: int
    no: int
    abstain: int
    seats: int
    needed: int
    sides: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def cast(self) -> int:
        """How many took part."""
        return self.yes + self.no + self.abstain
