"""Cuts from panels and candidates."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Why
from craftpath.engines.psychometrics.standard_setting import (
    Outlier,
    angoff,
    beuk,
    borderline_regression,
    contrasting_groups,
    hofstee,
)
from tests.engines.psychometrics.published import ANGOFF

nan = math.nan
some = settings(deadline=None, max_examples=60)
CHANCES = st.sampled_from([0.0, 0.25, 0.5, 0.6, 0.9, 1.0])


def test_the_toy_panel() -> None:
    found = angoff([ANGOFF])
    assert found.final.totals.values == pytest.approx([3.1, 3.2, 3.2])
    assert found.final.cut.value == pytest.approx(3.16667, abs=1e-4)
    assert found.final.percent.value == pytest.approx(63.33333, abs=1e-4)
    assert found.final.cut.se == pytest.approx(0.03333, abs=1e-4)
    assert (found.final.cut.n, found.small_panel) == (3, True)


def test_both_rounds_are_kept_and_the_last_one_counts() -> None:
    first = [[0.2, 0.5], [0.8, 0.5]]
    found = angoff([first, [[0.5, 0.5], [0.6, 0.5]]])
    assert [round(one.cut.value, 9) for one in found.rounds] == [1.0, 1.05]
    assert found.final is found.rounds[1]
    assert found.rounds[0].ratings.tolist() == first


def test_a_judge_who_left_one_out_does_not_count() -> None:
    found = angoff([[[0.5, 0.5], [nan, 0.9], [0.7, 0.5]]]).final
    assert found.cut.value == pytest.approx(1.1)
    assert (found.cut.n, found.totals.why) == (2, ("", Why.GAPS, ""))


def test_maxima_weigh_items() -> None:
    found = angoff([[[0.5, 1.0]]], maxima=[10, 2]).final
    assert (found.cut.value, found.percent.value) == (pytest.approx(7), pytest.approx(100 * 7 / 12))
    assert found.cut.se is None  # of one judge


def test_yes_and_no() -> None:
    found = angoff([[[1, 0, 1], [1, 1, 1], [0, 0, 1]]], yes_no=True).final
    assert (found.cut.value, found.cut.method, found.outliers) == (2, "angoff_yes_no", ())
    with pytest.raises(ValueError, match="0 or 1"):
        angoff([[[0.5]]], yes_no=True)


def test_a_rating_far_from_the_others_is_named_and_kept() -> None:
    found = angoff([[[0.5, 0.5], [0.5, 0.6], [0.5, 0.5], [0.9, 0.5]]]).final
    assert found.outliers == (Outlier(3, 0, 90.0, pytest.approx(60.0)),)
    assert found.cut.n == 4
    assert angoff([[[0.5, 0.5], [0.5, 0.5], [0.65, 0.5]]]).final.outliers == ()  # 10 points off the mean
    # two judges are one standard deviation apart, never beyond it
    assert angoff([[[0.0, 0.5], [1.0, 0.5]]]).final.outliers == ()


@some
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CHANCES, min_size=width, max_size=width), min_size=1, max_size=7)
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_judges_says_nothing_and_the_cut_is_on_the_scale(rows: list, random: object) -> None:
    turned = rows[:]
    random.shuffle(turned)
    before, after = angoff([rows]).final, angoff([turned]).final
    assert after.cut.value == pytest.approx(before.cut.value)
    assert len(after.outliers) == len(before.outliers)
    assert 0 <= before.cut.value <= len(rows[0]) + 1e-9
    assert before.percent.value == pytest.approx(100 * before.cut.value / len(rows[0]))


def test_nobody_rated() -> None:
    found = angoff([[[nan, 0.5]]]).final
    assert (found.cut.value, found.cut.why, found.percent.why) == (
        None,
        Why.TOO_FEW_JUDGES,
        Why.TOO_FEW_JUDGES,
    )


@pytest.mark.parametrize(
    "broken",
    [
        lambda: angoff([]),
        lambda: angoff([[[1.2]]]),
        lambda: angoff([[[-0.1]]]),
        lambda: angoff([[[0.5]], [[0.5, 0.5]]]),
        lambda: angoff([[[0.5]]], maxima=[0]),
        lambda: beuk([1, 2], [0.5], [1, 2]),
    ],
)
def test_impossible_panels_are_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="round|maximum|judge"):
        broken()


SCORES = list(range(11))  # of these 11 candidates (11 - s) / 11 have s or more


def test_beuk_meets_the_curve_between_what_judges_ask() -> None:
    # mean cut 6, mean pass rate 0.6, sd 1 and 0.1: 0.6 + (c - 6) 0.1 = (11 - c) / 11
    found = beuk([5, 6, 7], [0.5, 0.6, 0.7], SCORES)
    assert found.value == pytest.approx((1 - 0.6 + 0.6) / (0.1 + 1 / 11))
    assert beuk([6, 6], [0.5, 0.7], SCORES).value == 6  # they agree on the cut
    assert beuk([5, 7], [0.6, 0.6], SCORES).value == pytest.approx(11 * 0.4)  # they agree on the rate
    assert beuk([5, 7], [1.0, 1.0], SCORES).value == 0  # everybody shall pass


def test_hofstee_meets_the_curve_inside_its_box() -> None:
    # failing at c is c / 11; the line from (3, 0.6) to (8, 0.1)
    found = hofstee([3, 3], [8, 8], [0.1, 0.1], [0.6, 0.6], SCORES)
    assert found.value == pytest.approx((0.6 + 0.3) / (1 / 11 + 0.1))
    assert found.n == 2


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (beuk([1], [0.5], SCORES), Why.TOO_FEW_JUDGES),
        (beuk([1, 2], [0.5, 0.6], []), Why.NO_ROWS),
        (beuk([100, 101], [0.1, 0.9], [1, 2, 3]), Why.NO_CROSSING),
        (hofstee([], [], [], [], SCORES), Why.TOO_FEW_JUDGES),
        (hofstee([3], [8], [0.1], [0.6], []), Why.NO_ROWS),
        (hofstee([8], [3], [0.1], [0.6], SCORES), Why.NO_CROSSING),
        (hofstee([3], [8], [0.8], [0.9], [100] * 5), Why.NO_CROSSING),  # nobody fails anywhere in the box
        (borderline_regression([1, 2], [1, 2], 1), Why.TOO_FEW_ROWS),
        (borderline_regression([1, 2, 3], [2, 2, 2], 2), Why.NO_VARIATION),
        (contrasting_groups([5], [1, 2]), Why.TOO_FEW_ROWS),
        (contrasting_groups([1, 2], [5, 6]), Why.NO_CROSSING),
        (contrasting_groups([5, 5], [1, 2]), Why.NO_VARIATION),
        (contrasting_groups([5, 5.1], [-10, 19.8]), Why.NO_CROSSING),
    ],
)
def test_no_cut_has_a_reason(figure: object, why: Why) -> None:
    assert (figure.value, figure.why) == (None, why)


def test_borderline_regression_predicts_at_the_borderline() -> None:
    random = np.random.default_rng(7)
    grade = random.integers(1, 6, 200).astype(float)
    score = 30 + 10 * grade + random.normal(0, 3, 200)
    found = borderline_regression([*score, nan], [*grade, 3], 2)
    slope, intercept = np.polyfit(grade, score, 1)
    assert found.value == pytest.approx(slope * 2 + intercept)
    assert found.value == pytest.approx(50, abs=4 * found.se)
    assert (found.n, found.se < 1) == (200, True)


def test_borderline_error_is_that_of_a_predicted_mean() -> None:
    score, grade = np.array([1.0, 3.0, 2.0, 6.0]), np.array([1.0, 2.0, 3.0, 4.0])
    design = np.column_stack([np.ones(4), grade])
    rest = score - design @ np.linalg.lstsq(design, score)[0]
    at = np.array([1.0, 2.0])
    wanted = math.sqrt(rest @ rest / 2 * (at @ np.linalg.inv(design.T @ design) @ at))
    assert borderline_regression(score, grade, 2).se == pytest.approx(wanted)


def test_contrasting_groups_cross_where_their_densities_are_equal() -> None:
    high, low = [60.0, 70, 75, 80, 90], [30.0, 40, 50, 52]
    cut = contrasting_groups(high, low).value

    def density(values: list, at: float) -> float:
        spread = np.std(values, ddof=1)
        return math.exp(-(((at - np.mean(values)) / spread) ** 2) / 2) / spread

    assert np.mean(low) < cut < np.mean(high)
    assert density(high, cut) == pytest.approx(density(low, cut))
    assert contrasting_groups([6, 8], [2, 4]).value == pytest.approx(5)  # equally spread: the middle
