"""Reliability: Cronbach's alpha (complete rows and pairwise), KR-20, alpha without an item, SEM, Spearman-Brown.

Cronbach (1951), Kuder & Richardson (1937); alpha = k/(k-1) (1 - sum of item variances / variance of totals).
"""

from __future__ import annotations

import numpy as np

from craftpath.engines.psychometrics.items.moments import pairwise_covariance
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.alpha import ALPHA, SMALL, alpha_of_covariances, alpha_of_rows, covariance, unfit
from craftpath.figures.figure import Figure, Figures, Missing, Why, absent, column

KR20, SEM = "kuder_richardson_20", "standard_error_of_measurement"
WITHOUT = "cronbach_alpha_without_the_item"


def alpha(responses: Responses) -> Figure:
    """Alpha over complete rows."""
    return alpha_of_rows(*responses.complete)


def alpha_pairwise(responses: Responses) -> Figure:
    """Alpha with each covariance over those who answered both items."""
    n = responses.n
    why = unfit(len(responses.items), n)
    if why:
        return absent(why if n else Why.NO_ANSWERS, n, ALPHA, Missing.PAIRWISE)
    found = pairwise_covariance(responses.scores, responses.counts)
    if np.isnan(found).any():
        return absent(Why.TOO_FEW_ROWS, n, ALPHA, Missing.PAIRWISE)
    return alpha_of_covariances(found, n, Missing.PAIRWISE)


def alpha_without(responses: Responses) -> Figures:
    """Alpha of the other items, for each item, over complete rows."""
    table, counts = responses.complete
    n, items = int(counts.sum()), len(responses.items)
    found = covariance(table, counts)
    variances, rows, whole = np.diag(found), found.sum(axis=1), found.sum()
    own, rest = variances.sum() - variances, whole - 2 * rows + variances
    few = np.full(items, items < 3)
    none = np.isnan(rest) | (rest <= SMALL * own) | (own <= 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (items - 1) / np.maximum(items - 2, 1) * (1 - own / rest)
    reasons = [
        (few, Why.TOO_FEW_ITEMS),
        (np.full(items, n == 0), Why.NO_COMPLETE_ROWS),
        (np.full(items, n < 2), Why.TOO_FEW_ROWS),
        (none, Why.NO_VARIATION),
    ]
    return column(values, n, WITHOUT, Missing.COMPLETE, reasons)


def kr20(responses: Responses) -> Figure:
    """KR-20 over complete rows: only where every answer is 0 or 1. It equals alpha there."""
    table, counts = responses.complete
    n, items = int(counts.sum()), len(responses.items)
    why = None if responses.binary else Why.NOT_DICHOTOMOUS
    why = why or unfit(items, n)
    if why:
        return absent(why, n, KR20, Missing.COMPLETE)
    p = counts @ table / n
    totals = table.sum(axis=1)
    variance = counts @ (totals - counts @ totals / n) ** 2 / n  # population variance, as pq is
    if variance <= SMALL:
        return absent(Why.NO_VARIATION, n, KR20, Missing.COMPLETE)
    return Figure(items / (items - 1) * (1 - float(p @ (1 - p)) / float(variance)), n, KR20, Missing.COMPLETE)


def error_of_measurement(responses: Responses) -> Figure:
    """SEM = s sqrt(1 - alpha) of the total score, over complete rows."""
    reliability = alpha(responses)
    if reliability.value is None:
        return Figure(None, reliability.n, SEM, Missing.COMPLETE, reliability.why)
    variance = covariance(*responses.complete).sum()
    return Figure(
        float(np.sqrt(variance * max(1 - reliability.value, 0))), reliability.n, SEM, Missing.COMPLETE
    )


def spearman_brown(reliability: float, times: float) -> float | None:
    """Reliability of a test `times` as long; None where the formula has no meaning."""
    below = 1 + (times - 1) * reliability
    if times <= 0 or below <= 0 or reliability > 1:
        return None
    return times * reliability / below
