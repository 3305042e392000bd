"""The shortest way: which credits for which area, and which steps, so that least is missing and then soonest.

CP-SAT on one thread and without chance; the clock only ever ends a search, it never chooses between answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from craftpath.engines.credits.checking import check
from craftpath.engines.credits.faults import ProblemFaulty
from craftpath.engines.credits.missing import missing_points
from craftpath.engines.credits.model import Scaled, scaled
from craftpath.engines.credits.rows import Model, Wish
from craftpath.engines.credits.types import Effort, Plan, Problem

ROOM = 2**50  # what several wishes weighed together may come to
TIES = 0.02  # how long equal plans are told apart, in the solver's own measure of work: the same on every machine


def plan(problem: Problem, effort: Effort | None = None) -> Plan:
    """The best plan, or the best that was found in time; raises `ProblemFaulty`.

    Of plans with equally little missing and equally few weeks the one with fewest steps, then the one whose credits
    alone come nearest, then the one that uses fewest points, so that nothing is spent that is not needed. These last
    three are looked for as long as that is quick, and are no part of the proof.
    """
    faults = check(problem)
    if faults:
        raise ProblemFaulty(faults)
    parts = scaled(problem)
    return _plan(parts, _search(Model(parts), effort or Effort()))


@dataclass(slots=True)
class Found:
    """How many of each kind go which way, which offers are taken, and what is proved."""

    counts: dict[tuple[int, int], int] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)
    bound: int = 0
    proven: bool = False


def _plan(parts: Scaled, found: Found) -> Plan:
    problem, uses = parts.problem, parts.uses(found.counts)
    steps = tuple(parts.offers[at] for at in found.taken)
    missing = missing_points(problem, uses, steps)
    bound = min(missing, Fraction(found.bound, parts.unit))
    return Plan(problem, uses, steps, missing_points(problem, uses, ()), missing, bound, found.proven)


def _search(model: Model, effort: Effort) -> Found:
    """Wish after wish; nothing used and nothing taken if the time allows nothing."""
    until, found = time.monotonic() + effort.seconds, Found()
    for number, wishes in enumerate(_together(model.wishes)):
        solved, value, bound = _solve(model, wishes, until - time.monotonic(), found)
        if number == 0:  # the wishes after the first come to less than its next step
            found.bound = max(0, value if solved else bound) // _size(wishes[1:])
        if not solved:
            found.proven = not any(wish.needed for wish in wishes)
            return found
        model.keep(wishes, value)
    found.proven = True
    return found


def _solve(model: Model, wishes: list[Wish], seconds: float, found: Found) -> tuple[bool, int, int]:
    """Whether the answer is proved, its value, and what nothing is below; the answer itself goes into `found`."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

    if seconds <= 0:
        return False, 0, 0
    goal = model.weighed(wishes)
    model.rows.minimize(goal)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    # The linear problem says most of it, and looking for more takes longer.
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_time_in_seconds = seconds
    if not wishes[0].needed:
        solver.parameters.max_deterministic_time = TIES
    status = solver.solve(model.rows)
    if status == cp_model.UNKNOWN:
        return False, 0, 0
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):  # using nothing is always possible
        raise RuntimeError(f"the solver says {solver.status_name(status)}")
    found.counts = {key: solver.value(column) for key, column in model.counts.items()}
    found.taken = [at for at, column in enumerate(model.taken) if solver.value(column)]
    model.hint(solver.value)
    return status == cp_model.OPTIMAL, solver.value(goal), int(solver.best_objective_bound // 1)


def _size(wishes: Iterable[Wish]) -> int:
    """How many values they can take together."""
    size = 1
    for wish in wishes:
        size *= wish.most + 1
    return size


def _together(wishes: Iterable[Wish]) -> list[list[Wish]]:
    """Neighbours are weighed against one another as long as the numbers stay small."""
    groups: list[list[Wish]] = []
    for wish in wishes:
        if groups and groups[-1][0].needed == wish.needed and _size([*groups[-1], wish]) <= ROOM:
            groups[-1].append(wish)
        else:
            groups.append([wish])
    return groups
