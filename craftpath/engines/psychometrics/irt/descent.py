"""The way down to a lowest point between bounds: L-BFGS (Nocedal 1980) with a weak Wolfe line search.

SciPy has one, and it was used here until it was measured: it solves small triangular systems in the linear algebra
library, whose threads on a busy machine waited 129 of the 145 ms that a fit took. This one takes inner products
only. Parameters should be scaled so that the curvature is near 1, which makes the first step about right.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from craftpath.figures.figure import Flags, Floats

MEMORY = 8
ENOUGH, FLATTER = 1e-4, 0.9
NOISE = 1e-14  # of the value: less than that is rounding
MOST_TRIALS = 40
Height = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class Lowest:
    """Where the search ended, and the steepest slope that is left inside the bounds."""

    at: Floats
    value: float
    left: float
    steps: int
    evaluations: int


def descend(height: Height, start: Floats, limit: Floats, stop: float, most_steps: int) -> Lowest:
    """Go down from `start` until no slope is over `stop`, staying within plus or minus `limit`.

    `height` gives value and gradient; it is smooth, and bounded below inside the limits.
    """
    at = np.clip(start, -limit, limit)
    value, slope = height(at)
    past: deque[tuple[Floats, Floats, float]] = deque(maxlen=MEMORY)
    free, evaluations, steps = _free(at, slope, limit), 1, 0
    while steps < most_steps and np.abs(slope[free]).max(initial=0) > stop:
        way = np.where(free, -_turned(np.where(free, slope, 0), past), 0)
        found = _along(height, at, value, slope, way, limit)
        evaluations += found[3]
        if found[3] > MOST_TRIALS:
            break  # rounding hides what is left
        steps += 1
        step, turn = found[0] - at, found[2] - slope
        at, value, slope = found[:3]
        now = _free(at, slope, limit)
        if (now != free).any():
            past.clear()  # another space
        elif (bent := float(step @ turn)) > 0:
            past.append((step, turn, bent))
        free = now
    return Lowest(at, value, float(np.abs(slope[free]).max(initial=0)), steps, evaluations)


def _free(at: Floats, slope: Floats, limit: Floats) -> Flags:
    """Parameters that are not held at a bound by their slope."""
    return np.asarray(~(((at >= limit) & (slope < 0)) | ((at <= -limit) & (slope > 0))))


def _turned(slope: Floats, past: deque[tuple[Floats, Floats, float]]) -> Floats:
    """The slope times the inverse curvature that past steps have shown."""
    found, shares = slope.copy(), []
    for step, turn, bent in reversed(past):
        share = float(step @ found) / bent
        found -= share * turn
        shares.append(share)
    if past:
        _, turn, bent = past[-1]
        found *= bent / float(turn @ turn)
    for (step, turn, bent), share in zip(past, reversed(shares), strict=True):
        found += (share - float(turn @ found) / bent) * step
    return found


def _along(
    height: Height, at: Floats, value: float, slope: Floats, way: Floats, limit: Floats
) -> tuple[Floats, float, Floats, int]:
    """A point along the way that is lower and flatter, and how many were tried."""
    steep, short, long, stride = float(slope @ way), 0.0, np.inf, 1.0
    for trial in range(1, MOST_TRIALS + 1):
        there = np.clip(at + stride * way, -limit, limit)
        below, now = height(there)
        if not below <= value + ENOUGH * stride * steep + NOISE * abs(value):
            long = stride
        elif float(now @ way) < FLATTER * steep and not (np.abs(there) >= limit)[way != 0].any():
            short = stride
        else:
            return there, below, now, trial
        stride = (short + long) / 2 if np.isfinite(long) else 2 * stride
    return at, value, slope, MOST_TRIALS + 1
