"""Caps over lines: one after the other, a pair's before its trainer's, the trainer's before the whole run's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from craftpath.engines.allowances.monthly.answers import Cuts, Lines
from craftpath.engines.allowances.monthly.coding import Coded, Flags, Ints, numbers
from craftpath.engines.allowances.monthly.sharing import capped
from craftpath.engines.allowances.monthly.types import Cap, Earlier, Rule, Scope


def cut(lines: Lines, rules: Sequence[Rule], caps: Sequence[Cap], earlier: Earlier) -> tuple[Lines, Cuts]:
    """The lines after all caps, and what each cap took from which line."""
    amount, taken = lines.amount, list[tuple[Ints, Ints, Ints, Ints]]()
    for at, cap in enumerate(caps):
        rows = np.flatnonzero(_held(lines, rules, cap))
        if not len(rows):
            continue
        group, most = _groups(lines, cap, rows, earlier)
        before = amount[rows]
        after = capped(before, group, most)
        less = np.flatnonzero(after != before)
        taken.append((rows[less], np.full(len(less), at), before[less], after[less]))
        amount = amount.copy()
        amount[rows] = after
    columns = [np.concatenate(column) for column in zip(*taken, strict=True)]
    cuts = Cuts(*columns) if columns else Cuts(*(np.zeros(0, np.int64) for _ in range(4)))
    return replace(lines, amount=amount), cuts


def _held(lines: Lines, rules: Sequence[Rule], cap: Cap) -> Flags:
    """Which lines a cap holds."""
    held = [
        rule.currency == cap.currency and (not cap.components or rule.component in cap.components)
        for rule in rules
    ]
    return np.array(held, bool)[lines.rule]


def _groups(lines: Lines, cap: Cap, rows: Ints, earlier: Earlier) -> tuple[Ints, Ints]:
    """The group of each line, and the most that each group may come to."""
    if cap.scope is Scope.RUN:
        return np.zeros(len(rows), np.int64), np.array([cap.most], np.int64)
    names = lines.payee if cap.scope is Scope.TRAINER_MONTH else lines.pair
    most = np.full(len(names.words), cap.most, np.int64)
    if cap.scope is Scope.PAIR_TOTAL:
        most = np.maximum(most - _earlier(names, cap, earlier), 0)
    return names.codes[rows], most


def _earlier(names: Coded, cap: Cap, earlier: Earlier) -> Ints:
    """What each pair was paid before, of what the cap holds."""
    place = {word: at for at, word in enumerate(names.words)}
    found = np.zeros(len(names.words), np.int64)
    rows = zip(earlier.pair, earlier.component, earlier.currency, numbers(earlier.amount), strict=True)
    for pair, component, currency, amount in rows:
        mine = currency == cap.currency and (not cap.components or component in cap.components)
        if mine and pair in place:
            found[place[pair]] += amount
    return found
