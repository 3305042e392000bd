"""Is the bank a bank and the blueprint a blueprint? Every fault with its place; nothing is assembled here."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from craftpath.engines.assembly.summing import sums
from craftpath.engines.assembly.types import (
    Bank,
    Blueprint,
    Cell,
    Demand,
    ExpectedScore,
    Information,
    Item,
    Measure,
)
from craftpath.values.faults import Fault


def check(bank: Bank, blueprint: Blueprint) -> tuple[Fault, ...]:
    """Every fault of the two, bank first; none means that assembling may begin."""
    faults = [*_bank(bank), *_blueprint(blueprint), *_keys(bank, blueprint), *_p_known(bank, blueprint)]
    return tuple(faults or sums(bank, blueprint))


def _wrong(value: float | None, most: float = math.inf) -> bool:
    return value is not None and not (math.isfinite(value) and 0 <= value <= most)


def _bank(bank: Bank) -> Iterator[Fault]:
    if not bank.items:
        yield Fault("assembly.bank_empty", "items")
    for key, times in Counter(item.key for item in bank.items).items():
        if times > 1:
            yield Fault("assembly.item_twice", "items", {"item": key})
    for at, item in enumerate(bank.items):
        yield from _item(item, f"items[{at}]")
    keys = {item.key for item in bank.items}
    for at, group in enumerate(bank.enemies):
        for key in group:
            if key not in keys:
                yield Fault("assembly.item_unknown", f"enemies[{at}]", {"item": key})
        if len(set(group)) < 2:
            yield Fault("assembly.enemies_alone", f"enemies[{at}]")
    for key, times in Counter(one.key for one in bank.stimuli).items():
        if times > 1:
            yield Fault("assembly.stimulus_twice", f"stimuli.{key}")
    for one in bank.stimuli:
        if one.least < 1 or _wrong(one.used) or _wrong(one.limit) or (one.most is not None and one.most < 1):
            yield Fault("assembly.stimulus_number", f"stimuli.{one.key}")
        elif one.most is not None and one.least > one.most:
            yield Fault(
                "assembly.least_above_most", f"stimuli.{one.key}", {"least": one.least, "most": one.most}
            )


def _item(item: Item, place: str) -> Iterator[Fault]:
    facts = {"item": item.key}
    for name in ("seconds", "points", "used", "limit"):
        if _wrong(getattr(item, name)):
            yield Fault("assembly.number_negative", f"{place}.{name}", facts)
    if _wrong(item.p, 1):
        yield Fault("assembly.p_not_share", f"{place}.p", facts)
    if (item.slope is None) != (item.place is None):
        yield Fault("assembly.parameters_half", place, facts)
    if item.slope is not None and not (math.isfinite(item.slope) and item.slope > 0):
        yield Fault("assembly.slope_not_positive", f"{place}.slope", facts)
    if item.place is not None and not math.isfinite(item.place):
        yield Fault("assembly.place_not_finite", f"{place}.place", facts)


def _blueprint(blueprint: Blueprint) -> Iterator[Fault]:
    if blueprint.forms < 1:
        yield Fault("assembly.forms_too_few", "forms", {"forms": blueprint.forms})
    seen: set[tuple[Cell, Measure]] = set()
    for at, demand in enumerate(blueprint.demands):
        yield from _demand(demand, f"demands[{at}]")
        if (demand.cell, demand.measure) in seen:
            yield Fault("assembly.demand_twice", f"demands[{at}]", {"cell": demand.cell})
        seen.add((demand.cell, demand.measure))
    if _wrong(blueprint.overlap):
        yield Fault("assembly.number_negative", "overlap")
    if blueprint.anchors is not None:
        yield from _range(blueprint.anchors.least, blueprint.anchors.most, "anchors")
        if blueprint.forms == 1:
            yield Fault("assembly.anchors_alone", "anchors")
    yield from _target(blueprint.target)


def _demand(demand: Demand, place: str) -> Iterator[Fault]:
    yield from _range(demand.least, demand.most, place)
    if demand.measure is Measure.STIMULI and demand.cell != Cell():
        yield Fault("assembly.stimuli_of_cell", place, {"cell": demand.cell})
    if demand.measure is Measure.MEAN_P and (demand.least > 1 or (demand.most or 0) > 1):
        yield Fault("assembly.p_not_share", place)


def _range(least: float, most: float | None, place: str) -> Iterator[Fault]:
    if _wrong(least):
        yield Fault("assembly.number_negative", f"{place}.least", {"least": least})
    if _wrong(most):
        yield Fault("assembly.number_negative", f"{place}.most", {"most": most})
    if most is not None and least > most:
        yield Fault("assembly.least_above_most", place, {"least": least, "most": most})


def _target(target: Information | ExpectedScore | None) -> Iterator[Fault]:
    if target is None:
        return
    if _wrong(target.tolerance):
        yield Fault("assembly.number_negative", "target.tolerance")
    if isinstance(target, ExpectedScore):
        if _wrong(target.value):
            yield Fault("assembly.number_negative", "target.value")
        return
    if not target.thetas or len(target.thetas) != len(target.values):
        yield Fault("assembly.target_uneven", "target", {"thetas": len(target.thetas)})
    if not all(math.isfinite(theta) for theta in target.thetas):
        yield Fault("assembly.theta_not_finite", "target.thetas")
    if any(_wrong(value) for value in target.values):
        yield Fault("assembly.number_negative", "target.values")
    elif target.relative and not any(target.values):
        yield Fault("assembly.shape_nothing", "target.values")


def _keys(bank: Bank, blueprint: Blueprint) -> Iterator[Fault]:
    keys = {item.key for item in bank.items}
    named: Sequence[tuple[str, tuple[str, ...]]] = (
        ("mandatory", blueprint.mandatory),
        ("somewhere", blueprint.somewhere),
        ("forbidden", blueprint.forbidden),
    )
    for name, wanted in named:
        for at, key in enumerate(wanted):
            if key not in keys:
                yield Fault("assembly.item_unknown", f"{name}[{at}]", {"item": key})
    for name, wanted in named[:2]:
        for key in sorted(set(wanted) & set(blueprint.forbidden)):
            yield Fault("assembly.item_both", name, {"item": key})


def _p_known(bank: Bank, blueprint: Blueprint) -> Iterator[Fault]:
    """Where shares are asked for, every item that may be taken needs one."""
    asked = isinstance(blueprint.target, ExpectedScore)
    asked |= any(demand.measure is Measure.MEAN_P for demand in blueprint.demands)
    forbidden = set(blueprint.forbidden)
    missing = tuple(item.key for item in bank.items if item.p is None and item.key not in forbidden)
    if asked and missing:
        yield Fault("assembly.p_missing", "items", {"items": missing})
