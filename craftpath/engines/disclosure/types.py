"""Tables over the same people as columns, and what of them is hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """How people are split, and how many of them each figure rests on.

    People who have the same value in every column are an atom. `codes` has shape (atoms, columns) and holds each
    atom's value in each column, -1 for none; `sizes` says how many values a column has. `weights` has shape
    (layers, atoms): the first layer counts people, each further one those who answered a question.
    """

    codes: Places
    sizes: tuple[int, ...]
    weights: Places

    @property
    def starts(self) -> Places:
        """Where each column's cells begin among all cells; the last is their number."""
        return np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.int64)

    def cells(self) -> Places:
        """The cell of each atom in each column, counted through all columns; -1 for none."""
        starts = self.starts[:-1]
        return np.where(self.codes < 0, -1, self.codes + starts)


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What a reader may not see: `whole` has one place a layer, each of `columns` has shape (layers, values)."""

    whole: Flags
    columns: tuple[Flags, ...]
