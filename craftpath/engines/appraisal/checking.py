"""Are cases and rules such that something can be estimated? Every fault with its place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from craftpath.engines.appraisal.types import USUAL, Cases, Flags, Rules
from craftpath.values.faults import Fault

NEAR = 1e-6  # by which shares may miss 1: thirds of days come rounded


def check(cases: Cases, rules: Rules = USUAL) -> tuple[Fault, ...]:
    """Every fault of the two; none means that `appraise` may begin."""
    faults = [*_rules(rules), *_lengths(cases)]
    return tuple(faults or [*_keys(cases), *_values(cases, rules), *_shares(cases)])


def _rules(rules: Rules) -> Iterator[Fault]:
    if not 0 < rules.level < 1:
        yield Fault("appraisal.level_not_share", "rules.level", {"level": rules.level})
    if not (math.isfinite(rules.apprentices) and rules.apprentices > 0):
        yield Fault("appraisal.number_not_positive", "rules.apprentices")
    if rules.trainers < 2:
        yield Fault("appraisal.trainers_below_2", "rules.trainers")
    if rules.rare < 1:
        yield Fault("appraisal.number_not_positive", "rules.rare")
    if not (math.isfinite(rules.lowest) and math.isfinite(rules.highest) and rules.lowest < rules.highest):
        yield Fault("appraisal.least_above_most", "rules.lowest")


def _lengths(cases: Cases) -> Iterator[Fault]:
    columns = ["apprentices", "periods", "starts", "stages", "programmes", "weights"]
    columns += ["groups"] if cases.groups else []
    for name in columns:
        if len(getattr(cases, name)) != cases.count:
            yield Fault("appraisal.columns_uneven", name, {"cases": cases.count})
    shares = cases.shares
    if not len(shares.case) == len(shares.trainer) == len(shares.share):
        yield Fault("appraisal.columns_uneven", "shares")
    if not cases.count:
        yield Fault("appraisal.no_cases", "results")


def _keys(cases: Cases) -> Iterator[Fault]:
    for key, times in Counter(cases.trainers).items():
        if times > 1:
            yield Fault("appraisal.trainer_twice", "trainers", {"trainer": key})
    seen: set[tuple[str, str]] = set()
    for at, case in enumerate(zip(cases.apprentices, cases.periods, strict=True)):
        if case in seen:
            facts = {"apprentice": case[0], "period": case[1]}
            yield Fault("appraisal.case_twice", f"apprentices[{at}]", facts)
        seen.add(case)


def _values(cases: Cases, rules: Rules) -> Iterator[Fault]:
    results, weights = cases.results, cases.weights
    yield from _told("appraisal.result_missing", "results", results, ~np.isfinite(results))
    outside = (results < rules.lowest) | (results > rules.highest)
    yield from _told("appraisal.result_out_of_range", "results", results, np.isfinite(results) & outside)
    yield from _told("appraisal.start_not_finite", "starts", cases.starts, np.isinf(cases.starts))
    wrong = ~(np.isfinite(weights) & (weights > 0))
    yield from _told("appraisal.weight_not_positive", "weights", weights, wrong)


def _shares(cases: Cases) -> Iterator[Fault]:
    shares = cases.shares
    unknown = (shares.case < 0) | (shares.case >= cases.count)
    yield from _told("appraisal.case_unknown", "shares", shares.share, unknown)
    strangers = (shares.trainer < 0) | (shares.trainer >= len(cases.trainers))
    yield from _told("appraisal.trainer_unknown", "shares", shares.share, strangers)
    wrong = ~((shares.share > 0) & (shares.share <= 1 + NEAR))  # NaN is wrong too
    yield from _told("appraisal.share_not_share", "shares", shares.share, wrong)
    if unknown.any() or strangers.any() or wrong.any():
        return
    pairs = shares.case * len(cases.trainers) + shares.trainer
    again = np.ones(len(pairs), dtype=np.bool_)
    again[np.unique(pairs, return_index=True)[1]] = False
    yield from _told("appraisal.share_twice", "shares", shares.share, again)
    sums = np.bincount(shares.case, shares.share, cases.count)
    yield from _told("appraisal.shares_not_1", "cases", sums, np.abs(sums - 1) > NEAR)


def _told(code: str, place: str, values: Any, wrong: Flags) -> Iterator[Fault]:
    for at in np.flatnonzero(wrong).tolist():
        yield Fault(code, f"{place}[{at}]", {"value": float(values[at])})
