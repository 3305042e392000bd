"""Reading an analysis: which items to look at, and Ebel's words for D. Advice only, and only with enough people.

The limits are those in common use (Ebel & Frisbie 1991); they are arguments, so that an office may have its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from craftpath.engines.psychometrics.items.classical import Classical
from craftpath.figures.figure import Why


class Flag(StrEnum):
    """What may be wrong with an item."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    WEAK = "weak"
    CHECK_KEY = "check_key"


class Ebel(StrEnum):
    """Ebel's reading of the difference between upper and lower group."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    MARGINAL = "marginal"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Limits:
    """Below `hard` and above `easy` shares, below `weak` correlation; nothing is said under `enough` answers."""

    hard: float = 0.2
    easy: float = 0.9
    weak: float = 0.15
    enough: int = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """The flags of one item; None where too few answered for any, with the reason."""

    item: str
    n: int
    flags: tuple[Flag, ...] | None
    ebel: Ebel | None
    why: str = ""


def readings(analysis: Classical, limits: Limits | None = None) -> tuple[Reading, ...]:
    """The reading of every item."""
    return tuple(_reading(analysis, index, limits or Limits()) for index in range(len(analysis.items)))


def _reading(analysis: Classical, index: int, limits: Limits) -> Reading:
    item, n = analysis.items[index], int(analysis.difficulty.n[index])
    if n < limits.enough:
        return Reading(item, n, None, None, Why.TOO_FEW_ROWS.value)
    p, rest = analysis.difficulty.values[index], analysis.item_rest.values[index]
    enough = analysis.n_complete >= limits.enough  # else correlation and D rest on too few
    weak = enough and rest < limits.weak  # NaN is below nothing
    found = (
        (p < limits.hard, Flag.TOO_HARD),
        (p > limits.easy, Flag.TOO_EASY),
        (weak, Flag.WEAK),
        (weak and rest < 0, Flag.CHECK_KEY),
    )
    flags = tuple(flag for applies, flag in found if applies)
    return Reading(item, n, flags, ebel(float(analysis.upper_lower.values[index])) if enough else None)


def ebel(difference: float) -> Ebel | None:
    """.40 and up very good, .30 good, .20 marginal, below poor."""
    if np.isnan(difference):
        return None
    steps = ((0.4, Ebel.VERY_GOOD), (0.3, Ebel.GOOD), (0.2, Ebel.MARGINAL))
    return next((word for least, word in steps if difference >= least - 1e-12), Ebel.POOR)
