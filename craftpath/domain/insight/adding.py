"""From rows to additive parts, and from the parts of a slice to the cells of every reader. No database.

Parts are those of the catalogue: the same definitions that a lake is grouped by, added up here with NumPy.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.domain.insight.dimensions import Dims
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS, STAR, Indicator, Is, Part, parts_by_table

Parts = dict[str, int]
Finest = dict[Dims, Parts]
ALL = ""
GROUPINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("place",),
    ("stage",),
    ("occupation",),
    ("enterprise",),
    ("period",),
    ("place", "period"),
    ("stage", "period"),
    ("occupation", "period"),
    ("enterprise", "period"),
)
"""What is published of a table of the star."""
SHAPES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "curve": ((),),
    "funnel": ((), ("place",), ("occupation",)),
    "path": ((),),
    "layer": ((),),
}
"""What is published of what is drawn."""


def groupings(table: str) -> tuple[tuple[str, ...], ...]:
    """By which dimensions a table is published."""
    return SHAPES.get(table, GROUPINGS)


@cache
def parts_in() -> Mapping[str, tuple[Part, ...]]:
    """Table of the star → every part that an indicator needs of it."""
    return parts_by_table(CATALOGUE)


@cache
def definition(table: str) -> str:
    """Names what is added up of a table: slices that were read under another name are stale."""
    wanted = [repr(part) for part in parts_in().get(table, ())] + [repr(groupings(table))]
    return hashlib.sha256(json.dumps([table, *wanted]).encode()).hexdigest()[:16]


def measure(indicator: Indicator) -> str:
    """Names what decides whether a figure is shown: the people counted, how many there must be, crowds around them.

    Cells keep what is hidden under this name: where it changes a migration says that all is to be decided anew.
    """
    crowds = ["+".join(part.key for part in crowd) for crowd in (indicator.counted, *indicator.around)]
    return f"{'/'.join(crowds)}>{indicator.floor}"


@cache
def measures(table: str) -> Mapping[str, list[Indicator]]:
    """Measure → the indicators that are decided by it."""
    found: dict[str, list[Indicator]] = {}
    for one in CATALOGUE:
        if one.table == table:
            found.setdefault(measure(one), []).append(one)
    return found


def added(table: str, rows: Iterable[tuple[int, Dims, Sequence[Any]]]) -> dict[int, Finest]:
    """owner → dimensions → parts that are not 0, of rows of a table of the star."""
    places: dict[tuple[int, Dims], int] = {}
    at: list[int] = []
    own: list[Sequence[Any]] = []
    for owner, dims, values in rows:
        at.append(places.setdefault((owner, dims), len(places)))
        own.append(values)
    found: dict[int, Finest] = defaultdict(dict)
    if not own:
        return found
    where = np.array(at, dtype=np.int64)
    columns = {
        column.name: _column(values)
        for column, values in zip(STAR[table].own, zip(*own, strict=True), strict=True)
    }
    totals = {part.key: _total(part, columns, where, len(places)) for part in parts_in().get(table, ())}
    for (owner, dims), place in places.items():
        parts = {key: int(total[place]) for key, total in totals.items() if total[place]}
        found[owner][dims] = parts
    return found


def _column(values: Sequence[Any]) -> npt.NDArray[Any]:
    """Whole numbers and words as such; objects where something is missing."""
    return np.array(values, dtype=object if any(value is None for value in values) else None)


def _total(part: Part, columns: Mapping[str, npt.NDArray[Any]], where: Any, count: int) -> npt.NDArray[Any]:
    counts = np.ones(len(where), dtype=np.bool_)
    for one in part.where:
        counts &= _meets(one, columns)
    if not part.column:
        return np.bincount(where[counts], minlength=count)
    column = columns[part.column]
    counts &= _given(column)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, where[counts], column[counts].astype(np.int64))
    return total


def _meets(one: Is, columns: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.bool_]:
    column = columns[one.column]
    given = _given(column)
    if one.how == "given":
        return given
    if one.how == "equal":
        return given & np.asarray(column == one.value, dtype=np.bool_)
    limit = columns[str(one.value)] if one.how == "least_column" else np.full(len(column), one.value, object)
    given = given & _given(limit)
    met = np.zeros(len(column), dtype=np.bool_)
    met[given] = column[given].astype(np.int64) >= limit[given].astype(np.int64)
    return met


def _given(column: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    if column.dtype != object:
        return np.ones(len(column), dtype=np.bool_)
    return np.array([value is not None for value in column], dtype=np.bool_)


def projected(table: str, dims: Dims) -> Iterable[Dims]:
    """The cells of one reader that a finest cell is added to."""
    named = dict(zip(DIMENSIONS, dims, strict=True))
    for grouping in groupings(table):
        yield tuple(named[name] if name in grouping else ALL for name in DIMENSIONS)  # type: ignore[misc]


def difference(before: Finest, after: Finest) -> Finest:
    """What has to be added to the cells, part by part; what stays is left out."""
    found: Finest = {}
    for dims in before.keys() | after.keys():
        old, new = before.get(dims, {}), after.get(dims, {})
        parts = {key: new.get(key, 0) - old.get(key, 0) for key in old.keys() | new.keys()}
        changed = {key: value for key, value in parts.items() if value}
        if changed:
            found[dims] = changed
    return found


def packed(cells: Finest) -> list[Any]:
    """The form that a slice keeps."""
    return [[*dims, parts] for dims, parts in sorted(cells.items())]


def unpacked(kept: Iterable[Sequence[Any]]) -> Finest:
    """Read `packed` back."""
    return {tuple(dims): parts for *dims, parts in kept}
