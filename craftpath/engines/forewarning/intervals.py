"""Intervals of proportions and of their differences: Wilson (1927) and Newcombe (1998), 95 %."""

from __future__ import annotations

from math import sqrt

from craftpath.engines.forewarning.types import Faulty, Proportion

Z = 1.959963984540054


def wilson(count: int, n: int) -> Proportion:
    """A proportion with its score interval; bounds lie in [0, 1] and hold the proportion."""
    if not 0 <= count <= n:
        raise Faulty("not_a_proportion", count=count, n=n)
    if n == 0:
        return Proportion(0, 0, None, None)
    share, square = count / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return Proportion(count, n, low, 1.0 if count == n else min(1.0, middle + half))


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
