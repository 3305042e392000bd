"""A figure that says what it rests on: its n, its method, its missing rule, and why it is absent if it is.

Nothing here is ever 0 for want of data: what cannot be said is None (in columns NaN) with a reason code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

VERSION = "1"  # of the definitions; a changed definition is a new version
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Missing(StrEnum):
    """What a figure does with cells that are empty."""

    NONE = "none"  # the method has none
    ANSWERED = "answered"  # over those who answered the item
    COMPLETE = "complete_rows"  # over rows without a gap
    PAIRWISE = "pairwise"  # each covariance over those who answered both
    IGNORED = "ignored"  # an empty cell adds nothing to the likelihood
    PAIRABLE = "pairable"  # over units with at least two ratings
    NO_GAPS = "no_gaps"  # with a gap there is no figure


class Why(StrEnum):
    """Why there is no figure."""

    NO_ROWS = "no_rows"
    NO_ANSWERS = "no_answers"
    NO_COMPLETE_ROWS = "no_complete_rows"
    NO_MAXIMUM = "no_maximum"
    NO_VARIATION = "no_variation"
    TOO_FEW_ROWS = "too_few_rows"
    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_UNITS = "too_few_units"
    TOO_FEW_RATERS = "too_few_raters"
    TOO_FEW_JUDGES = "too_few_judges"
    SMALL_GROUP = "small_group"
    NOT_DICHOTOMOUS = "not_dichotomous"
    NOT_TWO_RATERS = "not_two_raters"
    NO_ORDER = "no_order"
    UNEQUAL_RATINGS = "unequal_ratings"
    GAPS = "gaps"
    LEVEL = "level"
    ALL_RIGHT = "all_right"
    ALL_WRONG = "all_wrong"
    FIXED = "fixed"
    SLOPE_ZERO = "slope_zero"
    UNBOUNDED = "unbounded"
    NOT_CONVERGED = "not_converged"
    NOT_IDENTIFIED = "not_identified"
    NO_MODEL = "no_model"
    NO_CROSSING = "no_crossing"
    CHANCE_CERTAIN = "chance_certain"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `low` and `high` bound an interval of 95 % where the method has one, `se` its error."""

    value: float | None
    n: int
    method: str
    missing: Missing
    why: str = ""
    se: float | None = None
    low: float | None = None
    high: float | None = None
    version: str = VERSION


def absent(why: Why, n: int, method: str, missing: Missing) -> Figure:
    """The figure that is not available."""
    return Figure(None, n, method, missing, why.value)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """A column of figures of one method; NaN where one is absent, with its reason in `why` (else empty)."""

    values: Floats
    n: Whole
    method: str
    missing: Missing
    why: tuple[str, ...]
    version: str = VERSION

    def one(self, index: int) -> Figure:
        """The figure at this place."""
        value = float(self.values[index])
        known = None if np.isnan(value) else value
        return Figure(known, int(self.n[index]), self.method, self.missing, self.why[index])

    @property
    def reasons(self) -> list[tuple[Flags, Why]]:
        """Why figures are absent, as `column` takes it: what follows from this column is absent with it."""
        told = np.array(self.why, dtype=object)
        return [(np.asarray(told == why.value, dtype=np.bool_), why) for why in Why if why.value in self.why]


def column(values: Any, n: Any, method: str, missing: Missing, reasons: Sequence[tuple[Any, Why]]) -> Figures:
    """A column from values and the flags under which they do not hold; the first flag that applies is told."""
    values = np.array(values, dtype=np.float64)
    told = np.full(len(values), "", dtype=object)
    for flags, why in reasons:
        told[np.asarray(flags, dtype=bool) & (told == "")] = why.value
    values[told != ""] = np.nan
    counts = np.broadcast_to(np.asarray(n, dtype=np.int64), values.shape)
    return Figures(values, counts, method, missing, tuple(told.tolist()))
