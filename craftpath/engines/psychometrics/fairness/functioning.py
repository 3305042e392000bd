"""Differential item functioning by Mantel and Haenszel: is an item harder for one of two groups of equal score?

Holland & Thayer (1988); variance of the log odds ratio by Robins, Breslow & Greenland (1986); ETS classes by
Zieky (1993): A is under 1 or not significant, C is at least 1.5 and significantly above 1, B the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import Figures, Flags, Floats, Missing, Why, column

DELTA = -2.35
ONE_SIDED, LEVEL = 1.6448536269514722, 0.05


class Category(StrEnum):
    """How much an item functions differently."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True, eq=False)
class Functioning:
    """Columns of all items. `delta` below 0 means harder for the focal group.

    `p` is of the chi-square with continuity correction, NaN where there is no delta. `categories` has None there.
    """

    items: tuple[str, ...]
    delta: Figures
    error: Floats
    chi_square: Floats
    p: Floats
    categories: tuple[Category | None, ...]
    reference: int | None
    focal: int | None


def mantel_haenszel(responses: Responses, focal: Flags, least: int = 100) -> Functioning:
    """Compare the focal group with the others, in strata of equal total score over complete rows.

    Nothing, not even its size, is said of groups of which one has fewer than `least` people.
    """
    table, counts = responses.complete
    whole = responses.answered.all(axis=1)
    group = np.asarray(focal, dtype=np.bool_)[whole]
    sizes = float(counts[~group].sum()), float(counts[group].sum())
    width = len(responses.items)
    small = min(sizes) < max(least, 1)
    ratio, variance, chi, expected_any = _odds(table, counts, group, responses)
    with np.errstate(divide="ignore", invalid="ignore"):
        values, error = DELTA * np.log(ratio), -DELTA * np.sqrt(variance)
    n = 0 if small else int(sum(sizes))
    reasons = [
        (np.full(width, small), Why.SMALL_GROUP),
        (~responses.dichotomous, Why.NOT_DICHOTOMOUS),
        (~expected_any | ~np.isfinite(values) | ~np.isfinite(error), Why.NO_VARIATION),
    ]
    delta = column(values, n, "mantel_haenszel_delta", Missing.COMPLETE, reasons)
    gone = np.isnan(delta.values)
    error, chi = np.where(gone, np.nan, error), np.where(gone, np.nan, chi)
    p = special.chdtrc(1, chi)
    return Functioning(
        responses.items,
        delta,
        error,
        chi,
        p,
        tuple(map(_category, delta.values.tolist(), error.tolist(), p.tolist())),
        None if small else int(sizes[0]),
        None if small else int(sizes[1]),
    )


def _odds(
    table: Floats, counts: Floats, group: Flags, responses: Responses
) -> tuple[Floats, Floats, Floats, Flags]:
    """Common odds ratio of the reference group, variance of its logarithm, chi-square, whether anything varied."""
    totals, stratum = np.unique(table.sum(axis=1), return_inverse=True)
    right = table > 0
    strata = np.zeros((2, 2, len(totals), table.shape[1]))  # focal?, right?, stratum, item
    for which in (0, 1):
        mine = group == bool(which)
        for answer in (0, 1):
            chosen = (right[mine] == bool(answer)) * counts[mine, None]
            np.add.at(strata[which, answer], stratum[mine], chosen)
    a, b, c, d = strata[0, 1], strata[0, 0], strata[1, 1], strata[1, 0]
    total = a + b + c + d
    with np.errstate(divide="ignore", invalid="ignore"):
        r, s = a * d / total, b * c / total
        p, q = (a + d) / total, (b + c) / total
        sum_r, sum_s = np.nansum(r, axis=0), np.nansum(s, axis=0)
        variance = (
            np.nansum(p * r, axis=0) / (2 * sum_r**2)
            + np.nansum(p * s + q * r, axis=0) / (2 * sum_r * sum_s)
            + np.nansum(q * s, axis=0) / (2 * sum_s**2)
        )
        expected = (a + b) * (a + c) / total
        spread = (a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1))
        spread = np.where(total > 1, spread, 0)
        away = np.abs(a.sum(axis=0) - np.nansum(np.where(total > 0, expected, 0), axis=0))
        varied = np.nansum(spread, axis=0)
        chi = np.maximum(away - 0.5, 0) ** 2 / varied
        return sum_r / sum_s, variance, chi, varied > 0


def _category(delta: float, error: float, p: float) -> Category | None:
    if np.isnan(delta):
        return None
    if p >= LEVEL or abs(delta) < 1:
        return Category.A
    return Category.C if abs(delta) >= 1.5 and abs(delta) - 1 > ONE_SIDED * error else Category.B
