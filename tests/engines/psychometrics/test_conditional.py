"""Rasch by conditional likelihood, fit of items, and two forms on one scale."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Responses, Why, as_responses
from craftpath.engines.psychometrics.irt import (
    Link,
    Model,
    chi_square,
    conditional,
    equate,
    fit,
    mean_squares,
)
from craftpath.engines.psychometrics.irt.conditional import log_symmetric, sum_probabilities, without_each
from tests.engines.psychometrics import oracle
from tests.engines.psychometrics.published import LSAT6
from tests.engines.psychometrics.simulated import simulated

LSAT = as_responses(LSAT6)
nan = np.nan
some = settings(deadline=None, max_examples=50)


def test_lsat6_is_as_known() -> None:
    found = conditional(LSAT)
    assert found.difficulty.values == pytest.approx([-1.2561, 0.4749, 1.2360, 0.1684, -0.6232], abs=5e-4)
    assert found.log_likelihood.value == pytest.approx(-1091.5697, abs=5e-4)
    assert (found.n, found.course.converged) == (699, True)
    assert found.errors.values == pytest.approx([0.1044, 0.0699, 0.0688, 0.0726, 0.0859], abs=5e-4)


def test_it_agrees_with_the_common_slope_once_centred() -> None:
    marginal = fit(LSAT, Model.COMMON)
    scaled = marginal.slope.values * marginal.difficulty.values
    assert conditional(LSAT).difficulty.values == pytest.approx(scaled - scaled.mean(), abs=3e-3)


@some
@given(st.lists(st.floats(-4, 4), min_size=1, max_size=8))
def test_symmetric_functions_are_those_of_their_definition(difficulties: list[float]) -> None:
    wanted = oracle.symmetric([math.exp(-b) for b in difficulties])
    assert np.exp(log_symmetric(np.array(difficulties))) == pytest.approx(wanted, rel=1e-9)


@some
@given(st.lists(st.floats(0.01, 0.99), min_size=2, max_size=8), st.data())
def test_leaving_one_out_is_building_without_it(chances: list[float], data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(chances) - 1))
    rest = sum_probabilities(np.array(chances[:left] + chances[left + 1 :]))
    assert without_each(np.array(chances))[left] == pytest.approx(rest, abs=1e-14)


@pytest.mark.parametrize("items", [60, 400])
def test_symmetric_functions_stay_finite_and_exact(items: int) -> None:
    """Of equal items they are binomial coefficients."""
    found = log_symmetric(np.zeros(items))
    wanted = [
        math.lgamma(items + 1) - math.lgamma(r + 1) - math.lgamma(items - r + 1) for r in range(items + 1)
    ]
    assert found == pytest.approx(wanted, rel=1e-10, abs=1e-9)


def test_eighty_items_are_found_again() -> None:
    made = simulated(1500, 80, seed=80, common=1.0)
    found = conditional(made.responses)
    true = made.difficulty - made.difficulty.mean()
    within = np.abs(found.difficulty.values - true) / found.errors.values
    assert found.course.converged
    assert (within < 4.5).all()
    assert 0.75 < np.sqrt(np.mean(within**2)) < 1.25


def test_gaps_are_ignored() -> None:
    made = simulated(2500, 8, seed=21, common=1.0)
    scores = made.responses.scores.copy()
    scores[:1200, :3] = nan
    found = conditional(Responses.of(scores))
    true = made.difficulty - made.difficulty.mean()
    assert np.abs(found.difficulty.values - true).max() < 0.25
    assert found.difficulty.values.sum() == pytest.approx(0, abs=1e-9)


def test_a_person_with_all_right_says_nothing() -> None:
    plain = conditional(LSAT)
    more = conditional(as_responses({**LSAT6, "11111": 10_000, "00000": 5_000}))
    assert more.difficulty.values == pytest.approx(plain.difficulty.values, abs=1e-7)
    assert more.n == plain.n


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            [[1, 1, 0], [1, 0, 0], [1, 1, 0]],
            {Why.ALL_RIGHT, Why.TOO_FEW_ITEMS, Why.ALL_WRONG, Why.NO_VARIATION},
        ),
        ([[1, 0], [1, 0], [1, 1], [0, 0]], {Why.NO_VARIATION}),  # who varies has only the first right
        ([[1, 1], [0, 0]], {Why.NO_VARIATION}),
        # nobody fails an easy item and solves a hard one
        ([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1]], {Why.NOT_IDENTIFIED}),
    ],
)
def test_what_has_no_highest_likelihood_has_a_reason(rows: list, why: set) -> None:
    found = conditional(Responses.of(rows))
    assert set(found.difficulty.why) <= why
    assert np.isnan(found.difficulty.values).all()
    assert found.log_likelihood.value is None


def test_infit_and_outfit_are_about_one_where_the_model_holds() -> None:
    made = simulated(3000, 15, seed=31, common=1.0)
    found = mean_squares(fit(made.responses, Model.RASCH), made.responses)
    assert found.infit.values == pytest.approx(np.ones(15), abs=0.08)
    assert 0.8 < found.outfit.values.min() < found.outfit.values.max() < 1.25
    noisy = made.responses.scores.copy()
    noisy[:, 0] = np.random.default_rng(1).integers(0, 2, 3000)
    broken = mean_squares(fit(Responses.of(noisy), Model.RASCH), Responses.of(noisy))
    assert broken.infit.values[0] > 1.15 > broken.infit.values[1:].max()
    with pytest.raises(ValueError, match="Rasch"):
        mean_squares(fit(LSAT, Model.TWO_PL), LSAT)


def test_infit_is_what_plain_python_says() -> None:
    rows = [[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [0, nan, 1]]
    fitted = fit(Responses.of(rows), Model.RASCH)
    found = mean_squares(fitted, Responses.of(rows))
    b, squares, spread = fitted.difficulty.values, 0.0, 0.0
    outfit = []
    for row in rows:
        asked = [at for at in range(3) if not math.isnan(row[at])]
        score = sum(row[at] for at in asked)
        if score in (0, len(asked)):
            continue
        low, high = -30.0, 30.0
        for _ in range(100):
            theta = (low + high) / 2
            if sum(1 / (1 + math.exp(b[at] - theta)) for at in asked) < score:
                low = theta
            else:
                high = theta
        p = 1 / (1 + math.exp(b[0] - theta))
        squares, spread = squares + (row[0] - p) ** 2, spread + p * (1 - p)
        outfit.append((row[0] - p) ** 2 / (p * (1 - p)))
    assert found.infit.values[0] == pytest.approx(squares / spread, abs=1e-9)
    assert found.outfit.values[0] == pytest.approx(sum(outfit) / len(outfit), abs=1e-9)


def test_s_x2_is_small_where_the_model_holds_and_large_where_not() -> None:
    made = simulated(4000, 12, seed=41)
    found = chi_square(fit(made.responses, Model.TWO_PL), made.responses)
    assert (found.p > 0.001).all()
    assert 0.5 < np.mean(found.statistic.values / found.freedom) < 1.6
    scores = made.responses.scores.copy()
    total = scores.sum(axis=1)
    scores[:, 0] = np.abs(total - np.median(total)) < 2  # right in the middle only: no slope fits that
    odd = Responses.of(scores)
    assert chi_square(fit(odd, Model.TWO_PL), odd).p[0] < 1e-6


def test_s_x2_is_what_an_enumeration_of_all_patterns_says() -> None:
    fitted = fit(LSAT, Model.TWO_PL)
    a, b = fitted.slope.values.tolist(), fitted.difficulty.values.tolist()
    expected = {
        pattern: math.exp(oracle.log_likelihood([[float(mark) for mark in pattern]], a, b))
        for pattern in map("".join, product("01", repeat=5))
    }
    item, rows = 3, []
    for score in range(1, 5):
        alike = [pattern for pattern in expected if pattern.count("1") == score]
        share = sum(expected[one] for one in alike if one[item] == "1") / sum(expected[one] for one in alike)
        seen = sum(LSAT6.get(one, 0) for one in alike)
        right = sum(LSAT6.get(one, 0) for one in alike if one[item] == "1")
        rows.append((seen, right, share * seen))
    assert all(1 < e < n - 1 for n, _, e in rows)  # so no scores are joined
    wanted = sum((r - e) ** 2 / e + (r - e) ** 2 / (n - e) for n, r, e in rows)
    found = chi_square(fitted, LSAT)
    assert found.statistic.values[item] == pytest.approx(wanted, rel=1e-5)
    assert found.freedom[item] == 4 - 2
    assert found.p[item] == pytest.approx(math.exp(-wanted / 2))  # of two degrees of freedom


def test_s_x2_of_a_rasch_model_sees_unequal_slopes() -> None:
    made = simulated(4000, 12, seed=42)
    rasch = chi_square(fit(made.responses, Model.COMMON), made.responses)
    assert rasch.p[np.abs(np.log(made.slope)).argmax()] < 0.001


def test_s_x2_without_complete_rows_is_absent() -> None:
    scores = simulated(1000, 8, seed=43).responses.scores.copy()
    scores[np.arange(1000), np.arange(1000) % 8] = nan
    found = chi_square(fit(Responses.of(scores), Model.TWO_PL), Responses.of(scores))
    assert set(found.statistic.why) == {Why.NO_COMPLETE_ROWS}


@pytest.mark.parametrize("link", list(Link))
def test_a_form_on_a_stretched_scale_is_laid_back(link: Link) -> None:
    base = fit(LSAT, Model.TWO_PL)
    slope, difficulty = base.slope, base.difficulty
    new = replace(
        base,
        slope=replace(slope, values=slope.values * 0.8),
        difficulty=replace(difficulty, values=(difficulty.values - 0.5) / 0.8),
    )
    found = equate(base, new, link)
    assert (found.scale, found.shift) == pytest.approx((0.8, 0.5), abs=1e-6)
    assert found.difficulty(new.difficulty.values) == pytest.approx(difficulty.values, abs=1e-5)
    assert found.slope(new.slope.values) == pytest.approx(slope.values, abs=1e-5)


def test_two_forms_are_laid_upon_one_another() -> None:
    """The new form was taken by people who are better (mean 0.5) and less spread (0.8)."""
    random = np.random.default_rng(50)
    slope, difficulty = random.lognormal(0, 0.25, 30), random.normal(0, 1, 30)

    def answers(theta: np.ndarray, items: slice) -> Responses:
        chance = 1 / (1 + np.exp(-slope[items] * (theta[:, None] - difficulty[items])))
        names = [f"q{at}" for at in range(30)][items]
        return Responses.of((random.random(chance.shape) < chance).astype(float), names)

    base = fit(answers(random.normal(0, 1, 6000), slice(0, 20)), Model.TWO_PL)
    new = fit(answers(random.normal(0.5, 0.8, 6000), slice(8, 30)), Model.TWO_PL)
    found = equate(base, new)
    assert (found.n, found.method) == (12, Link.STOCKING_LORD)
    assert (found.scale, found.shift) == pytest.approx((0.8, 0.5), abs=0.06)
    assert found.difficulty(new.difficulty.values) == pytest.approx(difficulty[8:], abs=0.25)
    assert found.slope(new.slope.values) == pytest.approx(slope[8:], rel=0.2)


def test_a_form_on_its_own_scale_stays_there() -> None:
    form = fit(LSAT, Model.TWO_PL)
    found = equate(form, form)
    assert (found.scale, found.shift) == pytest.approx((1, 0), abs=1e-9)


def test_forms_without_enough_in_common_are_not_linked() -> None:
    base, new = fit(LSAT, Model.RASCH), fit(Responses.of(LSAT.scores, ["item1", *"abcd"]), Model.RASCH)
    found = equate(base, new)
    assert (found.scale, found.n, found.why) == (None, 1, Why.TOO_FEW_ITEMS)
    with pytest.raises(ValueError, match="not linked"):
        found.difficulty(new.difficulty.values)


def test_forms_whose_common_items_are_equally_hard_have_no_mean_sigma() -> None:
    form = fit(LSAT, Model.RASCH)
    flat = replace(form, difficulty=replace(form.difficulty, values=np.zeros(5)))
    assert equate(form, flat, Link.MEAN_SIGMA).why == Why.NO_VARIATION
    assert equate(form, flat, Link.MEAN_MEAN).shift == pytest.approx(form.difficulty.values.mean())


def test_a_conditional_search_that_did_not_arrive_gives_no_figures() -> None:
    found = conditional(LSAT, most_steps=1)
    assert (set(found.difficulty.why), found.log_likelihood.why) == ({Why.NOT_CONVERGED}, Why.NOT_CONVERGED)


def test_an_item_that_hangs_by_one_person_is_known_as_badly_as_that() -> None:
    found = conditional(as_responses({"100": 10**6, "010": 10**6, "001": 1, "110": 1}))
    assert found.course.converged
    assert found.errors.values[0] == pytest.approx(found.errors.values[1], rel=1e-3)
    assert found.errors.values[2] > 0.5 > 0.4 > found.errors.values[0]
    too_much = conditional(as_responses({"100": 10**10, "010": 10**10, "001": 1, "110": 1}))
    assert set(too_much.difficulty.why) <= {"", Why.NOT_CONVERGED}
