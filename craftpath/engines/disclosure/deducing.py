"""What a reader can work out of published figures by adding and subtracting them.

Every published cell is the sum of its atoms. A set of atoms can be worked out where its row of ones is a linear
combination of the rows of published cells. Rows of atoms would be long; what is asked for needs only how many atoms
two cells share: with G the table of these numbers, t is a combination where t·t = (P t)' G⁻ (P t).
"""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from scipy import sparse

from craftpath.engines.disclosure.types import Flags, Floats, Places

TINY = 1e-6
MOST_SETS = 50_000  # sets of atoms of one size that are looked through


class Layer:
    """The atoms of one layer that anybody is in, and the cells that they are summed up to.

    `cells` has shape (atoms, columns), -1 for none; `count` is the number of cells. The whole is cell `count`. Fewer
    than `least` people are too few, nobody too where `empty` says so.
    """

    def __init__(self, cells: Places, count: int, weights: Places, least: int, empty: bool) -> None:
        self.least, self.empty = least, empty
        there = weights > 0
        self.cells, self.weights, self.count = cells[there], weights[there], count
        atoms, columns = self.cells.shape
        rows = np.repeat(np.arange(atoms), columns)
        given = self.cells.ravel() >= 0
        cell = np.concatenate([self.cells.ravel()[given], np.full(atoms, count)])
        atom = np.concatenate([rows[given], np.arange(atoms)])
        self.member = sparse.csr_array((np.ones(len(cell)), (cell, atom)), shape=(count + 1, atoms))
        weighted = sparse.csr_array(self.member * self.weights)
        self.sizes: Floats = self.member @ self.weights.astype(np.float64)
        self.shared: Floats = (weighted @ self.member.T).toarray()  # people that two cells share
        self.crossed: Floats = (self.member @ self.member.T).toarray()  # atoms that two cells share

    def deduced(self, shown: Flags) -> Places | None:
        """A small set of atoms that follows from what is shown, as the cells that it takes.

        The whole is cell `count`. None where nothing follows.
        """
        published = np.flatnonzero(np.append(shown, True))
        table = self.crossed[np.ix_(published, published)]
        inverse: Floats = np.linalg.pinv(table, rcond=1e-9, hermitian=True).astype(np.float64)
        told = self._cells_that_follow(published, inverse)
        if told is not None:
            return told
        small = np.flatnonzero(self.weights < self.least)
        ones = self.member[published][:, small].toarray()
        found = self._follows(ones, inverse, self.weights[small])
        if found is None:
            return None
        way = inverse @ ones[:, found].sum(axis=1)
        return np.asarray(published[np.abs(way) > TINY])

    def _cells_that_follow(self, published: Places, inverse: Floats) -> Places | None:
        """What tells a hidden cell that is too small, or the few without a value in a column, however many atoms."""
        there = np.isin(np.arange(self.count + 1), published)
        few = np.flatnonzero(~there & (self.sizes > 0) & (self.sizes < self.least))
        blank = (self.cells.T < 0).astype(np.float64)
        people = blank @ self.weights
        sets = np.vstack([self.member[few].toarray(), blank[(people > 0) & (people < self.least)]])
        shares = self.member[published] @ sets.T
        told = np.flatnonzero(sets.sum(axis=1) - (shares * (inverse @ shares)).sum(axis=0) < TINY)
        if not len(told):
            return None
        return np.asarray(published[np.abs(inverse @ shares[:, told[0]]) > TINY])

    def _follows(self, ones: Floats, inverse: Floats, weights: Places) -> Places | None:
        """The first set of atoms that follows: single ones first, then sets of fewer than `least` people."""
        reached = inverse @ ones
        single = np.flatnonzero(1 - (ones * reached).sum(axis=0) < TINY)
        if len(single):
            return single[:1]
        if comb(len(weights), 2) > MOST_SETS:
            return None
        rest = np.eye(len(weights)) - ones.T @ reached
        for size in range(2, min(self.least, len(weights) + 1)):
            if comb(len(weights), size) > MOST_SETS:
                return None
            sets = np.array(list(combinations(range(len(weights)), size)), dtype=np.int64)
            sets = sets[weights[sets].sum(axis=1) < self.least]
            left = rest[sets[:, :, None], sets[:, None, :]].sum(axis=(1, 2))
            follows = np.flatnonzero(left < TINY)
            if len(follows):
                return np.asarray(sets[follows[0]])
        return None

    def remainder(self, shown: Flags, columns: Places) -> Places | None:
        """A shown cell (or the whole), and shown cells of one column inside it, that leave too few.

        The cells of such a difference; None where there is none. The hidden cells of a column that are together
        nobody count too: that they are empty would follow.
        """
        published = np.flatnonzero(np.append(shown, True))
        inner = np.flatnonzero(shown)
        inside = self.shared[np.ix_(published, inner)] == self.sizes[inner]
        for column in np.unique(columns[inner]):
            mine = columns[inner] == column
            held = inside[:, mine] * self.sizes[inner[mine]]
            left = self.sizes[published] - held.sum(axis=1)
            empty = self.empty & (published == self.count) & (~shown[columns == column]).any()
            for at in np.flatnonzero(((left > 0) | empty) & (left < self.least)):
                return np.append(inner[mine][inside[at, mine]], published[at])
        return None
