"""Is a person-year claimed twice? Over all rows at once, whoever made the claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.allowances.subsidies.types import Claims
from craftpath.values.period import Period

Ints = npt.NDArray[np.int64]


class Twice(StrEnum):
    """What two rows have in common that they may not."""

    PERSON_YEAR = "person_year"  # the same days of the same person, for the same subsidy at whatever levels
    COMBINED = "combined"  # the same days, for subsidies that may not run side by side
    LEVEL = "level"  # an earlier claim for the same or a higher level of the same occupation


@dataclass(frozen=True, slots=True)
class Double:
    """Two rows of the columns, the earlier one first, and the days that both cover (None: not the same days)."""

    why: Twice
    person: str
    rows: tuple[int, int]
    claims: tuple[str, str]
    overlap: Period | None


def double_claims(
    claims: Claims, apart: Collection[tuple[str, str]] = (), *, once_per_level: bool = False
) -> tuple[Double, ...]:
    """Every two rows that cannot both be paid, by person, claims and days.

    `apart` are subsidies, two and two, that may not cover the same days. `once_per_level` also finds a later claim at
    the same or a lower level of the same occupation; parts of one claim are not held against each other in this.
    """
    rows = np.arange(len(claims.person))
    columns = (_coded(claims.claim, rows), _days(claims.end, rows), _days(claims.start, rows))
    rows = rows[np.lexsort((*columns, _coded(claims.person, rows)))]
    if not len(rows):
        return ()
    one, other = _overlapping(claims, rows)
    barred = frozenset(apart) | {(b, a) for a, b in apart}
    found = [*_same_days(claims, barred, one, other)]
    if once_per_level:
        found += _same_level(claims, *_after(claims, rows))
    return tuple(sorted(found, key=lambda double: (double.person, double.claims, double.why, double.rows)))


def _coded(column: Any, rows: Ints) -> Ints:
    place = {word: at for at, word in enumerate(sorted(set(column)))}
    codes = np.fromiter((place[word] for word in column), np.int64, len(column))
    return codes[rows]


def _days(column: Any, rows: Ints) -> Ints:
    return np.asarray(column, "datetime64[D]").astype(np.int64)[rows]


def _overlapping(claims: Claims, rows: Ints) -> tuple[Ints, Ints]:
    """Every two rows of one person that share a day: of each row, those that begin before it ends."""
    person, start, end = _coded(claims.person, rows), _days(claims.start, rows), _days(claims.end, rows)
    low = int(start.min())
    width = int(max(end.max(), start.max())) - low + 1
    keys = person * width + (start - low)
    until = np.searchsorted(keys, person * width + (end - low), side="left")
    one, other = _followers(np.maximum(until - np.arange(len(rows)) - 1, 0))
    real = (end[one] > start[one]) & (end[other] > start[other])
    return rows[one[real]], rows[other[real]]


def _after(claims: Claims, rows: Ints) -> tuple[Ints, Ints]:
    """Every two rows of one person of which the second begins when the first has ended."""
    person, start, end = _coded(claims.person, rows), _days(claims.start, rows), _days(claims.end, rows)
    until = np.searchsorted(person, person, side="right")
    one, other = _followers(until - np.arange(len(rows)) - 1)
    real = end[one] <= start[other]
    return rows[one[real]], rows[other[real]]


def _followers(counts: Ints) -> tuple[Ints, Ints]:
    """Each row beside as many rows after it as its count says."""
    one = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return one, one + 1 + np.arange(len(one)) - first[one]


def _same_days(
    claims: Claims, barred: Collection[tuple[str, str]], one: Ints, other: Ints
) -> Iterator[Double]:
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        kinds = claims.subsidy[a], claims.subsidy[b]
        if kinds[0] == kinds[1]:
            yield _double(claims, Twice.PERSON_YEAR, a, b)
        elif kinds in barred:
            yield _double(claims, Twice.COMBINED, a, b)


def _same_level(claims: Claims, one: Ints, other: Ints) -> Iterator[Double]:
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        alike = (claims.subsidy[a], claims.occupation[a]) == (claims.subsidy[b], claims.occupation[b])
        if alike and claims.claim[a] != claims.claim[b] and claims.rank[a] >= claims.rank[b]:
            yield _double(claims, Twice.LEVEL, a, b)


def _double(claims: Claims, why: Twice, a: int, b: int) -> Double:
    spans = [Period(_day(claims.start[at]), _day(claims.end[at])) for at in (a, b)]
    overlap = spans[0].intersection(spans[1])
    return Double(why, claims.person[a], (a, b), (claims.claim[a], claims.claim[b]), overlap)


def _day(value: Any) -> date:
    found: date = np.datetime64(value, "D").astype(date)
    return found
