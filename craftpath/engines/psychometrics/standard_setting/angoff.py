"""Angoff: each judge says for each item how likely a just-competent candidate is to get it right.

A judge's cut is the sum over the items, the panel's cut the mean over the judges (Angoff 1971). All rounds are
kept, the last one counts. The figure is advice: the responsible body decides, and notes who decided what and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from craftpath.figures.figure import Figure, Figures, Floats, Missing, Why, absent, column

NAME = "angoff"
POINTS = 15.0
FEWEST = 5  # judges whose cut may be taken for a panel's


@dataclass(frozen=True, slots=True)
class Outlier:
    """A rating far from the others' on its item, in points of 100; something to talk about, not a mistake."""

    judge: int
    item: int
    points: float
    mean: float


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One round. A judge who left an item out has no total and does not count; `n` of a figure is judges."""

    ratings: Floats
    totals: Figures
    cut: Figure
    percent: Figure
    outliers: tuple[Outlier, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Angoff:
    """All rounds in their order. `small_panel` says that fewer than five judges counted in the last one."""

    rounds: tuple[Round, ...]
    small_panel: bool

    @property
    def final(self) -> Round:
        """The round that counts."""
        return self.rounds[-1]


def angoff(rounds: Sequence[Any], maxima: Any = None, yes_no: bool = False, points: float = POINTS) -> Angoff:
    """The cut of a panel from tables of judges by items, chances from 0 to 1, NaN where there is none.

    `maxima` are the items' full marks (1 each if left out). With `yes_no` every rating must be 0 or 1.
    """
    if not len(rounds):
        raise ValueError("at least one round is needed")
    tables = [np.array(table, dtype=np.float64, ndmin=2) for table in rounds]
    width = tables[0].shape[1]
    full = np.ones(width) if maxima is None else np.array(maxima, dtype=np.float64)
    if full.shape != (width,) or not (full > 0).all():
        raise ValueError("each item needs a maximum above 0")
    for table in tables:
        known = table[~np.isnan(table)]
        if table.ndim != 2 or table.shape[1] != width or ((known < 0) | (known > 1)).any():
            raise ValueError("a round is a table of judges by the same items, each rating from 0 to 1")
        if yes_no and not np.isin(known, (0, 1)).all():
            raise ValueError("a yes-no rating is 0 or 1")
    done = tuple(_round(table, full, points, yes_no) for table in tables)
    return Angoff(done, done[-1].cut.n < FEWEST)


def _round(table: Floats, full: Floats, points: float, yes_no: bool) -> Round:
    name = f"{NAME}_yes_no" if yes_no else NAME
    gaps = np.isnan(table).any(axis=1)
    totals = column(table @ full, table.shape[1], name, Missing.COMPLETE, [(gaps, Why.GAPS)])
    cuts = totals.values[~gaps]
    judges = len(cuts)
    outliers = () if yes_no else _outliers(table, points)  # of yes and no every answer is far from the other
    if not judges or not table.shape[1]:
        none = absent(Why.TOO_FEW_JUDGES, judges, name, Missing.COMPLETE)
        return Round(table, totals, none, none, outliers)
    cut = float(cuts.mean())
    error = float(cuts.std(ddof=1) / np.sqrt(judges)) if judges > 1 else None
    scale = 100 / float(full.sum())
    return Round(
        table,
        totals,
        Figure(cut, judges, name, Missing.COMPLETE, se=error),
        Figure(cut * scale, judges, name, Missing.COMPLETE, se=None if error is None else error * scale),
        outliers,
    )


def _outliers(table: Floats, points: float) -> tuple[Outlier, ...]:
    """Ratings more than `points` of 100 off the mean of their item and beyond one standard deviation."""
    known = ~np.isnan(table)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(known, table, 0).sum(axis=0) / n
        away = np.where(known, table - means, 0)
        spread = np.sqrt((away**2).sum(axis=0) / (n - 1))
        far = (np.abs(away) * 100 > points + 1e-9) & (np.abs(away) > spread + 1e-9)
    return tuple(
        Outlier(judge, item, float(table[judge, item] * 100), float(means[item] * 100))
        for judge, item in zip(*(place.tolist() for place in np.nonzero(far)), strict=True)
    )
