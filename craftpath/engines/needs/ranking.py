"""Items in order of need by each method, and how far the methods agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.types import Flags, Ratings
from craftpath.figures.figure import Figure, Missing, Why, absent

SPEARMAN = "spearman_mid_ranks"
LEAST_ITEMS = 3
NEAR = 1e-9  # figures that differ by less are equal: they were added up in another order


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """1 for the greatest need; tied items share the first place they would take. 0 where there is no figure."""

    place: Ratings
    tied: Flags


def ranks(need: Ratings) -> Ranks:
    """From figures that are larger the greater the need."""
    known = ~np.isnan(need)
    values = np.where(known, need, -np.inf)
    ahead = (values[None, :] > values[:, None] + NEAR).sum(axis=1)
    same = ((np.abs(need[None, :] - need[:, None]) <= NEAR) & known[None, :] & known[:, None]).sum(axis=1)
    return Ranks(np.where(known, ahead + 1, 0).astype(np.float64), same > 1)


def spearman(first: Ratings, second: Ratings) -> Figure:
    """Spearman's rho over the items that have both figures: Pearson's correlation of mid-ranks."""
    both = ~np.isnan(first) & ~np.isnan(second)
    n = int(both.sum())
    if n < LEAST_ITEMS:
        return absent(Why.TOO_FEW_ITEMS, n, SPEARMAN, Missing.COMPLETE)
    one, other = (_middle(values[both]) for values in (first, second))
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    if size <= NEAR:
        return absent(Why.NO_VARIATION, n, SPEARMAN, Missing.COMPLETE)
    return Figure(float(np.clip(one @ other / size, -1, 1)), n, SPEARMAN, Missing.COMPLETE)


def _middle(values: Ratings) -> Ratings:
    """Mid-ranks: tied ones share the mean of the places they take."""
    above = (values[None, :] > values[:, None] + NEAR).sum(axis=1)
    same = (np.abs(values[None, :] - values[:, None]) <= NEAR).sum(axis=1)
    return np.asarray(above + (same + 1) / 2)
