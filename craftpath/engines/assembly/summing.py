"""Can the cells of a blueprint make up its totals? Where the bank puts each item into one of them, sums decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from craftpath.engines.assembly.columns import matches
from craftpath.engines.assembly.types import Bank, Blueprint, Cell, Demand, Item, Measure
from craftpath.values.faults import Fault

ADDING = (Measure.ITEMS, Measure.POINTS, Measure.SECONDS)
EPSILON = 1e-9


def sums(bank: Bank, blueprint: Blueprint) -> Iterator[Fault]:
    """Cells that ask for more than their total allows, and those that allow less than it asks for.

    Cells are held against a total if they say the same words and more; those that the bank lets overlap (an item
    with two outcomes) are left to the solver.
    """
    allowed = [item for item in bank.items if item.key not in set(blueprint.forbidden)]
    for at, total in enumerate(blueprint.demands):
        if total.measure not in ADDING:
            continue
        for cells in _families(blueprint, total):
            yield from _held(allowed, total, f"demands[{at}]", cells)


def _families(blueprint: Blueprint, total: Demand) -> list[list[Demand]]:
    """Demands within the total, those together that speak of the same words."""
    found: dict[tuple[bool, ...], list[Demand]] = {}
    for demand in blueprint.demands:
        if demand.measure is total.measure and demand.cell != total.cell and _inside(demand.cell, total.cell):
            shape = tuple(bool(word) for word in _words(demand.cell))
            found.setdefault(shape, []).append(demand)
    return list(found.values())


def _held(items: Sequence[Item], total: Demand, place: str, cells: list[Demand]) -> Iterator[Fault]:
    times = [sum(matches(item, one.cell) for one in cells) for item in items if matches(item, total.cell)]
    if any(number > 1 for number in times):
        return
    least = sum(one.least for one in cells)
    if total.most is not None and least > total.most + EPSILON:
        yield Fault("assembly.cells_exceed_total", place, {"cells": least, "most": total.most})
    if all(number == 1 for number in times) and all(one.most is not None for one in cells):
        most = sum(one.most or 0 for one in cells)
        if most < total.least - EPSILON:
            yield Fault("assembly.cells_below_total", place, {"cells": most, "least": total.least})


def _words(cell: Cell) -> tuple[str, ...]:
    return (cell.outcome, cell.difficulty, cell.kind, cell.tag)


def _inside(cell: Cell, whole: Cell) -> bool:
    """Whether a cell says all words of the other."""
    return all(not word or word == mine for mine, word in zip(_words(cell), _words(whole), strict=True))
