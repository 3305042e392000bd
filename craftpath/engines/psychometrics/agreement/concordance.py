"""Kendall's W: do judges put the same things in the same order? (Kendall & Smith 1939, with ties.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from craftpath.figures.figure import Figure, Missing, Why, absent

NAME = "kendall_w"


@dataclass(frozen=True, slots=True)
class Concordance:
    """W over `w.n` things that every judge ranked, its chi-square and how probable a greater one is by chance."""

    w: Figure
    judges: int
    chi_square: float | None
    p: float | None


def kendall_w(scores: Any) -> Concordance:
    """Judges in rows, things in columns, any scores; only things that every judge scored count."""
    table = np.array(scores, dtype=np.float64, ndmin=2)
    table = table[:, ~np.isnan(table).any(axis=0)]
    m, n = table.shape
    why = Why.TOO_FEW_JUDGES if m < 2 else Why.TOO_FEW_UNITS if n < 2 else None
    if why:
        return Concordance(absent(why, n, NAME, Missing.NO_GAPS), m, None, None)
    from scipy import stats  # noqa: PLC0415  (slow to import)

    ranks = stats.rankdata(table, axis=1)
    away = ranks.sum(axis=0) - m * (n + 1) / 2
    ties = sum(
        float((held**3 - held).sum()) for held in (np.unique(row, return_counts=True)[1] for row in ranks)
    )
    below = m * m * (n**3 - n) - m * ties
    if below <= 0:
        return Concordance(absent(Why.NO_VARIATION, n, NAME, Missing.NO_GAPS), m, None, None)
    w = 12 * float(away @ away) / below
    chi = m * (n - 1) * w
    return Concordance(Figure(w, n, NAME, Missing.NO_GAPS), m, chi, float(special.chdtrc(n - 1, chi)))
