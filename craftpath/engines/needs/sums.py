"""What has to be summed of complete pairs, once, so that every table of any group is an addition away.

A pair is complete where somebody gave both ratings of an item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from scipy import sparse

from craftpath.engines.needs.types import Answers, Flags, Places, Ratings

BLOCK = 1 << 18  # answers at a time, so that what is made on the way stays small


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Each of shape (kinds or values, items), over complete pairs of importance I and ability A."""

    n: Ratings
    importance: Ratings  # sum of I
    ability: Ratings
    importance_square: Ratings
    ability_square: Ratings
    product: Ratings  # sum of I times A
    below: Ratings  # pairs with A < I
    above: Ratings  # pairs with A > I

    def over(self, codes: Places, values: int) -> Sums:
        """The same by another split: `codes` says to which of the values each row belongs, -1 to none."""
        chosen = np.flatnonzero(codes >= 0)
        ones = np.ones(len(chosen))
        member = sparse.csr_array((ones, (codes[chosen], chosen)), shape=(values, len(codes)))
        return Sums(*(np.asarray(member @ getattr(self, one.name)) for one in fields(self)))

    def whole(self) -> Sums:
        """All rows together, as one row."""
        return self.over(np.zeros(len(self.n), dtype=np.int64), 1)


def sums_of(answers: Answers, kind: Places, kinds: int) -> Sums:
    """The sums by kind of respondent and item; `kind` has one place for every respondent."""
    items = len(answers.items)
    cells = kinds * items
    total = np.zeros((len(fields(Sums)), cells))
    for start in range(0, len(answers.item), BLOCK):
        rows = slice(start, start + BLOCK)
        importance, ability = answers.importance[rows], answers.ability[rows]
        cell = kind[answers.respondent[rows]] * items + answers.item[rows]
        there = np.flatnonzero(~np.isnan(importance + ability))
        if len(there) < len(cell):
            importance, ability, cell = importance[there], ability[there], cell[there]
        for sums, term in zip(total, _terms(importance, ability), strict=True):
            sums += np.bincount(cell, term, cells)
    return Sums(*total.reshape(-1, kinds, items))


def _terms(importance: Ratings, ability: Ratings) -> Iterator[Ratings | None]:
    """What is summed of each pair, in the order of the fields of `Sums`; None counts them."""
    yield None
    yield importance
    yield ability
    yield importance * importance
    yield ability * ability
    yield importance * ability
    yield (ability < importance).astype(np.float64)
    yield (ability > importance).astype(np.float64)


def doubled(answers: Answers) -> Flags:
    """Rows whose respondent has answered their item on an earlier row."""
    key = answers.respondent * len(answers.items) + answers.item
    order = np.argsort(key, kind="stable")
    again = np.zeros(len(key), dtype=np.bool_)
    again[order[1:]] = key[order[1:]] == key[order[:-1]]
    return again
