"""A logistic regression that is never against the sense of its features, with a penalty on squares.

Features are cut at their caps and divided by them, so each lies in [0, 1]; coefficients are not negative. What is not
known is taken as the mean of the past, so that it speaks neither for nor against anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from craftpath.engines.forewarning.types import Feature, Flags, Floats


@dataclass(frozen=True, slots=True)
class Line:
    """Log odds as a sum: `start` and a part for each feature, which is coefficient times (figure - mean)."""

    features: tuple[Feature, ...]
    start: float
    coefficients: Floats
    means: Floats

    def parts(self, table: Floats) -> Floats:
        """What each feature adds to the log odds of each row, against the mean of the past; 0 for the unknown."""
        return self.coefficients * (scaled(table, self.features, self.means) - self.means)

    def score(self, table: Floats) -> Floats:
        """The log odds: exactly `start` and the parts."""
        return np.asarray(self.start + self.parts(table).sum(axis=1))


def scaled(table: Floats, features: Sequence[Feature], means: Floats) -> Floats:
    """Figures in [0, 1]; the unknown at the mean."""
    caps = np.array([one.cap for one in features])
    cut = np.clip(np.asarray(table, float) / caps, 0, 1)
    return np.where(np.isnan(cut), means, cut)


def means_of(table: Floats, features: Sequence[Feature]) -> Floats:
    """The mean of what is known of each feature; 0 where nothing is."""
    caps = np.array([one.cap for one in features])
    cut = np.clip(np.asarray(table, float) / caps, 0, 1)
    known = ~np.isnan(cut)
    return np.asarray(np.where(known, cut, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def fit_line(table: Floats, left: Flags, features: Sequence[Feature], penalty: float) -> Line:
    """The coefficients of the greatest penalised likelihood; the start carries no penalty. One optimum, no chance."""
    means = means_of(table, features)
    x, y = scaled(table, features, means) - means, left.astype(float)
    base = float(np.clip(y.mean(), 1e-6, 1 - 1e-6))

    def loss(b: Floats) -> tuple[float, Floats]:
        z = b[0] + x @ b[1:]
        value = np.logaddexp(0, z).sum() - y @ z + penalty / 2 * (b[1:] @ b[1:])
        rest = expit(z) - y
        return float(value), np.concatenate([[rest.sum()], x.T @ rest + penalty * b[1:]])

    first = np.zeros(len(features) + 1)
    first[0] = np.log(base / (1 - base))
    bounds = [(None, None)] + [(0.0, None)] * len(features)
    found = minimize(
        loss, first, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 2000, "ftol": 1e-14, "gtol": 1e-9},
    )  # fmt: skip
    return Line(tuple(features), float(found.x[0]), np.asarray(found.x[1:], float), means)
