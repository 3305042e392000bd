"""How near forms are to the target, and the target as part of the model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from craftpath.engines.assembly.columns import Columns, Flags, Floats
from craftpath.engines.assembly.model import Model
from craftpath.engines.assembly.rows import STRUCTURE, Gathering, Rows
from craftpath.engines.assembly.solving import Budget, Known, Problem, solve
from craftpath.engines.assembly.types import ExpectedScore, Information, Measure


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Sums that every form should have: one row of weights for each. Without `values`: the same in all forms."""

    weights: Floats
    values: Floats | None
    tolerance: float

    def sums(self, grid: Flags) -> Floats:
        """What the forms have: forms x rows."""
        return np.asarray(grid.astype(np.float64) @ self.weights.T, dtype=np.float64)

    def level(self, grid: Flags) -> Floats:
        """What deviations are measured from: the values, or the middle between the farthest forms."""
        if self.values is not None:
            return self.values
        sums = self.sums(grid)
        return np.asarray((sums.max(axis=0) + sums.min(axis=0)) / 2, dtype=np.float64)

    def deviations(self, grid: Flags) -> Floats:
        """The greatest deviation of each form."""
        away = np.abs(self.sums(grid) - self.level(grid))
        return np.asarray(away.max(axis=1, initial=0.0), dtype=np.float64)

    def settled(self, grid: Flags) -> Goal:
        """The same with values, for steps that move one form at a time."""
        return replace(self, values=self.level(grid))

    @property
    def small(self) -> float:
        """A deviation that is rounding."""
        values = np.zeros(1) if self.values is None else self.values
        return 2e-6 * max(1.0, float(np.abs(values).max(initial=0.0)))


def goal(model: Model, target: Information | ExpectedScore | None, budget: Budget) -> Goal | Known:
    """The target as sums. A shape needs its height first; without forms there is none, and the answer says so."""
    columns = model.columns
    if target is None:
        return Goal(np.zeros((0, columns.count)), np.zeros(0), 0.0)
    if isinstance(target, ExpectedScore):
        expected = columns.weights(Measure.MEAN_P) * columns.points
        one = None if target.value is None else np.array([target.value], dtype=np.float64)
        return Goal(expected[None, :], one, target.tolerance)
    weights = columns.information(target.thetas)
    values = np.array(target.values, dtype=np.float64)
    if target.relative:
        height = _height(model, weights, values, budget)
        if isinstance(height, Known):
            return height
        values = values * height
    return Goal(weights, values, target.tolerance)


def posed(model: Model, goal: Goal, cost: Floats | None = None, ceiling: float = np.inf) -> Problem:
    """Find forms nearest to the goal; with a cost, the cheapest that are as near as the ceiling.

    Two columns follow those of the model: the common level where the goal has none, and the deviation.
    """
    layout, into = model.layout, Gathering()
    level, deviation = layout.width, layout.width + 1
    for form in range(layout.forms):
        for at, weights in enumerate(goal.weights):
            held, value = layout.x(form), 0.0
            factors = weights
            if goal.values is None:
                held, factors = np.append(held, level), np.append(weights, -1.0)
            else:
                value = float(goal.values[at])
            into.add(np.append(held, deviation), np.append(factors, 1.0), value, np.inf)
            into.add(np.append(held, deviation), np.append(factors, -1.0), -np.inf, value)
    known = widened(model.rows, 2)
    rows = joined(known, into.rows(layout.width + 2))
    low, high = np.zeros(layout.width + 2), np.ones(layout.width + 2)
    high[level] = 0 if goal.values is not None else float(np.abs(goal.weights).sum())
    low[deviation], high[deviation] = min(goal.tolerance, ceiling), ceiling
    wanted = np.zeros(layout.width + 2)
    if cost is None:
        wanted[deviation] = 1
    else:
        wanted[: layout.chosen] = np.tile(cost, layout.forms)
    return Problem(rows, wanted, _whole(layout.width, 2), low, high)


def widened(rows: Rows, more: int) -> Rows:
    """The same rows over more columns."""
    empty = sparse.csr_array((rows.matrix.shape[0], more))
    return Rows(sparse.hstack([rows.matrix, empty], format="csr"), rows.low, rows.high, rows.rule)


def joined(one: Rows, other: Rows) -> Rows:
    """The rows of both."""
    return Rows(
        sparse.vstack([one.matrix, other.matrix], format="csr"),
        np.concatenate([one.low, other.low]),
        np.concatenate([one.high, other.high]),
        np.concatenate([one.rule, np.full(len(other.low), STRUCTURE)]),
    )


def divided(problem: Problem) -> Problem:
    """The same where items may be divided: a bound of it, soon found."""
    return replace(problem, whole=np.zeros_like(problem.whole))


def cost_of(columns: Columns, ties: Floats, forms: int) -> Floats:
    """Uses so far; among equals the ties, too light to outweigh a single use."""
    used = np.array([item.used for item in columns.items], dtype=np.float64)
    return used + ties / (1.0 + columns.count * forms)


def _whole(width: int, others: int) -> Flags:
    return np.concatenate([np.ones(width, dtype=np.bool_), np.zeros(others, dtype=np.bool_)])


def _height(model: Model, weights: Floats, shape: Floats, budget: Budget) -> float | Known:
    """The greatest factor of a shape that all forms could carry if items could be divided."""
    layout, into = model.layout, Gathering()
    for form in range(layout.forms):
        for one, share in zip(weights, shape, strict=True):
            into.add(np.append(layout.x(form), layout.width), np.append(one, -share), 0, np.inf)
    rows = joined(widened(model.rows, 1), into.rows(layout.width + 1))
    low, high = np.zeros(layout.width + 1), np.ones(layout.width + 1)
    cost, high[-1] = low.copy(), np.inf
    cost[-1] = -1
    found = solve(Problem(rows, cost, np.zeros(len(low), dtype=np.bool_), low, high), budget, 1)
    return float(found.x[-1]) if found.found else found.known
