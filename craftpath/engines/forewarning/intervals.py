"""Intervals of proportions and of their differences: Wilson (1927) and Newcombe (1998), 95 %."""

from __future__ import annotations

from math import sqrt

from craftpath.engines.forewarning.types import Faulty, Proportion
from craftpath.figures.wilson import wilson as bounds


def wilson(count: int, n: int) -> Proportion:
    """A proportion with its score interval; bounds lie in [0, 1] and hold the proportion."""
    if not 0 <= count <= n:
        raise Faulty("not_a_proportion", count=count, n=n)
    if n == 0:
        return Proportion(0, 0, None, None)
    low, high = bounds(count, n)
    return Proportion(count, n, float(low), float(high))


def difference(one: Proportion, other: Proportion) -> tuple[float, float, float] | None:
    """(one - other, low, high) by Newcombe's method 10; None where either has nobody."""
    p, q = one.value, other.value
    if p is None or q is None:
        return None
    assert one.low is not None and one.high is not None  # noqa: S101, PT018
    assert other.low is not None and other.high is not None  # noqa: S101, PT018
    down = sqrt((p - one.low) ** 2 + (other.high - q) ** 2)
    up = sqrt((one.high - p) ** 2 + (q - other.low) ** 2)
    return p - q, p - q - down, p - q + up
