"""Cronbach's alpha, for a test of questions as for a scale of a survey.

Cronbach (1951): alpha = k/(k-1) (1 - sum of item variances / variance of totals).
"""

from __future__ import annotations

import numpy as np

from craftpath.figures.figure import Figure, Floats, Missing, Why, absent
from craftpath.figures.products import crossed, weighed

ALPHA = "cronbach_alpha"
SMALL = 1e-12  # a variance below this share of its parts is none


def covariance(table: Floats, counts: Floats) -> Floats:
    """Covariances with divisor n - 1, n being the sum of the counts; NaN where n < 2."""
    n = counts.sum()
    if n < 2:
        return np.full((table.shape[1], table.shape[1]), np.nan)
    centred = table - weighed(counts, table) / n
    return np.asarray(crossed(centred, centred * counts[:, None]) / (n - 1))


def alpha_of_rows(table: Floats, counts: Floats) -> Figure:
    """Alpha of complete rows, one column an item, each row as often as it counts."""
    n = int(counts.sum())
    why = unfit(table.shape[1], n)
    if why:
        return absent(why, n, ALPHA, Missing.COMPLETE)
    return alpha_of_covariances(covariance(table, counts), n, Missing.COMPLETE)


def unfit(items: int, n: int) -> Why | None:
    """Why there is no alpha of so many items and people, if there is none."""
    if items < 2:
        return Why.TOO_FEW_ITEMS
    if n == 0:
        return Why.NO_COMPLETE_ROWS
    return Why.TOO_FEW_ROWS if n < 2 else None


def alpha_of_covariances(covariances: Floats, n: int, missing: Missing) -> Figure:
    """Alpha of a table of covariances; absent where totals do not vary."""
    items, own, whole = len(covariances), float(np.trace(covariances)), float(covariances.sum())
    if whole <= SMALL * own or own <= 0:
        return absent(Why.NO_VARIATION, n, ALPHA, missing)
    return Figure(items / (items - 1) * (1 - own / whole), n, ALPHA, missing)
