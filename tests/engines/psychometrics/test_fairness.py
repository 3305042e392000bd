"""Items and selections that treat groups differently."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Responses, Why
from craftpath.engines.psychometrics.fairness import Category, impact_ratios, mantel_haenszel
from tests.engines.psychometrics.simulated import simulated

some = settings(deadline=None, max_examples=60)


def test_the_guidelines_example() -> None:
    one, other = impact_ratios({"a": (48, 80), "b": (12, 40)})
    assert (one.rate, one.ratio, one.adverse) == (Fraction(3, 5), 1, False)
    assert (other.rate, other.ratio, other.adverse, other.n) == (Fraction(3, 10), Fraction(1, 2), True, 40)


@some
@given(st.integers(1, 60), st.integers(1, 60))
def test_exactly_four_fifths_is_no_less(chosen: int, times: int) -> None:
    _, other = impact_ratios(
        {"a": (5 * chosen, 5 * chosen * times), "b": (4 * chosen, 5 * chosen * times)}, least=1
    )
    assert (other.ratio, other.adverse) == (Fraction(4, 5), False)


def test_small_groups_are_neither_told_nor_compared_with() -> None:
    found = impact_ratios({"a": (50, 100), "b": (9, 9), "c": (30, 100)}, least=10)
    assert [(one.n, one.rate, one.why) for one in found][1] == (None, None, Why.SMALL_GROUP)
    assert [one.ratio for one in found] == [1, None, Fraction(3, 5)]
    alone, _ = impact_ratios({"a": (50, 100), "b": (9, 9)})
    assert (alone.ratio, alone.adverse, alone.why) == (None, None, Why.SMALL_GROUP)


def test_nobody_selected_is_no_ratio() -> None:
    assert {one.why for one in impact_ratios({"a": (0, 50), "b": (0, 60)})} == {Why.NO_VARIATION}
    assert impact_ratios({"a": (0, 0)}, least=0)[0].why == Why.SMALL_GROUP


@pytest.mark.parametrize("cell", [(-1, 5), (6, 5)])
def test_impossible_selections_are_refused(cell: tuple) -> None:
    with pytest.raises(ValueError, match="cannot be selected"):
        impact_ratios({"a": cell})


def odds(rows: list, focal: list, item: int) -> tuple[float, float]:
    """Mantel and Haenszel's odds ratio and chi-square, stratum by stratum."""
    above = below = away = spread = 0.0
    for score in {sum(row) for row in rows}:
        people = [(row[item], f) for row, f in zip(rows, focal, strict=True) if sum(row) == score]
        a, b = (sum(1 for x, f in people if not f and x == want) for want in (1, 0))
        c, d = (sum(1 for x, f in people if f and x == want) for want in (1, 0))
        n = a + b + c + d
        above, below = above + a * d / n, below + b * c / n
        if n > 1:
            away += a - (a + b) * (a + c) / n
            spread += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
        else:
            away += a - (a + b) * (a + c) / n
    return above / below, max(abs(away) - 0.5, 0) ** 2 / spread


def biased(seed: int, shift: float) -> tuple[Responses, np.ndarray]:
    """The first item is harder for the focal group, which is also less able; the others are fair."""
    random = np.random.default_rng(seed)
    focal = random.random(4000) < 0.4
    theta, difficulty = random.normal(np.where(focal, -0.5, 0), 1), random.normal(0, 1, 20)
    hard = np.zeros((4000, 20))
    hard[focal, 0] = shift
    chance = 1 / (1 + np.exp(-(theta[:, None] - difficulty - hard)))
    return Responses.of((random.random(chance.shape) < chance).astype(float)), focal


def test_figures_are_those_of_a_stratum_by_stratum_sum() -> None:
    made = simulated(120, 4, seed=61).responses
    focal = np.arange(120) % 2 == 0
    found = mantel_haenszel(made, focal, least=10)
    for item in range(4):
        ratio, chi = odds(made.scores.tolist(), focal.tolist(), item)
        assert found.delta.values[item] == pytest.approx(-2.35 * math.log(ratio))
        assert found.chi_square[item] == pytest.approx(chi)


def test_an_unfair_item_is_found_and_a_less_able_group_is_not_held_against_the_others() -> None:
    found = mantel_haenszel(*biased(62, 1.0))
    assert found.delta.values[0] == pytest.approx(-2.35, abs=0.4)
    assert (found.categories[0], found.p[0] < 1e-6) == (Category.C, True)
    assert set(found.categories[1:]) <= {Category.A}
    assert mantel_haenszel(*biased(63, 0.6)).categories[0] is Category.B


def test_errors_are_as_large_as_the_scatter_of_samples() -> None:
    deltas, errors = zip(
        *((one.delta.values[5], one.error[5]) for one in (mantel_haenszel(*biased(s, 0)) for s in range(30))),
        strict=True,
    )
    assert np.std(deltas) == pytest.approx(np.mean(errors), rel=0.3)


def test_changing_sides_changes_the_sign() -> None:
    made, focal = biased(64, 0.8)
    one, other = mantel_haenszel(made, focal), mantel_haenszel(made, ~focal)
    assert one.delta.values == pytest.approx(-other.delta.values)
    assert one.error == pytest.approx(other.error)
    assert (one.reference, one.focal) == (other.focal, other.reference)


def test_nothing_is_said_of_a_small_group_not_even_its_size() -> None:
    made = simulated(300, 5, seed=65).responses
    found = mantel_haenszel(made, np.arange(300) < 99)
    assert (found.reference, found.focal, set(found.delta.why)) == (None, None, {Why.SMALL_GROUP})
    assert set(found.delta.n.tolist()) == {0}
    assert np.isnan([found.error, found.chi_square, found.p]).all()
    assert found.categories == (None,) * 5
    assert mantel_haenszel(made, np.arange(300) < 100).focal == 100


def test_items_that_cannot_be_compared_have_a_reason() -> None:
    scores = simulated(400, 4, seed=66).responses.scores.copy()
    scores[:, 0] = 1
    scores[:, 1] = np.arange(400) % 3
    found = mantel_haenszel(Responses.of(scores), np.arange(400) % 2 == 0)
    assert found.delta.why == (Why.NO_VARIATION, Why.NOT_DICHOTOMOUS, "", "")
    assert found.categories[:2] == (None, None)


def test_counts_are_people() -> None:
    made = simulated(150, 4, seed=67).responses
    focal = np.arange(150) % 2 == 0
    counted = mantel_haenszel(Responses.of(made.scores, counts=[2] * 150), focal, least=50)
    written = mantel_haenszel(Responses.of(np.tile(made.scores, (2, 1))), np.tile(focal, 2), least=50)
    assert counted.delta.values == pytest.approx(written.delta.values)
    assert counted.error == pytest.approx(written.error)
