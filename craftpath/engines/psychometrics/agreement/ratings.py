"""Ratings as columns: one row a unit, one column a rater, NaN where a rater gave none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np

from craftpath.figures.figure import Flags, Floats, Whole


class Level(StrEnum):
    """What may be done with the values: told apart, ordered, subtracted, divided."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"

    @property
    def measured(self) -> bool:
        """Whether differences mean something."""
        return self in (Level.INTERVAL, Level.RATIO)


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Values of units by raters. A nominal value is a number that stands for a category.

    `ordered` says whether the numbers stand in the order of what they mean: words that were numbered do not.
    """

    values: Floats
    ordered: bool = True

    @classmethod
    def of(cls, values: Any, ordered: bool = True) -> Self:
        """Check the table; ValueError where it is none or holds an infinite value."""
        table = np.array(values, dtype=np.float64, ndmin=2)
        if table.ndim != 2 or np.isinf(table).any():
            raise ValueError("ratings are a table of finite numbers, NaN where there is none")
        return cls(table, ordered)

    @property
    def rated(self) -> Flags:
        """Which cells hold a rating."""
        return ~np.isnan(self.values)

    @property
    def raters(self) -> int:
        """Columns, also of raters who gave nothing."""
        return int(self.values.shape[1])

    @property
    def pairable(self) -> Floats:
        """The rows with two ratings or more."""
        return np.asarray(self.values[self.rated.sum(axis=1) >= 2])

    @property
    def units(self) -> int:
        """How many rows have two ratings or more."""
        return int((self.rated.sum(axis=1) >= 2).sum())


def coded(values: Floats) -> tuple[Floats, Whole]:
    """The distinct values in order, and of each cell which it is; -1 where there is none."""
    known = ~np.isnan(values)
    categories, place = np.unique(values[known], return_inverse=True)
    codes = np.full(values.shape, -1, dtype=np.int64)
    codes[known] = place.reshape(-1)
    return categories, codes


def tallied(values: Floats) -> tuple[Floats, Floats]:
    """The distinct values, and how often each unit got each of them."""
    categories, codes = coded(values)
    units = np.broadcast_to(np.arange(len(values))[:, None], values.shape)
    known = codes >= 0
    size = len(values) * len(categories)
    flat = np.bincount(units[known] * len(categories) + codes[known], minlength=size)
    return categories, flat.reshape(len(values), len(categories)).astype(np.float64)
