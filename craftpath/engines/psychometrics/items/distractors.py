"""Which options people choose, by thirds of ability; an option that hardly anybody chooses is idle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from craftpath.engines.psychometrics.items.moments import share
from craftpath.figures.figure import VERSION, Floats, Missing

IDLE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """One item: `shares[third, option]` with the lowest third first, NaN for a third in which nobody answered.

    `overall` is each option's share of all answers. `idle` names wrong options that less than `IDLE` chose;
    it is empty where nobody answered.
    """

    item: str
    options: tuple[str, ...]
    key: str
    n: int
    shares: Floats
    overall: Floats
    idle: tuple[str, ...]
    method: str = "options_by_third_ties_shared"
    missing: Missing = Missing.ANSWERED
    version: str = VERSION


def distractors(
    items: Sequence[str],
    choices: npt.NDArray[np.str_],
    keys: Sequence[str],
    totals: Floats,
    options: Sequence[Sequence[str]] | None = None,
    idle: float = IDLE,
) -> tuple[Options, ...]:
    """The table of every item.

    `choices` holds one option a person and item, empty where missing; `totals` the score that orders people
    (those tied at the edge of a third count in both by the same fraction). Without `options` those that
    were seen count; only a list of them can name an option that nobody chose.
    """
    counts = np.ones(len(totals))
    third = len(totals) / 3
    low, high = share(totals, counts, third, highest=False), share(totals, counts, third, highest=True)
    thirds = np.stack([low, np.clip(counts - low - high, 0, 1), high])
    return tuple(
        _options(item, choices[:, at], keys[at], thirds, options[at] if options else None, idle)
        for at, item in enumerate(items)
    )


def _options(
    item: str,
    chosen: npt.NDArray[np.str_],
    key: str,
    thirds: Floats,
    listed: Sequence[str] | None,
    idle: float,
) -> Options:
    seen = sorted({*chosen.tolist(), key} - {""})
    names = tuple(dict.fromkeys([*(listed or ()), *seen]))
    picked = chosen[:, None] == np.array(names, dtype=chosen.dtype if names else np.str_)[None, :]
    answered = int(picked.sum())
    held = thirds @ picked
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = held / held.sum(axis=1, keepdims=True)
        overall = picked.sum(axis=0) / (answered or np.nan)
    lazy = tuple(
        name for name, part in zip(names, overall.tolist(), strict=True) if name != key and part < idle
    )
    return Options(item, names, key, answered, shares, overall, lazy)
