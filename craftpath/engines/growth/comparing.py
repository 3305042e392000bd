"""Where the others stand: the median of each skill and stage, where it tells nothing of any single one."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from craftpath.engines.growth.types import Floats, Rule, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """Arrays of shape (skills, stages): the others' median, NaN where it is kept back; `n` of them, 0 where it is."""

    median: Floats
    n: Whole


def peers(level: Floats, own: int | None, known: npt.NDArray[np.bool_], rule: Rule) -> Peers:
    """The median of everybody but `own` (a place, or None), for a reader who sees the rows that `known` marks.

    It is given from `fewest` others on. Where the reader sees some of them one by one, as many again must be unseen,
    or none: else what is known could be taken away from the median, and what is left would be one person.
    """
    other = np.ones(len(level), dtype=bool)
    if own is not None:
        other[own] = False
    there = ~np.isnan(level) & other[:, None, None]
    n = there.sum(axis=0)
    unseen = (there & ~known[:, None, None]).sum(axis=0)
    shown = (n >= rule.fewest) & ((unseen == 0) | (unseen >= rule.fewest))
    rows = np.where(there, level, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column of nobody is NaN, which is what is wanted
        median = np.nanmedian(rows, axis=0) if len(rows) else np.full(n.shape, np.nan)
    return Peers(np.where(shown, median, np.nan), np.where(shown, n, 0))
