"""From a bank and a blueprint to forms, or to what is to blame."""

from __future__ import annotations

from dataclasses import replace

from craftpath.engines.assembly.blaming import conflict, relief
from craftpath.engines.assembly.checking import check
from craftpath.engines.assembly.columns import Floats, columns, jitter
from craftpath.engines.assembly.counting import short
from craftpath.engines.assembly.faults import BlueprintFaulty
from craftpath.engines.assembly.figures import anchors, forms
from craftpath.engines.assembly.goal import Goal, cost_of, divided, goal, posed
from craftpath.engines.assembly.model import Model, model
from craftpath.engines.assembly.searching import CHEAP_ENOUGH, cheaper, nearer
from craftpath.engines.assembly.solving import Answer, Budget, Known, solve
from craftpath.engines.assembly.types import Assembly, Bank, Blueprint, Effort, Status

WHOLE = 1500  # columns up to which the whole model is given to the solver first
DEEPER = 50  # so many times the nodes of a part for a whole model


def assemble(bank: Bank, blueprint: Blueprint, seed: int = 0, effort: Effort | None = None) -> Assembly:
    """Forms as near to the target as can be found, of items as little used as that allows.

    Raises `BlueprintFaulty` where `check` finds something. Infeasible blueprints come back with what is to blame.
    """
    if faults := check(bank, blueprint):
        raise BlueprintFaulty(faults)
    budget = Budget.of(effort or Effort())
    held = model(columns(bank, blueprint), blueprint)
    if known := short(held, blueprint):
        return _infeasible(held, known, budget)
    wanted = goal(held, blueprint.target, budget)
    if not isinstance(wanted, Goal):
        return _without_forms(held, wanted, budget)
    cost = cost_of(held.columns, jitter(held.columns.items, seed), held.layout.forms)
    found = _first(held, wanted, cost, budget)
    if not found.found:
        return _without_forms(held, found.known, budget)
    return _finished(held, blueprint, wanted, found, cost, seed, budget)


def _first(held: Model, wanted: Goal, cost: Floats, budget: Budget) -> Answer:
    """The best forms where the model is small, else some of little-used items, with the bound that is known."""
    nodes = budget.effort.nodes * DEEPER
    if held.layout.width <= WHOLE:
        found = solve(posed(held, wanted), budget, nodes)
        if found.known is not Known.NOTHING:
            return replace(found, bound=_bound(wanted, found))
    some = solve(posed(held, wanted, cost), budget, nodes, CHEAP_ENOUGH)
    if not some.found:
        return some
    loose = posed(held, wanted)
    loose.low[-1] = 0
    return Answer(Known.SOME, some.x, max(0.0, solve(divided(loose), budget, 1).bound))


def _bound(wanted: Goal, found: Answer) -> float:
    """A bound no higher than the tolerance, where the search ends, says nothing of nearer forms."""
    known = found.bound > wanted.tolerance + wanted.small or not wanted.tolerance
    return max(0.0, found.bound) if known else 0.0


def _finished(
    held: Model,
    blueprint: Blueprint,
    wanted: Goal,
    found: Answer,
    cost: Floats,
    seed: int,
    budget: Budget,
) -> Assembly:
    x, bound = found.x[: held.layout.width], found.bound
    if found.known is not Known.BEST:
        x = nearer(held, wanted, x, max(wanted.tolerance, bound + wanted.small), cost, seed, budget)
    reached = float(wanted.deviations(held.grid(x)).max())
    x, settled = _settled(held, wanted, x, cost, max(reached, wanted.tolerance), seed, budget)
    reached = float(wanted.deviations(held.grid(x)).max())
    status = Status.WITHIN if reached <= wanted.tolerance + wanted.small else Status.LIMIT
    if reached <= bound + 2 * wanted.small:
        status = Status.OPTIMAL
    return Assembly(
        status=status,
        forms=forms(held, blueprint, wanted, x),
        anchors=anchors(held, x) if held.layout.forms > 1 else (),
        target=tuple(wanted.level(held.grid(x)).tolist()),
        deviation=reached,
        bound=min(bound, reached),
        settled=settled,
    )


def _settled(
    held: Model, wanted: Goal, x: Floats, cost: Floats, ceiling: float, seed: int, budget: Budget
) -> tuple[Floats, bool]:
    """Among forms that are as near, those of items used less; what is still equal, the seed settles."""
    ceiling += wanted.small
    if held.layout.width <= WHOLE:
        found = solve(posed(held, wanted, cost, ceiling), budget, budget.effort.nodes * DEEPER)
        if found.known is Known.BEST:
            return found.x[: held.layout.width], True
    return cheaper(held, wanted, x, cost, ceiling, seed, budget), False


def _without_forms(held: Model, known: Known, budget: Budget) -> Assembly:
    if known is Known.IMPOSSIBLE:
        return _infeasible(held, (), budget)
    return Assembly(Status.LIMIT)


def _infeasible(held: Model, known: tuple[int, ...], budget: Budget) -> Assembly:
    nodes = budget.effort.nodes * DEEPER
    told, minimal = conflict(held, known, budget, nodes)
    return Assembly(Status.INFEASIBLE, conflict=told, minimal=minimal, relief=relief(held, budget, nodes))
