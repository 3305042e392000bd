"""An effect line by line, adding up."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from craftpath.engines.appraisal import Cases, Rules, Why, appraise, explain
from tests.engines.appraisal.simulated import simulated
from tests.engines.appraisal.test_appraise import PAIRS, groups


def test_two_apprentices_worked_by_hand() -> None:
    told = explain(appraise(groups(PAIRS), Rules(apprentices=2)), "t4")
    assert [(line.apprentice, line.start, line.result, line.share) for line in told.lines] == [
        ("a8", 50.0, 75.0, 1.0),
        ("a9", 50.0, 85.0, 1.0),
    ]
    assert [line.predicted for line in told.lines] == pytest.approx([60, 60])
    assert [line.difference for line in told.lines] == pytest.approx([15, 25])
    assert [line.colleagues for line in told.lines] == [0, 0]
    assert [line.weight for line in told.lines] == pytest.approx([0.45, 0.45], abs=1e-6)
    assert [line.contribution for line in told.lines] == pytest.approx([6.75, 11.25], abs=1e-5)
    assert told.kept == pytest.approx(0.9, abs=1e-6)
    assert told.effect.value == pytest.approx(18, abs=1e-5)
    assert told.effect.raw == pytest.approx(20, abs=1e-5)


@pytest.mark.parametrize("teams", [False, True])
def test_every_figure_adds_up(teams: bool) -> None:
    drawn = simulated(30, 21, teams=teams)
    starts = drawn.cases.starts.copy()
    starts[::5] = np.nan
    random = np.random.default_rng(2)
    cases = replace(drawn.cases, starts=starts, weights=random.uniform(0.5, 1, drawn.cases.count))
    found = appraise(cases, Rules(apprentices=1, cells=True))
    predictions = found.model.middle + found.model.design.matrix @ found.model.fixed
    for at, key in enumerate(found.trainers):
        told = explain(found, key)
        value = told.effect.value
        assert value == math.fsum(line.contribution or 0 for line in told.lines)  # to the last digit
        assert value == pytest.approx(found.value[at], abs=1e-9)
        assert (told.effect.raw or 0) * (told.kept or 0) == pytest.approx(value, abs=1e-9)
        assert len(told.lines) == int((cases.shares.trainer == at).sum())
        for line in told.lines:
            place = cases.apprentices.index(line.apprentice)
            assert line.predicted == math.fsum(amount for _, amount in line.parts)
            assert line.predicted == pytest.approx(predictions[place], abs=1e-9)
            assert line.difference == line.result - line.predicted
            assert line.rest == pytest.approx(line.difference - line.colleagues, abs=1e-12)
            assert line.contribution == (line.weight or 0) * line.rest
            assert (line.start is None) == bool(np.isnan(starts[place]))


def test_a_shared_apprentice_counts_for_both_less_what_the_colleague_accounts_for() -> None:
    found = appraise(simulated(30, 22, teams=True).cases, Rules(apprentices=1))
    told = explain(found, "t00004")
    shared = next(line for line in told.lines if line.share == 0.6)
    assert shared.colleagues == pytest.approx(0.4 * found.value[5])
    alone = next(line for line in told.lines if line.share == 1)
    assert (shared.weight or 0) == pytest.approx(0.6 * (alone.weight or 0))
    assert alone.colleagues == 0


def test_without_an_effect_the_lines_have_no_weight() -> None:
    found = appraise(groups(PAIRS))
    told = explain(found, "t1")
    assert (told.effect.value, told.effect.why, told.kept) == (None, Why.TOO_FEW_APPRENTICES, None)
    assert [(line.weight, line.contribution) for line in told.lines] == [(None, None)] * 2
    assert [line.difference for line in told.lines] == pytest.approx([-15, -5])
    with pytest.raises(KeyError):
        explain(found, "nobody")


def test_lines_of_both_periods_stand_in_the_order_in_which_they_came() -> None:
    cases = groups(PAIRS)
    cases = Cases.of(
        cases.trainers,
        [f"a{at // 2}" for at in range(10)],
        cases.results,
        cases.starts,
        cases.stages,
        cases.programmes,
        (list(range(9, -1, -1)), [f"t{at // 2}" for at in range(9, -1, -1)], [1.0] * 10),
        periods=["1", "2"] * 5,
    )
    told = explain(appraise(cases, Rules(apprentices=1)), "t1")
    assert [(line.apprentice, line.period, line.result) for line in told.lines] == [
        ("a1", "1", 45.0),
        ("a1", "2", 55.0),
    ]
