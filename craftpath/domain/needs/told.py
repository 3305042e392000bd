"""One figure as plain values: what cannot be said is None."""

from __future__ import annotations

import math
from typing import Any

from craftpath.engines.needs import Differences, Estimates
from craftpath.figures.figure import Figure

Told = dict[str, Any]
HIDDEN: Told = {"value": None, "n": None, "why": "suppressed"}


def plain(value: Any) -> float | None:
    """A number, or None for NaN."""
    number = float(value)
    return number if math.isfinite(number) else None


def estimate(found: Estimates, *place: int) -> Told:
    """A mean with its standard deviation and interval; without these where fewer than two gave an answer."""
    return {
        "value": plain(found.mean[place]),
        "sd": plain(found.sd[place]),
        "low": plain(found.low[place]),
        "high": plain(found.high[place]),
    }


def difference(found: Differences, *place: int) -> Told:
    """A difference with its interval, both None where it has none."""
    return {name: plain(getattr(found, name)[place]) for name in ("value", "low", "high")}


def figure(found: Figure) -> Told:
    """A figure that says what it rests on, with its reason where it is absent."""
    return {"value": found.value, "n": found.n, "method": found.method, "why": found.why}


def alpha(found: Figure, least: int) -> Told:
    """Cronbach's alpha; hidden together with its n where few people gave it."""
    return figure(found) | (HIDDEN if 0 < found.n < least else {})
