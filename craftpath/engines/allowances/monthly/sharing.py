"""Whole minor units for exact amounts: by largest remainder within a group, so that no cent is lost or won."""

from __future__ import annotations

import numpy as np

from craftpath.engines.allowances.monthly.coding import Flags, Ints

_WIDEST = 2**63


def rounded(amount: Ints, weight: Ints, whole: Ints, group: Ints) -> Ints:
    """amount x weight / whole, rounded once: the sum of each group half up, its units by largest remainder.

    A group of one is rounded half up. Of equal remainders the earlier row gets the unit. All rows of a group have
    one `whole`. Amounts are under 10^8 and `whole` is at most 6 x 10^10, so that nothing leaves 64 bits.
    """
    times, rest = np.divmod(weight, whole)
    more, remainder = np.divmod(amount * rest, whole)
    floor = amount * times + more
    names, at = np.unique(group, return_inverse=True)
    of_group = np.ones(len(names), np.int64)
    of_group[at] = whole
    left = np.zeros(len(names), np.int64)
    np.add.at(left, at, remainder)
    units = (2 * left + of_group) // (2 * of_group)
    return np.asarray(floor + _largest(remainder, at, units))


def capped(amount: Ints, group: Ints, most: Ints) -> Ints:
    """Amounts cut in proportion where a group's sum is over its most; each group that is cut comes to exactly that.

    `group` numbers the groups from 0, `most` has one row a group.
    """
    sums = np.zeros(len(most), np.int64)
    np.add.at(sums, group, amount)
    cut = sums > most
    rows = np.flatnonzero(cut[group])
    if not len(rows):
        return amount
    mine, keep, total = amount[rows], most[group[rows]], sums[group[rows]]
    if int(mine.max()) * int(keep.max()) >= _WIDEST:  # Python's own whole numbers have no end
        mine, keep, total = (column.astype(object) for column in (mine, keep, total))
    floor = (mine * keep // total).astype(np.int64)
    remainder = mine * keep % total
    names, at = np.unique(group[rows], return_inverse=True)
    units = most[names].copy()
    np.subtract.at(units, at, floor)
    found = amount.copy()
    found[rows] = floor + _largest(remainder.astype(np.int64), at, units)
    return found


def _largest(remainder: Ints, group: Ints, units: Ints) -> Flags:
    """Which rows get one unit more: as many of each group as it has units, the largest remainders first."""
    order = np.lexsort((np.arange(len(group)), -remainder, group))
    start = np.searchsorted(group[order], np.arange(len(units)))
    rank = np.arange(len(order)) - start[group[order]]
    found = np.zeros(len(order), bool)
    found[order] = rank < units[group[order]]
    return found
