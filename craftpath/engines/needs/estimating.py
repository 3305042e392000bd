"""Means with their doubt: standard deviation with n - 1, Student's t interval; Welch's for two samples.

Student (1908); Welch (1947, Biometrika 34, 28-35) with the degrees of freedom of Satterthwaite (1946).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.needs.types import Ratings

LEVEL = 0.95
SMALL = 1e-12  # a variance below this share of the mean square is none


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Means in arrays of one shape. `sd` is NaN for fewer than two people, `low` and `high` (95 %) with it.

    Where all said the same the interval has no width: it is what these people said, not a proof.
    """

    n: Ratings
    mean: Ratings
    sd: Ratings

    @property
    def half(self) -> Ratings:
        """Half the width of the interval."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(special.stdtrit(self.n - 1, (1 + LEVEL) / 2) * self.sd / np.sqrt(self.n))

    @property
    def low(self) -> Ratings:
        """The lower end of the interval of 95 %."""
        return self.mean - self.half

    @property
    def high(self) -> Ratings:
        """Its upper end."""
        return self.mean + self.half


def means(n: Ratings, total: Ratings, squares: Ratings) -> Estimates:
    """From counts, sums and sums of squares; NaN for the mean of nobody."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / n
        spread = squares - total * mean
        spread = np.where(spread <= SMALL * squares, 0, spread)
        return Estimates(n, mean, np.sqrt(np.where(n >= 2, spread, np.nan) / np.maximum(n - 1, 1)))


def of_values(values: Ratings) -> Estimates:
    """The mean of each column, NaN where nothing was said."""
    known = ~np.isnan(values)
    filled = np.where(known, values, 0)
    return means(known.sum(axis=0).astype(np.float64), filled.sum(axis=0), (filled**2).sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """The later mean less the earlier one, of independent samples; NaN where a side has fewer than two people."""

    value: Ratings
    low: Ratings
    high: Ratings


def differences(earlier: Estimates, later: Estimates) -> Differences:
    """Welch's interval of 95 %; without one where nobody differs from anybody on either side."""
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = earlier.sd**2 / earlier.n, later.sd**2 / later.n
        error = first + second
        freedom = error**2 / (first**2 / (earlier.n - 1) + second**2 / (later.n - 1))
        half = special.stdtrit(freedom, (1 + LEVEL) / 2) * np.sqrt(error)
    value = later.mean - earlier.mean
    return Differences(value, value - half, value + half)
