"""The fitted model: what is predicted, how much trainers differ, what that makes of each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from craftpath.engines.appraisal.design import Design, design
from craftpath.engines.appraisal.likelihood import Solution, Sums, error_variances, solve, sums
from craftpath.engines.appraisal.types import Cases, Floats, Rules, Whole, Why
from craftpath.engines.appraisal.variance import plausible, reml

NOTHING_LEFT = 1e-6  # of the range of results: a spread that is only rounding


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Cases that counted and what was estimated from them. `left_out` are places in what came in.

    A prediction is `middle` + `design.matrix` @ `fixed`. `effects` are shrunk, `pev` their error variances at the
    estimated variances, `errors` their standard errors that allow for the estimation of these. Variances are `between`
    trainers and `within` (of a case with weight 1). Where nobody has an effect `why` says why, and all of these but
    the prediction are 0 or None.
    """

    cases: Cases
    rules: Rules
    left_out: Whole
    design: Design
    shares: Any  # cases x trainers, sparse by cases
    by_trainer: Any  # the same by trainers
    middle: float
    fixed: Floats
    effects: Floats
    pev: Floats
    errors: Floats
    freedom: int
    between: float | None = None
    within: float | None = None
    why: str = ""


def fitted(cases: Cases, rules: Rules, left_out: Whole) -> Model:
    """The model of cases that are in order."""
    held, shares = design(cases, rules), cases.shares
    z = sparse.csr_matrix((shares.share, (shares.case, shares.trainer)), (cases.count, len(cases.trainers)))
    middle = float(np.average(cases.results, weights=cases.weights))
    known = sums(held.matrix, z, cases.results - middle, cases.weights)
    plain = solve(known, 0.0)
    nothing = np.zeros(len(cases.trainers))

    def model(found: Solution, why: str, **more: Any) -> Model:
        columns = {"effects": nothing, "pev": nothing, "errors": nothing} | more
        return Model(
            cases,
            rules,
            left_out,
            held,
            z,
            z.tocsc(),
            middle,
            found.fixed,
            freedom=known.freedom,
            why=why,
            **columns,
        )

    why = _hopeless(cases, rules, known, plain)
    if why:
        return model(plain, why)
    ratio = reml(known)
    if ratio.flat:
        return model(plain, Why.NOT_SEPARABLE.value)
    if ratio.zero:
        return model(plain, Why.NOTHING_BETWEEN.value, between=0.0, within=plain.scale)
    best = ratio.best
    return model(
        best,
        "",
        effects=best.effects,
        pev=error_variances(known, best),
        errors=_errors(known, best),
        between=best.ratio * best.scale,
        within=best.scale,
    )


def _hopeless(cases: Cases, rules: Rules, known: Sums, plain: Solution) -> str:
    if len(np.unique(cases.shares.trainer)) < rules.trainers:
        return Why.TOO_FEW_TRAINERS.value
    if known.freedom < 1:
        return Why.TOO_FEW_CASES.value
    if plain.scale <= (NOTHING_LEFT * (rules.highest - rules.lowest)) ** 2:
        return Why.NO_VARIATION.value
    return ""


def _errors(known: Sums, best: Solution) -> Floats:
    """Standard errors over all plausible ratios: the mean error variance, and how far effects move with the ratio."""
    total = np.zeros(len(best.effects))
    for found, weight in plausible(known, best):
        total += weight * (error_variances(known, found) + (found.effects - best.effects) ** 2)
    return np.asarray(np.sqrt(total))
