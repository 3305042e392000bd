"""Weighted means and covariances of item columns, over complete rows or pair by pair."""

from __future__ import annotations

import numpy as np

from craftpath.figures.alpha import covariance
from craftpath.figures.figure import Flags, Floats
from craftpath.figures.products import crossed, weighed


def pairwise_covariance(table: Floats, counts: Floats) -> Floats:
    """Each covariance over the rows that have both columns; NaN where fewer than two have."""
    known = ~np.isnan(table)
    if known.all():
        return covariance(table, counts)
    held = known * counts[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        filled = np.where(known, table, 0)
        centred = np.where(known, table - weighed(counts, filled) / held.sum(axis=0), 0)
        n = crossed(known.astype(np.float64), held)
        sums = crossed(centred, held)  # of the row's item over those who have the column's item too
        cross = crossed(centred, centred * counts[:, None])
        found = (cross - sums * sums.T / n) / (n - 1)
    return np.where(n >= 2, found, np.nan)


def constant(table: Floats) -> Flags:
    """Columns in which nothing varies."""
    if not len(table):
        return np.ones(table.shape[1], dtype=np.bool_)
    return np.asarray(table.min(axis=0) == table.max(axis=0))


def share(totals: Floats, counts: Floats, size: float, highest: bool) -> Floats:
    """How much of each row belongs to the `size` highest (or lowest) people.

    Those who are tied at the cut share the places that are left: each counts by the same fraction.
    """
    values, place = np.unique(totals, return_inverse=True)
    held = np.bincount(place, weights=counts, minlength=len(values))
    held = held[::-1] if highest else held
    before = np.cumsum(held) - held
    taken = np.clip((size - before) / np.where(held > 0, held, 1), 0, 1)
    return np.asarray((taken[::-1] if highest else taken)[place] * counts)
