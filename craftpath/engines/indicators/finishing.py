"""From additive parts to values: exact, rounded once, half up.

Parts are columns of integers, one place a cell; a value is an integer too, times ten to the power of the indicator's
places. Nothing passes through a binary fraction but the bounds of intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.indicators.catalogue.completion import AT_RISK, COMPLETED_IN, LEFT_IN
from craftpath.engines.indicators.life import Quarter, Z, life_table, projected, retention
from craftpath.engines.indicators.parts import Part
from craftpath.engines.indicators.types import Indicator, Method, Why
from craftpath.figures.wilson import wilson
from craftpath.values.rounding import half_up

Whole = npt.NDArray[Any]  # int64, or Python integers where 64 bits would not do
Flags = npt.NDArray[np.bool_]
FIRST_YEAR = 4
_SAFE = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """Values of one indicator, one place a cell.

    `scaled` are values times 10**places where `known`; where not, `reasons` says why. `low` and `high` are scaled
    bounds of 95 %, None where the indicator has none. `counted` is what the privacy floor looks at, and `around` the
    larger crowds that it also looks at.
    """

    indicator: Indicator
    n: Whole
    counted: Whole
    scaled: Whole
    known: Flags
    low: Whole | None = None
    high: Whole | None = None
    around: tuple[Whole, ...] = ()

    def reasons(self) -> list[str]:
        """Why there is no value, empty where there is one."""
        pairs = zip(self.known.tolist(), self.n.tolist(), strict=True)
        return ["" if known else (Why.OPEN_END if n else Why.NO_ROWS).value for known, n in pairs]

    def small(self, least_people: Any = None) -> Flags:
        """Where fewer people than the floor would be told of.

        `least_people` is how many different people a cell has for sure where that is less than `counted`, since
        the same people stand in several periods of it. Where nobody at all was counted there is nobody to protect.
        Crowds around them are not looked at here.
        """
        people = self.counted if least_people is None else np.asarray(least_people)
        somebody = (people > 0) if self.around else (people > 0) | (self.n > 0)
        return np.asarray((people < self.indicator.floor) & somebody)

    def values(self) -> list[Decimal | None]:
        """The values as decimals with exactly the indicator's places; None where there is none."""
        return self._decimals(self.scaled)

    def bounds(self) -> list[tuple[Decimal, Decimal] | None]:
        """Bounds as decimals; None where there are none."""
        if self.low is None or self.high is None:
            return [None] * len(self.n)
        pairs = zip(self._decimals(self.low), self._decimals(self.high), strict=True)
        return [None if low is None or high is None else (low, high) for low, high in pairs]

    def _decimals(self, column: Whole) -> list[Decimal | None]:
        shift = -self.indicator.places
        return [
            Decimal(int(value)).scaleb(shift) if known else None
            for value, known in zip(column.tolist(), self.known.tolist(), strict=True)
        ]


def finish(indicator: Indicator, parts: Mapping[str, Any]) -> Finished:
    """The values of cells from their parts (key → integers, one place a cell)."""
    columns = {part.key: np.asarray(parts[part.key], dtype=np.int64) for part in indicator.parts}
    n, counted = _added(indicator.n, columns), _added(indicator.counted, columns)
    scaled, known, low, high = _METHODS[indicator.method](indicator, columns)
    empty = n == 0
    adds_up = indicator.method in (Method.SUM, Method.DIFFERENCE)
    known = known & (~empty | (adds_up & (scaled == 0)))  # that nothing was counted is a value of a sum only
    around = tuple(_added(crowd, columns) for crowd in indicator.around)
    return Finished(indicator, n, counted, np.where(known, scaled, 0), known, low, high, around)


def _added(parts: tuple[Part, ...], columns: Mapping[str, Whole]) -> Whole:
    total = columns[parts[0].key]
    for part in parts[1:]:
        total = total + columns[part.key]
    return total


