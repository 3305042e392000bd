"""The one door to CP-SAT: a model in, an answer with its bound out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Searched:
    """Values of variables and a bound that no answer exceeds, if an answer was found, and what is proved."""

    value: Callable[[cp_model.IntVar], bool] | None
    bound: int | None
    best: bool
    impossible: bool


def search(model: cp_model.CpModel, seed: int, work: float, seconds: float) -> Searched:
    """On one thread, so that the same model, seed and work give the same answer."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # pairs are nearly a flow: its linear problem says most of it
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:  # scores were checked
        raise RuntimeError("the solver does not take the model")
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    # The bound of a whole objective is whole; above 2**53 a float can only be rounded upwards.
    bound = solver.best_objective_bound
    upwards = math.floor(bound + 1e-6) if abs(bound) < 2.0**52 else math.ceil(math.nextafter(bound, math.inf))
    return Searched(
        value=solver.boolean_value if found else None,
        bound=upwards if found else None,
        best=status == cp_model.OPTIMAL,
        impossible=status == cp_model.INFEASIBLE,
    )
