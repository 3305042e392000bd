"""Whether groups are named alike, missed alike, and told the truth alike. Small groups are never shown or acted on.

The selection ratio is each group's share of named against the greatest one; under four fifths it is flagged (the
example of the US Uniform Guidelines: 60 % against 30 % is 0.50). A flag asks a person to look; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from craftpath.engines.forewarning.intervals import difference, wilson
from craftpath.engines.forewarning.types import Faulty, Flags, Floats, Proportion

FLOOR = 5
"""A group of fewer people is not shown, nor one that could be worked out from it."""
FOUR_FIFTHS = 0.8

Difference = tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Group:
    """One group; all but `name` is None where it is too small to be shown.

    `ratio` is its share of named against the greatest; `true` and `false` are the differences of the true and false
    positive rates to all others, each with its interval; `said` and `came` are the mean share and what came of it.
    """

    name: str
    n: int | None = None
    named: Proportion | None = None
    ratio: float | None = None
    flagged: bool = False
    true: Difference = None
    false: Difference = None
    said: float | None = None
    came: Proportion | None = None


def compare(names: Sequence[str], named: Flags, left: Flags, share: Floats) -> list[Group]:
    """The groups of one dimension by name; "" is nobody's group and left out."""
    if not len(names) == len(named) == len(left) == len(share):
        raise Faulty("lengths_differ")
    keys = np.array(names, dtype=object)
    groups = sorted(set(names) - {""})
    sizes = {key: int((keys == key).sum()) for key in groups}
    shown = _shown(sizes)
    rates = {key: wilson(int(named[keys == key].sum()), sizes[key]) for key in shown}
    most = max((rate.value or 0.0 for rate in rates.values()), default=0.0)
    known = keys != ""
    return [
        _group(key, keys == key, known & (keys != key), named, left, share, rates[key], most)
        if key in shown
        else Group(key)
        for key in groups
    ]


def _shown(sizes: dict[str, int]) -> set[str]:
    """Groups of at least five; where one alone is hidden the next smallest goes with it, or the sum would tell it."""
    shown = {key for key, n in sizes.items() if n >= FLOOR}
    hidden = len(sizes) - len(shown)
    if hidden and shown and sum(n for key, n in sizes.items() if key not in shown) < FLOOR:
        shown.discard(min(shown, key=lambda key: (sizes[key], key)))
    return shown


def _group(
    key: str,
    mine: Flags,
    rest: Flags,
    named: Flags,
    left: Flags,
    share: Floats,
    rate: Proportion,
    most: float,
) -> Group:
    ratio = (rate.value or 0.0) / most if most else None
    return Group(
        key,
        int(mine.sum()),
        rate,
        ratio,
        ratio is not None and ratio < FOUR_FIFTHS,
        difference(_rate(named, mine & left), _rate(named, rest & left)),
        difference(_rate(named, mine & ~left), _rate(named, rest & ~left)),
        float(share[mine].mean()),
        wilson(int(left[mine].sum()), int(mine.sum())),
    )


def _rate(named: Flags, of: Flags) -> Proportion:
    """Of a few, nothing is said."""
    n = int(of.sum())
    return wilson(int((named & of).sum()), n) if n >= FLOOR else wilson(0, 0)
