"""Large problems, a part at a time: most of the forms stay as they are, and the solver betters the rest exactly.

A whole model of thousands of columns is left far from its best by any solver in the time that somebody waits; its
parts are solved in tenths of a second. Each part is drawn by the seed, so the way is the same every time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from craftpath.engines.assembly.columns import Flags, Floats, Whole
from craftpath.engines.assembly.goal import Goal, posed
from craftpath.engines.assembly.model import ANY, Model
from craftpath.engines.assembly.solving import EXACT, Budget, Problem, solve

SAMPLE = 300  # items beside those in use that a part may choose from
CHEAP_ENOUGH = 0.2  # share of the uses that a part may miss
PATIENCE = 2  # parts without success before parts become larger


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A problem with most columns held fast."""

    problem: Problem
    by_column: object

    @classmethod
    def of(cls, problem: Problem) -> Part:
        """Ready to be cut in columns."""
        return cls(problem, problem.rows.matrix.tocsc())

    def freed(self, x: Floats, free: Flags) -> Problem:
        """Only what is free, beside the rest of x; rows in which nothing is free hold already."""
        whole, rows = self.problem, self.problem.rows
        at = np.flatnonzero(free)
        cut = self.by_column[:, at].tocsr()  # type: ignore[index]
        moved = np.diff(self.by_column[:, np.flatnonzero(free & whole.whole)].tocsr().indptr) > 0  # type: ignore[index]
        held = rows.matrix @ np.where(free, 0.0, x)
        kept = replace(rows, matrix=cut, low=rows.low - held, high=rows.high - held).only(moved)
        return Problem(kept, whole.cost[at], whole.whole[at], whole.low[at], whole.high[at])


def nearer(
    model: Model, goal: Goal, x: Floats, enough: float, cost: Floats, seed: int, budget: Budget
) -> Floats:
    """Better the worst form, again and again, until all are near enough or the rounds are over."""
    random, failures, bias = np.random.default_rng(seed), 0, _bias(cost)
    goal = goal.settled(model.grid(x))
    part = Part.of(posed(model, goal))
    for _ in range(budget.effort.rounds):
        away = goal.deviations(model.grid(x))
        worst = float(away.max())
        if worst <= enough or not budget.seconds:
            break
        forms = _forms(model, int(away.argmax()), failures, random)
        items = _items(model, x, forms, random.random(model.layout.items) * bias, failures)
        found = _bettered(part, model, x, forms, items, worst, budget)
        better = found is not None and goal.deviations(model.grid(found))[forms].max() < worst - goal.small
        x, failures = (found, 0) if found is not None and better else (x, failures + 1)
    return x


def cheaper(
    model: Model, goal: Goal, x: Floats, cost: Floats, ceiling: float, seed: int, budget: Budget
) -> Floats:
    """Change items for others that were used less, form by form, without leaving the ceiling."""
    random, bias = np.random.default_rng(seed), _bias(cost)
    part = Part.of(posed(model, goal.settled(model.grid(x)), cost, ceiling))
    for number in range(min(2 * model.layout.forms, budget.effort.rounds)):
        if not budget.seconds:
            break
        forms = np.array([number % model.layout.forms])
        items = _items(model, x, forms, random.random(model.layout.items) * bias, 0)
        found = _bettered(part, model, x, forms, items, ceiling, budget, CHEAP_ENOUGH)
        if found is not None and _price(model, found, cost) < _price(model, x, cost):
            x = found
    return x


def _bias(cost: Floats) -> Floats:
    """Makes it likelier that an item is drawn the less it was used."""
    return np.asarray(0.5 + np.argsort(np.argsort(cost)) / len(cost), dtype=np.float64)


def _price(model: Model, x: Floats, cost: Floats) -> float:
    return float((model.grid(x) @ cost).sum())


def _forms(model: Model, worst: int, failures: int, random: np.random.Generator) -> Whole:
    """The worst form; after failures another with it; where all share items, all of them in the end."""
    forms = model.layout.forms
    if model.layout.anchored and failures > 2 * PATIENCE:
        return np.arange(forms)
    if forms > 1 and failures >= PATIENCE:
        other = int(random.integers(forms - 1))
        return np.array([worst, other + (other >= worst)])
    return np.array([worst])


def _items(model: Model, x: Floats, forms: Whole, drawn: Floats, failures: int) -> Flags:
    """Items in use in these forms and some that are not; with an item all that share its stimulus."""
    share = SAMPLE * (1 + failures / PATIENCE) / (len(forms) * model.layout.items)
    chosen = (drawn < share) | model.grid(x)[forms].any(axis=0)
    for _, items in model.columns.stimuli:
        chosen[items] = chosen[items].any()
    return np.asarray(chosen, dtype=np.bool_)


def _bettered(
    part: Part,
    model: Model,
    x: Floats,
    forms: Whole,
    items: Flags,
    ceiling: float,
    budget: Budget,
    gap: float = EXACT,
) -> Floats | None:
    layout = model.layout
    mine = np.isin(layout.form, forms) | np.isin(layout.second, forms)
    mine |= (layout.form == ANY) & (len(forms) == layout.forms)
    free = mine & ((layout.item < 0) | items[layout.item])
    wide = np.concatenate([free, [False, True]])
    problem = part.freed(np.concatenate([x, [0.0, 0.0]]), wide)
    problem.high[-1] = min(problem.high[-1], ceiling)
    found = solve(problem, budget, budget.effort.nodes, gap)
    if not found.found:
        return None
    x = x.copy()
    x[free] = found.x[:-1]
    return x
