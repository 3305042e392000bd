"""Beuk and Hofstee: where what judges ask meets what candidates reach.

Both draw a straight line and take its crossing with the observed curve. The curve goes from score to score in
straight pieces: at each score that somebody has, the share of candidates with it or more (Beuk), or less (Hofstee).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from craftpath.figures.figure import Figure, Floats, Missing, Why, absent


def beuk(cuts: Any, pass_rates: Any, scores: Any) -> Figure:
    """Beuk (1984): from the judges' mean cut and mean pass rate along sd(pass rate) / sd(cut) to the curve.

    Judges who agree on the cut hold on to it, those who agree on the pass rate to that. Rates are shares.
    """
    asked, rates = _pairs(cuts, pass_rates)
    values, n = _scores(scores), len(asked)
    if n < 2:
        return absent(Why.TOO_FEW_JUDGES, n, "beuk", Missing.COMPLETE)
    if not len(values):
        return absent(Why.NO_ROWS, n, "beuk", Missing.COMPLETE)
    points, passing = _curve(values)
    spread, other = float(asked.std(ddof=1)), float(rates.std(ddof=1))
    middle, height = float(asked.mean()), float(rates.mean())
    if spread == 0:  # all judges ask for the same score
        return Figure(middle, n, "beuk", Missing.COMPLETE)
    line = height + (points - middle) * other / spread
    return _crossing(points, passing, line, n, "beuk")


def hofstee(lowest: Any, highest: Any, fewest: Any, most: Any, scores: Any) -> Figure:
    """Hofstee (1983): the line from (lowest cut, most failures) to (highest cut, fewest failures), means of judges.

    Failures are shares. Where the curve passes the line by there is no cut.
    """
    left, right = _pairs(lowest, highest)
    low, high = _pairs(fewest, most)
    values, n = _scores(scores), len(left)
    if not n or len(low) != n:
        return absent(Why.TOO_FEW_JUDGES, n, "hofstee", Missing.COMPLETE)
    if not len(values):
        return absent(Why.NO_ROWS, n, "hofstee", Missing.COMPLETE)
    start, stop = float(left.mean()), float(right.mean())
    if not start < stop:
        return absent(Why.NO_CROSSING, n, "hofstee", Missing.COMPLETE)
    points, passing = _curve(values)
    points = np.union1d(points, [start, stop])
    failing = 1 - np.interp(points, *_curve(values), left=1.0, right=0.0)
    inside = (points >= start) & (points <= stop)
    along = (points[inside] - start) / (stop - start)
    line = float(high.mean()) + along * float(low.mean() - high.mean())
    return _crossing(points[inside], line, failing[inside], n, "hofstee")


def _pairs(one: Any, other: Any) -> tuple[Floats, Floats]:
    first, second = (np.array(values, dtype=np.float64, ndmin=1) for values in (one, other))
    if first.shape != second.shape:
        raise ValueError("each judge gives both values")
    whole = ~(np.isnan(first) | np.isnan(second))
    return first[whole], second[whole]


def _scores(scores: Any) -> Floats:
    values = np.array(scores, dtype=np.float64, ndmin=1)
    return np.asarray(values[~np.isnan(values)])


def _curve(scores: Floats) -> tuple[Floats, Floats]:
    """Each score that was reached, and the share of candidates with it or more."""
    points, held = np.unique(scores, return_counts=True)
    return points, np.cumsum(held[::-1])[::-1] / len(scores)


def _crossing(points: Floats, falling: Floats, rising: Floats, n: int, name: str) -> Figure:
    """Where the falling line comes down to the rising one, straight between two points."""
    apart = falling - rising
    if not len(apart) or apart[0] < 0 or apart[-1] > 0:
        return absent(Why.NO_CROSSING, n, name, Missing.COMPLETE)
    after = int(np.argmax(apart <= 0))
    if after == 0:
        return Figure(float(points[0]), n, name, Missing.COMPLETE)
    part = apart[after - 1] / (apart[after - 1] - apart[after])
    cut = points[after - 1] + part * (points[after] - points[after - 1])
    return Figure(float(cut), n, name, Missing.COMPLETE)
