"""Rows of a linear model, gathered one at a time; each knows the rule of the blueprint that it comes from."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from craftpath.engines.assembly.columns import Floats, Whole
from craftpath.engines.assembly.types import Cell, Measure

STRUCTURE = -1  # rows that say what a column means, and can never give way


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is asked and can be given up: its code, where it stands, and how much it asks.

    `upper`: at most that much, else at least. `weight` is what a unit of giving way costs beside other rules.
    """

    code: str
    place: str
    wanted: float
    upper: bool
    cell: Cell | None = None
    measure: Measure | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    number: int = sys.maxsize  # among the demands of the blueprint, so that blame is told in their order

    @property
    def weight(self) -> float:
        """Shares of what is asked are compared, not minutes with items."""
        return 1 / max(1.0, abs(self.wanted))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """low <= matrix x <= high, and the rule of each row."""

    matrix: Any
    low: Floats
    high: Floats
    rule: Whole

    def only(self, kept: Any) -> Rows:
        """Some of the rows."""
        return Rows(self.matrix[kept], self.low[kept], self.high[kept], self.rule[kept])


@dataclass(slots=True)
class Gathering:
    """Rows on their way into one sparse matrix."""

    places: list[Any] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    rule: list[int] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def ask(self, rule: Rule) -> int:
        """Take a rule in; its number is what its rows carry."""
        self.rules.append(rule)
        return len(self.rules) - 1

    def add(self, places: Any, values: Any, low: float, high: float, rule: int = STRUCTURE) -> None:
        """One row: columns, their factors (or one for all), and what the sum lies between."""
        at = np.asarray(places, dtype=np.int64)
        self.places.append(at)
        self.values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), at.shape))
        self.bounds.append((low, high))
        self.rule.append(rule)

    def rows(self, width: int) -> Rows:
        """All of them, over so many columns."""
        if not self.bounds:
            self.add([], [], -np.inf, np.inf)
        starts = np.cumsum([0, *(len(at) for at in self.places)])
        held = (np.concatenate(self.values), np.concatenate(self.places), starts)
        low, high = np.array(self.bounds, dtype=np.float64).T
        matrix = sparse.csr_array(held, shape=(len(self.bounds), width))
        return Rows(matrix, low, high, np.array(self.rule, dtype=np.int64))
