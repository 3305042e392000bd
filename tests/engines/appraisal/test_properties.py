"""What must hold whatever the cases: against the model in full tables, and under changes that change nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from craftpath.engines.appraisal import Appraisal, Cases, Rules, appraise, explain
from craftpath.engines.appraisal.likelihood import error_variances, solve, sums
from craftpath.engines.appraisal.variance import LOOKED_AT, ratio_of
from tests.engines.appraisal.plain import membership, plain
from tests.engines.appraisal.test_appraise import groups

SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
ANYBODY = Rules(apprentices=0.1, rare=1)


@st.composite
def some_cases(draw: st.DrawFn) -> Cases:
    """5 to 7 trainers with 8 to 24 cases, alone or in teams of up to three, some starts unknown."""
    trainers = [f"t{at}" for at in range(draw(st.integers(5, 7)))]
    n = draw(st.integers(8, 24))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    teams = draw(st.integers(1, 3))
    case, who, share = [], [], []
    for at in range(n):
        size = int(random.integers(1, teams + 1))
        team = [at % len(trainers)] + random.permutation(len(trainers)).tolist()
        team = list(dict.fromkeys(team))[:size]
        parts = random.integers(1, 5, size)
        case += [at] * size
        who += [trainers[one] for one in team]
        share += (parts / parts.sum()).tolist()
    spread = draw(st.sampled_from([0.0, 5.0, 15.0]))
    owner = random.normal(0, spread, len(trainers))[np.arange(n) % len(trainers)]
    starts = random.uniform(20, 80, n)
    starts[random.random(n) < draw(st.sampled_from([0.0, 0.3]))] = np.nan
    return Cases.of(
        trainers,
        [f"a{at}" for at in range(n)],
        np.clip(50 + owner + random.normal(0, 5, n), 10, 80),
        starts,
        [f"s{at}" for at in random.integers(0, 2, n)],
        [f"p{at}" for at in random.integers(0, 3, n)],
        (case, who, share),
        weights=random.uniform(0.3, 1.5, n),
    )


@SOME
@given(some_cases())
def test_the_same_as_the_model_in_full_tables(cases: Cases) -> None:
    found = appraise(cases, ANYBODY).model
    held = sums(found.design.matrix, found.shares, cases.results - found.middle, cases.weights)
    assume(held.freedom > 1)
    assert found.shares.toarray() == pytest.approx(membership(cases))
    heights, theirs = [], []
    for rho in LOOKED_AT[:-2]:
        mine, oracle = solve(held, ratio_of(rho)), plain(cases, ratio_of(rho))
        heights.append(-2 * mine.log_likelihood)
        theirs.append(oracle.twice)
        assert mine.scale == pytest.approx(oracle.scale, rel=1e-6)
        assert mine.effects == pytest.approx(oracle.effects, abs=1e-6)
        assert error_variances(held, mine) == pytest.approx(oracle.pev, rel=1e-5, abs=1e-6)
        fitted = found.middle + found.design.matrix @ mine.fixed
        assert fitted == pytest.approx(oracle.fitted, abs=1e-6)
    # the two differ by a constant: the columns are others of the same space
    assert np.ptp(np.array(heights) - np.array(theirs)) < 1e-6
    if found.between and found.within and found.between / found.within < ratio_of(0.97):
        assert plain(cases, found.between / found.within).twice <= min(theirs) + 1e-6
    elif found.between == 0:
        assert theirs[0] <= min(theirs) + 1e-6


def same(one: Appraisal, other: Appraisal, order: list[int] | None = None) -> None:
    order = list(range(len(one.trainers))) if order is None else order
    assert [one.why[at] for at in order] == list(other.why)
    for mine, theirs in ((one.value, other.value), (one.low, other.low), (one.high, other.high)):
        assert mine[order] == pytest.approx(theirs, abs=2e-4, nan_ok=True)


def clear(cases: Cases) -> Appraisal:
    """An appraisal whose variance is neither 0 nor nearly so, where a last digit decides what is told."""
    found = appraise(cases, ANYBODY)
    share = (found.model.between or 0) / ((found.model.within or 0) + (found.model.between or 0) or 1)
    assume(0.02 < share < 0.9)
    return found


@SOME
@given(some_cases(), st.floats(-9, 19))
def test_a_constant_for_everybody_changes_no_effect(cases: Cases, points: float) -> None:
    same(clear(cases), appraise(replace(cases, results=cases.results + points), ANYBODY))


@SOME
@given(some_cases(), st.integers(0, 1000))
def test_the_order_of_trainers_cases_and_shares_changes_nothing(cases: Cases, seed: int) -> None:
    found, random = clear(cases), np.random.default_rng(seed)
    order = random.permutation(len(cases.trainers))
    places, rows = random.permutation(cases.count), random.permutation(len(cases.shares.case))
    back = np.argsort(places)
    turned = Cases.of(
        [cases.trainers[at] for at in order],
        [cases.apprentices[at] for at in places],
        cases.results[places],
        cases.starts[places],
        [cases.stages[at] for at in places],
        [cases.programmes[at] for at in places],
        (
            back[cases.shares.case[rows]],
            [cases.trainers[at] for at in cases.shares.trainer[rows]],
            cases.shares.share[rows],
        ),
        weights=cases.weights[places],
    )
    same(found, appraise(turned, ANYBODY), order.tolist())


@SOME
@given(some_cases())
def test_what_stages_programmes_and_people_are_called_changes_nothing(cases: Cases) -> None:
    named = replace(
        cases,
        trainers=tuple(f"x{at}" for at in range(len(cases.trainers), 0, -1)),
        stages=tuple({"s0": "z", "s1": "a"}[word] for word in cases.stages),
        programmes=tuple({"p0": "m", "p1": "k", "p2": "q"}[word] for word in cases.programmes),
    )
    same(clear(cases), appraise(named, ANYBODY))


@SOME
@given(some_cases())
def test_effects_are_between_nothing_and_the_raw_difference_and_explained(cases: Cases) -> None:
    found = clear(cases)
    for at, key in enumerate(found.trainers):
        told = explain(found, key)
        if told.effect.value is None or told.effect.raw is None or told.kept is None:
            assert np.isnan(found.value[at])
            continue
        assert 0 < told.kept < 1
        assert abs(told.effect.value) <= abs(told.effect.raw) + 1e-9
        assert told.effect.value == pytest.approx(found.value[at], abs=1e-8)
        assert (told.effect.low or 0) <= found.value[at] <= (told.effect.high or 0)
        assert 0 < (told.effect.reliability or 0) < 1


@SOME
@given(st.integers(2, 6), st.integers(1, 10), st.floats(1, 12))
def test_more_apprentices_with_the_same_difference_are_shrunk_less(few: int, more: int, mean: float) -> None:
    def about(middle: float, n: int) -> list[float]:
        return [middle + (-3 if at % 2 else 3) for at in range(2 * n)]

    found = appraise(
        groups(
            [about(50 + mean, few), about(50 + mean, few + more), *(about(50 + m, 3) for m in (-9, -4, 0, 7))]
        ),
        ANYBODY,
    )
    assume(not found.model.why)
    assert found.raw[0] == pytest.approx(found.raw[1])
    assert abs(found.value[0]) <= abs(found.value[1])
    assert found.reliability[0] < found.reliability[1]
    assert found.se[0] > found.se[1]
