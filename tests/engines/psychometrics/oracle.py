"""The definitions in plain Python: sums written out, one person at a time. Slow, and easy to believe."""

from __future__ import annotations

import math
from itertools import permutations

Row = list[float | None]


def pearson(x: list[float], y: list[float]) -> float | None:
    n, a, b = len(x), math.fsum(x) / len(x), math.fsum(y) / len(y)
    xy = math.fsum((p - a) * (q - b) for p, q in zip(x, y, strict=True))
    xx, yy = math.fsum((p - a) ** 2 for p in x), math.fsum((q - b) ** 2 for q in y)
    return xy / math.sqrt(xx * yy) if n and xx > 1e-9 and yy > 1e-9 else None


def variance(x: list[float]) -> float:
    mean = math.fsum(x) / len(x)
    return math.fsum((one - mean) ** 2 for one in x) / (len(x) - 1)


def item_rest(rows: list[Row], item: int) -> float | None:
    whole = [row for row in rows if None not in row]
    return pearson([row[item] for row in whole], [sum(row) - row[item] for row in whole])


def alpha(rows: list[Row]) -> float | None:
    whole = [row for row in rows if None not in row]
    k = len(rows[0])
    total = variance([sum(row) for row in whole])
    if total < 1e-9:
        return None
    return k / (k - 1) * (1 - sum(variance([row[i] for row in whole]) for i in range(k)) / total)


def alpha_pairwise(rows: list[Row]) -> float | None:
    k = len(rows[0])

    def covariance(i: int, j: int) -> float:
        both = [(row[i], row[j]) for row in rows if row[i] is not None and row[j] is not None]
        a, b = (math.fsum(side) / len(both) for side in zip(*both, strict=True))
        return math.fsum((x - a) * (y - b) for x, y in both) / (len(both) - 1)

    own = sum(covariance(i, i) for i in range(k))
    whole = own + sum(covariance(i, j) for i in range(k) for j in range(k) if i != j)
    return k / (k - 1) * (1 - own / whole) if whole > 1e-9 * own and own > 0 else None


def difference(rows: list[Row], item: int, share: float) -> float:
    """Upper less lower group, each person in it by as much as places are left for the people of that score."""
    whole = sorted((row for row in rows if None not in row), key=sum)

    def mean(people: list[Row]) -> float:
        left, got, size = share * len(people), 0.0, share * len(people)
        for score in dict.fromkeys(sum(row) for row in people):
            tied = [row for row in people if sum(row) == score]
            part = min(left, len(tied)) / len(tied)
            got += part * sum(row[item] for row in tied)
            left -= part * len(tied)
        return got / size

    return mean(whole[::-1]) - mean(whole)


def log_likelihood(rows: list[Row], slopes: list[float], difficulties: list[float]) -> float:
    """By Simpson's rule over the normal density: another quadrature than the engine's."""
    step, total = 0.02, 0.0
    for row in rows:
        area = 0.0
        for at in range(801):
            theta = -8 + at * step
            p = 1.0
            for x, a, b in zip(row, slopes, difficulties, strict=True):
                if x is not None:
                    right = 1 / (1 + math.exp(-a * (theta - b)))
                    p *= right if x else 1 - right
            weight = 1 if at in (0, 800) else 4 if at % 2 else 2
            area += weight * p * math.exp(-theta * theta / 2)
        total += math.log(area * step / 3 / math.sqrt(2 * math.pi))
    return total


def symmetric(values: list[float]) -> list[float]:
    """Elementary symmetric functions by their definition as coefficients of a product."""
    found = [1.0]
    for value in values:
        found = [
            (found[r] if r < len(found) else 0) + (value * found[r - 1] if r else 0)
            for r in range(len(found) + 1)
        ]
    return found


def krippendorff(rows: list[Row], level: str) -> float | None:
    """From the pairs of values, by definition."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]
    n = len(every)

    def apart(c: float, k: float) -> float:
        if level == "nominal":
            return float(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else 0.0
        low, high = min(c, k), max(c, k)
        between = sum(low <= value <= high for value in every)
        return (between - (every.count(c) + every.count(k)) / 2) ** 2

    observed = sum(sum(apart(c, k) for c, k in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / n
    expected = sum(apart(c, k) for c, k in permutations(every, 2)) / (n * (n - 1))
    return 1 - observed / expected if expected else None


def kappa(pairs: list[tuple[float, float]], power: int) -> float | None:
    """Cohen's kappa; power 0 is plain, 1 linear, 2 quadratic, over the places of the values seen."""
    places = {value: at for at, value in enumerate(sorted({value for pair in pairs for value in pair}))}

    def apart(c: float, k: float) -> float:
        return float(c != k) if power == 0 else abs(places[c] - places[k]) ** power

    observed = sum(apart(c, k) for c, k in pairs) / len(pairs)
    expected = sum(apart(c, k) for c, _ in pairs for _, k in pairs) / len(pairs) ** 2
    return 1 - observed / expected if expected else None
