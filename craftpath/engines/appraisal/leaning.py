"""Do effects go with whom a trainer was given? They should not: the prediction is there to take that out."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from craftpath.engines.appraisal.model import Model
from craftpath.engines.appraisal.types import Cases, Flags, Floats, Leaning

FEWEST = 10  # trainers (or pairs) for whom a correlation says something


def leanings(model: Model, effects: Floats) -> tuple[Leaning, ...]:
    """Correlations of effects (NaN: none) with the mean start, the share of unknown starts, and that of each group.

    With several periods also that of what is left of an apprentice's case with the one before.
    """
    cases, level = model.cases, model.rules.level
    unknown = np.isnan(cases.starts)
    found = [_leaning("start", "", effects, _means(cases, cases.starts, ~unknown), level)]
    everybody = np.ones(cases.count, dtype=np.bool_)
    if unknown.any():
        share = _means(cases, unknown.astype(np.float64), everybody)
        found.append(_leaning("unknown_start", "", effects, share, level))
    words = np.array(cases.groups)
    for word in sorted(set(cases.groups)):
        share = _means(cases, (words == word).astype(np.float64), everybody)
        found.append(_leaning("group", word, effects, share, level))
    before, after = _pairs(cases)
    if len(before) and not model.why:
        predicted = model.middle + model.design.matrix @ model.fixed + model.shares @ model.effects
        left = (cases.results - predicted) * np.sqrt(cases.weights)
        found.append(_leaning("periods", "", left[before], left[after], level))
    return tuple(found)


def _means(cases: Cases, column: Floats, known: Flags) -> Floats:
    """The mean of a column over each trainer's cases, by weight x share; NaN where there is none."""
    shares, count = cases.shares, len(cases.trainers)
    mass = shares.share * (cases.weights * known)[shares.case]
    values = np.where(known, column, 0.0)[shares.case]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.bincount(shares.trainer, mass * values, count) / np.bincount(shares.trainer, mass, count)


def _pairs(cases: Cases) -> tuple[list[int], list[int]]:
    """Places of cases that follow each other, by the words of their periods, with one apprentice."""
    order = sorted(range(cases.count), key=lambda at: (cases.apprentices[at], cases.periods[at]))
    pairs = [
        (one, other)
        for one, other in zip(order, order[1:], strict=False)
        if cases.apprentices[one] == cases.apprentices[other]
    ]
    return [one for one, _ in pairs], [other for _, other in pairs]


def _leaning(about: str, word: str, one: Floats, other: Floats, level: float) -> Leaning:
    """Pearson's correlation with Fisher's interval."""
    both = ~(np.isnan(one) | np.isnan(other))
    one, other, n = one[both], other[both], int(both.sum())
    if n < FEWEST or np.ptp(one) == 0 or np.ptp(other) <= 1e-12 * np.abs(other).max():
        return Leaning(about, word, "not_available", None, None, None, n)
    correlation = float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))
    middle = math.atanh(max(-1 + 1e-12, min(1 - 1e-12, correlation)))
    side = float(special.ndtri((1 + level) / 2)) / math.sqrt(n - 3)
    low, high = math.tanh(middle - side), math.tanh(middle + side)
    return Leaning(about, word, "leans" if low > 0 or high < 0 else "even", correlation, low, high, n)
