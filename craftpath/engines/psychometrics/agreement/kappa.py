"""Agreement beyond chance: Cohen's kappa, plain and weighted, from a table of two raters, and Fleiss's of many.

Cohen (1960, 1968); Fleiss, Cohen & Everitt (1969) for weights of agreement; Fleiss (1971). Where chance agreement is
certain (one category only) there is no kappa.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np

from craftpath.engines.psychometrics.agreement.ratings import Ratings, coded, tallied
from craftpath.figures.figure import Figure, Floats, Missing, Whole, Why, absent

CERTAIN = 1e-12


class Weights(StrEnum):
    """How far two categories are apart: by their places in the order, or the square of that."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


def kappa_of_table(
    table: Any,
    weights: Weights | Any = None,
    agreement: bool = False,
    missing: Missing = Missing.NONE,
) -> Figure:
    """Kappa of a square table of counts or proportions, the first rater in rows.

    `weights` is None, a kind, or a matrix of disagreement (0 where the two agree); with `agreement` a matrix of
    agreement. n is the sum of the table, rounded; of proportions it says nothing.
    """
    seen = np.array(table, dtype=np.float64)
    if seen.ndim != 2 or seen.shape[0] != seen.shape[1] or not (np.isfinite(seen) & (seen >= 0)).all():
        raise ValueError("a square table of counts is needed")
    name = "cohen_kappa" if weights is None else f"weighted_kappa_{_named(weights)}"
    n, total = round(float(seen.sum())), float(seen.sum())
    if not total:
        return absent(Why.TOO_FEW_UNITS, n, name, missing)
    apart = _apart(len(seen), weights, agreement)
    shares = seen / total
    by_chance = float((apart * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum())
    if by_chance <= CERTAIN * max(float(np.abs(apart).max(initial=0)), 1e-300):
        return absent(Why.CHANCE_CERTAIN, n, name, missing)
    return Figure(1 - float((apart * shares).sum()) / by_chance, n, name, missing)


def _named(weights: Weights | Any) -> str:
    return weights.value if isinstance(weights, Weights) else "given"


def _apart(size: int, weights: Weights | Any, agreement: bool) -> Floats:
    """Disagreement of each pair of categories."""
    if weights is None:
        return 1 - np.eye(size)
    if isinstance(weights, Weights):
        steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
        return steps if weights is Weights.LINEAR else steps**2
    given = np.array(weights, dtype=np.float64)
    if given.shape != (size, size) or not np.isfinite(given).all():
        raise ValueError(f"the weights are not a table of {size} x {size} numbers")
    apart = given.max() - given if agreement else given
    if np.diag(apart).any() or (apart < 0).any():
        raise ValueError("where two raters agree the disagreement is 0 and nowhere less")
    return apart


def cohen(ratings: Ratings, weights: Weights | None = None) -> Figure:
    """Kappa of exactly two raters, over the units that both rated; weights count places among the values seen."""
    name = "cohen_kappa" if weights is None else f"weighted_kappa_{weights.value}"
    pairs = ratings.pairable
    if ratings.raters != 2:
        return absent(Why.NOT_TWO_RATERS, len(pairs), name, Missing.PAIRABLE)
    if weights is not None and not ratings.ordered:
        return absent(Why.NO_ORDER, len(pairs), name, Missing.PAIRABLE)
    if not len(pairs):
        return absent(Why.TOO_FEW_UNITS, 0, name, Missing.PAIRABLE)
    categories, codes = coded(pairs)
    return _of_pairs(codes, len(categories), weights, name)


def _of_pairs(codes: Whole, size: int, weights: Weights | None, name: str) -> Figure:
    """Chance disagreement from the two margins: a table of many values would be empty almost everywhere."""
    n = len(codes)
    first, second = (np.bincount(codes[:, rater], minlength=size) / n for rater in (0, 1))
    steps = np.abs(codes[:, 0] - codes[:, 1]).astype(np.float64)
    places = np.arange(size)
    if weights is None:
        seen, by_chance = float((steps > 0).mean()), 1 - float(first @ second)
    elif weights is Weights.LINEAR:  # a mean distance is the area between the two cumulated margins
        above, below = np.cumsum(first), np.cumsum(second)
        seen = float(steps.mean())
        by_chance = float((above * (1 - below) + below * (1 - above)).sum())
    else:
        seen = float((steps**2).mean())
        by_chance = float(first @ places**2 - 2 * (first @ places) * (second @ places) + second @ places**2)
    if by_chance <= CERTAIN:
        return absent(Why.CHANCE_CERTAIN, n, name, Missing.PAIRABLE)
    return Figure(1 - seen / by_chance, n, name, Missing.PAIRABLE)


def fleiss(ratings: Ratings) -> Figure:
    """Fleiss's kappa over units with two ratings or more, which must all have equally many."""
    rows = ratings.pairable
    each = np.unique((~np.isnan(rows)).sum(axis=1))
    if len(each) > 1:
        return absent(Why.UNEQUAL_RATINGS, len(rows), "fleiss_kappa", Missing.PAIRABLE)
    return fleiss_of_counts(tallied(rows)[1], Missing.PAIRABLE)


def fleiss_of_counts(counts: Any, missing: Missing = Missing.NONE) -> Figure:
    """The same from how often each unit (row) got each category (column)."""
    seen = np.array(counts, dtype=np.float64, ndmin=2)
    units, name = len(seen), "fleiss_kappa"
    if not seen.size:
        return absent(Why.TOO_FEW_UNITS, 0, name, missing)
    each = seen.sum(axis=1)
    if (each != each[0]).any():
        return absent(Why.UNEQUAL_RATINGS, units, name, missing)
    if each[0] < 2:
        return absent(Why.TOO_FEW_RATERS, units, name, missing)
    found = float(((seen**2).sum(axis=1) - each).mean() / (each[0] * (each[0] - 1)))
    expected = float(((seen.sum(axis=0) / seen.sum()) ** 2).sum())
    if 1 - expected <= CERTAIN:
        return absent(Why.CHANCE_CERTAIN, units, name, missing)
    return Figure((found - expected) / (1 - expected), units, name, missing)


def percent_agreement(ratings: Ratings) -> Figure:
    """Pairs of ratings of one unit that agree, of all such pairs."""
    _, counts = tallied(ratings.pairable)
    each = counts.sum(axis=1)
    pairs = float((each * (each - 1)).sum())
    if not pairs:
        return absent(Why.TOO_FEW_UNITS, 0, "percent_agreement", Missing.PAIRABLE)
    agreeing = float((counts * (counts - 1)).sum())
    return Figure(agreeing / pairs, len(counts), "percent_agreement", Missing.PAIRABLE)
