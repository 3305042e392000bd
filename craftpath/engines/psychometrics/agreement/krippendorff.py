"""Krippendorff's alpha at four levels, with gaps (Krippendorff 2011): 1 - observed / expected disagreement.

The coincidence matrix is not built. Ordinal distance is the distance of mid-ranks, so it is interval distance on
them; interval distance follows from sums of squares, nominal from counts; only ratio needs pairs.
"""

from __future__ import annotations

import numpy as np

from craftpath.engines.psychometrics.agreement.ratings import Level, Ratings, coded
from craftpath.figures.figure import Figure, Floats, Missing, Why, absent

BLOCK = 1 << 20


def krippendorff(ratings: Ratings, level: Level) -> Figure:
    """Alpha over units with two ratings or more; none where nothing varies."""
    rows, name = ratings.pairable, f"krippendorff_alpha_{level.value}"
    if not len(rows):
        return absent(Why.TOO_FEW_UNITS, 0, name, Missing.PAIRABLE)
    if level is not Level.NOMINAL and not ratings.ordered:
        return absent(Why.NO_ORDER, len(rows), name, Missing.PAIRABLE)
    if level is Level.RATIO and (rows < 0).any():
        raise ValueError("a ratio scale has no values below 0")
    if len(np.unique(rows[~np.isnan(rows)])) < 2:
        return absent(Why.NO_VARIATION, len(rows), name, Missing.PAIRABLE)
    if level is Level.NOMINAL:
        observed, expected = _nominal(rows)
    elif level is Level.RATIO:
        observed, expected = _ratio(rows)
    else:
        observed, expected = _interval(_mid_ranks(rows) if level is Level.ORDINAL else rows)
    return Figure(1 - observed / expected, len(rows), name, Missing.PAIRABLE)


def _mid_ranks(rows: Floats) -> Floats:
    known = ~np.isnan(rows)
    _, codes = coded(rows)
    held = np.bincount(codes[known])
    ranks = np.cumsum(held) - held / 2
    return np.where(known, ranks[codes], np.nan)


def _nominal(rows: Floats) -> tuple[float, float]:
    known = ~np.isnan(rows)
    _, codes = coded(rows)
    each = known.sum(axis=1)
    n, raters = int(known.sum()), rows.shape[1]
    held = np.bincount(codes[known]).astype(np.float64)
    same = np.zeros(len(rows))
    for other in range(1, raters):  # pairs of raters, a whole column at a time
        alike = (codes[:, other:] == codes[:, : raters - other]) & known[:, other:]
        same += 2 * alike.sum(axis=1)
    observed = 1 - float((same / (each - 1)).sum()) / n
    return observed, 1 - float((held * (held - 1)).sum()) / (n * (n - 1))


def _interval(rows: Floats) -> tuple[float, float]:
    known = ~np.isnan(rows)
    n, each = int(known.sum()), known.sum(axis=1)
    middle = float(rows[known].mean())
    centred = np.where(known, rows - middle, 0)
    means = centred.sum(axis=1) / each
    within = (np.where(known, centred - means[:, None], 0) ** 2).sum(axis=1)
    whole = float((centred**2).sum())
    return float((2 * each * within / (each - 1)).sum()) / n, 2 * n * whole / (n * (n - 1))


def _ratio(rows: Floats) -> tuple[float, float]:
    known = ~np.isnan(rows)
    n, each, raters = int(known.sum()), known.sum(axis=1), rows.shape[1]
    filled = np.where(known, rows, 0)
    apart = np.zeros(len(rows))
    for other in range(1, raters):
        both = known[:, other:] & known[:, : raters - other]
        apart += 2 * np.where(both, _squared(filled[:, other:], filled[:, : raters - other]), 0).sum(axis=1)
    values, place = np.unique(rows[known], return_inverse=True)
    held = np.bincount(place.reshape(-1)).astype(np.float64)
    step, whole = max(BLOCK // len(values), 1), 0.0
    for start in range(0, len(values), step):
        at = slice(start, start + step)
        whole += float(held[at] @ _squared(values[at, None], values[None, :]) @ held)
    return float((apart / (each - 1)).sum()) / n, whole / (n * (n - 1))


def _squared(one: Floats, other: Floats) -> Floats:
    """((one - other) / (one + other))^2, and 0 for two zeros."""
    both = one + other
    return np.asarray(((one - other) / np.where(both == 0, 1, both)) ** 2)
