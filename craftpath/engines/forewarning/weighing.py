"""What a share was worth: Brier, log loss, AUC, hits at a threshold, and a table of what was said against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from craftpath.engines.forewarning.calibrating import log_loss, losses
from craftpath.engines.forewarning.intervals import wilson
from craftpath.engines.forewarning.types import Flags, Floats, Proportion
from craftpath.figures.wilson import Z

BINS, LEAST_IN_A_BIN = 8, 10


@dataclass(frozen=True, slots=True)
class Hits:
    """At one threshold: of those named, how many left; of those who left, how many were named."""

    named: int
    precision: Proportion
    recall: Proportion


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of a like share: what was said of them on average, and how many left."""

    low: float
    high: float
    said: float
    came: Proportion


@dataclass(frozen=True, slots=True)
class Worth:
    """How good shares were; `auc` is None where all or nobody left."""

    n: int
    left: int
    brier: float
    log_loss: float
    auc: float | None
    hits: Hits


def brier(share: Floats, left: Flags) -> float:
    """The mean square of share minus what came (Brier 1950)."""
    return float(np.mean((share - left) ** 2))


def auc(score: Floats, left: Flags) -> float | None:
    """How often one who left has the greater score than one who stayed; ties count half."""
    yes, no = int(left.sum()), int((~left).sum())
    if not yes or not no:
        return None
    ranks = rankdata(score)
    return float((ranks[left].sum() - yes * (yes + 1) / 2) / (yes * no))


def hits(named: Flags, left: Flags) -> Hits:
    """Precision and recall with their intervals."""
    both = int((named & left).sum())
    return Hits(int(named.sum()), wilson(both, int(named.sum())), wilson(both, int(left.sum())))


def worth(share: Floats, left: Flags, threshold: float) -> Worth:
    """All of them for one way of saying shares."""
    return Worth(
        len(left), int(left.sum()), brier(share, left), log_loss(share, left), auc(share, left),
        hits(share >= threshold, left),
    )  # fmt: skip


def reliability(share: Floats, left: Flags) -> list[Bin]:
    """Bins of about as many cases each, at least ten; equal shares are never parted."""
    order = np.argsort(share, kind="stable")
    size = max(LEAST_IN_A_BIN, -(-len(share) // BINS))
    cuts: list[int] = [0]
    said = share[order]
    for at in range(1, len(said)):
        if at - cuts[-1] >= size and said[at] != said[at - 1] and len(said) - at >= LEAST_IN_A_BIN:
            cuts.append(at)
    bins = []
    for first, last in zip(cuts, [*cuts[1:], len(said)], strict=True):
        if last > first:
            mine = order[first:last]
            came = wilson(int(left[mine].sum()), len(mine))
            bins.append(Bin(float(said[first]), float(said[last - 1]), float(share[mine].mean()), came))
    return bins


def beats(share: Floats, base: Floats, left: Flags) -> tuple[bool, float, float]:
    """(whether the log loss is surely less than the base rate's, by how much a case, standard error of that).

    Surely: by more than 1.96 standard errors of the paired difference.
    """
    gain = losses(base, left) - losses(share, left)
    error = float(gain.std(ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else np.inf
    return bool(gain.mean() > Z * error), float(gain.mean()), error
