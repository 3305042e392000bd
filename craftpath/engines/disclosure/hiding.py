"""Primary and complementary suppression: what is small is hidden, then as little more as keeps it hidden.

A cell is small with fewer people than `least`, nobody included. What follows by adding and subtracting what is shown
is looked for (`deducing`); of the cells that it would take the smallest is hidden, and so on until nothing follows.
At the end each cell that was hidden for the sake of others is shown again where nothing follows from it, the largest
first. Ties go by the order of columns and values, so the same tables always hide the same cells.

Compare Willenborg and de Waal, Elements of Statistical Disclosure Control (2001), chapter 5. Not looked at: what
follows from limits (a figure between 1 and 5), and sets of more atoms than `deducing.MOST_SETS` allows.
"""

from __future__ import annotations

import numpy as np

from craftpath.engines.disclosure.deducing import Layer
from craftpath.engines.disclosure.one_column import LEAST_SHOWN
from craftpath.engines.disclosure.types import Flags, Hidden, Places, Tables

VERSION = "2"


def hide(tables: Tables, least: int = LEAST_SHOWN, empty: bool = True) -> Hidden:
    """What is hidden in each layer. A cell that is hidden as people is hidden in every layer.

    With `least` 1 nothing is hidden: each single person may be told. `empty` says whether it is hidden, too, that
    nobody of a group answered.
    """
    if least <= 1:
        layers = len(tables.weights)
        none = tuple(np.zeros((layers, size), dtype=np.bool_) for size in tables.sizes)
        return Hidden(np.zeros(layers, dtype=np.bool_), none)
    cells, starts = tables.cells(), tables.starts
    columns = np.repeat(np.arange(len(tables.sizes)), tables.sizes)
    everywhere = np.zeros(starts[-1], dtype=np.bool_)
    whole: list[bool] = []
    hidden: list[Flags] = []
    known: dict[bytes, Flags] = {}
    for weights in tables.weights:
        key, people = weights.tobytes(), int(weights.sum())
        if key not in known:
            layer = Layer(cells, int(starts[-1]), weights, least, empty)
            known[key] = _hidden(layer, columns, everywhere)
        if not hidden:
            everywhere = known[key]
        whole.append(people < least and (empty or people > 0))
        hidden.append(known[key] | whole[-1] | whole[0])
    rows = np.stack(hidden)
    parts = [rows[:, start:end] for start, end in zip(starts[:-1], starts[1:], strict=True)]
    return Hidden(np.array(whole, dtype=np.bool_) | whole[0], tuple(parts))


def _hidden(layer: Layer, columns: Places, already: Flags) -> Flags:
    sizes = layer.sizes[:-1]
    small = already | ((sizes < layer.least) & (layer.empty | (sizes > 0)))
    hidden = small.copy()
    while (cell := _next(layer, columns, hidden)) is not None:
        hidden[cell] = True
    spare = np.flatnonzero(hidden & ~small)
    for cell in sorted(spare.tolist(), key=lambda one: (-sizes[one], one)):
        hidden[cell] = False
        if _next(layer, columns, hidden) is not None:
            hidden[cell] = True
    return hidden


def _next(layer: Layer, columns: Places, hidden: Flags) -> int | None:
    """A shown cell that must be hidden; None where all is well."""
    taken = layer.remainder(~hidden, columns)
    if taken is None:
        taken = layer.deduced(~hidden)
    return None if taken is None else _smallest(layer, taken)


def _smallest(layer: Layer, cells: Places) -> int | None:
    """The cell with fewest people; the whole is never one of them."""
    own = cells[cells < layer.count]
    return min(own.tolist(), key=lambda one: (layer.sizes[one], one), default=None)
