"""Classical figures of each item: difficulty, discrimination in four forms, and the distribution of totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.items import reliability
from craftpath.engines.psychometrics.items.moments import constant, share
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.alpha import SMALL, covariance
from craftpath.figures.figure import Figure, Figures, Floats, Missing, Why, absent, column

GROUP = 0.27  # Kelley (1939)


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Total scores over complete rows: each value with its count, mean and variance (divisor n - 1)."""

    scores: Floats
    counts: Floats
    mean: Figure
    variance: Figure


@dataclass(frozen=True, slots=True, eq=False)
class Classical:
    """A whole item analysis; columns stand in the order of `items`."""

    items: tuple[str, ...]
    n: int
    n_complete: int
    difficulty: Figures
    upper_lower: Figures
    item_rest: Figures
    item_total: Figures
    biserial: Figures
    alpha: Figure
    alpha_pairwise: Figure
    alpha_without: Figures
    kr20: Figure
    error: Figure
    distribution: Distribution


def classical(responses: Responses, group: float = GROUP) -> Classical:
    """Analyse a test; `group` is the share of people in the upper and in the lower group."""
    return Classical(
        items=responses.items,
        n=responses.n,
        n_complete=responses.n_complete,
        difficulty=difficulty(responses),
        upper_lower=upper_lower(responses, group),
        item_rest=item_rest(responses),
        item_total=item_total(responses),
        biserial=biserial(responses),
        alpha=reliability.alpha(responses),
        alpha_pairwise=reliability.alpha_pairwise(responses),
        alpha_without=reliability.alpha_without(responses),
        kr20=reliability.kr20(responses),
        error=reliability.error_of_measurement(responses),
        distribution=distribution(responses),
    )


def answers(responses: Responses) -> Floats:
    """How many people answered each item."""
    return np.asarray(responses.counts @ responses.answered)


def difficulty(responses: Responses) -> Figures:
    """The mean share of the maximum, over those who answered the item."""
    n = answers(responses)
    sums = responses.counts @ np.where(responses.answered, responses.scores, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = sums / n / responses.maxima
    reasons = [(n == 0, Why.NO_ANSWERS), (np.isnan(responses.maxima), Why.NO_MAXIMUM)]
    return column(values, n, "mean_share_of_maximum", Missing.ANSWERED, reasons)


def upper_lower(responses: Responses, group: float = GROUP) -> Figures:
    """D: mean share in the upper group less that in the lower one, by total score over complete rows.

    A group is exactly `group` of the people; those tied at its edge each count by the same fraction.
    """
    table, counts = responses.complete
    n = counts.sum()
    totals = table.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        high, low = (share(totals, counts, group * n, end) for end in (True, False))
        values = (high @ table / high.sum() - low @ table / low.sum()) / responses.maxima
    width = len(responses.items)
    reasons = [
        (np.full(width, n == 0), Why.NO_COMPLETE_ROWS),
        (np.full(width, n < 2), Why.TOO_FEW_ROWS),
        (np.isnan(responses.maxima), Why.NO_MAXIMUM),
        (np.full(width, len(np.unique(totals)) < 2), Why.NO_VARIATION),
    ]
    return column(values, int(n), "upper_lower_27_ties_shared", Missing.COMPLETE, reasons)


def item_rest(responses: Responses) -> Figures:
    """Pearson correlation of the item with the total without it, over complete rows."""
    return _with_total(responses, "pearson_item_rest", removed=True)


def item_total(responses: Responses) -> Figures:
    """Pearson correlation of the item with the total, itself included, over complete rows."""
    return _with_total(responses, "pearson_item_total", removed=False)


def _with_total(responses: Responses, method: str, removed: bool) -> Figures:
    table, counts = responses.complete
    n, width = int(counts.sum()), len(responses.items)
    found = covariance(table, counts)
    own, rows, whole = np.diag(found), found.sum(axis=1), found.sum()
    shared, other = (rows - own, whole - 2 * rows + own) if removed else (rows, np.full(width, whole))
    flat = np.isnan(other) | (other <= SMALL * own.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.clip(shared / np.sqrt(own * other), -1, 1)
    reasons = [
        (np.full(width, n == 0), Why.NO_COMPLETE_ROWS),
        (np.full(width, n < 2), Why.TOO_FEW_ROWS),
        (np.full(width, removed and width < 2), Why.TOO_FEW_ITEMS),
        (constant(table) | flat, Why.NO_VARIATION),
    ]
    return column(values, n, method, Missing.COMPLETE, reasons)


def biserial(responses: Responses) -> Figures:
    """Biserial correlation with the total: r sqrt(pq) / normal density at the p-quantile; 0/1 items only."""
    plain = item_total(responses)
    table, counts = responses.complete
    with np.errstate(invalid="ignore", divide="ignore"):
        p = counts @ (table > 0) / counts.sum()
        density = np.exp(-(special.ndtri(p) ** 2) / 2) / np.sqrt(2 * np.pi)
        values = plain.values * np.sqrt(p * (1 - p)) / density
    reasons = [(~responses.dichotomous, Why.NOT_DICHOTOMOUS), *plain.reasons]
    return column(values, plain.n, "biserial_item_total", Missing.COMPLETE, reasons)


def distribution(responses: Responses) -> Distribution:
    """The totals of complete rows."""
    table, counts = responses.complete
    totals, n = table.sum(axis=1), int(counts.sum())
    values, place = np.unique(totals, return_inverse=True)
    held = np.bincount(place, weights=counts, minlength=len(values)).astype(np.float64)
    if n == 0:
        none = absent(Why.NO_COMPLETE_ROWS, 0, "mean", Missing.COMPLETE)
        return Distribution(values, held, none, none)
    mean = float(counts @ totals / n)
    spread = (
        Figure(float(counts @ (totals - mean) ** 2 / (n - 1)), n, "variance_n_minus_1", Missing.COMPLETE)
        if n > 1
        else absent(Why.TOO_FEW_ROWS, n, "variance_n_minus_1", Missing.COMPLETE)
    )
    return Distribution(values, held, Figure(mean, n, "mean", Missing.COMPLETE), spread)
