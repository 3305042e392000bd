"""Which items can be estimated at all, and where the search begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.psychometrics.items.moments import pairwise_covariance
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import Flags, Floats, Why
from craftpath.figures.products import crossed, weighed

STEEPEST_LOADING, FLATTEST_LOADING = 0.8, 0.2
NORMAL_OGIVE = 1.702
ROUNDS = 50
FEWEST = 3  # items whose correlations tell their slopes apart


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Which cells hold an answer, which a right one, how many of either each item has, and what is unfit."""

    given: Flags
    right: Flags
    n: Floats
    held: Floats
    unfit: tuple[tuple[Flags, Why], ...]

    @property
    def fit(self) -> Flags:
        """Items that can be estimated."""
        return np.asarray(~np.any([flags for flags, _ in self.unfit], axis=0))


def answers(responses: Responses, own_slopes: bool = False) -> Answers:
    """Right and wrong of every cell; of the reasons against an item the first counts."""
    given = responses.answered
    with np.errstate(invalid="ignore"):
        right = given & (responses.scores > 0)
    n, held = weighed(responses.counts, given), weighed(responses.counts, right)
    unfit = [
        (n == 0, Why.NO_ANSWERS),
        (~responses.dichotomous, Why.NOT_DICHOTOMOUS),
        (held == 0, Why.ALL_WRONG),
        (held == n, Why.ALL_RIGHT),
    ]
    plain = Answers(given, right, n, held, tuple(unfit))
    if not own_slopes or plain.fit.sum() < FEWEST or given[:, plain.fit].all():
        return plain
    return Answers(given, right, n, held, (*unfit, (_alone(given, plain.fit), Why.NOT_IDENTIFIED)))


def _alone(given: Flags, fit: Flags) -> Flags:
    """Items that people answered together with fewer than two others: their own slope could be anything."""
    table = given.astype(np.float64)
    together = crossed(table, table) > 0
    np.fill_diagonal(together, False)
    left = fit
    while True:
        linked = left & (together[:, left].sum(axis=1) >= FEWEST - 1)
        if (linked == left).all():
            return np.asarray(fit & ~left)
        left = linked


def begin(table: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Slopes from the first factor of the correlations, intercepts from the shares right."""
    found = pairwise_covariance(table, counts)
    spread = np.sqrt(np.maximum(np.diag(found), 1e-12))
    correlations = np.nan_to_num(found / np.outer(spread, spread))
    loading = _first_factor(correlations)
    loading *= -1 if loading.sum() < 0 else 1
    sign = np.where(loading < 0, -1, 1)
    loading = np.clip(np.abs(loading), FLATTEST_LOADING, STEEPEST_LOADING) * sign
    slope = NORMAL_OGIVE * loading / np.sqrt(1 - loading**2)
    known = ~np.isnan(table)
    n = weighed(counts, known)
    p = (weighed(counts, np.where(known, table, 0)) + 0.5) / (n + 1)
    return slope, np.log(p / (1 - p)) * np.sqrt(1 + (slope / NORMAL_OGIVE) ** 2)


def _first_factor(correlations: Floats) -> Floats:
    """Loadings on the first factor, roughly: a start needs no better, and an item alone loads nothing."""
    factor = np.abs(correlations).sum(axis=0) - 1
    for _ in range(ROUNDS):
        factor = correlations @ factor
        factor /= max(float(np.sqrt(factor @ factor)), 1e-300)
    return np.asarray(factor * np.sqrt(max(float(factor @ correlations @ factor), 0)))
