"""Which days of which stretches does each rule pay for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from craftpath.engines.allowances.monthly.coding import Flags, Ints, Table, highest
from craftpath.engines.allowances.monthly.types import Rule

CONDITIONS = (
    ("kind", "kinds"), ("role", "roles"), ("occupation", "occupations"), ("programme", "programmes"),
    ("stage", "stages"),
)  # fmt: skip
"""Columns of pairs with the words of a rule that restrict them."""


def paid_days(table: Table, rules: Sequence[Rule]) -> list[Ints]:
    """For each rule the days, as bits, of each stretch: those that no rule of greater priority has taken."""
    taken = {rule.component: np.zeros(len(table), np.int64) for rule in rules}
    found: dict[int, Ints] = {}
    for at in sorted(range(len(rules)), key=lambda at: -rules[at].priority):
        rule = rules[at]
        days = np.where(met(table, rule), table.bits & table.month.of_period(rule.valid), 0)
        if not rule.by_day:
            days = days & _last_day(table)
        found[at] = days & ~taken[rule.component]
        taken[rule.component] |= days
    return [found[at] for at in range(len(rules))]


def met(table: Table, rule: Rule) -> Flags:
    """Which stretches meet every condition in words."""
    return _met(table, rule, CONDITIONS)


def counted(table: Table, rule: Rule) -> Ints:
    """How many apprentices each trainer has on each day in pairs of the rule's kinds and roles: trainer x day.

    An apprentice whom the trainer has in two such pairs counts once.
    """
    found = np.zeros((len(table.trainer.words), table.month.days), np.int64)
    rows = np.flatnonzero(_met(table, rule, CONDITIONS[:2]))
    if not len(rows):
        return found
    couple = table.trainer.codes[rows] * len(table.apprentice.words) + table.apprentice.codes[rows]
    order = np.argsort(couple, kind="stable")
    first = np.flatnonzero(np.diff(couple[order], prepend=-1))
    days = np.bitwise_or.reduceat(table.bits[rows][order], first)
    trainer = table.trainer.codes[rows][order][first]
    for day in range(table.month.days):
        found[:, day] = np.bincount(trainer[np.right_shift(days, day) & 1 == 1], minlength=len(found))
    return found


def meetings(rules: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """Rules, two and two, that could pay the same pair for the same day and component."""
    for at, rule in enumerate(rules):
        for later in range(at + 1, len(rules)):
            other = rules[later]
            if (rule.component, rule.priority) == (other.component, other.priority) and _meet(rule, other):
                yield at, later


def _meet(rule: Rule, other: Rule) -> bool:
    if not rule.valid.overlaps(other.valid):
        return False
    words = [(set(getattr(rule, name)), set(getattr(other, name))) for _, name in CONDITIONS]
    return all(not mine or not yours or mine & yours for mine, yours in words)


def _met(table: Table, rule: Rule, conditions: Sequence[tuple[str, str]]) -> Flags:
    flags = np.ones(len(table), bool)
    for column, name in conditions:
        wanted = getattr(rule, name)
        if wanted:
            flags &= getattr(table, column).among(frozenset(wanted))
    return flags


def _last_day(table: Table) -> Ints:
    """The last day of each stretch's pair in the month, as a bit."""
    last = np.zeros(len(table.pair.words), np.int64)
    np.maximum.at(last, table.pair.codes, highest(table.bits))
    return np.left_shift(1, last[table.pair.codes])
