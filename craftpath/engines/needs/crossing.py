"""Respondents by all group columns at once: whoever has the same value in each of them is of one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from craftpath.engines.needs.types import Group, Places

MOST_COUNTED = 1 << 22  # kinds that could be, up to which they are counted instead of sorted


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """The kinds that there are: `codes` of shape (kinds, columns), -1 for none, and the kind of each respondent."""

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: Places
    of: Places

    @property
    def kinds(self) -> int:
        """How many kinds there are."""
        return len(self.codes)

    @property
    def people(self) -> Places:
        """Respondents of each kind."""
        return np.bincount(self.of, minlength=self.kinds)


def crossing(groups: Mapping[str, Group], names: Sequence[str], respondents: int) -> Crossing:
    """The kinds of respondents by these columns; without a column all are of one kind."""
    sizes = tuple(len(groups[name].values) + 1 for name in names)
    key = np.zeros(respondents, dtype=np.int64)
    for name, size in zip(names, sizes, strict=True):
        key = key * size + (groups[name].of + 1)
    kinds, of = _numbered(key, prod(sizes))
    codes = np.stack(np.unravel_index(kinds, sizes), axis=1) - 1 if names else np.zeros((len(kinds), 0))
    return Crossing(tuple(names), tuple(groups[name].values for name in names), codes.astype(np.int64), of)


def _numbered(key: Places, possible: int) -> tuple[Places, Places]:
    """The keys that occur, rising, and where each row's key stands among them."""
    if possible > MOST_COUNTED:
        kinds, of = np.unique(key, return_inverse=True)
        return kinds, of
    there = np.bincount(key, minlength=possible) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[key]
