"""The marks of a cohort as columns: one row a person, one column an item, scores as scaled integers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from craftpath.engines.evaluation.exact import places_of, scaled
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import Component, Item, Status
from craftpath.values.faults import Fault

NO_GRADE = -1
Value = Decimal | str | None


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """A cohort's marks for one scheme.

    `scores` is integer, shape (people, items), a score times 10**places where the status is `SCORED` and 0
    elsewhere; int16, int32 and int64 are read as they are, an object array of Python integers holds what is
    longer. `status` is int8 of the same shape. `grades` is int8 of the same shape with indexes into
    `component.grades`, -1 where there is none; only a scheme with graded methods needs it.
    """

    people: tuple[str, ...]
    scores: npt.NDArray[Any]
    status: npt.NDArray[np.int8]
    places: int = 0
    grades: npt.NDArray[np.int8] | None = None

    def __post_init__(self) -> None:
        shapes = {self.scores.shape, self.status.shape}
        if self.grades is not None:
            shapes.add(self.grades.shape)
        if len(shapes) != 1 or self.scores.ndim != 2 or len(self.people) != self.scores.shape[0]:
            raise ValueError(f"people {len(self.people)} and shapes {sorted(shapes)} do not fit one another")

    @classmethod
    def of(cls, scheme: Scheme, rows: Iterable[tuple[str, str, Value, Status]]) -> Self:
        """Build from rows (person, item key, score or grade, status); what has no row is `MISSING`.

        People stand in order of first appearance. ValueError names the cell that is unknown, stands twice or
        holds an impossible score.
        """
        columns = {
            item.key: (column, component, item) for column, (component, item) in enumerate(scheme.items)
        }
        collector = Collector(scheme)
        for person, key, value, status in rows:
            if key not in columns:
                raise ValueError(f"{person}: the scheme has no item {key!r}")
            column, component, item = columns[key]
            fault = cell_fault(component, item, value, status)
            if fault:
                raise ValueError(f"{person}, {key}: {fault.code} {dict(fault.facts)}")
            collector.add(person, column, value, status)
        for _, again in collector.twice():
            raise ValueError(f"{', '.join(collector.whose(again))}: two rows for one person and item")
        return cls(*collector.columns())


def cell_fault(component: Component, item: Item, value: Value, status: Status) -> Fault | None:
    """What is wrong with a score or grade beside this status; only `SCORED` cells are judged."""
    if status != Status.SCORED:
        return None
    if value is None:
        return Fault("evaluation.score_absent", "score")
    if component.grades:
        if value in component.grades:
            return None
        return Fault(
            "evaluation.grade_unknown", "score", {"given": value, "allowed": ", ".join(component.grades)}
        )
    if not isinstance(value, Decimal) or not value.is_finite():
        return Fault("evaluation.not_a_number", "score", {"given": str(value)[:80]})
    if value < 0:
        return Fault("evaluation.score_negative", "score", {"given": value, "max": item.max})
    if value > item.max and not item.open_ended:
        return Fault("evaluation.score_over_max", "score", {"given": value, "max": item.max})
    return None


def capped(scheme: Scheme, marks: Marks) -> Marks:
    """The marks with every score of an open-ended item brought down to its maximum, so that no share exceeds 1.

    What the arithmetic proves of its range then holds for them too. Where the maximum has more places than the
    scores, all scores are scaled up to it first: the maximum is met exactly.
    """
    if marks.scores.shape[1] != len(scheme.items):
        return marks  # `evaluate` says so
    tops = {column: item.max for column, (_, item) in enumerate(scheme.items) if item.open_ended}
    over = {
        column: (marks.status[:, column] == Status.SCORED)
        & (marks.scores[:, column] > Fraction(top) * 10**marks.places // 1)
        for column, top in tops.items()
    }
    if not any(rows.any() for rows in over.values()):
        return marks
    places = max(marks.places, *(places_of(top) for top in tops.values()))
    scores = marks.scores.copy()
    if places > marks.places:
        scores = scores.astype(object) * 10 ** (places - marks.places)
    for column, rows in over.items():
        if rows.any():
            scores[rows, column] = scaled(tops[column], places)
    return Marks(marks.people, scores, marks.status, places, marks.grades)


class Collector:
    """Gathers millions of cells compactly; entries are numbered from 0 in the order of `add`.

    It judges nothing: ask `cell_fault` before. `columns` gives the arguments of `Marks`.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._names: list[str] = []
        self._people: dict[str, int] = {}
        self._values: dict[Value, int] = {None: 0}
        self._cells = tuple(array(kind) for kind in "qiib")  # person, column, value, status

    def add(self, person: str, column: int, value: Value, status: Status) -> None:
        """Add one cell."""
        people, columns, values, statuses = self._cells
        if person not in self._people:
            self._people[person] = len(self._names)
            self._names.append(person)
        people.append(self._people[person])
        columns.append(column)
        values.append(self._values.setdefault(value if status == 0 else None, len(self._values)))
        statuses.append(status)

    def whose(self, entry: int) -> tuple[str, str]:
        """Person and item key of an entry, for messages."""
        return self._names[self._cells[0][entry]], self._scheme.items[self._cells[1][entry]][1].key

    def twice(self) -> list[tuple[int, int]]:
        """Pairs (first entry, later entry) of one person and item."""
        keys, order = self._ordered()
        same = np.flatnonzero(keys[1:] == keys[:-1]) + 1
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else same
        first = starts[np.searchsorted(starts, same, side="right") - 1]
        pairs = zip(order[first].tolist(), order[same].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: pair[1])

    def _ordered(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        people, columns = (np.array(cells, dtype=np.int64) for cells in self._cells[:2])
        keys = people * max(1, len(self._scheme.items)) + columns
        order = np.argsort(keys, kind="stable")
        return keys[order], order

    def columns(
        self,
    ) -> tuple[tuple[str, ...], npt.NDArray[Any], npt.NDArray[np.int8], int, npt.NDArray[np.int8] | None]:
        """People, scores, status, places and grades; of several entries for one cell the last one counts."""
        shape = (len(self._people), len(self._scheme.items))
        keys, order = self._ordered()
        last = order[np.concatenate((keys[1:] != keys[:-1], [True]))] if len(keys) else order
        rows, columns, values, statuses = (np.array(cells)[last] for cells in self._cells)
        known = [value for value in self._values if isinstance(value, Decimal)]
        places = max((places_of(value) for value in known), default=0)
        whole = [scaled(value, places) if isinstance(value, Decimal) else 0 for value in self._values]
        table = np.array(whole, dtype=smallest_dtype(max(whole)))
        scores = np.zeros(shape, dtype=table.dtype)
        scores[rows, columns] = table[values]
        status = np.full(shape, Status.MISSING, dtype=np.int8)
        status[rows, columns] = statuses
        grades = None
        if any(component.grades for component in self._scheme.components):
            grades = np.full(shape, NO_GRADE, dtype=np.int8)
            names = list(self._values)
            for row, column, value in zip(rows, columns, values, strict=True):
                named = self._scheme.items[column][0].grades
                grades[row, column] = named.index(names[value]) if names[value] in named else NO_GRADE
        return tuple(self._names), scores, status, places, grades


def smallest_dtype(largest: int) -> Any:
    """The smallest integer dtype for figures from 0 to `largest`; Python integers beyond int64."""
    for dtype in (np.int16, np.int32, np.int64):
        if largest <= np.iinfo(dtype).max:
            return dtype
    return object
