"""The marginal log-likelihood of slopes and intercepts, its gradient and its curvature, in matrix products.

With z = slope * theta + intercept a group's likelihood at a node is exp(sum right * z - sum log(1 + exp z)) over
the items that it answered. Groups are taken in blocks, see `products`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt.grid import Grid, Groups
from craftpath.figures.figure import Floats
from craftpath.figures.products import slices


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """The log-likelihood, and what its gradient is made of: expected right and expected answers by item and node."""

    value: float
    right: Floats
    answers: Floats


def blocks(
    groups: Groups, slope: Floats, intercept: Floats, grid: Grid
) -> Iterator[tuple[slice, Floats, Floats]]:
    """Of each block of groups: where it stands, the posterior of each group over the nodes, its log-likelihood."""
    z = np.multiply.outer(slope, grid.theta) + intercept[:, None]
    cost = np.logaddexp(0, z)
    whole = grid.log_weight - cost.sum(axis=0)
    for at in slices(len(groups.weight), z.size):
        log = groups.right[at] @ z
        if groups.answered is None:
            log += whole
        else:
            log -= groups.answered[at] @ cost
            log += grid.log_weight
        highest = log.max(axis=1, keepdims=True)
        log -= highest
        np.exp(log, out=log)
        total = log.sum(axis=1, keepdims=True)
        log /= total
        yield at, log, (np.log(total) + highest)[:, 0]


def sums(groups: Groups, slope: Floats, intercept: Floats, grid: Grid) -> Sums:
    """One pass over all groups."""
    items, nodes = len(slope), len(grid.theta)
    value, right, answers = 0.0, np.zeros((items, nodes)), np.zeros((items, nodes))
    for at, posterior, log in blocks(groups, slope, intercept, grid):
        weight = groups.weight[at]
        value += float(weight @ log)
        posterior *= weight[:, None]
        right += groups.right[at].T @ posterior
        answers += (
            posterior.sum(axis=0)[None, :] if groups.answered is None else groups.answered[at].T @ posterior
        )
    return Sums(value, right, answers)


def gradient(found: Sums, slope: Floats, intercept: Floats, grid: Grid) -> tuple[Floats, Floats]:
    """Derivatives by slope and by intercept."""
    expected = special.expit(np.multiply.outer(slope, grid.theta) + intercept[:, None])
    residual = found.right - found.answers * expected
    return residual @ grid.theta, residual.sum(axis=1)


def complete_information(
    found: Sums, slope: Floats, intercept: Floats, grid: Grid
) -> tuple[Floats, Floats, Floats]:
    """What abilities that were known would tell of each item: slope with slope, with intercept, intercept alone."""
    expected = special.expit(np.multiply.outer(slope, grid.theta) + intercept[:, None])
    spread = found.answers * expected * (1 - expected)
    return spread @ grid.theta**2, spread @ grid.theta, spread.sum(axis=1)


def observed_information(groups: Groups, slope: Floats, intercept: Floats, grid: Grid) -> Floats:
    """The negative second derivatives, slopes first, then intercepts (Louis 1982).

    Complete information less the variance, within each group's posterior, of the complete data's score.
    """
    items = len(slope)
    expected = special.expit(np.multiply.outer(slope, grid.theta) + intercept[:, None])
    known = sums(groups, slope, intercept, grid)
    by_slope, across, by_intercept = complete_information(known, slope, intercept, grid)
    found = np.zeros((2, 2, items, items))
    found[0, 0], found[1, 1] = np.diag(by_slope), np.diag(by_intercept)
    found[0, 1] = found[1, 0] = np.diag(across)
    for at, posterior, _ in blocks(groups, slope, intercept, grid):
        weight, right = groups.weight[at], groups.right[at]
        given = np.ones_like(right) if groups.answered is None else groups.answered[at]
        mean_intercept = right - given * (posterior @ expected.T)
        mean_slope = right * (posterior @ grid.theta)[:, None] - given * (
            posterior @ (expected * grid.theta).T
        )
        means = (mean_slope, mean_intercept)
        for one in range(2):
            for other in range(2):
                found[one, other] += means[one].T @ (means[other] * weight[:, None])
        for node, theta in enumerate(grid.theta.tolist()):
            score = right - given * expected[:, node]
            square = score.T @ (score * (weight * posterior[:, node])[:, None])
            found[0, 0] -= theta * theta * square
            found[0, 1] -= theta * square
            found[1, 0] -= theta * square
            found[1, 1] -= square
    return found.transpose(0, 2, 1, 3).reshape(2 * items, 2 * items)
