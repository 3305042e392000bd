"""The plan that covers most of the weighted need, with a bound that nothing exceeds."""

from __future__ import annotations

from fractions import Fraction
from math import floor, inf

import numpy as np

from craftpath.engines.curriculum import greedy
from craftpath.engines.curriculum.blaming import blame
from craftpath.engines.curriculum.checking import check
from craftpath.engines.curriculum.covering import ceiling, covered, objective, sums, worth
from craftpath.engines.curriculum.faults import NothingFits, ProblemFaulty, TimeRanOut
from craftpath.engines.curriculum.model import Floats, Model, Row
from craftpath.engines.curriculum.ordering import ordered
from craftpath.engines.curriculum.solving import Answer, Budget, solve
from craftpath.engines.curriculum.types import Effort, Placed, Plan, Problem, without
from craftpath.engines.curriculum.wishes import kept

NEAR = 0.3  # steps that the solver's bound may be off
MARGIN = Fraction(1, 10**9)  # of all need, by which its bound may be off where there are no steps


def choose(problem: Problem, effort: Effort | None = None) -> Plan:
    """The best plan that is found, in teaching order.

    Raises `ProblemFaulty`, `NothingFits` where wishes quarrel, and `TimeRanOut`. The same input gives the same
    plan, unless the seconds run out first; the order of units and needs changes nothing.
    """
    faults = check(problem)
    if faults:
        raise ProblemFaulty(faults)
    budget = Budget(effort or Effort())
    found = best(problem, budget)
    if found is None:
        raise NothingFits(blame(problem, Budget(budget.effort)))
    return found


def best(problem: Problem, budget: Budget, hint: Placed | None = None) -> Plan | None:
    """The same for a problem that has been checked; None where nothing fits. `hint` is a choice that is known."""
    model = Model(problem)
    known = [one for one in (hint, greedy.picked(problem)) if one is not None and kept(problem, one)]
    answer = solve(model.rows, model.worth, model.high, budget, hint=_columns(model, known))
    if answer.impossible:
        return None
    if answer.x is not None and kept(problem, model.placed(answer.x)):
        known.append(model.placed(answer.x))
    if not known:
        raise TimeRanOut
    placed = max(known, key=lambda one: objective(problem, one))
    if model.lattice.exact:
        bound = _steps(model, answer)
    else:
        placed, bound = _near(model, placed, answer, budget)
    bound = min(bound, ceiling(problem))
    return plan_of(problem, _settled(model, placed, budget), bound)


def _columns(model: Model, known: list[Placed]) -> Floats | None:
    return model.columns(max(known, key=lambda one: objective(model.problem, one))) if known else None


def plan_of(problem: Problem, placed: Placed, bound: Fraction) -> Plan:
    """The plan of a choice."""
    cover = covered(problem, placed)
    total = worth(problem, cover)
    return Plan(problem, ordered(problem, placed), dict(placed), cover, total, max(total, bound))


def _steps(model: Model, answer: Answer) -> Fraction:
    """Every objective is a whole number of steps, and so is the bound."""
    if answer.most == inf:
        return ceiling(model.problem)
    return floor(answer.most + NEAR) * model.lattice.step


def _near(model: Model, placed: Placed, answer: Answer, budget: Budget) -> tuple[Placed, Fraction]:
    """Without steps: plans that the solver cannot tell from the best are compared exactly, one after the other."""
    problem, step = model.problem, model.lattice.step
    margin = MARGIN * step * sum(model.lattice.parts.values())
    rows, most = model.rows, inf
    while answer.x is not None:
        most = min(most, answer.most)
        found = model.placed(answer.x)
        if kept(problem, found):
            placed = max(placed, found, key=lambda one: objective(problem, one))
        alike = _unlike(model, found)
        if not alike.terms:  # everything that can be covered is
            return placed, objective(problem, placed)
        rows.append(alike)
        answer = solve(rows, model.worth, model.high, budget)
        if answer.impossible or (
            answer.most < inf and Fraction(answer.most) * step + margin < objective(problem, placed)
        ):
            return placed, objective(problem, placed)
    most = min(most, answer.most)
    return placed, ceiling(problem) if most == inf else Fraction(most) * step + margin


def _unlike(model: Model, placed: Placed) -> Row:
    """Another choice among the units that cover what is not full: all with the same ones there are not better."""
    problem = model.problem
    total = sums(problem, placed)
    open_skills = [skill for skill in model.skills if total[skill] < 1]
    terms, ones = dict[int, float](), 0
    for column, (unit, stage) in enumerate(model.spots):
        if any(problem.strength(unit, stage, skill) for skill in open_skills):
            there = placed.get(unit.id) == stage
            terms[column] = -1.0 if there else 1.0
            ones += there
    return Row(terms, low=1 - ones, high=np.inf)


def _settled(model: Model, placed: Placed, budget: Budget) -> Placed:
    """Of the choices that cover as much: one without ballast, or, where that is wanted, that with most hours."""
    problem = model.problem
    thin = lean(problem, placed)
    if not problem.fill:
        return thin
    goal = np.zeros(model.width)
    goal[: len(model.spots)] = [unit.hours for unit, _ in model.spots]
    return as_good(model, thin, goal, budget) or thin


def as_good(model: Model, placed: Placed, goal: Floats, budget: Budget) -> Placed | None:
    """Of the choices that are worth as much as this one, that with the greatest goal; None if it is not found in time.

    Without steps the solver lets choices pass that are worth a trace less. Each is cut off, and the next is asked for.
    """
    problem, enough = model.problem, objective(model.problem, placed)
    rows = [*model.rows, model.at_least(floor(enough / model.lattice.step))]
    while (answer := solve(rows, goal, model.high, budget, hint=model.columns(placed))).x is not None:
        found = model.placed(answer.x)
        if objective(problem, found) >= enough:
            return found if kept(problem, found) else None
        rows.append(_unlike(model, found))
    return None


def lean(problem: Problem, placed: Placed) -> Placed:
    """Without units that add nothing and that nothing asks for, the longest first."""
    units = problem.by_id
    total = objective(problem, placed)
    before: Placed = {}
    while placed != before:  # a unit may be of no use only once another one is gone
        before = placed
        for one in sorted(before, key=lambda one: (-units[one].hours, one)):
            fewer = without(placed, [one])
            if kept(problem, fewer) and objective(problem, fewer) == total:
                placed = fewer
    return placed
