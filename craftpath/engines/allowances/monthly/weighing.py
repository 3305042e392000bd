"""What each piece weighs: days or minutes times share, ratio, result and minimum, in whole numbers.

An amount times a weight over `whole` is the exact pay. Weights stay under 2^63: a pair has at most 31 days and 44,640
minutes in a month, and three factors are at most 1000 each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.allowances.monthly.coding import Flags, Ints, Table, Worked
from craftpath.engines.allowances.monthly.pieces import Pieces
from craftpath.engines.allowances.monthly.types import NONE, WHOLE, Basis, Rule

_HOUR = 60
_WEEK, _MONDAY = 7, 3  # 1970-01-01, from which days are counted, was a Thursday


@dataclass(frozen=True, slots=True)
class Weighed:
    """One row a piece: the factors in per mille, whether the minimum is met, and the weight of them all."""

    share: Ints
    ratio: Ints
    over: Flags
    result: Ints
    reached: Flags
    weight: Ints


def whole(rule: Rule, days: int) -> int:
    """What a full month, or an hour, of a whole share weighs without reductions."""
    return (days if rule.basis is Basis.PAIR_MONTH else _HOUR) * WHOLE**3


def weighed(table: Table, rule: Rule, parts: Pieces, reached: Flags) -> Weighed:
    """The factors of one rule's pieces; `reached` says of each pair whether it has the minimum."""
    share = table.share[parts.row]
    ratio, over = _ratio(rule, parts.apprentices, table.capacity[parts.row])
    result = _result(rule, table.result[parts.row])
    met = reached[table.pair.codes[parts.row]]
    amount = quantity(rule, parts, table.month.days)
    return Weighed(share, ratio, over, result, met, amount * share * ratio * result * met)


def quantity(rule: Rule, parts: Pieces, days: int) -> Ints:
    """Days or minutes of each piece; the whole month where the rule does not go by days."""
    if rule.basis is not Basis.PAIR_MONTH:
        return parts.minutes
    return parts.days if rule.by_day else np.full(len(parts.days), days)


def _ratio(rule: Rule, apprentices: Ints, capacity: Ints) -> tuple[Ints, Flags]:
    factor = np.full(len(apprentices), WHOLE)
    if rule.ratio:
        unbounded = np.iinfo(np.int64).max
        most = np.array([unbounded if band.most is None else band.most for band in rule.ratio])
        factors = np.array([*(band.factor for band in rule.ratio), 0])
        factor = factors[np.searchsorted(most, apprentices, side="left")]
    if rule.over_capacity is None:
        return factor, np.zeros(len(factor), bool)
    over = (capacity != NONE) & (apprentices > capacity)
    return np.where(over, rule.over_capacity, factor), over


def _result(rule: Rule, result: Ints) -> Ints:
    if not rule.results:
        return np.full(len(result), WHOLE)
    least = np.array([band.least for band in rule.results])
    factors = np.array([0, *(band.factor for band in rule.results)])
    factor = factors[np.searchsorted(least, result, side="right")]
    return np.where(result == NONE, rule.undecided, factor)


@dataclass(frozen=True, slots=True)
class Effort:
    """One row a pair: confirmed minutes of the apprentice in the month, and in how many ISO weeks they lie."""

    minutes: Ints
    weeks: Ints

    @classmethod
    def of(cls, table: Table, worked: Worked) -> Effort:
        """Add up the entries of every pair."""
        own = ~worked.session & (worked.minutes > 0)
        pair, n = table.pair.codes[worked.row[own]], len(table.pair.words)
        minutes = np.zeros(n, np.int64)
        np.add.at(minutes, pair, worked.minutes[own])
        first = int(np.datetime64(table.month.period.start, "D").astype(np.int64))
        week = (first + worked.day[own] + _MONDAY) // _WEEK - (first + _MONDAY) // _WEEK
        weeks = np.zeros(n, np.int64)
        np.bitwise_or.at(weeks, pair, np.left_shift(1, week))
        return cls(minutes, np.bitwise_count(weeks).astype(np.int64))

    def reaches(self, rule: Rule) -> Flags:
        """Which pairs have the rule's minimum."""
        return (self.minutes >= rule.least_minutes) & (self.weeks >= rule.least_weeks)
