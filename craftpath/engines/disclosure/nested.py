"""Suppression in tables that share their totals: one whole, several ways to split it, and some ways crossed.

A family of tables is a total, axes (places, stages, periods ...) each of which adds up to it, crossings of two axes
whose rows and columns add up to the cells of these, and trees whose children add up to the cells of an axis. Cells
with too few people are hidden, and as many others as keep them from following by adding and subtracting.

What holds at the end, for every sum that a reader can write down:

- A shown total has no hidden cell below it, or at least two that together have `least` people.
- In a crossing no hidden cell follows from its rows and columns: hidden cells are the edges between rows and columns,
  and a cell follows exactly where its edge is a bridge, unless hidden cells of one axis lie on both sides of it.
- A hidden cell of an axis has hidden cells below it in every crossing and tree, and those of one axis hang together,
  so that what one of them has more another could have less.
- A crossing in which that cannot be had (nearly all of it is empty) is not published at all, not even which of its
  cells there are.

Where the same people stand in several cells of an axis (`largest`), cells of it are together only as many people as
the largest of them. Hidden is always the smallest that helps, and equals go by their place, so the same tables always
hide the same cells. Not looked at: what follows from limits (a figure between 1 and 4). Compare `hiding`, which is
for one small set of atoms and proves more, and costs more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from craftpath.engines.disclosure.types import Flags, Places


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Cells that add up to the total: how many people for sure, and which are too small to be shown."""

    weights: Places
    small: Flags
    largest: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Cells of two axes at once, only those that there are: where they stand in each, their people, which are small."""

    rows: str
    columns: str
    row: Places
    column: Places
    weights: Places
    small: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Cells that add up to the cells of an axis; -1 where one belongs to several of them."""

    axis: str
    parent: Places
    weights: Places
    small: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Tables that share their totals."""

    small: bool
    axes: Mapping[str, Axis]
    crossings: Sequence[Crossing] = ()
    trees: Sequence[Tree] = ()


@dataclass(slots=True, eq=False)
class HiddenFamily:
    """What a reader may not see, in the order of the family."""

    total: bool
    axes: dict[str, Flags]
    crossings: list[Flags] = field(default_factory=list)
    trees: list[Flags] = field(default_factory=list)
    unpublished: set[int] = field(default_factory=set)  # crossings


def hide_family(family: Family, least: int) -> HiddenFamily:
    """The cells that are hidden."""
    hidden = HiddenFamily(
        family.small,
        {name: axis.small.copy() for name, axis in family.axes.items()},
        [crossing.small.copy() for crossing in family.crossings],
        [tree.small.copy() for tree in family.trees],
    )
    while not hidden.total and _round(family, hidden, least):
        pass
    if hidden.total:
        for name, axis in family.axes.items():
            hidden.axes[name] |= axis.weights > 0
        below: tuple[Crossing | Tree, ...] = (*family.crossings, *family.trees)
        for flags, cells in zip((*hidden.crossings, *hidden.trees), below, strict=True):
            flags |= cells.weights > 0
    return hidden


def _round(family: Family, hidden: HiddenFamily, least: int) -> bool:
    """One look at everything; whether a cell of an axis had to be hidden, so that all must be looked at again."""
    before = sum(int(flags.sum()) for flags in hidden.axes.values())
    for name, axis in family.axes.items():
        lines = _Lines(np.zeros(len(axis.weights), np.int64), 1, axis.weights, axis.largest)
        lines.settle(hidden.axes[name], np.zeros(1, np.bool_), least)
        if lines.unsettled(hidden.axes[name], np.zeros(1, np.bool_), least).any():
            hidden.total = True
            return False
    for tree, flags in zip(family.trees, hidden.trees, strict=True):
        _branches(family, hidden, tree, flags, least)
    for place, crossing in enumerate(family.crossings):
        flags = hidden.crossings[place]
        if place not in hidden.unpublished and not _Crossed(family, hidden, crossing, flags, least).settle():
            hidden.unpublished.add(place)
            flags |= True
    return sum(int(flags.sum()) for flags in hidden.axes.values()) > before


class _Lines:
    """Cells that add up line by line."""

    def __init__(self, line: Places, count: int, weights: Places, largest: bool) -> None:
        self.line, self.count, self.weights, self.largest = line, count, weights, largest
        self.order = np.lexsort((np.arange(len(line)), weights))
        self.order = self.order[weights[self.order] > 0]

    def unsettled(self, hidden: Flags, parent_hidden: Flags, least: int) -> Flags:
        """Lines whose hidden cells are too few: one alone, or together not enough people.

        Below a hidden parent one cell must be hidden too, together enough people; whoever knew the parent may not
        learn a cell either, so two of them where there are two.
        """
        at = hidden & (self.weights > 0)
        number = np.bincount(self.line[at], minlength=self.count)
        if self.largest:
            people = np.zeros(self.count, np.int64)
            np.maximum.at(people, self.line[at], self.weights[at])
        else:
            people = np.bincount(self.line[at], self.weights[at], self.count)
        cells = np.bincount(self.line[self.weights > 0], minlength=self.count)
        short = (number < np.minimum(2, np.maximum(cells, 1))) | (people < least)
        alone = (number == 1) & (cells == 1) & ~parent_hidden
        return np.asarray(
            ((number > 0) & (short | alone)) | (parent_hidden & (cells > 0) & short & (number < cells))
        )

    def settle(self, hidden: Flags, parent_hidden: Flags, least: int, useless: Flags | None = None) -> None:
        """Hide the smallest shown cell of every such line until there is none, or nothing to hide in it."""
        order = self.order if useless is None else self.order[~useless[self.order]]
        while True:
            wanting = self.unsettled(hidden, parent_hidden, least)
            open_cells = order[~hidden[order]]
            open_cells = open_cells[wanting[self.line[open_cells]]]
            if not len(open_cells):
                return
            _, first = np.unique(self.line[open_cells], return_index=True)
            hidden[open_cells[first]] = True

    def alone(self, parent_hidden: Flags) -> Flags:
        """Cells that are all there is of a shown line: hidden or not, they are told."""
        cells = np.bincount(self.line[self.weights > 0], minlength=self.count)
        return np.asarray(((cells == 1) & ~parent_hidden)[self.line])


def _branches(family: Family, hidden: HiddenFamily, tree: Tree, flags: Flags, least: int) -> None:
    axis = family.axes[tree.axis]
    count = len(axis.weights)
    line = np.where(tree.parent < 0, count, tree.parent)
    lines = _Lines(line, count + 1, tree.weights, False)
    parents = np.append(hidden.axes[tree.axis], False)
    lines.settle(flags, parents, least)
    stuck = lines.unsettled(flags, parents, least)[:count] & ~parents[:count]
    hidden.axes[tree.axis] |= stuck  # nothing left to hide below it


class _Crossed:
    """One crossing as a graph: rows and columns are nodes, hidden cells are edges."""

    def __init__(
        self, family: Family, hidden: HiddenFamily, cells: Crossing, flags: Flags, least: int
    ) -> None:
        rows, columns = family.axes[cells.rows], family.axes[cells.columns]
        self.height, self.width = len(rows.weights), len(columns.weights)
        self.cells, self.flags, self.least = cells, flags, least
        self.axis_rows, self.axis_columns = hidden.axes[cells.rows], hidden.axes[cells.columns]
        self.by_row = _Lines(cells.row, self.height, cells.weights, columns.largest)
        self.by_column = _Lines(cells.column, self.width, cells.weights, rows.largest)

    def settle(self) -> bool:
        """Hide until lines are settled, nothing follows and all hangs together; False where that cannot be had."""
        while True:
            if not self._settle_lines():
                return False
            hid = self._cross_a_bridge()
            if hid is None:
                hid = self._hang_together()
                if hid is None:
                    return True
            if not hid:
                return False

    def _settle_lines(self) -> bool:
        useless = self.by_row.alone(self.axis_rows) | self.by_column.alone(self.axis_columns)
        before = -1
        while (now := int(self.flags.sum())) != before:
            before = now
            self.by_row.settle(self.flags, self.axis_rows, self.least, useless)
            self.by_column.settle(self.flags, self.axis_columns, self.least, useless)
        rows = self.by_row.unsettled(self.flags, self.axis_rows, self.least)
        columns = self.by_column.unsettled(self.flags, self.axis_columns, self.least)
        return not ((rows & ~self.axis_rows).any() or (columns & ~self.axis_columns).any())

    def _edges(self) -> tuple[Places, Places, Places]:
        """The hidden cells that somebody is in, and their two nodes."""
        at = np.flatnonzero(self.flags & (self.cells.weights > 0))
        return at, self.cells.row[at], self.cells.column[at] + self.height

    def _components(self, left: Places, right: Places) -> Places:
        size = self.height + self.width
        graph = sparse.coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
        return np.asarray(csgraph.connected_components(graph, directed=False)[1])

    def _cross_a_bridge(self) -> bool | None:
        """Hide a cell so that one that followed does not any more: None where none did, False where none helps."""
        import rustworkx  # noqa: PLC0415  (slow to import)

        _, left, right = self._edges()
        graph = rustworkx.PyGraph()
        graph.add_nodes_from(range(self.height + self.width))
        graph.extend_from_edge_list(list(zip(left.tolist(), right.tolist(), strict=True)))
        none = np.zeros(self.width, np.bool_), np.zeros(self.height, np.bool_)
        sides = np.concatenate([self.axis_rows, none[0]]), np.concatenate([none[1], self.axis_columns])
        for one, other in sorted(tuple(sorted(pair)) for pair in rustworkx.bridges(graph)):
            rest = (left != one) | (right != other)
            component = self._components(left[rest], right[rest])
            here, there = component == component[one], component == component[other]
            if any((axis & here).any() and (axis & there).any() for axis in sides):
                continue
            found = self._smallest_between(component, component[one], component[other])
            if found is None:
                return False
            self.flags[found] = True
            return True
        return None

    def _smallest_between(self, component: Places, one: int, other: int) -> int | None:
        rows, columns = component[self.cells.row], component[self.cells.column + self.height]
        between = ((rows == one) & (columns == other)) | ((rows == other) & (columns == one))
        shown = self.by_row.order[(between & ~self.flags)[self.by_row.order]]
        return int(shown[0]) if len(shown) else None

    def _hang_together(self) -> bool | None:
        """Hide a cell that joins hidden cells of one axis: None where all hang together, False where none helps."""
        _, left, right = self._edges()
        component = self._components(left, right)
        cells = np.zeros(self.height + self.width, np.bool_)
        at = self.cells.weights > 0
        cells[self.cells.row[at]], cells[self.cells.column[at] + self.height] = True, True
        for lines in (np.flatnonzero(self.axis_rows), self.height + np.flatnonzero(self.axis_columns)):
            parts = sorted(set(component[lines[cells[lines]]].tolist()))
            if len(parts) < 2:
                continue
            found = self._smallest_between(component, parts[0], parts[1])
            if found is None:
                found = self._smallest_out_of(component, parts[0])
            if found is None:
                return False
            self.flags[found] = True
            return True
        return None

    def _smallest_out_of(self, component: Places, one: int) -> int | None:
        """A shown cell that leads out of a part, where no single one leads to the other part."""
        rows, columns = component[self.cells.row], component[self.cells.column + self.height]
        leaving = (rows == one) != (columns == one)
        shown = self.by_row.order[(leaving & ~self.flags)[self.by_row.order]]
        return int(shown[0]) if len(shown) else None
