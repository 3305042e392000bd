"""What of an analysis nobody may see: each survey's own tables first, then those of several laid together.

All group columns of a survey are hidden together, whichever of them an analysis shows; so any two analyses of the same
answers show parts of one table that is safe. And a sum over surveys shows a cell only where each survey's own table
shows it, so it says nothing but sums of what can be known already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from craftpath.domain.needs.gathering import Part
from craftpath.engines.disclosure import Hidden, Tables, hide
from craftpath.engines.needs import Answers, crossing, sums_of

PEOPLE = ""
"""Stands for the count of people, where else a cell is one item's."""


@dataclass(slots=True)
class Curtain:
    """Items (or `PEOPLE`) that are hidden: of the whole, and of each (column, value)."""

    whole: set[str] = field(default_factory=set)
    cells: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))


def curtain(parts: Sequence[Part], least: int) -> Curtain:
    """What is hidden where these parts are laid together."""
    found = Curtain()
    for part in parts:
        _draw(found, part.answers, least)
    return found


def _draw(found: Curtain, answers: Answers, least: int) -> None:
    names = [name for name, group in answers.groups.items() if group.values]
    crossed = crossing(answers.groups, names, answers.respondents)
    sums = sums_of(answers, crossed.of, crossed.kinds)
    weights = np.vstack([crossed.people, sums.n.T]).astype(np.int64)
    hidden: Hidden = hide(Tables(crossed.codes, tuple(map(len, crossed.values)), weights), least, empty=False)
    layers = (PEOPLE, *answers.items)
    found.whole |= {layers[at] for at in np.flatnonzero(hidden.whole)}
    for name, values, flags in zip(crossed.names, crossed.values, hidden.columns, strict=True):
        for layer, place in zip(*np.nonzero(flags), strict=True):
            found.cells[name, values[place]].add(layers[layer])
