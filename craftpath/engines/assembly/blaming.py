"""What is to blame if no forms can be what is asked.

Two answers. A *relief*: rules that give way by as little as may be, and all is well (the elastic model, each rule
with a slack of its own). A *conflict*: rules that cannot hold together, and would if any of them went. It is found
by holding fast, again and again, what the elastic model lets give way until nothing is left, and then dropping what
is not needed (Chinneck & Dravnieks 1991).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from craftpath.engines.assembly.columns import Floats
from craftpath.engines.assembly.counting import held
from craftpath.engines.assembly.model import Model
from craftpath.engines.assembly.rows import STRUCTURE, Rows
from craftpath.engines.assembly.solving import ANY_ANSWER, EXACT, Answer, Budget, Known, Problem, solve
from craftpath.engines.assembly.types import Culprit, Measure

GIVES = 1e-6  # less than that is rounding


def relief(model: Model, budget: Budget, nodes: int) -> tuple[Culprit, ...]:
    """Rules that give way, each with what is left of it; nothing if the time was too short."""
    found = _relaxed(model, set(), range(len(model.rules)), budget, nodes)
    return tuple(_culprit(model, at, found) for at in _told(model, _giving(model, found)))


def conflict(
    model: Model, known: tuple[int, ...], budget: Budget, nodes: int
) -> tuple[tuple[Culprit, ...], bool]:
    """Rules that cannot hold together, and whether it is sure that all are needed; `known` if counting found some."""
    fast, together = (set(known), True) if known else _together(model, budget, nodes)
    rules, minimal = _smallest(model, fast, budget, nodes) if together else (fast, False)
    told = []
    for at in _told(model, rules):
        found = _relaxed(model, rules - {at}, [at], budget, nodes)
        told.append(_culprit(model, at, found))
    return tuple(told), minimal


def _together(model: Model, budget: Budget, nodes: int) -> tuple[set[int], bool]:
    """Rules that cannot hold together, and whether that much is sure."""
    everything, fast = set(range(len(model.rules))), set[int]()
    while True:
        found = _relaxed(model, fast, sorted(everything - fast), budget, nodes)
        giving = _giving(model, found)
        if not giving:
            return fast, found.known is Known.IMPOSSIBLE
        fast |= set(giving)


def _smallest(model: Model, fast: set[int], budget: Budget, nodes: int) -> tuple[set[int], bool]:
    """Those of them that are needed; where the time is too short to know, a rule stays."""
    sure = True
    for at in sorted(fast, reverse=True):
        found = _relaxed(model, fast - {at}, [], budget, nodes, ANY_ANSWER)
        sure &= found.known is not Known.NOTHING
        if found.known is Known.IMPOSSIBLE:
            fast = fast - {at}
    return fast, sure


def _relaxed(
    model: Model, fast: set[int], soft: Iterable[int], budget: Budget, nodes: int, gap: float = EXACT
) -> Answer:
    """Some rules hold, some may give way at a price, the others are not there."""
    soft = list(soft)
    rows = model.rows.only(np.isin(model.rows.rule, [STRUCTURE, *fast, *soft]))
    place = {at: number for number, at in enumerate(soft)}
    gives = [row for row, rule in enumerate(rows.rule) if int(rule) in place]
    column = [place[int(rows.rule[row])] for row in gives]
    sign = [-1.0 if model.rules[int(rows.rule[row])].upper else 1.0 for row in gives]
    slack = sparse.csr_array((sign, (gives, column)), shape=(len(rows.rule), len(soft)))
    width = model.layout.width
    whole = np.concatenate([np.ones(width), np.zeros(len(soft))]).astype(np.bool_)
    price = np.array([model.rules[at].weight for at in soft])
    cost = np.concatenate([np.zeros(width), price])
    high = np.concatenate([np.ones(width), np.full(len(soft), np.inf)])
    matrix = sparse.hstack([rows.matrix, slack], format="csr")
    problem = Problem(Rows(matrix, rows.low, rows.high, rows.rule), cost, whole, np.zeros(len(cost)), high)
    found = solve(problem, budget, nodes, gap)
    if not found.found:
        return found
    given = np.zeros(len(model.rules))
    given[soft] = found.x[width:]
    return Answer(found.known, np.concatenate([found.x[:width], given]), found.bound)


def _giving(model: Model, found: Answer) -> list[int]:
    """Rules that give way in an answer; without an answer none."""
    if not found.found:
        return []
    return [int(at) for at in np.flatnonzero(found.x[model.layout.width :] > GIVES)]


def _told(model: Model, rules: Iterable[int]) -> list[int]:
    """In the order of the blueprint's demands, what else there is after them."""
    return sorted(rules, key=lambda at: (model.rules[at].number, at))


def _culprit(model: Model, at: int, found: Answer) -> Culprit:
    rule = model.rules[at]
    available = _available(model, at, found.x) if found.found else None
    counts = None
    if rule.cell is not None and rule.measure is not None and not rule.upper:
        counts = held(model.columns, rule.cell, rule.measure, model.layout.forms)
    in_bank, usable = counts if counts else (None, None)
    return Culprit(
        rule.code, rule.place, rule.wanted, available, rule.cell, rule.measure, in_bank, usable, rule.facts
    )


def _available(model: Model, at: int, x: Floats) -> float | None:
    """What the worst form has, or what the rule would have to allow."""
    rule, given = model.rules[at], float(x[model.layout.width + at])
    if rule.measure is Measure.MEAN_P and rule.cell is not None:
        grid = model.grid(x) & model.columns.within(rule.cell)
        means = [float(model.columns.p[one].mean()) for one in grid if one.any()]
        return (max(means) if rule.upper else min(means)) if means else None
    return round(rule.wanted + given if rule.upper else rule.wanted - given, 6)
