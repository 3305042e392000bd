"""What rules are, and an answer that keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from craftpath.engines.pairing.types import Flags, Whole


@dataclass(frozen=True, slots=True)
class Group:
    """Trainers (places) who together may have so many different apprentices: a site with its skilled workers."""

    trainers: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Lead:
    """Exactly one trainer of everybody who has any is responsible.

    `may` says of each possible pair whether its trainer may be responsible, `score` what that adds (negative takes
    away), `most` for how many each trainer may be responsible; None is no limit. Shares of time are the caller's.
    """

    may: Flags
    score: Whole
    most: Whole | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Of the pairs that stood before (rows of places) and are still possible, so many may be given up."""

    previous: Whole
    most: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plan has to keep beside capacities, needs, pins and what is forbidden."""

    groups: tuple[Group, ...] = ()
    lead: Lead | None = None
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: `work` is the solver's own count, the same on every machine; seconds are a net."""

    work: float = 30
    seconds: float = 120


class Status(StrEnum):
    """What is known of an answer."""

    OPTIMAL = "optimal"
    LIMIT = "limit"  # the best that was found in the time; perhaps nothing
    IMPOSSIBLE = "impossible"  # pins and rules cannot be kept together


def _nothing() -> Whole:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """Chosen rows of possible pairs, rising, those of them whose trainer is responsible, and what they are worth.

    No plan that keeps the rules has a greater total than `upper_bound` (None: none is known); `total` is None where
    no plan was found.
    """

    status: Status
    chosen: Whole = field(default_factory=_nothing)
    responsible: Whole = field(default_factory=_nothing)
    unmet: Whole = field(default_factory=_nothing)
    total: int | None = None
    upper_bound: int | None = None

    @property
    def proven_optimal(self) -> bool:
        """Whether no plan that keeps the rules is better."""
        return self.total is not None and self.total == self.upper_bound
