"""Clear rules over columns: each is a row with steps, and holds where its figure has reached one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from craftpath.engines.forewarning.types import Faulty, Flags, Floats, Whole


@dataclass(frozen=True, slots=True)
class Rule:
    """`steps` are (threshold, points), from the mildest to the strongest; `below`: it holds under the threshold.

    A figure that is not known (NaN) breaks no rule. `needs` are (column, least value) without which it says nothing.
    """

    code: str
    column: str
    steps: tuple[tuple[float, int], ...]
    below: bool = False
    needs: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """The stronger step lies further out, and gives more points."""
        if not self.steps or any(points <= 0 for _, points in self.steps):
            raise Faulty("rule_without_steps", rule=self.code)
        for (near, less), (far, more) in zip(self.steps, self.steps[1:], strict=False):
            if more <= less or (far >= near if self.below else far <= near):
                raise Faulty("rule_steps_unordered", rule=self.code)


@dataclass(frozen=True, slots=True)
class Findings:
    """A row for each person, a column for each rule in the order that they came: points (0: does not hold), figure."""

    codes: tuple[str, ...]
    points: Whole
    values: Floats

    @property
    def weight(self) -> Whole:
        """The sum of the points of each person."""
        return np.asarray(self.points.sum(axis=1), np.int64)

    @property
    def heaviest(self) -> Whole:
        """Which rule gives most for each person, the first of equals; -1 where none holds."""
        if not self.codes:
            return np.full(len(self.points), -1)
        return np.where(self.points.max(axis=1) > 0, self.points.argmax(axis=1), -1)


def judge(rules: Sequence[Rule], columns: Mapping[str, Floats], n: int) -> Findings:
    """Hold each rule against its column; a column that nobody brought is one in which nothing is known."""
    points, values = np.zeros((n, len(rules)), np.int64), np.full((n, len(rules)), np.nan)
    for at, rule in enumerate(rules):
        column = columns.get(rule.column)
        if column is None:
            continue
        values[:, at] = column
        may = ~np.isnan(column) & _met(rule, columns, n)
        for threshold, gives in rule.steps:
            reached = column < threshold if rule.below else column >= threshold
            points[may & reached, at] = gives
    return Findings(tuple(rule.code for rule in rules), points, values)


def _met(rule: Rule, columns: Mapping[str, Floats], n: int) -> Flags:
    met = np.ones(n, bool)
    for name, least in rule.needs:
        known = columns.get(name)
        met &= np.zeros(n, bool) if known is None else np.nan_to_num(known, nan=-np.inf) >= least
    return met
