"""Columns of words as small numbers, in an order that does not depend on the order of the rows.

Days of the month become bits of one whole number a row: the first day is bit 0. Both make what follows array work.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.allowances.monthly.types import NONE, Hours, Pairs
from craftpath.values.period import Period, month_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
DAY_KEYS = 64
"""A number and a day of the month make one key: number x 64 + day."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: the words, sorted, and the place of each row's word among them."""

    words: tuple[str, ...]
    codes: Ints

    @classmethod
    def of(cls, column: Sequence[str]) -> Coded:
        """Code a column."""
        words = sorted(set(column))
        place = {word: at for at, word in enumerate(words)}
        codes = np.fromiter(map(place.__getitem__, column), np.int64, len(column))
        return cls(tuple(words), codes)

    def among(self, wanted: Collection[str]) -> Flags:
        """Which rows have one of these words."""
        known = np.array([word in wanted for word in self.words], dtype=bool)
        return known[self.codes] if len(known) else np.zeros(0, bool)

    def taken(self, rows: Any) -> Coded:
        """Some of the rows."""
        return Coded(self.words, self.codes[rows])


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: its period and its number of days."""

    period: Period
    days: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        period = month_of(day)
        return cls(period, period.days)

    def offsets(self, days: Any) -> Ints:
        """Days as places in the month, 0 to its length; what lies outside is brought to its edges, NaT to the end."""
        column = np.asarray(days, dtype="datetime64[D]")
        places = (column - np.datetime64(self.period.start, "D")).astype(np.int64)
        return np.where(np.isnat(column), self.days, np.clip(places, 0, self.days))

    def bits(self, start: Any, end: Any) -> Ints:
        """The days of the month that lie in [start, end), as bits."""
        low, high = self.offsets(start), self.offsets(end)
        return np.left_shift(1, high) - np.left_shift(1, np.minimum(low, high))

    def of_period(self, period: Period) -> int:
        """The days of the month that lie in a period, as bits."""
        return int(self.bits([period.start], [period.end])[0])


@dataclass(frozen=True, slots=True)
class Table:
    """The stretches that have days in the month, by pair and start. `bits` are the days."""

    month: Month
    bits: Ints
    pair: Coded
    trainer: Coded
    apprentice: Coded
    kind: Coded
    role: Coded
    occupation: Coded
    programme: Coded
    stage: Coded
    enterprise: Coded
    college: Coded
    share: Ints
    capacity: Ints
    result: Ints

    def __len__(self) -> int:
        return len(self.bits)


@dataclass(frozen=True, slots=True)
class Worked:
    """Confirmed minutes that fall on a day of a stretch: the row of the stretch, the day's place, the minutes."""

    row: Ints
    day: Ints
    minutes: Ints
    session: Flags


_WORDS = (
    "trainer", "apprentice", "kind", "role", "occupation", "programme", "stage", "enterprise", "college",
)  # fmt: skip


def tabled(month: Month, pairs: Pairs) -> Table:
    """The rows of the month in their order; what is not decided is no result."""
    pair, bits = Coded.of(pairs.pair), month.bits(pairs.start, pairs.end)
    rows = np.flatnonzero(bits)
    rows = rows[np.lexsort((month.offsets(pairs.start)[rows], pair.codes[rows]))]
    result = np.where(numbers(pairs.decided) != 0, numbers(pairs.result), NONE)
    words = {name: Coded.of(getattr(pairs, name)).taken(rows) for name in _WORDS}
    return Table(
        month=month,
        bits=bits[rows],
        pair=pair.taken(rows),
        share=numbers(pairs.share)[rows],
        capacity=numbers(pairs.capacity)[rows],
        result=result[rows],
        **words,
    )


def numbers(column: Any) -> Ints:
    """A column of whole numbers; TypeError for one that holds anything else."""
    found = np.asarray(column)
    if found.size and found.dtype.kind not in "iub":
        raise TypeError("whole numbers are wanted")
    return found.astype(np.int64)


def worked(table: Table, hours: Hours) -> tuple[Worked, Flags]:
    """Each entry in the month on its stretch; and which entries lie in no stretch of their pair in the month."""
    place = {word: at for at, word in enumerate(table.pair.words)}
    pair = np.fromiter((place.get(word, NONE) for word in hours.pair), np.int64, len(hours.pair))
    days = np.asarray(hours.day, dtype="datetime64[D]")
    day = (days - np.datetime64(table.month.period.start, "D")).astype(np.int64)
    inside = (day >= 0) & (day < table.month.days)
    day = np.where(inside, day, 0)
    starts = table.pair.codes * DAY_KEYS + lowest(table.bits)
    row = np.searchsorted(starts, pair * DAY_KEYS + day, side="right") - 1
    held = inside & (row >= 0)
    at = np.maximum(row, 0)
    if len(table):
        held &= (table.pair.codes[at] == pair) & (np.right_shift(table.bits[at], day) & 1 == 1)
    else:
        held &= False
    session = np.asarray(hours.session, dtype=bool)
    return Worked(row[held], day[held], numbers(hours.minutes)[held], session[held]), ~held


def lowest(bits: Ints) -> Ints:
    """The place of the first day in each; bits are not 0."""
    return highest(bits & -bits)


def highest(bits: Ints) -> Ints:
    """The place of the last day in each; bits are not 0. Days are at most 31, which a float holds exactly."""
    return np.frexp(bits.astype(np.float64))[1].astype(np.int64) - 1
