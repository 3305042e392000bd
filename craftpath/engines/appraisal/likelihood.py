"""The mixed model at one ratio of variances: how likely the results are, and what follows from it.

result = X b + Z u + e, u with variance ratio x scale for each trainer, e with scale / weight for each case; Z holds
shares, so a case may belong to several trainers (multiple membership: Browne, Goldstein & Rasbash 2001). All sums over
cases are formed once. With B = I + ratio Z'WZ, Henderson's equations (1975) need one sparse factor of B a ratio:
V^-1 = W - ratio W Z B^-1 Z' W.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from craftpath.engines.appraisal.types import Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """W-weighted products: `fixed` of [X y] with itself, `cross` of Z with [X y], `trainers` of Z with itself.

    `blocks` are the places of trainers who are tied by shared cases, directly or through others; `member` counts
    within each block. Results are in `fixed` and `cross` as distances from their weighted mean.
    """

    fixed: Floats
    cross: Floats
    trainers: Any
    block: Whole
    member: Whole
    freedom: int  # cases - columns of X


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What follows from one ratio: REML log-likelihood (without its constant), scale, b, u."""

    ratio: float
    log_likelihood: float
    scale: float
    fixed: Floats
    effects: Floats
    factor: Any
    pulled: Floats  # B^-1 Z'WX
    errors: Floats  # (X' V^-1 X)^-1


def sums(x: Any, z: Any, y: Floats, weights: Floats) -> Sums:
    """Everything that the model needs of the cases. Shapes: x cases x terms, z cases x trainers, both sparse."""
    beside = sparse.hstack([x, sparse.csr_matrix(y[:, None])], "csr")
    weighed = z.multiply(weights[:, None]).tocsr()
    trainers = (z.T @ weighed).tocsc()
    _, block = connected_components(trainers, directed=False)
    order = np.argsort(block, kind="stable")
    starts = np.searchsorted(block[order], np.arange(block.max() + 1))
    member = np.empty(len(block), dtype=np.int64)
    member[order] = np.arange(len(block)) - starts[block[order]]
    return Sums(
        np.asarray((beside.T @ beside.multiply(weights[:, None])).todense(), dtype=np.float64),
        np.asarray((weighed.T @ beside).todense(), dtype=np.float64),
        trainers,
        np.asarray(block, dtype=np.int64),
        member,
        x.shape[0] - x.shape[1],
    )


def solve(held: Sums, ratio: float) -> Solution:
    """The model at this ratio of the variance between trainers to that of a case with weight 1."""
    factor, log_size = _factored(held.trainers, ratio)
    pulled = np.asarray(factor.solve(held.cross), dtype=np.float64)
    table = held.fixed - ratio * (held.cross.T @ pulled)
    x, y = table[:-1, :-1], table[:-1, -1]
    lower = np.linalg.cholesky(x)
    errors = np.asarray(np.linalg.inv(x), dtype=np.float64)
    fixed = errors @ y
    scale = max(0.0, float(table[-1, -1] - y @ fixed)) / max(1, held.freedom)
    log_fixed = 2 * float(np.log(np.diag(lower)).sum())
    with np.errstate(divide="ignore"):
        log_likelihood = -0.5 * (held.freedom * float(np.log(scale)) + log_fixed + log_size)
    effects = ratio * (pulled[:, -1] - pulled[:, :-1] @ fixed)
    return Solution(ratio, log_likelihood, scale, fixed, effects, factor, pulled[:, :-1], errors)


def _factored(trainers: Any, ratio: float) -> tuple[Any, float]:
    """SuperLU's factor of B, which is symmetric and positive, so its pivots stay on the diagonal; log det B."""
    table = (sparse.identity(trainers.shape[0], format="csc") + ratio * trainers).tocsc()
    options = {"SymmetricMode": True}
    factor = splu(table, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
    return factor, float(np.log(np.abs(factor.U.diagonal())).sum())


def error_variances(held: Sums, found: Solution) -> Floats:
    """Var(u - effect) for each trainer (PEV), b being estimated too.

    The diagonal of B^-1 takes as many solutions as the largest block has trainers: one of each block at a time.
    """
    diagonal = np.empty(len(held.block))
    for at in range(int(held.member.max()) + 1):
        here = held.member == at
        solved = found.factor.solve(here.astype(np.float64))
        diagonal[here] = solved[here]
    through_fixed = ((found.pulled @ found.errors) * found.pulled).sum(axis=1)
    return np.asarray(found.scale * (found.ratio * diagonal + found.ratio**2 * through_fixed))
