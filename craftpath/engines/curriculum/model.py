"""The problem as rows over columns: one column for each unit in each stage where it may stand, one for each skill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from craftpath.engines.curriculum.covering import sums
from craftpath.engines.curriculum.lattice import Lattice, lattice
from craftpath.engines.curriculum.types import Placed, Problem, Unit, Wish
from craftpath.engines.curriculum.wishes import COUNTS, bounds, wishes

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Spot = tuple[Unit, int]


@dataclass(frozen=True, slots=True)
class Row:
    """low ≤ sum of factor · column ≤ high."""

    terms: dict[int, float]
    low: float = -np.inf
    high: float = np.inf


@dataclass(slots=True)
class Model:
    """Columns in the order of ids, so that the order of the input changes nothing; the objective counts steps."""

    problem: Problem
    spots: list[Spot] = field(init=False)
    lattice: Lattice = field(init=False)
    skills: list[str] = field(init=False)
    structure: list[Row] = field(init=False)
    wishes: list[tuple[Wish, Row]] = field(init=False)
    mine: dict[str, dict[int, int]] = field(init=False)  # a unit's columns by stage

    def __post_init__(self) -> None:
        units = sorted(self.problem.units, key=lambda unit: unit.id)
        self.spots = [(unit, stage) for unit in units for stage in sorted(set(unit.stages))]
        self.lattice = lattice(self.problem)
        self.skills = sorted(self.lattice.parts)
        self.mine = {unit.id: {} for unit in units}
        for column, (unit, stage) in enumerate(self.spots):
            self.mine[unit.id][stage] = column
        self.structure = [*self._once(), *self._before(), *self._cover()]
        self.wishes = [(wish, self._row(wish)) for wish in wishes(self.problem)]

    @property
    def rows(self) -> list[Row]:
        """All that a plan has to keep."""
        return [*self.structure, *(row for _, row in self.wishes)]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.spots) + len(self.skills)

    @property
    def high(self) -> Floats:
        """What columns are at most: 1 for units, all parts for skills; at least they are 0, and all are whole."""
        return np.array([1.0] * len(self.spots) + [float(self.lattice.parts[one]) for one in self.skills])

    @property
    def worth(self) -> Floats:
        """What one more of each column brings, in steps."""
        return np.array([0.0] * len(self.spots) + [self.lattice.price[one] for one in self.skills])

    def _once(self) -> Iterable[Row]:
        return (
            Row(dict.fromkeys(columns.values(), 1.0), high=1)
            for columns in self.mine.values()
            if len(columns) > 1
        )

    def _before(self) -> Iterable[Row]:
        """Whoever stands in this stage or earlier has what is needed before there too."""
        for unit in self.problem.units:
            for before in dict.fromkeys(unit.needs_before):
                for stage in sorted(set(unit.stages)):
                    terms = self._until(unit.id, stage, 1.0)
                    yield Row(terms | self._until(before, stage, -1.0), high=0)

    def _until(self, one: str, stage: int, factor: float) -> dict[int, float]:
        return {column: factor for there, column in self.mine[one].items() if there <= stage}

    def _cover(self) -> Iterable[Row]:
        for at, skill in enumerate(self.skills):
            terms = {len(self.spots) + at: 1.0}
            for column, (unit, stage) in enumerate(self.spots):
                strength = self.problem.strength(unit, stage, skill)
                if strength:
                    terms[column] = -float(self.lattice.strength(skill, strength))
            yield Row(terms, high=0)

    def _row(self, wish: Wish) -> Row:
        count = COUNTS[wish.kind]
        counts = ((column, count(unit, stage, wish.key)) for column, (unit, stage) in enumerate(self.spots))
        return Row({column: float(hours) for column, hours in counts if hours}, *bounds(wish))

    def at_least(self, steps: float) -> Row:
        """The objective is at least so much."""
        worth = self.worth
        return Row({column: worth[column] for column in range(len(self.spots), self.width)}, low=steps)

    def placed(self, x: Floats) -> dict[str, int]:
        """The units that an answer chooses, with their stages."""
        return {unit.id: stage for column, (unit, stage) in enumerate(self.spots) if x[column] > 0.5}

    def columns(self, placed: Placed) -> Floats:
        """A choice of units as columns, with what it covers."""
        total = sums(self.problem, placed)
        parts = [
            min(self.lattice.strength(skill, total[skill]), self.lattice.parts[skill])
            for skill in self.skills
        ]
        return np.array([float(placed.get(unit.id) == stage) for unit, stage in self.spots] + parts)


def matrix(rows: list[Row], width: int) -> sparse.csr_array:
    """The factors of rows."""
    from scipy import sparse  # noqa: PLC0415  (slow to import, and no start needs it)

    at = [number for number, row in enumerate(rows) for _ in row.terms]
    columns = [column for row in rows for column in row.terms]
    factors = [factor for row in rows for factor in row.terms.values()]
    return sparse.csr_array((factors, (at, columns)), shape=(len(rows), width))
