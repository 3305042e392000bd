"""Groups made coarse enough that none singles somebody out, and samples drawn within them. Pure functions."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from craftpath.domain.surveys.models import FEWEST, OTHER

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many of each combination are asked: a number, or per cent, and at least so many; the seed repeats it."""

    size: int = 0
    percent: int = 0
    least: int = FEWEST
    seed: int = 0

    def of(self, people: int) -> int:
        """How many of so many people are drawn; never fewer than `FEWEST` where there are as many."""
        wanted = self.size or math.ceil(people * self.percent / 100)
        return min(people, max(wanted, self.least, FEWEST))


def coarsen(rows: Sequence[Cell], fewest: int = FEWEST) -> list[Cell]:
    """The same rows with values given up for `OTHER`, so that each combination is shared by `fewest` rows or by all.

    Values are kept from left to right: within those who are alike so far, a value that too few have becomes `OTHER`;
    if those then are too few themselves, the rarest kept value joins them.
    """
    kept: list[list[str]] = [[] for _ in rows]
    groups: dict[Cell, list[int]] = {(): list(range(len(rows)))}
    for place in range(len(rows[0]) if rows else 0):
        further: dict[Cell, list[int]] = defaultdict(list)
        for before, members in groups.items():
            values = _kept_values(Counter(rows[one][place] for one in members), fewest)
            for one in members:
                value = rows[one][place] if rows[one][place] in values else OTHER
                kept[one].append(value)
                further[(*before, value)].append(one)
        groups = further
    return [tuple(one) for one in kept]


def _kept_values(counts: Counter[str], fewest: int) -> set[str]:
    values = {value for value, count in counts.items() if count >= fewest and value != OTHER}
    lost = sum(count for value, count in counts.items() if value not in values)
    for value in sorted(values, key=lambda one: (counts[one], one)):
        if lost == 0 or lost >= fewest:
            break
        values.discard(value)
        lost += counts[value]
    return values


def drawn(cells: Sequence[Cell], keys: Sequence[str], sampling: Sampling | None) -> list[int]:
    """The places of those who are asked: everybody, or a draw within each combination.

    `keys` name the rows: the same people and the same seed give the same draw, in whatever order they come.
    """
    if sampling is None:
        return list(range(len(cells)))
    members: dict[Cell, list[int]] = defaultdict(list)
    for at in sorted(range(len(cells)), key=lambda one: keys[one]):
        members[cells[at]].append(at)
    draw = random.Random(sampling.seed)  # noqa: S311  (a draw that anybody can repeat)
    found = [
        at for cell in sorted(members) for at in draw.sample(members[cell], sampling.of(len(members[cell])))
    ]
    return sorted(found)
