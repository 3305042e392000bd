"""Answers as columns: one row a person (or a pattern with its count), one column an item, NaN where missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from craftpath.figures.figure import Figures, Flags, Floats, Missing, Why, column


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Scores of people on items.

    `counts` says how many people a row stands for. `maxima` holds the full mark of each item, NaN where it is
    not known: then there is no share of it.
    """

    items: tuple[str, ...]
    scores: Floats
    counts: Floats
    maxima: Floats

    @classmethod
    def of(
        cls, scores: Any, items: Sequence[str] | None = None, counts: Any = None, maxima: Any = None
    ) -> Self:
        """Check and complete. Without maxima the observed one counts, and 1 where all cells are 0 or 1.

        ValueError where shapes differ, a cell is infinite or below 0, or a count is below 0.
        """
        table = np.array(scores, dtype=np.float64, ndmin=2)
        if table.ndim != 2:
            raise ValueError(f"a table is needed, not {table.ndim} dimensions")
        rows, width = table.shape
        names = tuple(items) if items is not None else tuple(f"item{n + 1}" for n in range(width))
        held = np.ones(rows) if counts is None else np.array(counts, dtype=np.float64)
        if len(names) != width or held.shape != (rows,) or len(set(names)) != width:
            raise ValueError(
                f"{len(names)} items and {held.shape} counts do not fit a table of {table.shape}"
            )
        if np.isinf(table).any() or (table < 0).any():
            raise ValueError("a score is infinite or below 0")
        if not (np.isfinite(held) & (held >= 0)).all():
            raise ValueError("a count is below 0 or not finite")
        top = observed_maxima(table[held > 0]) if maxima is None else np.array(maxima, dtype=np.float64)
        if top.shape != (width,) or (top <= 0).any():
            raise ValueError("each item needs a maximum above 0")
        if (table[held > 0] > top).any():
            raise ValueError("a score is above its maximum")
        return cls(names, table, held, top)

    @property
    def answered(self) -> Flags:
        """Which cells hold somebody's answer."""
        return np.asarray(~np.isnan(self.scores) & (self.counts > 0)[:, None])

    @property
    def n(self) -> int:
        """People with at least one answer."""
        return int(self.counts[self.answered.any(axis=1)].sum())

    @property
    def n_complete(self) -> int:
        """People without a gap."""
        return int(self.counts[self.answered.all(axis=1)].sum())

    @property
    def complete(self) -> tuple[Floats, Floats]:
        """Scores and counts of the rows without a gap."""
        whole = self.answered.all(axis=1)
        return self.scores[whole], self.counts[whole]

    @property
    def dichotomous(self) -> Flags:
        """Which items hold only 0 and their maximum."""
        fine = (self.scores == 0) | (self.scores == self.maxima) | ~self.answered
        return np.asarray(fine.all(axis=0))

    @property
    def binary(self) -> bool:
        """Whether every answer is 0 or 1."""
        return bool(((self.scores == 0) | (self.scores == 1) | ~self.answered).all())


def observed_maxima(table: Floats) -> Floats:
    """The highest score of each item; NaN where that is 0 or nobody answered, unless all cells are 0 or 1."""
    known = ~np.isnan(table)
    highest = np.max(table, axis=0, initial=-np.inf, where=known)
    if known.any() and bool(((table == 0) | (table == 1) | ~known).all()):
        return np.where(np.isinf(highest), np.nan, 1.0)
    return np.where(highest > 0, highest, np.nan)


def as_responses(patterns: dict[str, int]) -> Responses:
    """Patterns of one digit an item, `.` for missing, with how often each was seen."""
    rows = [[np.nan if mark == "." else float(mark) for mark in pattern] for pattern in patterns]
    return Responses.of(rows, counts=list(patterns.values()))


def without_model(responses: Responses) -> Figures:
    """The column of a parameter where no model was asked for."""
    width = len(responses.items)
    n = responses.counts @ responses.answered
    return column(
        np.full(width, np.nan), n, "none", Missing.NONE, [(np.ones(width, dtype=bool), Why.NO_MODEL)]
    )
