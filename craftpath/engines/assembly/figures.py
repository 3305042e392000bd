"""What each form has: the figures that a page shows and a verifier adds up again."""

from __future__ import annotations

import numpy as np

from craftpath.engines.assembly.columns import Flags, Floats
from craftpath.engines.assembly.goal import Goal
from craftpath.engines.assembly.model import Model
from craftpath.engines.assembly.types import Blueprint, Demand, Form, Information, Measure


def forms(model: Model, blueprint: Blueprint, goal: Goal, x: Floats) -> tuple[Form, ...]:
    """The forms in an order of their own, with items as places in the bank that came in."""
    grid = model.grid(x)
    order = sorted(range(len(grid)), key=lambda at: np.flatnonzero(grid[at]).tolist())
    away = goal.deviations(grid)
    return tuple(_form(model, blueprint, grid[at], float(away[at])) for at in order)


def anchors(model: Model, x: Floats) -> tuple[int, ...]:
    """Items that all forms share."""
    return _origins(model, np.asarray(model.grid(x).all(axis=0)))


def _form(model: Model, blueprint: Blueprint, chosen: Flags, deviation: float) -> Form:
    columns, target = model.columns, blueprint.target
    thetas = target.thetas if isinstance(target, Information) else ()
    expected = float((columns.p * columns.points)[chosen].sum())
    return Form(
        items=_origins(model, chosen),
        information=tuple((columns.information(thetas) @ chosen).tolist()) if thetas else (),
        expected_score=None if np.isnan(expected) else expected,
        seconds=float(columns.seconds[chosen].sum()),
        points=float(columns.points[chosen].sum()),
        amounts=tuple(_amount(model, demand, chosen) for demand in blueprint.demands),
        deviation=deviation,
    )


def _amount(model: Model, demand: Demand, chosen: Flags) -> float | None:
    if demand.measure is Measure.STIMULI:
        return float(sum(chosen[items].any() for _, items in model.columns.stimuli))
    values = model.columns.weights(demand.measure)[chosen & model.columns.within(demand.cell)]
    if demand.measure is Measure.MEAN_P:
        return float(values.mean()) if len(values) else None
    return float(values.sum())


def _origins(model: Model, chosen: Flags) -> tuple[int, ...]:
    return tuple(sorted(model.columns.origin[chosen].tolist()))
