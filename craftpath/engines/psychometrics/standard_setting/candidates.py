"""Cuts from candidates whose competence somebody judged: borderline regression and contrasting groups."""

from __future__ import annotations

from typing import Any

import numpy as np

from craftpath.figures.figure import Figure, Missing, Why, absent


def borderline_regression(scores: Any, grades: Any, borderline: float) -> Figure:
    """The score that a straight line predicts for the borderline grade (Kramer et al. 2003), with its error.

    n is candidates with both a score and a grade.
    """
    both = np.stack([np.array(scores, dtype=np.float64), np.array(grades, dtype=np.float64)])
    score, grade = both[:, ~np.isnan(both).any(axis=0)]
    n, name = len(score), "borderline_regression"
    if n < 3:
        return absent(Why.TOO_FEW_ROWS, n, name, Missing.COMPLETE)
    away = grade - grade.mean()
    spread = float(away @ away)
    if spread == 0:
        return absent(Why.NO_VARIATION, n, name, Missing.COMPLETE)
    slope = float(away @ score) / spread
    rest = score - score.mean() - slope * away
    distance = borderline - float(grade.mean())
    error = np.sqrt(float(rest @ rest) / (n - 2) * (1 / n + distance**2 / spread))
    return Figure(float(score.mean()) + slope * distance, n, name, Missing.COMPLETE, se=float(error))


def contrasting_groups(competent: Any, others: Any) -> Figure:
    """Where the normal curves of the two groups cross between their means (Livingston & Zieky 1982).

    Both groups weigh the same. There is none where the competent do not score higher.
    """
    high, low = (np.array(values, dtype=np.float64, ndmin=1) for values in (competent, others))
    high, low = high[~np.isnan(high)], low[~np.isnan(low)]
    n, name = len(high) + len(low), "contrasting_groups"
    if min(len(high), len(low)) < 2:
        return absent(Why.TOO_FEW_ROWS, n, name, Missing.COMPLETE)
    a, b = float(high.mean()), float(low.mean())
    if a <= b:
        return absent(Why.NO_CROSSING, n, name, Missing.COMPLETE)
    s, t = float(high.var(ddof=1)), float(low.var(ddof=1))
    if s == 0 or t == 0:
        return absent(Why.NO_VARIATION, n, name, Missing.COMPLETE)
    if abs(s - t) <= 1e-12 * (s + t):
        return Figure((a + b) / 2, n, name, Missing.COMPLETE)
    # log density of one = log density of the other: a quadratic in the score
    roots = np.roots([1 / s - 1 / t, -2 * (a / s - b / t), a * a / s - b * b / t + np.log(s / t)])
    between = [float(root.real) for root in roots if abs(root.imag) < 1e-9 and b <= root.real <= a]
    if len(between) != 1:
        return absent(Why.NO_CROSSING, n, name, Missing.COMPLETE)
    return Figure(between[0], n, name, Missing.COMPLETE)
