"""Marginal maximum likelihood for Rasch and 2PL models (Bock & Aitkin 1981, Thissen 1982).

The marginal likelihood is climbed by a quasi-Newton search with an exact gradient (one pass over the people each).
Parameters are measured in the standard errors that they would have if abilities were known, so that the
search sees a round hill, and stops where every one is within a small part of a standard error of the top.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from craftpath.engines.psychometrics.irt import grid as grids
from craftpath.engines.psychometrics.irt import likelihood
from craftpath.engines.psychometrics.irt.descent import descend
from craftpath.engines.psychometrics.irt.grid import Grid, Groups, collapsed
from craftpath.engines.psychometrics.irt.start import FEWEST, Answers, answers, begin
from craftpath.engines.psychometrics.irt.types import Course, Fitted, Model
from craftpath.engines.psychometrics.responses import Responses
from craftpath.figures.figure import (
    Figure,
    Figures,
    Flags,
    Floats,
    Missing,
    Why,
    absent,
    column,
)

STOP = 2e-4  # the steepest slope that is left, in standard errors of known abilities
GOOD_ENOUGH = 2e-3  # where rounding in a sum over very many people hides the rest
MOST_STEPS = 1000
STEEPEST = 15.0  # a slope that comes here would go on without end
FLATTEST = 1e-3  # below, a difficulty would be a division by nothing
LEAST_GAIN = 1e-3  # in log-likelihood over independent answers; with less there is no slope to divide by
FARTHEST = 60.0
LEAST_ITEMS = {Model.RASCH: 1, Model.COMMON: 2, Model.TWO_PL: FEWEST}


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Slopes and intercepts of the items that were estimated, with everything that they were estimated from."""

    slope: Floats
    intercept: Floats
    log_likelihood: float
    course: Course
    groups: Groups
    grid: Grid
    among: Flags


def fit(responses: Responses, model: Model, nodes: int = grids.USUAL, most_steps: int = MOST_STEPS) -> Fitted:
    """Fit the model; missing answers are ignored, which supposes that they are missing at random.

    A search that has not come to the top after `most_steps` gives no figures.
    """
    given = answers(responses, own_slopes=model is Model.TWO_PL)
    return told(responses, given, model, nodes, estimate(given, responses.counts, model, nodes, most_steps))


def estimate(
    given: Answers, counts: Floats, model: Model, nodes: int, most_steps: int = MOST_STEPS
) -> Estimate | None:
    """The bare estimate; None where too few items remain to say anything."""
    among = given.fit
    if among.sum() < LEAST_ITEMS[model]:
        return None
    answered, right = given.given[:, among], given.right[:, among]
    groups = collapsed(right, answered, counts, by_score=model is not Model.TWO_PL)
    slope, intercept = begin(np.where(answered, right, np.nan), counts)
    if model is Model.RASCH:
        slope = np.ones_like(slope)
    elif model is Model.COMMON:
        slope = np.full_like(slope, np.abs(slope).mean())
    return _climb(model, groups, grids.grid(nodes), slope, intercept, among, most_steps)


def _climb(
    model: Model, groups: Groups, grid: Grid, slope: Floats, intercept: Floats, among: Flags, most: int
) -> Estimate:
    items = len(slope)
    free = {Model.RASCH: 0, Model.COMMON: 1, Model.TWO_PL: items}[model]

    def opened(at: Floats) -> tuple[Floats, Floats]:
        point = at * scale
        return np.broadcast_to(point[:free], (items,)) if free else slope, point[free:]

    def downhill(at: Floats) -> tuple[float, Floats]:
        a, d = opened(at)
        found = likelihood.sums(groups, a, d, grid)
        by_slope, by_intercept = likelihood.gradient(found, a, d, grid)
        steep = by_slope.sum(keepdims=True) if free == 1 < items else by_slope[:free]
        return -found.value, -np.concatenate([steep, by_intercept]) * scale

    known = likelihood.sums(groups, slope, intercept, grid)
    by_slope, _, by_intercept = likelihood.complete_information(known, slope, intercept, grid)
    informed = by_slope.sum(keepdims=True) if model is Model.COMMON else by_slope[:free]
    scale = 1 / np.sqrt(np.maximum(np.concatenate([informed, by_intercept]), 1e-6))
    limit = np.concatenate([np.full(free, STEEPEST), np.full(items, FARTHEST)]) / scale
    start = np.concatenate([slope[:free], intercept]) / scale
    found = descend(downhill, start, limit, STOP, most)
    a, d = opened(found.at)
    course = Course(found.left <= GOOD_ENOUGH, found.steps, found.evaluations, found.left)
    sign = -1.0 if a.sum() < 0 else 1.0  # the same likelihood from the other end of the scale
    return Estimate(sign * a, d.copy(), -found.value, course, groups, grid, among)


