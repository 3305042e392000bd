"""Results of a cohort as columns, with one figure of one person at hand as a decimal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.evaluation.exact import as_decimal
from craftpath.engines.evaluation.scheme import Scheme

Ints = npt.NDArray[Any]  # int32 is enough: 100 points with the most decimals a scheme may have are 10**8


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """One row a person, in the order of `people`. Figures are integers times 10**decimals, -1 where empty.

    Shapes are (n,) or, where components are spoken of, (n, components). `total`, `to_date` and `open` are
    points of 100, as are `component_to_date` and `component_open` (what the component brings to the whole);
    `components` are values on each component's own 0-100 scale, valid where `has_component`. `passed` is 1, 0
    or -1 (not to be said yet). `grade` and `component_grade` are indexes into `scheme.levels` and
    `component.grades`, -1 where there is none.
    """

    scheme: Scheme
    people: tuple[str, ...]
    complete: npt.NDArray[np.bool_]
    total: Ints
    to_date: Ints
    open: Ints
    passed: npt.NDArray[np.int8]
    components: Ints
    has_component: npt.NDArray[np.bool_]
    component_to_date: Ints
    component_open: Ints
    grade: npt.NDArray[np.int8]
    component_grade: npt.NDArray[np.int8]

    @property
    def decimals(self) -> int:
        """Places of every figure."""
        return self.scheme.decimals

    def _figure(self, figure: np.int32) -> Decimal:
        return as_decimal(int(figure), self.decimals)

    def total_of(self, row: int) -> Decimal | None:
        """The total, or None while incomplete and in grade modes."""
        return self._figure(self.total[row]) if self.total[row] >= 0 else None

    def to_date_of(self, row: int) -> Decimal:
        """Points earned so far from rated items."""
        return self._figure(self.to_date[row])

    def open_of(self, row: int) -> Decimal:
        """Points that open items can still add."""
        return self._figure(self.open[row])

    def passed_of(self, row: int) -> bool | None:
        """Whether the rules are met, or None while incomplete."""
        return None if self.passed[row] < 0 else bool(self.passed[row])

    def component_of(self, row: int, component: int) -> Decimal | None:
        """The component's value (0-100), or None where nothing counts in it."""
        return self._figure(self.components[row, component]) if self.has_component[row, component] else None

    def component_to_date_of(self, row: int, component: int) -> Decimal:
        """Points of the whole that the component has brought so far."""
        return self._figure(self.component_to_date[row, component])

    def component_open_of(self, row: int, component: int) -> Decimal:
        """Points of the whole that the component's open items can still bring."""
        return self._figure(self.component_open[row, component])

    def grade_of(self, row: int) -> str | None:
        """The level reached in a grade mode."""
        return self.scheme.levels[self.grade[row]] if self.grade[row] >= 0 else None

    def component_grade_of(self, row: int, component: int) -> str | None:
        """The grade in a graded method."""
        index = int(self.component_grade[row, component])
        return self.scheme.components[component].grades[index] if index >= 0 else None
