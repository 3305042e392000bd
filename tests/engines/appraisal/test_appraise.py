"""Effects: worked by hand, beside statsmodels, recovered from simulated data, and absent with a reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from craftpath.engines.appraisal import (
    AppraisalFaulty,
    Cases,
    Rules,
    UnknownStart,
    Why,
    appraise,
    check,
)
from craftpath.engines.appraisal.design import Term
from tests.engines.appraisal.plain import plain
from tests.engines.appraisal.simulated import simulated

ANYBODY = Rules(apprentices=0.1)


def groups(results: Sequence[Sequence[float]], starts: Sequence[float] | None = None) -> Cases:
    """One trainer for each group, one stage, one programme."""
    flat = [result for group in results for result in group]
    keys = [f"t{at}" for at in range(len(results))]
    who = [keys[at] for at, group in enumerate(results) for _ in group]
    n = len(flat)
    return Cases.of(
        keys,
        [f"a{at}" for at in range(n)],
        flat,
        [50.0] * n if starts is None else starts,
        ["junior"] * n,
        ["fitter"] * n,
        (range(n), who, [1.0] * n),
    )


PAIRS = [[mean - 5, mean + 5] for mean in (40, 50, 60, 70, 80)]


def test_five_trainers_with_two_apprentices_each_worked_by_hand() -> None:
    # within = 5 x 50 / 5 = 50; between = (2 x 250 - 50) / 2 = 225; kept = 225 / (225 + 50 / 2) = 0.9
    found = appraise(groups(PAIRS), Rules(apprentices=2))
    assert found.model.within == pytest.approx(50, rel=1e-6)
    assert found.model.between == pytest.approx(225, rel=1e-6)
    assert found.value == pytest.approx([-18, -9, 0, 9, 18], abs=1e-5)
    assert found.raw == pytest.approx([-20, -10, 0, 10, 20], abs=1e-9)
    # error with a known mean 225 x 0.1 = 22.5, and 0.9^2 x 250 / 5 for the mean
    assert found.model.pev == pytest.approx([63] * 5, rel=1e-6)
    assert found.reliability == pytest.approx([0.72] * 5, abs=1e-6)
    one = found.effect("t0")
    assert (one.apprentices, one.effective, one.why) == (2, 2.0, "")
    assert one.se is not None
    assert one.se > math.sqrt(63)  # nobody knows the variances of five trainers
    assert found.leanings[0].code == "not_available"


def test_the_mean_of_trainers_is_no_effect_and_small_numbers_are_shrunk_more() -> None:
    found = appraise(groups([[40, 44, 42], [60, 62, 61], [50] * 2, [70, 71], [70, 71] * 6]), ANYBODY)
    assert found.value[3] < found.value[4]
    assert found.raw[3] == pytest.approx(found.raw[4])
    assert found.reliability[3] < found.reliability[4]
    assert found.se[3] > found.se[4]


@pytest.mark.parametrize(("trainers", "seed"), [(40, 3), (150, 4)])
def test_the_same_as_statsmodels_where_trainers_do_not_share(trainers: int, seed: int) -> None:
    cases = simulated(trainers, seed).cases
    model = appraise(cases, ANYBODY).model
    fitted = MixedLM(cases.results - model.middle, model.design.matrix.toarray(), cases.shares.trainer).fit(
        reml=True
    )
    assert model.between == pytest.approx(float(np.asarray(fitted.cov_re)[0, 0]), rel=1e-3)
    assert model.within == pytest.approx(fitted.scale, rel=1e-3)
    assert model.fixed == pytest.approx(np.asarray(fitted.fe_params), abs=1e-3)
    theirs = [float(np.asarray(fitted.random_effects[at])[0]) for at in range(trainers)]
    assert model.effects == pytest.approx(theirs, abs=1e-3)


@pytest.mark.parametrize("teams", [False, True])
def test_what_data_were_drawn_from_is_found_again(teams: bool) -> None:
    drawn = simulated(1500, 11, teams=teams)
    found = appraise(drawn.cases)
    told = ~np.isnan(found.value)
    assert math.sqrt(found.model.between or 0) == pytest.approx(3, abs=0.2)
    assert math.sqrt(found.model.within or 0) == pytest.approx(6, abs=0.15)
    away = found.value[told] - drawn.truth[told]
    assert math.sqrt((away**2).mean()) < math.sqrt(((found.raw[told] - drawn.truth[told]) ** 2).mean())
    # reliability is what it says: the squared correlation with the truth
    correlation = np.corrcoef(found.value[told], drawn.truth[told])[0, 1]
    assert correlation**2 == pytest.approx(found.reliability[told].mean(), abs=0.05)
    assert found.leanings[0].code == "even"


def test_errors_are_the_mean_over_all_plausible_ratios() -> None:
    cases = simulated(20, 31, between=2.5, teams=True).cases
    found = appraise(cases, ANYBODY).model
    rhos = np.linspace(0.0005, 0.95, 300)
    every = [plain(cases, rho / (1 - rho)) for rho in rhos]
    likely = np.array([-one.twice / 2 for one in every])
    weights = np.exp(likely - likely.max()) / (1 - rhos) ** 2  # flat in the variance
    square = np.array([one.pev + (one.effects - found.effects) ** 2 for one in every])
    assert found.errors == pytest.approx(np.sqrt(weights @ square / weights.sum()), rel=0.01)
    assert (found.errors > 1.02 * np.sqrt(found.pev)).any()


@pytest.mark.parametrize(("between", "teams"), [(1.5, False), (3.0, True), (6.0, False)])
def test_intervals_cover_what_they_say(between: float, teams: bool) -> None:
    inside = {0.8: 0.0, 0.95: 0.0}
    rounds = 25
    for seed in range(rounds):
        drawn = simulated(100, 500 + seed, between=between, teams=teams)
        for level in inside:
            found = appraise(drawn.cases, Rules(level=level))
            told = ~np.isnan(found.value)
            hit = (found.low <= drawn.truth) & (drawn.truth <= found.high)
            inside[level] += float(hit[told].mean()) / rounds
    assert inside[0.8] == pytest.approx(0.8, abs=0.035)
    assert inside[0.95] == pytest.approx(0.95, abs=0.025)


def test_too_few_apprentices_are_no_effect_and_shares_count_by_days() -> None:
    drawn = simulated(60, 5, teams=True)
    found = appraise(drawn.cases)
    for at, key in enumerate(found.trainers):
        effect = found.effect(key)
        if found.effective[at] < 5 - 1e-6:
            assert (effect.value, effect.low, effect.raw, effect.why) == (
                None,
                None,
                None,
                Why.TOO_FEW_APPRENTICES,
            )
        else:
            assert effect.value is not None
    assert found.effective.sum() == pytest.approx(drawn.cases.count)
    assert (found.apprentices >= found.effective - 1e-9).all()


def test_two_half_years_of_one_apprentice_are_one_apprentice() -> None:
    cases = groups(PAIRS)
    cases = replace(cases, apprentices=tuple("aabcdefghi"), periods=tuple("12" * 5))
    found = appraise(replace(cases, weights=np.full(10, 0.5)), Rules(apprentices=1))
    assert found.apprentices.tolist() == [1, 2, 2, 2, 2]
    assert found.effective.tolist() == [1, 1, 1, 1, 1]
    assert appraise(cases, ANYBODY).effective.tolist() == [1, 2, 2, 2, 2]


def told(cases: Cases, rules: Rules = ANYBODY) -> set[str]:
    found = appraise(cases, rules)
    assert np.isnan(found.value).all()
    assert found.effect(found.trainers[0]).value is None
    return set(found.why)


def test_where_nothing_can_be_told_there_is_a_reason_and_never_0() -> None:
    assert told(groups([[50, 60, 70]] * 6)) == {Why.NOTHING_BETWEEN}
    assert appraise(groups([[50, 60, 70]] * 6)).model.between == 0
    assert told(groups([[70.1] * 4] * 6)) == {Why.NO_VARIATION}
    assert told(groups([[50, 60, 70]])) == {Why.TOO_FEW_TRAINERS}
    assert told(groups([[float(at)] for at in range(20)])) == {Why.NOT_SEPARABLE}
    assert told(groups([[float(at)] for at in range(20)]), Rules()) == {Why.NOT_SEPARABLE}
    assert told(groups([[1.0]]), Rules(trainers=2)) == {Why.TOO_FEW_TRAINERS}
    cases = groups([[1.0], [2.0]], starts=[1.0, math.nan])
    assert told(cases, Rules(trainers=2)) == {Why.TOO_FEW_CASES}


def test_a_trainer_alone_in_a_programme_has_nobody_to_be_compared_with() -> None:
    cases = groups([*([m - 5, m, m + 4, m + 1, m - 2] for m in (40, 50, 60, 70, 80)), [90, 91, 95, 99, 93]])
    found = appraise(replace(cases, programmes=("fitter",) * 25 + ("welder",) * 5))
    assert found.why == ("",) * 5 + (Why.NOBODY_TO_COMPARE,)
    assert found.effect("t5").apprentices == 5


def test_somebody_without_any_case_has_too_few_apprentices() -> None:
    cases = groups(PAIRS)
    found = appraise(replace(cases, trainers=(*cases.trainers, "new")), ANYBODY)
    assert found.effect("new").why == Why.TOO_FEW_APPRENTICES
    assert found.value[:5] == pytest.approx([-18, -9, 0, 9, 18], abs=1e-5)
    with pytest.raises(KeyError):
        found.effect("nobody")


def test_an_unknown_start_has_a_level_of_its_own_or_is_left_out() -> None:
    drawn = simulated(40, 8)
    starts = drawn.cases.starts.copy()
    starts[::7] = np.nan
    results = np.where(np.isnan(starts), np.maximum(drawn.cases.results - 20, 0), drawn.cases.results)
    cases = replace(drawn.cases, starts=starts, results=results)
    own = appraise(cases)
    terms = [term.kind for term in own.model.design.terms]
    assert own.model.fixed[terms.index("unknown_start")] == pytest.approx(-20, abs=2.5)
    out = appraise(cases, Rules(unknown_start=UnknownStart.LEFT_OUT))
    assert out.model.left_out.tolist() == list(range(0, drawn.cases.count, 7))
    assert out.apprentices.sum() == drawn.cases.count - len(out.model.left_out)
    assert {one.about for one in own.leanings} == {"start", "unknown_start"}
    nobody = replace(cases, starts=np.full(cases.count, np.nan))
    assert np.isfinite(appraise(nobody, ANYBODY).value).all()
    with pytest.raises(AppraisalFaulty, match="no_start_known"):
        appraise(nobody, Rules(unknown_start=UnknownStart.LEFT_OUT))


def test_rare_levels_are_one_and_levels_that_say_nothing_new_are_named() -> None:
    cases = groups([[m - 5, m, m + 4, m + 1, m - 2] for m in (40, 50, 60, 70, 80)])
    words = ["x"] * 20 + ["y"] * 3 + ["z"] * 2
    found = appraise(replace(cases, programmes=tuple(words))).model.design
    assert found.rare == (Term("programme", ("y", "z")),)
    assert found.terms == (Term("all"), Term("programme", ("y", "z")))
    five = appraise(replace(cases, programmes=("x",) * 20 + ("y",) * 5)).model.design
    assert five.rare == ()
    both = replace(cases, programmes=("x",) * 10 + ("y",) * 15, stages=("1",) * 10 + ("2",) * 15)
    assert appraise(both).model.design.dropped == (Term("start"), Term("programme", ("x",)))


def test_cells_of_stage_and_programme_take_out_what_is_hard_in_one_programme_only() -> None:
    drawn = simulated(80, 9)
    hard = np.array(
        [
            s == "stage1" and p == "programme2"
            for s, p in zip(drawn.cases.stages, drawn.cases.programmes, strict=True)
        ]
    )
    cases = replace(drawn.cases, results=np.clip(drawn.cases.results - 12 * hard, 0, 100))
    sums, cells = appraise(cases), appraise(cases, Rules(cells=True))
    assert (cells.model.within or 0) < (sums.model.within or 0) - 3
    assert np.linalg.matrix_rank(cells.model.design.matrix.toarray()) == 12 + 1


def test_effects_that_go_with_a_group_lean() -> None:
    drawn = simulated(60, 12)
    n = drawn.cases.count
    owner = drawn.cases.shares.trainer[:n]
    groups = tuple("far" if (at % 3 == 0) == (drawn.truth[t] > 0) else "near" for at, t in enumerate(owner))
    found = {(one.about, one.level): one for one in appraise(replace(drawn.cases, groups=groups)).leanings}
    assert found["group", "far"].code == "leans"
    assert found["group", "far"].correlation == pytest.approx(-(found["group", "near"].correlation or 0))
    assert (found["group", "near"].low or 0) > 0
    random = np.random.default_rng(1).integers(0, 2, n)
    even = replace(drawn.cases, groups=tuple(f"g{one}" for one in random))
    assert [one.code for one in appraise(even).leanings] == ["even"] * 3


def test_leanings_are_correlations_with_means_of_the_own_cases() -> None:
    cases = simulated(30, 14, teams=True).cases
    random = np.random.default_rng(4)
    starts, weights = cases.starts.copy(), random.uniform(0.5, 1, cases.count)
    starts[random.random(cases.count) < 0.2] = np.nan
    groups = tuple("near" if one else "far" for one in random.random(cases.count) < 0.4)
    cases = replace(cases, starts=starts, weights=weights, groups=groups)
    found = appraise(cases, ANYBODY)
    mass = weights[cases.shares.case] * cases.shares.share
    own = [cases.shares.trainer == at for at in range(30)]
    for about, level, column in (
        ("start", "", starts),
        ("unknown_start", "", np.isnan(starts) * 1.0),
        ("group", "far", np.array([one == "far" for one in groups]) * 1.0),
    ):
        values = column[cases.shares.case]
        known = [rows & ~np.isnan(values) for rows in own]
        means = [np.average(values[rows], weights=mass[rows]) for rows in known]
        told = next(one for one in found.leanings if (one.about, one.level) == (about, level))
        assert told.correlation == pytest.approx(np.corrcoef(found.value, means)[0, 1])
        assert told.n == 30


def test_what_is_left_of_one_apprentice_s_periods_is_looked_at() -> None:
    drawn = simulated(60, 13)
    n, random = drawn.cases.count, np.random.default_rng(3)
    who = [f"a{at // 2}" for at in range(n)]
    cases = replace(drawn.cases, apprentices=tuple(who), periods=tuple("12"[at % 2] for at in range(n)))
    found = appraise(cases, ANYBODY).leanings[-1]
    assert (found.about, found.code, found.n) == ("periods", "even", n // 2)
    of_their_own = np.repeat(random.normal(0, 8, n), 2)[:n]
    found = appraise(replace(cases, results=np.clip(cases.results + of_their_own, 0, 100)), ANYBODY).leanings[
        -1
    ]
    assert found.code == "leans"
    assert (found.correlation or 0) > 0.2
    weighed = replace(cases, weights=random.uniform(0.1, 1, n))
    model = appraise(weighed, ANYBODY).model
    z = np.eye(60)[cases.shares.trainer]
    left = cases.results - model.middle - model.design.matrix @ model.fixed - z @ model.effects
    left = left[: n // 2 * 2] * np.sqrt(weighed.weights[: n // 2 * 2])
    expected = np.corrcoef(left[::2], left[1::2])[0, 1]
    assert appraise(weighed, ANYBODY).leanings[-1].correlation == pytest.approx(expected)


def test_every_fault_is_told_with_its_place() -> None:
    cases = groups(PAIRS)
    assert check(cases) == ()
    wrong = Cases.of(
        ["t0", "t0", "t1"],
        ["a", "a", "b", "c"],
        [math.nan, 101, 50, 50],
        [math.inf, math.nan, 1, 1],
        ["s"] * 4,
        ["p"] * 4,
        ([0, 1, 1, 2, 3], ["t0", "t0", "t1", "t1", "t1"], [1, 0.5, 0.4, 1, 1]),
        weights=[1, 1, 0, math.nan],
    )
    assert [(fault.code.removeprefix("appraisal."), fault.place) for fault in check(wrong)] == [
        ("trainer_twice", "trainers"),
        ("case_twice", "apprentices[1]"),
        ("result_missing", "results[0]"),
        ("result_out_of_range", "results[1]"),
        ("start_not_finite", "starts[0]"),
        ("weight_not_positive", "weights[2]"),
        ("weight_not_positive", "weights[3]"),
        ("shares_not_1", "cases[1]"),
    ]
    with pytest.raises(AppraisalFaulty) as caught:
        appraise(wrong)
    assert len(caught.value.faults) == 8


def test_faults_of_shares_lengths_and_rules() -> None:
    def codes(cases: Cases, rules: Rules = ANYBODY) -> list[str]:
        return [fault.code.removeprefix("appraisal.") for fault in check(cases, rules)]

    def shared(*shares: tuple[int, str, float]) -> Cases:
        case, who, share = zip(*shares, strict=True)
        return Cases.of(["t", "u"], ["a"], [1], [1], ["s"], ["p"], (case, who, share))

    assert codes(shared((0, "t", 0.5), (0, "v", 0.5))) == ["trainer_unknown"]
    assert codes(shared((0, "t", 1.0), (1, "u", 1.0))) == ["case_unknown"]
    assert codes(shared((0, "t", 1.5), (0, "u", -0.5))) == ["share_not_share"] * 2
    assert codes(shared((0, "t", math.nan))) == ["share_not_share"]
    assert codes(shared((0, "t", 0.5), (0, "t", 0.5))) == ["share_twice"]
    assert codes(shared((0, "t", 1 / 3), (0, "u", 0.6667))) == ["shares_not_1"]
    assert codes(shared((0, "t", 1 / 3), (0, "u", 2 / 3))) == []
    assert codes(Cases.of([], [], [], [], [], [], ([], [], []))) == ["no_cases"]
    assert codes(replace(groups(PAIRS), stages=("s",), groups=("g",))) == ["columns_uneven"] * 2
    bad = Rules(apprentices=0, trainers=1, level=1, lowest=1, highest=0, rare=0)
    assert sorted(codes(groups(PAIRS), bad)) == [
        "least_above_most",
        "level_not_share",
        "number_not_positive",
        "number_not_positive",
        "trainers_below_2",
    ]
