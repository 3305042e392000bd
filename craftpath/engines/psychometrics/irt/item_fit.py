"""Do the items behave as the model says? Infit and outfit for Rasch, S-X2 for slopes of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt import grid as grids
from craftpath.engines.psychometrics.irt.types import Fitted, Model
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import Figures, Flags, Floats, Missing, Why, column

LEAST_EXPECTED = 1.0
STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class MeanSquares:
    """Of each item: outfit (mean of squared standardised residuals) and infit (weighted by their variance)."""

    outfit: Figures
    infit: Figures


def mean_squares(fitted: Fitted, responses: Responses) -> MeanSquares:
    """Wright & Masters (1982), each person at the ability of highest likelihood.

    People with everything right or wrong have no such ability and are left out.
    """
    if fitted.model is Model.TWO_PL:
        raise ValueError("infit and outfit are figures of Rasch models; see chi_square")
    used = fitted.usable
    a, b = fitted.slope.values[used], fitted.difficulty.values[used]
    answered = ~np.isnan(responses.scores[:, used])
    right = answered & (np.nan_to_num(responses.scores[:, used]) > 0)
    score = right.sum(axis=1)
    rows = (score > 0) & (score < answered.sum(axis=1)) & (responses.counts > 0)
    answered, right, counts = answered[rows], right[rows], responses.counts[rows]
    theta = _highest(answered, right.sum(axis=1), a, b)
    expected = special.expit(a * (theta[:, None] - b))
    spread = expected * (1 - expected)
    square = np.where(answered, (right - expected) ** 2, 0)
    n = counts @ answered
    outfit, infit = np.full(len(used), np.nan), np.full(len(used), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        outfit[used] = counts @ np.where(answered, square / spread, 0) / n
        infit[used] = counts @ square / (counts @ np.where(answered, spread, 0))
    seen = np.zeros(len(used))
    seen[used] = n
    reasons = [*fitted.difficulty.reasons, (seen == 0, Why.NO_VARIATION)]
    return MeanSquares(
        column(outfit, seen, "rasch_outfit", Missing.IGNORED, reasons),
        column(infit, seen, "rasch_infit", Missing.IGNORED, reasons),
    )


def _highest(answered: Flags, score: Floats, a: Floats, b: Floats) -> Floats:
    """The ability at which the expected score is the one that was reached, by halving: it only ever rises."""
    low, high = np.full(len(score), -60.0), np.full(len(score), 60.0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        under = (answered * special.expit(a * (middle[:, None] - b))).sum(axis=1) < score
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.asarray((low + high) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class ChiSquare:
    """Of each item: the statistic, its degrees of freedom, and how probable a greater one would be."""

    statistic: Figures
    freedom: Floats
    p: Floats


def chi_square(fitted: Fitted, responses: Responses) -> ChiSquare:
    """S-X2 of Orlando & Thissen (2000): observed and expected shares right, by total score.

    Over complete rows; scores are joined until each group expects at least one right and one wrong answer.
    """
    used = fitted.usable
    a, b = fitted.slope.values[used], fitted.difficulty.values[used]
    table = responses.scores[:, used]
    rows = ~np.isnan(table).any(axis=1) & (responses.counts > 0)
    right, counts = table[rows] > 0, responses.counts[rows]
    grid = grids.grid(fitted.nodes)
    chances = special.expit(np.multiply.outer(a, grid.theta) - (a * b)[:, None])
    items = len(a)
    whole = _score_distribution(chances) @ np.exp(grid.log_weight)
    total = right.sum(axis=1)
    observed = np.bincount(total, weights=counts, minlength=items + 1)[1:items].astype(np.float64)
    statistic, freedom = np.full(len(used), np.nan), np.full(len(used), np.nan)
    free = 2 if fitted.model is Model.TWO_PL else 1
    for at, place in enumerate(np.flatnonzero(used)):
        rest = _score_distribution(np.delete(chances, at, axis=0))
        expected = (rest * chances[at]) @ np.exp(grid.log_weight)
        share = expected[: items - 1] / whole[1:items]
        had = np.bincount(total, weights=counts * right[:, at], minlength=items + 1)[1:items].astype(
            np.float64
        )
        statistic[place], freedom[place] = _compared(observed, had, share * observed, free)
    few = [
        (np.full(len(used), not rows.any()), Why.NO_COMPLETE_ROWS),
        (~(freedom > 0), Why.TOO_FEW_ROWS),
    ]
    found = column(statistic, int(counts.sum()), "s_x2", Missing.COMPLETE, [*fitted.difficulty.reasons, *few])
    with np.errstate(invalid="ignore"):
        return ChiSquare(found, freedom, special.chdtrc(freedom, found.values))


def _score_distribution(chances: Floats) -> Floats:
    """How probable each score is at each ability (Lord & Wingersky 1984), scores in rows."""
    found = np.zeros((len(chances) + 1, chances.shape[1]))
    found[0] = 1
    for done, p in enumerate(chances, start=1):
        found[1 : done + 1] = found[1 : done + 1] * (1 - p) + found[:done] * p
        found[0] *= 1 - p
    return found


def _compared(seen: Floats, right: Floats, expected: Floats, free: int) -> tuple[float, float]:
    """Pearson's chi-square over joined scores, and its degrees of freedom."""
    groups: list[list[float]] = []
    held = [0.0, 0.0, 0.0]
    for row in zip(seen.tolist(), right.tolist(), expected.tolist(), strict=True):
        held = [one + other for one, other in zip(held, row, strict=True)]
        if min(held[2], held[0] - held[2]) >= LEAST_EXPECTED:
            groups.append(held)
            held = [0.0, 0.0, 0.0]
    if held[0] and groups:
        groups[-1] = [one + other for one, other in zip(groups[-1], held, strict=True)]
    total = sum((r - e) ** 2 * (1 / e + 1 / (n - e)) for n, r, e in groups)
    return total, float(len(groups) - free)
