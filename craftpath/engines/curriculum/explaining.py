"""Why each unit is in a plan or is not, and what another hour would buy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from craftpath.engines.curriculum.blaming import blame
from craftpath.engines.curriculum.covering import covered, objective
from craftpath.engines.curriculum.faults import TimeRanOut
from craftpath.engines.curriculum.model import Model
from craftpath.engines.curriculum.planning import as_good, best, plan_of
from craftpath.engines.curriculum.solving import Budget
from craftpath.engines.curriculum.staging import blocking
from craftpath.engines.curriculum.types import (
    AT_LEAST,
    Effort,
    Gain,
    In,
    Kind,
    Out,
    Placed,
    Plan,
    WhyIn,
    WhyOut,
    Wish,
    without,
)
from craftpath.engines.curriculum.wishes import broken, changed, wishes


def why_in(plan: Plan) -> tuple[In, ...]:
    """A reason for each chosen unit, in teaching order."""
    problem, told = plan.problem, []
    so_far: dict[str, int] = {}
    cover = covered(problem, so_far)
    for one in plan.order:
        so_far[one] = plan.stage[one]
        after = covered(problem, so_far)
        adds = {skill: after[skill] - cover[skill] for skill in after if after[skill] > cover[skill]}
        loses = plan.objective - objective(problem, without(plan.stage, [one]))
        needed_by = tuple(other for other in plan.order if one in problem.by_id[other].needs_before)
        told.append(In(one, _why_in(plan, one, loses, needed_by), adds, loses, needed_by))
        cover = after
    return tuple(told)


def _why_in(plan: Plan, one: str, loses: Fraction, needed_by: tuple[str, ...]) -> WhyIn:
    if one in plan.problem.pinned:
        return WhyIn.PINNED
    if loses:
        return WhyIn.COVERS
    if needed_by:
        return WhyIn.NEEDED
    if broken(plan.problem, without(plan.stage, [one])):
        return WhyIn.REQUIRED
    return WhyIn.FILLS


def why_out(plan: Plan, one: str, effort: Effort | None = None) -> Out:
    """Why a unit is not in the plan, and what it would cost, by solving again with it; KeyError for an unknown unit."""
    problem = plan.problem
    unit = problem.by_id[one]
    if one in plan.stage:
        raise ValueError(f"{one} is in the plan")
    free = replace(problem, forbidden=tuple(each for each in problem.forbidden if each != one))
    code, units = blocking(free, unit)
    if code is not None:
        code = WhyOut.FORBIDDEN if one in problem.forbidden else code
        return Out(one, code, units=units)
    asked = replace(free, pinned=(*problem.pinned, one), fill=False)
    budget = Budget(effort or Effort())
    try:
        with_it = best(asked, budget)
    except TimeRanOut:
        return Out(one, WhyOut.UNKNOWN)
    if with_it is None:
        told = tuple(wish for wish in blame(asked, budget).conflict if wish != Wish(Kind.PINNED, one))
        code = WhyOut.FORBIDDEN if one in problem.forbidden else WhyOut.CANNOT_FIT
        return Out(one, code, wishes=told)
    return _out(plan, one, nearest(plan, with_it, budget))


def _out(plan: Plan, one: str, with_it: Plan) -> Out:
    loss, least = plan.objective - with_it.objective, plan.objective - with_it.bound
    if one not in plan.problem.forbidden and plan.proven_optimal:
        least = max(least, min(loss, Fraction(0)))
    comes, leaves = difference(plan.stage, with_it.stage)
    comes = tuple(each for each in comes if each != one)
    if one in plan.problem.forbidden:
        code = WhyOut.FORBIDDEN
    elif loss > 0:
        code = WhyOut.COSTS
    elif loss < 0:
        code = WhyOut.BETTER
    else:
        code = WhyOut.TIED if leaves else WhyOut.ADDS_NOTHING
    return Out(one, code, loss, least, leaves, comes)


def difference(before: Placed, after: Placed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units that come and units that leave, by id."""
    return tuple(sorted(after.keys() - before.keys())), tuple(sorted(before.keys() - after.keys()))


def nearest(plan: Plan, other: Plan, budget: Budget) -> Plan:
    """Of the plans that are worth as much as the other one, that which changes the plan least (if time allows)."""
    model = Model(other.problem)
    goal = 2 * model.columns(plan.stage) - 1
    goal[len(model.spots) :] = 0
    placed = as_good(model, other.stage, goal, budget)
    return other if placed is None else plan_of(other.problem, placed, other.bound)


def gain(plan: Plan, wish: Wish, more: int, effort: Effort | None = None) -> Gain:
    """What `more` of a limit would buy, by solving again; of a least number, what so much less of it would."""
    value = (wish.value or 0) + (-more if wish.kind in AT_LEAST else more)
    asked = changed(replace(plan.problem, fill=False), wish, max(value, 0))
    budget = Budget(effort or Effort())
    found = best(asked, budget, hint=plan.stage)
    if found is None:  # the plan itself fits
        raise RuntimeError("the solver says that nothing fits")
    if found.objective == plan.objective:
        return Gain(wish, more, Fraction(0), found.bound - plan.objective)
    found = nearest(plan, found, budget)
    comes, leaves = difference(plan.stage, found.stage)
    return Gain(wish, more, found.objective - plan.objective, found.bound - plan.objective, comes, leaves)


def gains(plan: Plan, steps: tuple[int, ...] = (1, 10), effort: Effort | None = None) -> Iterator[Gain]:
    """The same for each limit, one after the other."""
    for wish in wishes(plan.problem):
        if wish.kind not in (Kind.PINNED, Kind.FORBIDDEN):
            for more in steps:
                yield gain(plan, wish, more, effort)
