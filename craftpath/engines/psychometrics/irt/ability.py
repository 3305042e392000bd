"""How able is each person, and how well does the test tell abilities apart?"""

from __future__ import annotations

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt import grid as grids
from craftpath.engines.psychometrics.irt.grid import collapsed
from craftpath.engines.psychometrics.irt.likelihood import blocks
from craftpath.engines.psychometrics.irt.types import Abilities, Curve, Fitted
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import Floats, Missing, Why, column


def abilities(fitted: Fitted, responses: Responses) -> Abilities:
    """Expected a posteriori ability of each row under a standard normal prior (Bock & Mislevy 1982).

    Only items that the model has parameters for count. A perfect row has an ability; an empty one has none.
    """
    if responses.items != fitted.items:
        raise ValueError("the responses are not on the items of the model, in their order")
    used = fitted.usable
    answered = ~np.isnan(responses.scores[:, used])
    right = answered & (np.nan_to_num(responses.scores[:, used]) > 0)
    theta, sd = np.full(len(right), np.nan), np.full(len(right), np.nan)
    if used.any() and answered.any():
        groups = collapsed(right, answered, np.ones(len(right)), by_score=False)
        a, b = fitted.slope.values[used], fitted.difficulty.values[used]
        grid = grids.grid(fitted.nodes)
        means, spreads = np.empty(len(groups.weight)), np.empty(len(groups.weight))
        for at, posterior, _ in blocks(groups, a, -a * b, grid):
            means[at] = posterior @ grid.theta
            away = grid.theta[None, :] - means[at][:, None]
            spreads[at] = np.sqrt((posterior * away**2).sum(axis=1))
        known = groups.place >= 0
        theta[known], sd[known] = means[groups.place[known]], spreads[groups.place[known]]
    reasons = [(~answered.any(axis=1), Why.NO_ANSWERS)]
    return Abilities(
        column(theta, answered.sum(axis=1), "expected_a_posteriori", Missing.IGNORED, reasons), sd
    )


def information(fitted: Fitted, theta: Floats) -> Curve:
    """Information of the whole test at each ability, sum a^2 P (1 - P), and the standard error 1/sqrt of it.

    Items without parameters add nothing; where nothing is known the error is infinite.
    """
    used = fitted.usable
    a, b = fitted.slope.values[used], fitted.difficulty.values[used]
    right = special.expit(a * (np.asarray(theta, dtype=np.float64)[:, None] - b))
    known = (right * (1 - right)) @ a**2
    with np.errstate(divide="ignore"):
        return Curve(np.asarray(theta, dtype=np.float64), known, 1 / np.sqrt(known))
