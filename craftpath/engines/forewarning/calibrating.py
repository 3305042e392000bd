"""From log odds to a share that can be counted: as they are, by Platt's two figures, or by an isotonic staircase.

Whichever has the least log loss on cases that it was not fitted on is taken; of equals the plainer one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression, minimize
from scipy.special import expit, logit

from craftpath.engines.forewarning.types import Flags, Floats, Whole

KINDS = ("none", "platt", "isotonic")
LEAST, MOST = 1e-4, 1 - 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """`kind` with its figures: slope and start of Platt, or the corners of the staircase (scores, shares)."""

    kind: str
    slope: float = 1.0
    start: float = 0.0
    scores: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()

    def share(self, score: Floats) -> Floats:
        """A share for each score; a greater score never has a smaller one."""
        if self.kind == "isotonic":
            found = np.interp(score, self.scores, self.shares)
        else:
            found = expit(self.slope * np.asarray(score, float) + self.start)
        return np.clip(found, LEAST, MOST)


def fit_calibration(kind: str, score: Floats, left: Flags) -> Calibration:
    """One of the three, fitted to scores and what came of them."""
    if kind == "none":
        return Calibration("none")
    return _platt(score, left) if kind == "platt" else _isotonic(score, left)


def _platt(score: Floats, left: Flags) -> Calibration:
    """Platt (1999), with his targets, which keep a perfect parting from running away; never falling."""
    yes, no = int(left.sum()), int((~left).sum())
    aim = np.where(left, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(b: Floats) -> tuple[float, Floats]:
        z = b[0] * score + b[1]
        rest = expit(z) - aim
        return float(np.logaddexp(0, z).sum() - aim @ z), np.array([rest @ score, rest.sum()])

    first = np.array([1.0, 0.0])
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=[(0.0, None), (None, None)])
    return Calibration("platt", float(found.x[0]), float(found.x[1]))


def _isotonic(score: Floats, left: Flags) -> Calibration:
    """Pool adjacent violators over the different scores, each as often as it came."""
    levels, where, counts = np.unique(score, return_inverse=True, return_counts=True)
    shares = np.bincount(where, left.astype(float)) / counts
    fitted = isotonic_regression(shares, weights=counts.astype(float)).x
    # A step is kept by its two ends.
    keep = np.ones(len(fitted), bool)
    if len(fitted) > 2:
        keep[1:-1] = (fitted[1:-1] != fitted[:-2]) | (fitted[1:-1] != fitted[2:])
    return Calibration("isotonic", scores=tuple(levels[keep].tolist()), shares=tuple(fitted[keep].tolist()))


def log_loss(share: Floats, left: Flags) -> float:
    """The mean of minus the logarithm of what was said of what came."""
    return float(losses(share, left).mean())


def losses(share: Floats, left: Flags) -> Floats:
    """The same of each case."""
    sure = np.clip(share, LEAST, MOST)
    return np.asarray(-np.log(np.where(left, sure, 1 - sure)))


def choose(score: Floats, left: Flags, folds: Whole) -> tuple[Calibration, Floats, dict[str, float]]:
    """(the calibration, the share of each case by one that had not seen it, log loss of each kind)."""
    told: dict[str, Floats] = {}
    for kind in KINDS:
        share = np.empty(len(score))
        for fold in np.unique(folds):
            out = folds == fold
            share[out] = fit_calibration(kind, score[~out], left[~out]).share(score[out])
        told[kind] = share
    loss = {kind: log_loss(share, left) for kind, share in told.items()}
    best = min(KINDS, key=lambda kind: (round(loss[kind], 9), KINDS.index(kind)))
    return fit_calibration(best, score, left), told[best], loss


def odds(share: Floats) -> Floats:
    """Log odds of a share."""
    return np.asarray(logit(np.clip(share, LEAST, MOST)))