def quotient(top: Whole, base: Whole, factor: int) -> Whole:
    """`top` times `factor` by `base`, half up; 0 where `base` is 0. A half of a negative value goes up too."""
    most = max((int(abs(column).max(initial=0)) for column in (top, base)), default=0)
    if 2 * most * max(factor, 1) + most >= _SAFE:
        top, base = top.astype(object), base.astype(object)
    safe = np.where(base == 0, 1, base)
    return np.asarray(np.where(base == 0, 0, (2 * top * factor + safe) // (2 * safe)))


def _scale(indicator: Indicator) -> tuple[int, int]:
    """Factor and divisor of scaled values, cut down."""
    exact = Fraction(*indicator.factor) * 10**indicator.places
    return exact.numerator, exact.denominator


Made = tuple[Whole, Flags, Whole | None, Whole | None]


def _sum(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _scaled(indicator, _added(indicator.top, columns))


def _difference(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _scaled(indicator, columns[indicator.top[0].key] - _added(indicator.top[1:], columns))


def _scaled(indicator: Indicator, top: Whole) -> Made:
    factor, divisor = _scale(indicator)
    value = quotient(top, np.full(top.shape, divisor, np.int64), factor)
    return value, np.ones(top.shape, dtype=np.bool_), None, None


def _quotient(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    top, base = _added(indicator.top, columns), _added(indicator.base, columns)
    return _divided(indicator, top, base)


def _growth(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    top = columns[indicator.top[0].key] - _added(indicator.top[1:], columns)
    return _divided(indicator, top, _added(indicator.base, columns))


def _divided(indicator: Indicator, top: Whole, base: Whole) -> Made:
    factor, divisor = _scale(indicator)
    value = quotient(top, base * divisor, factor)
    if not indicator.interval:
        return value, base > 0, None, None
    low, high = wilson(top, base)
    return value, base > 0, _rounded(low, indicator.places), _rounded(high, indicator.places)


def _rounded(bounds: npt.NDArray[np.float64], places: int) -> Whole:
    return np.asarray(np.floor(np.nan_to_num(bounds) * 10**places + 0.5), dtype=np.int64)


def _median(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _middle(indicator, columns, 0)


def _median_quarter(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _middle(indicator, columns, 1)


def _middle(indicator: Indicator, columns: Mapping[str, Whole], first: int) -> Made:
    """The middle of whole numbers from `first` on; of an even number of them the mean of the two in the middle."""
    counts = np.stack([columns[part.key] for part in indicator.top])
    upto = np.cumsum(counts, axis=0)
    total = upto[-1]
    lower = (upto > (total - 1) // 2).argmax(axis=0)
    upper = (upto > total // 2).argmax(axis=0)
    factor, divisor = _scale(indicator)
    twice = lower + upper + 2 * first
    return quotient(twice, np.full(total.shape, 2 * divisor, np.int64), factor), total > 0, None, None


def _curves(
    indicator: Indicator, columns: Mapping[str, Whole], of: Callable[[Any], tuple[Fraction, float] | None]
) -> Made:
    """A figure of each cell's life table; equal tables are worked out once."""
    stacked = np.stack([columns[part.key] for part in indicator.top]).T
    quarters = stacked.shape[1] // 3
    unit = 10**indicator.places
    rows: list[tuple[int, bool, int, int]] = []
    seen: dict[bytes, tuple[int, bool, int, int]] = {}
    for row in stacked:
        key = row.tobytes()
        if key not in seen:
            at, completed, left = (row[k * quarters : (k + 1) * quarters].tolist() for k in range(3))
            found = of(life_table(at, completed, left))
            if found is None:
                seen[key] = (0, False, 0, 0)
            else:
                value, error = found
                low, high = max(0.0, float(value) - Z * error), min(1.0, float(value) + Z * error)
                exact = int(half_up(value, indicator.places) * unit)
                seen[key] = (exact, True, int(low * unit + 0.5), int(high * unit + 0.5))
        rows.append(seen[key])
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    return table[:, 0], table[:, 1].astype(np.bool_), table[:, 2], table[:, 3]


def life_tables(parts: Mapping[str, Any]) -> list[list[Quarter]]:
    """The life table of each cell, for survival curves by place, occupation or anything else.

    `parts` are those of `projected_completion`: key → integers, one place a cell.
    """
    of = [
        np.stack([np.asarray(parts[part.key], np.int64) for part in some]).T
        for some in (AT_RISK, COMPLETED_IN, LEFT_IN)
    ]
    return [life_table(*map(np.ndarray.tolist, rows)) for rows in zip(*of, strict=True)]


def _projected(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _curves(indicator, columns, projected)


def _survival(indicator: Indicator, columns: Mapping[str, Whole]) -> Made:
    return _curves(indicator, columns, lambda rows: retention(rows, FIRST_YEAR))


_METHODS: Mapping[Method, Callable[[Indicator, Mapping[str, Whole]], Made]] = {
    Method.SUM: _sum,
    Method.QUOTIENT: _quotient,
    Method.DIFFERENCE: _difference,
    Method.GROWTH: _growth,
    Method.MEDIAN: _median,
    Method.MEDIAN_QUARTER: _median_quarter,
    Method.PROJECTED: _projected,
    Method.SURVIVAL: _survival,
}
