"""Which groups are not counted, so that no table says how many a small group is, nor two tables taken together.

A group is small from one person to four. Within one table nothing follows by subtraction, since what is hidden is at
least two groups of together five people or more. Between tables nothing follows either, since a table of several
sittings shows a group only where each sitting's own table shows it: it says nothing but sums of figures that stand
there already. Hence also whoever subtracts tables of several sittings from one another finds no other figure.
"""

from __future__ import annotations

from collections.abc import Mapping

from craftpath.engines.disclosure import LEAST_SHOWN, hidden_of

Sizes = Mapping[str, int]
"""Group → how many people, one at least."""


def hidden_within(
    sizes: Sizes, house: Mapping[str, str], least: int = LEAST_SHOWN
) -> tuple[set[str], set[str]]:
    """The hidden houses, and the hidden groups where each belongs to one house (`house` has it).

    A class is in one college, so the figure of a college is that of its classes: a hidden college shows no class,
    and in one that is shown the classes are as a table of their own.
    """
    of: dict[str, dict[str, int]] = {}
    for key, size in sizes.items():
        of.setdefault(house[key], {})[key] = size
    houses = hidden_of({one: sum(those.values()) for one, those in of.items()}, least)
    groups: set[str] = set()
    for one, those in of.items():
        groups |= set(those) if one in houses else hidden_of(those, least)
    return houses, groups
