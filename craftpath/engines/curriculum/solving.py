"""The one door to the solvers: rows in, columns with a bound out.

CP-SAT for small problems of whole numbers, where it is two to four times quicker and exact; HiGHS by way of SciPy for
all others: of large ones it proves more (docs/bench.md). Both on one thread and without chance.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from craftpath.engines.curriculum.model import Floats, Row, matrix
from craftpath.engines.curriculum.types import Effort

SOLVED, IMPOSSIBLE = 0, 2  # SciPy's words for it
SMALL = 160  # columns


@dataclass(slots=True)
class Budget:
    """What is left of an effort; the clock only ever ends a search, it never chooses between answers."""

    effort: Effort
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """For the next call."""
        return max(0.0, self.begun + self.effort.seconds - time.monotonic())


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Columns, if any were found, what the goal is at most, and whether that there are none is proved."""

    x: Floats | None
    most: float
    impossible: bool = False


def solve(rows: list[Row], goal: Floats, high: Floats, budget: Budget, hint: Floats | None = None) -> Answer:
    """Whole columns from 0 to `high` with the greatest goal; `hint` is a start for the search, if it is of use."""
    seconds = budget.seconds
    if not seconds:
        return Answer(None, np.inf)
    if len(goal) <= SMALL and all(float(one).is_integer() for one in _numbers(rows, goal)):
        return _small(rows, goal, high, seconds, hint)
    return _large(rows, goal, high, seconds)


def _numbers(rows: list[Row], goal: Floats) -> Iterator[float]:
    """All numbers of a model: one that is not whole would be another one in whole arithmetic."""
    yield from goal
    for row in rows:
        yield from row.terms.values()
        yield from (one for one in (row.low, row.high) if np.isfinite(one))


def _small(rows: list[Row], goal: Floats, high: Floats, seconds: float, hint: Floats | None) -> Answer:
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    columns = [model.new_int_var(0, int(most), "") for most in high]
    for row in rows:
        terms = [columns[at] for at in row.terms], [int(factor) for factor in row.terms.values()]
        low, most = (int(one) if np.isfinite(one) else None for one in (row.low, row.high))
        total = cp_model.LinearExpr.weighted_sum(*terms)
        if low is not None:
            model.add(total >= low)
        if most is not None:
            model.add(total <= most)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, [int(one) for one in goal]))
    for column, value in zip(columns, [] if hint is None else hint, strict=False):
        model.add_hint(column, int(value))
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # the linear problem says most of it
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:  # the problem was checked
        raise RuntimeError("the solver does not take the model")
    if status == cp_model.INFEASIBLE:
        return Answer(None, -np.inf, impossible=True)
    if status == cp_model.UNKNOWN:
        return Answer(None, np.inf)
    return Answer(np.array([solver.value(one) for one in columns], dtype=float), solver.best_objective_bound)


def _large(rows: list[Row], goal: Floats, high: Floats, seconds: float) -> Answer:
    from scipy import optimize  # noqa: PLC0415  (slow to import, and no start needs it)

    found = optimize.milp(
        -goal,
        integrality=np.ones(len(goal)),
        bounds=optimize.Bounds(np.zeros(len(goal)), high),
        constraints=optimize.LinearConstraint(
            matrix(rows, len(goal)), [row.low for row in rows], [row.high for row in rows]
        ),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status == IMPOSSIBLE:
        return Answer(None, -np.inf, impossible=True)
    most = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    if found.x is None:
        return Answer(None, most)
    return Answer(np.round(found.x), max(most, -float(found.fun)) if found.status == SOLVED else most)