def _gain(given: Answers, found: Estimate) -> float:
    """How much likelier the answers are than if they had nothing to do with one another."""
    n, held = given.n[found.among], given.held[found.among]
    alone = float((special.xlogy(held, held / n) + special.xlogy(n - held, 1 - held / n)).sum())
    return found.log_likelihood - alone


METHODS = {
    Model.RASCH: "rasch_mml_slope_1",
    Model.COMMON: "rasch_mml_common_slope",
    Model.TWO_PL: "two_pl_mml",
}


def told(responses: Responses, given: Answers, model: Model, nodes: int, found: Estimate | None) -> Fitted:
    """The estimate with a reason for each item that has none."""
    width, method, n = len(responses.items), METHODS[model], given.n
    reasons = list(given.unfit)
    slope, difficulty = np.full(width, np.nan), np.full(width, np.nan)
    course = Course(False, 0, 0, float("nan"))
    fit_of = absent(
        Why.NO_ANSWERS if responses.n == 0 else Why.TOO_FEW_ITEMS, responses.n, method, Missing.IGNORED
    )
    if found is None:
        reasons.append((np.ones(width, dtype=np.bool_), Why.TOO_FEW_ITEMS))
    else:
        course = found.course
        slope[found.among] = found.slope
        with np.errstate(divide="ignore", invalid="ignore"):
            difficulty[found.among] = -found.intercept / found.slope
        reasons.append((np.full(width, not course.converged), Why.NOT_CONVERGED))
        reasons.append((np.abs(slope) > STEEPEST * (1 - 1e-6), Why.UNBOUNDED))
        people = int(found.groups.weight.sum())
        fit_of = (
            Figure(found.log_likelihood, people, method, Missing.IGNORED)
            if course.converged
            else absent(Why.NOT_CONVERGED, people, method, Missing.IGNORED)
        )
    idle = found is not None and model is not Model.RASCH and _gain(given, found) < LEAST_GAIN
    flat = [*reasons, ((np.abs(slope) < FLATTEST) | idle, Why.SLOPE_ZERO)]
    return Fitted(
        model=model,
        items=responses.items,
        slope=column(slope, n, method, Missing.IGNORED, reasons),
        difficulty=column(difficulty, n, method, Missing.IGNORED, flat),
        log_likelihood=fit_of,
        n=responses.n,
        nodes=nodes,
        course=course,
    )


def errors(responses: Responses, model: Model, nodes: int = grids.USUAL) -> tuple[Figures, Figures]:
    """Standard errors of slopes and difficulties, from the inverse of the observed information.

    That of a difficulty b = -d/a follows by the delta method. A slope that is fixed has none.
    """
    given = answers(responses, own_slopes=model is Model.TWO_PL)
    found = estimate(given, responses.counts, model, nodes)
    fitted = told(responses, given, model, nodes, found)
    width = len(responses.items)
    by_slope, by_difficulty = np.full(width, np.nan), np.full(width, np.nan)
    singular = found is not None
    if found is not None:
        among = found.among
        spread = _spread(found, model)
        if spread is not None:
            singular = False
            items = len(found.slope)
            slopes, crossed, intercepts = (
                np.diag(spread[:items, :items]),
                np.diag(spread[:items, items:]),
                np.diag(spread[items:, items:]),
            )
            with np.errstate(invalid="ignore", divide="ignore"):
                b = -found.intercept / found.slope
                by_slope[among] = np.sqrt(slopes)
                by_difficulty[among] = np.sqrt(intercepts + b**2 * slopes + 2 * b * crossed) / np.abs(
                    found.slope
                )
    method = f"{METHODS[model]}_observed_information"
    unknown = (np.full(width, singular), Why.NOT_IDENTIFIED)
    fixed = (np.full(width, model is Model.RASCH), Why.FIXED)
    return (
        column(by_slope, given.n, method, Missing.IGNORED, [*fitted.slope.reasons, fixed, unknown]),
        column(by_difficulty, given.n, method, Missing.IGNORED, [*fitted.difficulty.reasons, unknown]),
    )


def _spread(found: Estimate, model: Model) -> Floats | None:
    """Covariances of slopes (zero where fixed) and intercepts; None where the information is not positive."""
    items = len(found.slope)
    information = likelihood.observed_information(found.groups, found.slope, found.intercept, found.grid)
    ways = {Model.RASCH: np.zeros((items, 0)), Model.COMMON: np.ones((items, 1)), Model.TWO_PL: np.eye(items)}
    free = ways[model].shape[1]
    turn = np.zeros((2 * items, free + items))
    turn[:items, :free], turn[items:, free:] = ways[model], np.eye(items)
    inner = turn.T @ information @ turn
    size = np.sqrt(np.maximum(np.diag(inner), 1e-300))
    values, vectors = np.linalg.eigh(inner / np.outer(size, size))
    if values[0] <= 1e-10:
        return None
    inverse = (vectors / values) @ vectors.T / np.outer(size, size)
    return np.asarray(turn @ inverse @ turn.T)
