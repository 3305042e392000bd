"""The figures of each item: gap, Borich's weighted need, ranked discrepancy.

Borich (1980, Journal of Teacher Education 31(3), 39-42): each person's discrepancy I - A is weighted by the mean
importance, and MWDS is the mean of these; over complete pairs that is mean(I) (mean(I) - mean(A)). Narine and Harder
(2021, Advancements in Agricultural Development 2(3), 96-111): RDS = PR - NR, from -100 (all need it) to 100.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.estimating import Estimates, means
from craftpath.engines.needs.sums import Sums
from craftpath.engines.needs.types import Ratings

VERSION = "1"  # of the definitions; a changed definition is a new version


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Figures over complete pairs, each of shape (rows, items), NaN where nobody gave a pair.

    `nr`, `pr` and `tr` are the percentages with A < I, A > I and A = I; `rds` has their interval, `mwds` that of the
    delta method (both ratings vary, and so does the weight).
    """

    importance: Estimates
    ability: Estimates
    gap: Estimates
    mwds: Estimates
    nr: Ratings
    pr: Ratings
    tr: Ratings
    rds: Estimates

    @property
    def n(self) -> Ratings:
        """Complete pairs."""
        return self.gap.n


def weighed(sums: Sums) -> Weighed:
    """The figures of every row and item."""
    n = sums.n
    importance = means(n, sums.importance, sums.importance_square)
    ability = means(n, sums.ability, sums.ability_square)
    squares = sums.importance_square - 2 * sums.product + sums.ability_square
    gap = means(n, sums.importance - sums.ability, squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        below, above = 100 * sums.below / n, 100 * sums.above / n
        ties = 100 * (n - sums.below - sums.above) / n
    signs = means(n, sums.above - sums.below, sums.above + sums.below)
    return Weighed(
        importance,
        ability,
        gap,
        _weighted_need(importance, ability, gap),
        below,
        above,
        ties,
        Estimates(n, 100 * signs.mean, 100 * signs.sd),
    )


def _weighted_need(importance: Estimates, ability: Estimates, gap: Estimates) -> Estimates:
    """`sd` is that of what each person adds: (2 mean(I) - mean(A)) I - mean(I) A, near the means."""
    by_importance = importance.mean + gap.mean
    both = (importance.sd**2 + ability.sd**2 - gap.sd**2) / 2  # covariance
    variance = (
        by_importance**2 * importance.sd**2
        + importance.mean**2 * ability.sd**2
        - 2 * by_importance * importance.mean * both
    )
    return Estimates(gap.n, importance.mean * gap.mean, np.sqrt(np.maximum(variance, 0)))
