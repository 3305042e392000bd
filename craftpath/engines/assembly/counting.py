"""Demands that a glance at the bank refuses, before any solver is asked."""

from __future__ import annotations

import numpy as np

from craftpath.engines.assembly.columns import Columns, Flags, Floats, Whole, left_of
from craftpath.engines.assembly.model import Model
from craftpath.engines.assembly.types import Blueprint, Cell, Measure

LIMITING = ("assembly.forbidden", "assembly.exposure", "assembly.overlap")


def short(model: Model, blueprint: Blueprint) -> tuple[int, ...]:
    """Rules that cannot hold together for want of items: a demand and what keeps items from it; or nothing.

    Every form needs `least` items of the cell; an item may be in as many forms as the rules leave it.
    """
    limits = {rule.code: at for at, rule in enumerate(model.rules) if rule.code in LIMITING}
    if blueprint.anchors is not None or blueprint.overlap != 0:
        limits.pop("assembly.overlap", None)
    for at, rule in enumerate(model.rules):
        if rule.code != "assembly.too_few" or rule.measure is not Measure.ITEMS or rule.cell is None:
            continue
        items = model.columns.within(rule.cell)
        wanted = np.ceil(rule.wanted - 1e-9) * blueprint.forms
        used = set(limits)
        if _places(model, items, used) >= wanted:
            continue
        for code in LIMITING:
            if _places(model, items, used - {code}) < wanted:
                used.discard(code)
        return (at, *(limits[code] for code in LIMITING if code in used))
    return ()


def held(columns: Columns, cell: Cell, measure: Measure, forms: int) -> tuple[float, float] | None:
    """How much of a measure the bank has in a cell, and how much of it may still be used; a mean has no such."""
    if measure is Measure.MEAN_P:
        return None
    if measure is Measure.STIMULI:
        left = [left_of(one, forms) > 0 for one, _ in columns.stimuli]
        return float(len(left)), float(sum(left))
    items, weights = columns.within(cell), columns.weights(measure)
    return float(weights[items].sum()), float(weights[items & columns.usable].sum())


def _places(model: Model, items: Flags, limits: set[str]) -> float:
    """In how many forms, taken together, items can stand."""
    columns, forms = model.columns, model.layout.forms
    places: Whole | Floats = np.full(columns.count, forms)
    if "assembly.forbidden" in limits:
        places[columns.forbidden] = 0
    if "assembly.overlap" in limits:
        alone = np.ones(columns.count, dtype=np.bool_)
        alone[columns.mandatory] = False
        places[alone] = np.minimum(places[alone], 1)
    if "assembly.exposure" in limits:
        places = np.minimum(places, columns.left)
        for stimulus, shown in columns.stimuli:
            places[shown] = np.minimum(places[shown], left_of(stimulus, forms))
    return float(places[items].sum())
