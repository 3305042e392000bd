"""Intervals, worth, calibration and fairness against figures worked by hand or by another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, mannwhitneyu

from craftpath.engines.forewarning import Faulty, compare, difference, wilson
from craftpath.engines.forewarning.calibrating import KINDS, choose, fit_calibration, log_loss
from craftpath.engines.forewarning.weighing import auc, beats, brier, hits, reliability


@pytest.mark.parametrize(("count", "n"), [(0, 7), (1, 29), (15, 148), (81, 263), (29, 29)])
def test_wilson_is_scipy_s(count: int, n: int) -> None:
    found, other = wilson(count, n), binomtest(count, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-12)


def test_newcombe_s_own_example() -> None:
    """Newcombe (1998), method 10: 56/70 against 48/80 is 0.2000, from 0.0524 to 0.3339."""
    found = difference(wilson(56, 70), wilson(48, 80))
    assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert difference(wilson(0, 0), wilson(1, 2)) is None


def test_no_proportion() -> None:
    assert wilson(0, 0).value is None
    for count, n in ((-1, 3), (4, 3)):
        with pytest.raises(Faulty):
            wilson(count, n)


def test_worth_by_hand() -> None:
    share, left = np.array([0.9, 0.8, 0.4, 0.2]), np.array([True, False, True, False])
    assert brier(share, left) == pytest.approx((0.01 + 0.64 + 0.36 + 0.04) / 4)
    assert auc(share, left) == 0.75  # of four pairs one is the wrong way round
    assert log_loss(share, left) == pytest.approx(-np.log([0.9, 0.2, 0.4, 0.8]).mean())
    found = hits(share >= 0.5, left)
    assert (found.named, found.precision.value, found.recall.value) == (2, 0.5, 0.5)
    assert auc(share, np.ones(4, bool)) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=4, max_size=60))
def test_auc_is_mann_and_whitney_s(cases: list[tuple[int, bool]]) -> None:
    score, left = np.array([one for one, _ in cases], float), np.array([one for _, one in cases])
    found = auc(score, left)
    if found is not None:
        u = mannwhitneyu(score[left], score[~left]).statistic
        assert found == pytest.approx(u / (left.sum() * (~left).sum()))


def test_the_base_rate_never_beats_itself() -> None:
    left = np.arange(50) % 5 == 0
    base = np.full(50, 0.2)
    assert beats(base, base, left)[0] is False
    assert beats(np.where(left, 0.9, 0.05), base, left)[0] is True


def test_reliability_parts_everybody_and_never_equal_shares() -> None:
    rng = np.random.default_rng(5)
    share = np.round(rng.random(203), 1)
    left = rng.random(203) < share
    bins = reliability(share, left)
    assert sum(one.came.n for one in bins) == 203
    assert all(one.came.n >= 10 for one in bins)
    assert all(before.high < after.low for before, after in zip(bins, bins[1:], strict=False))
    assert reliability(np.array([0.1]), np.array([True]))[0].came.n == 1


@given(st.integers(0, 10_000), st.sampled_from(KINDS))
def test_calibration_never_falls(seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    score = rng.normal(size=60)
    left = rng.random(60) < 0.4
    share = fit_calibration(kind, score, left).share(np.sort(np.append(score, [-9, 9])))
    assert (np.diff(share) >= -1e-12).all()
    assert ((share > 0) & (share < 1)).all()


def test_the_staircase_is_the_pooled_means() -> None:
    score = np.array([1.0, 2, 3, 4, 5])
    left = np.array([False, True, False, True, True])
    share = fit_calibration("isotonic", score, left).share(score)
    assert share == pytest.approx([1e-4, 0.5, 0.5, 1 - 1e-4, 1 - 1e-4])


def test_the_one_with_least_loss_is_taken() -> None:
    """Scores that are twice as sure as they may be: Platt halves them."""
    rng = np.random.default_rng(2)
    true = rng.normal(-1, 1.2, 3000)
    left = rng.random(3000) < 1 / (1 + np.exp(-true))
    found, share, losses = choose(true * 2 + 1.5, left, np.arange(3000) % 5)
    assert found.kind == "platt"
    assert found.slope == pytest.approx(0.5, abs=0.06)
    assert losses["platt"] == min(losses.values())
    assert log_loss(share, left) == losses["platt"]


def test_sixty_against_thirty_is_a_half_and_flagged() -> None:
    """The example of the US Uniform Guidelines."""
    names = ["a"] * 100 + ["b"] * 100
    named = np.array([True] * 60 + [False] * 40 + [True] * 30 + [False] * 70)
    left = np.tile([True, False], 100)
    one, other = compare(names, named, left, np.where(named, 0.6, 0.1))
    assert (one.name, one.ratio, one.flagged) == ("a", 1.0, False)
    assert (other.name, other.ratio, other.flagged) == ("b", 0.5, True)
    assert one.true is not None
    assert one.true[0] == pytest.approx(0.3)
    assert one.true[1] > 0  # and surely more
    assert one.false is not None
    assert one.false[0] == pytest.approx(0.3)
    assert other.said == pytest.approx(0.6 * 0.3 + 0.1 * 0.7)
    assert other.came is not None
    assert other.came.value == 0.5


def test_four_fifths_itself_is_not_under_four_fifths() -> None:
    names = ["a"] * 10 + ["b"] * 10
    named = np.array([True] * 10 + [True] * 8 + [False] * 2)
    assert [one.flagged for one in compare(names, named, named, named * 0.5)] == [False, False]


def test_a_small_group_is_not_shown_nor_what_would_tell_it() -> None:
    names = ["a"] * 4 + ["b"] * 9 + ["c"] * 30 + [""] * 3
    named = np.arange(46) % 2 == 0
    found = {one.name: one for one in compare(names, named, named, named * 0.5)}
    assert set(found) == {"a", "b", "c"}  # "" is nobody's group
    assert found["a"].n is None
    assert found["a"].came is None
    assert not found["a"].flagged
    assert found["b"].n is None  # or 43 less 30 and what is known of all would tell the four
    assert found["c"].n == 30
    alone = compare(["a"] * 2 + ["b"] * 3, named[:5], named[:5], named[:5] * 0.5)
    assert [one.n for one in alone] == [None, None]


def test_nobody_named_flags_nobody() -> None:
    nobody = np.zeros(20, bool)
    found = compare(["a"] * 10 + ["b"] * 10, nobody, nobody, nobody * 0.5)
    assert [(one.ratio, one.flagged, one.true) for one in found] == [(None, False, None)] * 2


def test_lengths_that_differ() -> None:
    with pytest.raises(Faulty):
        compare(["a"], np.zeros(2, bool), np.zeros(2, bool), np.zeros(2))
