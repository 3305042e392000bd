"""How much trainers differ: the ratio of variances by REML, and how sure it is.

Sought on the scale rho = ratio / (1 + ratio), the share of the variance of a case that lies between trainers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from craftpath.engines.appraisal.likelihood import Solution, Sums, solve
from craftpath.engines.appraisal.types import Floats

FLAT = 1e-7  # of log-likelihood, under which two ratios are equally likely
MOST = 0.999
LOOKED_AT = (0.0, 0.01, 0.03, 0.06, 0.1, 0.17, 0.25, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, MOST)
FAR = 8.0  # of log-likelihood below the top: what lies farther out weighs nothing
NODES = 9


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """The most likely ratio; `flat` says that all are equally likely, `zero` that none is likelier than 0."""

    best: Solution
    flat: bool
    zero: bool


def ratio_of(rho: float) -> float:
    """Variance between trainers over that of a case, from the share of all variance."""
    return rho / (1 - rho)


def reml(held: Sums) -> Ratio:
    """The top of the restricted likelihood, the highest of its hills if there are several."""
    heights = [solve(held, ratio_of(rho)).log_likelihood for rho in LOOKED_AT]
    at = int(np.argmax(heights))
    if max(heights) - min(heights) < FLAT:
        return Ratio(solve(held, 0.0), flat=True, zero=False)
    span = LOOKED_AT[max(0, at - 1)], LOOKED_AT[min(len(LOOKED_AT) - 1, at + 1)]
    found = minimize_scalar(
        lambda rho: -solve(held, ratio_of(rho)).log_likelihood,
        bounds=span,
        method="bounded",
        options={"xatol": 1e-9},
    )
    best = solve(held, ratio_of(float(found.x)))
    return Ratio(best, flat=False, zero=best.log_likelihood - heights[0] < FLAT)


def plausible(held: Sums, best: Solution) -> list[tuple[Solution, float]]:
    """Ratios around the best with their weights (sum 1): the likelihood under a flat prior of the variance.

    A flat prior of the variance between trainers gives intervals that cover what they say (Morris & Tang 2011).
    """
    top = best.log_likelihood
    middle = best.ratio / (1 + best.ratio)

    def above(rho: float) -> float:
        return solve(held, ratio_of(rho)).log_likelihood - top + FAR

    low = 0.0 if above(0.0) >= 0 else _edge(above, 0.0, middle)
    high = MOST if above(MOST) >= 0 else _edge(above, MOST, middle)
    nodes, lengths = np.polynomial.legendre.leggauss(NODES)
    rhos = low + (high - low) * (nodes + 1) / 2
    found = [solve(held, ratio_of(float(rho))) for rho in rhos]
    heights = np.array([one.log_likelihood for one in found])
    weights: Floats = (
        lengths * np.exp(heights - heights.max()) / (1 - rhos) ** 2
    )  # d ratio = d rho / (1 - rho)^2
    return list(zip(found, (weights / weights.sum()).tolist(), strict=True))


def _edge(above: Callable[[float], float], outside: float, inside: float) -> float:
    """Where the likelihood falls under what counts; near enough is enough."""
    for _ in range(8):
        middle = (outside + inside) / 2
        if above(middle) >= 0:
            inside = middle
        else:
            outside = middle
    return inside
