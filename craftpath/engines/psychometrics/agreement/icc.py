"""The six intraclass correlations of Shrout & Fleiss (1979), with intervals as McGraw & Wong (1996) give them.

(1) each unit has raters of its own; (2) the raters are a sample; (3) they are the only ones that count. `1` is the
reliability of one rating, `k` of the mean of all. For assessors who may stand in for one another take (2,1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.agreement.ratings import Ratings
from craftpath.figures.figure import Figure, Floats, Missing, Why, absent

KINDS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
TAIL = 0.975
NOTHING = 1e-24  # of the squared size of the values
CERTAIN = 1e-12  # of the mean squares; a divisor below that is rounding


@dataclass(frozen=True, slots=True)
class Squares:
    """Mean squares of a two-way table without repetition, with its size."""

    units: int
    raters: int
    between: float
    within: float
    judges: float
    residual: float


def squares(values: Floats) -> Squares:
    """Of a table without gaps, at least 2 x 2."""
    n, k = values.shape
    size = float(np.abs(values).max())
    centred = values - values.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - rows[:, None] - columns
    within = centred - rows[:, None]
    floor = NOTHING * size * size

    def mean(total: float, freedom: int) -> float:
        found = total / freedom
        return found if found > floor else 0.0

    return Squares(
        n,
        k,
        mean(k * float(rows @ rows), n - 1),
        mean(float((within**2).sum()), n * (k - 1)),
        mean(n * float(columns @ columns), k - 1),
        mean(float((rest**2).sum()), (n - 1) * (k - 1)),
    )


def icc(ratings: Ratings) -> dict[str, Figure]:
    """All six. A row without any rating is no unit; a gap in another leaves no figure."""
    values = ratings.values[ratings.rated.any(axis=1)]
    n, k = values.shape
    why = (
        Why.GAPS
        if np.isnan(values).any()
        else Why.TOO_FEW_UNITS
        if n < 2
        else Why.TOO_FEW_RATERS
        if k < 2
        else None
    )
    if why:
        return {kind: absent(why, n, f"icc_{kind}", Missing.NO_GAPS) for kind in KINDS}
    found = squares(values)
    return {kind: _figure(kind, found) for kind in KINDS}


def _figure(kind: str, s: Squares) -> Figure:
    n, k = s.units, s.raters
    shift = (s.judges - s.residual) / n
    above, below = {
        "1,1": (s.between - s.within, s.between + (k - 1) * s.within),
        "2,1": (s.between - s.residual, s.between + (k - 1) * s.residual + k * shift),
        "3,1": (s.between - s.residual, s.between + (k - 1) * s.residual),
        "1,k": (s.between - s.within, s.between),
        "2,k": (s.between - s.residual, s.between + shift),
        "3,k": (s.between - s.residual, s.between),
    }[kind]
    if below <= CERTAIN * (s.between + s.within + s.judges + s.residual):
        return absent(Why.NO_VARIATION, n, f"icc_{kind}", Missing.NO_GAPS)
    low, high = _single(kind[0], s)
    if kind[2] == "k" and low is not None and high is not None:
        low, high = _stepped_up(low, k), _stepped_up(high, k)
    return Figure(above / below, n, f"icc_{kind}", Missing.NO_GAPS, low=low, high=high)


def _stepped_up(one: float, k: int) -> float | None:
    below = 1 + (k - 1) * one
    return k * one / below if below > 0 else None


def _single(kind: str, s: Squares) -> tuple[float | None, float | None]:
    """The interval for one rating; None where an F has nothing to stand on."""
    n, k = s.units, s.raters
    error = s.within if kind == "1" else s.residual
    if error <= 0 or s.between <= 0:
        return None, None
    if kind == "2":
        return _sampled(s)
    freedom = n * (k - 1) if kind == "1" else (n - 1) * (k - 1)
    ratio = s.between / error
    low, high = ratio / special.fdtri(n - 1, freedom, TAIL), ratio * special.fdtri(freedom, n - 1, TAIL)
    return _finite((low - 1) / (low + k - 1)), _finite((high - 1) / (high + k - 1))


def _finite(bound: np.float64) -> float | None:
    return float(bound) if np.isfinite(bound) else None


def _sampled(s: Squares) -> tuple[float | None, float | None]:
    """Of (2,1), with Satterthwaite's degrees of freedom; `between` and `residual` are above 0 here."""
    n, k = s.units, s.raters
    below = s.between + (k - 1) * s.residual + k * (s.judges - s.residual) / n
    rho = (s.between - s.residual) / below
    a, b = k * rho / (n * (1 - rho)), 1 + k * rho * (n - 1) / (n * (1 - rho))
    parts = (a * s.judges) ** 2 / (k - 1) + (b * s.residual) ** 2 / ((n - 1) * (k - 1))
    freedom = (a * s.judges + b * s.residual) ** 2 / parts
    upper, lower = special.fdtri(n - 1, freedom, TAIL), special.fdtri(freedom, n - 1, TAIL)
    rest = k * s.judges + (k * n - k - n) * s.residual
    with np.errstate(divide="ignore", invalid="ignore"):  # with next to no freedom a quantile has no end
        low = n * (s.between / upper - s.residual) / (rest + n * s.between / upper)
        high = n * (lower * s.between - s.residual) / (rest + n * lower * s.between)
    return _finite(low), _finite(high)
