"""Days cut into pieces in which nothing changes: neither the pair nor the trainer's number of apprentices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.allowances.monthly.coding import DAY_KEYS, Ints, Table, Worked
from craftpath.engines.allowances.monthly.types import NONE, Basis, Rule


@dataclass(frozen=True, slots=True)
class Pieces:
    """One row a piece, by pair and day: its stretch, first day, number of days, minutes and apprentices.

    `apprentices` is NONE where the rule does not ask how many there are.
    """

    row: Ints
    day: Ints
    days: Ints
    minutes: Ints
    apprentices: Ints


def pieces(table: Table, rule: Rule, paid: Ints, counts: Ints | None, worked: Worked) -> Pieces:
    """The pieces of one rule's days; `counts` are the apprentices by trainer and day, None where nobody asks."""
    rows = np.flatnonzero(paid)
    on = (np.right_shift(paid[rows, None], np.arange(table.month.days)) & 1).astype(bool)
    fresh = on.copy()
    fresh[:, 1:] &= ~on[:, :-1]
    if counts is not None:
        fresh[:, 1:] |= on[:, 1:] & (counts[:, 1:] != counts[:, :-1])[table.trainer.codes[rows]]
    where, day = np.nonzero(fresh)
    # Of the days that are on, row after row, a piece has those from its first one to the next piece's first one.
    first = np.flatnonzero(fresh[on])
    days = np.diff(first, append=int(on.sum()))
    row = rows[where]
    apprentices = np.full(len(row), NONE) if counts is None else counts[table.trainer.codes[row], day]
    minutes = _minutes(rule, paid, row * DAY_KEYS + day, worked)
    return Pieces(row, day.astype(np.int64), days.astype(np.int64), minutes, apprentices)


def _minutes(rule: Rule, paid: Ints, keys: Ints, worked: Worked) -> Ints:
    """The minutes that fall into each piece, of the kind that the rule pays for."""
    found = np.zeros(len(keys), np.int64)
    if rule.basis is Basis.PAIR_MONTH or not len(keys):
        return found
    wanted = worked.session == (rule.basis is Basis.SESSION_HOUR)
    wanted &= np.right_shift(paid[worked.row], worked.day) & 1 == 1
    key = worked.row[wanted] * DAY_KEYS + worked.day[wanted]
    np.add.at(found, np.searchsorted(keys, key, side="right") - 1, worked.minutes[wanted])
    return found
