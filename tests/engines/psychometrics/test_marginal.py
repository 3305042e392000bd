"""Rasch and 2PL by marginal likelihood: published figures, an independent quadrature, recovery, and odd tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Responses, Why, as_responses
from craftpath.engines.psychometrics.irt import Model, abilities, errors, fit, information
from craftpath.engines.psychometrics.irt import grid as grids
from craftpath.engines.psychometrics.irt.likelihood import gradient, observed_information, sums
from tests.engines.psychometrics import oracle
from tests.engines.psychometrics.published import LSAT6
from tests.engines.psychometrics.simulated import simulated

LSAT = as_responses(LSAT6)
nan = np.nan
few = settings(deadline=None, max_examples=12)


def test_slope_1_is_as_published() -> None:
    found = fit(LSAT, Model.RASCH)
    assert found.slope.values.tolist() == [1] * 5
    assert found.difficulty.values == pytest.approx([-2.8720, -1.0630, -0.2576, -1.3881, -2.2188], abs=1e-3)
    assert found.log_likelihood.value == pytest.approx(-2473.054, abs=1e-3)
    assert (found.course.converged, found.n, found.log_likelihood.n) == (True, 1000, 1000)


def test_a_common_slope_is_as_published() -> None:
    found = fit(LSAT, Model.COMMON)
    assert found.slope.values == pytest.approx([0.7551] * 5, abs=1e-3)
    assert found.difficulty.values == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=1e-3)
    assert found.log_likelihood.value == pytest.approx(-2466.938, abs=1e-3)


def test_slopes_of_their_own_are_as_published() -> None:
    found = fit(LSAT, Model.TWO_PL)
    assert found.slope.values == pytest.approx([0.8257, 0.7227, 0.8909, 0.6884, 0.6569], abs=5e-3)
    assert found.difficulty.values == pytest.approx([-3.3588, -1.3701, -0.2797, -1.8664, -3.1259], abs=5e-3)
    assert found.log_likelihood.value == pytest.approx(-2466.653, abs=1e-3)


def test_abilities_are_as_published() -> None:
    patterns = ("00000", "00001", "11101", "11111", ".....")
    found = abilities(fit(LSAT, Model.TWO_PL), as_responses(dict.fromkeys(patterns, 1)))
    assert found.theta.values == pytest.approx([-1.8968, -1.4748, 0.1498, 0.6456, nan], abs=5e-3, nan_ok=True)
    assert found.sd == pytest.approx([0.8013, 0.8023, 0.8389, 0.8590, nan], abs=5e-3, nan_ok=True)
    assert (found.theta.why, found.theta.n.tolist()) == (("", "", "", "", Why.NO_ANSWERS), [5, 5, 5, 5, 0])


def test_errors_are_as_the_ltm_package_prints_them() -> None:
    slopes, difficulties = errors(LSAT, Model.TWO_PL)
    assert slopes.values == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=5e-4)
    assert difficulties.values == pytest.approx([0.8669, 0.3073, 0.0997, 0.4344, 0.8698], abs=5e-3)
    assert errors(LSAT, Model.RASCH)[0].why == (Why.FIXED,) * 5


def test_people_of_one_score_may_be_taken_together_under_one_slope() -> None:
    """Value, gradient and curvature along a common slope are those of all patterns."""
    made = simulated(200, 5, seed=2, missing=0.2).responses
    right, answered, grid = made.scores == 1, ~np.isnan(made.scores), grids.grid(41)
    slope, intercept = np.full(5, 0.8), np.array([0.5, -0.2, 1.0, 0.0, -1.0])
    told = []
    for by_score in (True, False):
        groups = grids.collapsed(right, answered, made.counts, by_score)
        found = sums(groups, slope, intercept, grid)
        steep = gradient(found, slope, intercept, grid)
        curved = observed_information(groups, slope, intercept, grid).reshape(2, 5, 2, 5)
        told.append(
            (len(groups.weight), found.value, steep[0].sum(), steep[1], curved[0, :, 0].sum(),
             curved[0, :, 1].sum(axis=0), curved[1, :, 1])
        )  # fmt: skip
    assert told[0][0] < told[1][0]
    for together, apart in zip(told[0][1:], told[1][1:], strict=True):
        assert together == pytest.approx(apart, rel=1e-9, abs=1e-9)


def test_errors_of_a_common_slope_are_as_the_ltm_package_prints_them() -> None:
    slopes, difficulties = errors(LSAT, Model.COMMON)
    assert slopes.values == pytest.approx([0.0694] * 5, abs=2e-4)
    assert difficulties.values == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=5e-4)


@pytest.mark.parametrize("model", list(Model))
def test_the_likelihood_is_that_of_another_quadrature(model: Model) -> None:
    made = simulated(150, 4, seed=5, missing=0.1, common=1.5).responses
    found = fit(made, model)
    assert found.usable.all()
    rows = [[None if np.isnan(cell) else cell for cell in row] for row in made.scores.tolist()]
    rows = [row for row in rows if any(cell is not None for cell in row)]
    wanted = oracle.log_likelihood(rows, found.slope.values.tolist(), found.difficulty.values.tolist())
    assert found.log_likelihood.value == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_gradient_and_curvature_are_those_of_the_likelihood(missing: float) -> None:
    made = simulated(60, 4, seed=9, missing=missing).responses
    given_, grid = ~np.isnan(made.scores), grids.grid(41)
    groups = grids.collapsed(made.scores == 1, given_, made.counts, by_score=False)
    point = np.array([0.7, 1.1, 1.4, 0.9, -0.3, 0.2, 0.8, -1.0])

    def steep(at: np.ndarray) -> np.ndarray:
        return np.concatenate(gradient(sums(groups, at[:4], at[4:], grid), at[:4], at[4:], grid))

    def height(at: np.ndarray) -> float:
        return sums(groups, at[:4], at[4:], grid).value

    steps = 1e-5 * np.eye(8)
    numeric = [(height(point + one) - height(point - one)) / 2e-5 for one in steps]
    assert steep(point) == pytest.approx(numeric, rel=1e-5, abs=1e-5)
    curved = -np.array([(steep(point + one) - steep(point - one)) / 2e-5 for one in steps])
    assert observed_information(groups, point[:4], point[4:], grid) == pytest.approx(
        curved, rel=1e-4, abs=1e-4
    )


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_slopes_and_difficulties_are_found_again(missing: float) -> None:
    """Over twenty samples the distance from the truth is on the average one standard error."""
    away: list[list[np.ndarray]] = [[], []]
    for seed in range(20):
        made = simulated(1200, 12, seed, missing)
        found, both = fit(made.responses, Model.TWO_PL), errors(made.responses, Model.TWO_PL)
        assert found.course.converged
        away[0].append((found.slope.values - made.slope) / both[0].values)
        away[1].append((found.difficulty.values - made.difficulty) / both[1].values)
    for distances in away:
        assert np.sqrt(np.mean(np.square(distances))) == pytest.approx(1, abs=0.15)
        assert abs(np.mean(distances)) < 0.2


def test_abilities_are_found_again() -> None:
    made = simulated(1500, 40, seed=3)
    found = abilities(fit(made.responses, Model.TWO_PL), made.responses)
    assert np.corrcoef(found.theta.values, made.theta)[0, 1] > 0.93
    assert np.mean(np.abs(found.theta.values - made.theta) < 1.96 * found.sd) == pytest.approx(0.95, abs=0.02)


def test_an_item_that_is_keyed_wrongly_has_a_negative_slope() -> None:
    made = simulated(1500, 10, seed=4).responses
    turned = made.scores.copy()
    turned[:, 3] = 1 - turned[:, 3]
    plain, found = fit(made, Model.TWO_PL), fit(Responses.of(turned), Model.TWO_PL)
    assert found.slope.values[3] == pytest.approx(-plain.slope.values[3], abs=1e-3)
    assert found.difficulty.values[3] == pytest.approx(plain.difficulty.values[3], abs=2e-3)
    assert found.log_likelihood.value == pytest.approx(plain.log_likelihood.value, abs=1e-4)


def test_turning_every_item_around_turns_the_scale_around() -> None:
    made = simulated(800, 8, seed=8).responses
    plain, found = (fit(one, Model.TWO_PL) for one in (made, Responses.of(1 - made.scores)))
    assert found.slope.values == pytest.approx(plain.slope.values, abs=2e-3)
    assert found.difficulty.values == pytest.approx(-plain.difficulty.values, abs=2e-3)


@few
@given(st.sampled_from(list(Model)), st.randoms(use_true_random=False))
def test_order_and_names_say_nothing(model: Model, random: object) -> None:
    made = simulated(300, 6, seed=6, missing=0.1).responses
    people, items = list(range(300)), list(range(6))
    random.shuffle(people)
    random.shuffle(items)
    plain, turned = fit(made, model), fit(Responses.of(made.scores[np.ix_(people, items)]), model)
    assert turned.difficulty.values == pytest.approx(plain.difficulty.values[items], abs=2e-3)
    assert turned.log_likelihood.value == pytest.approx(plain.log_likelihood.value, abs=1e-5)


@pytest.mark.parametrize("model", list(Model))
def test_counts_are_people(model: Model) -> None:
    made = simulated(250, 5, seed=7, missing=0.1).responses
    counted = fit(Responses.of(made.scores, counts=[3.0] * 250), model)
    written = fit(Responses.of(np.tile(made.scores, (3, 1))), model)
    assert counted.difficulty.values == pytest.approx(written.difficulty.values, abs=1e-6)
    assert counted.log_likelihood.value == pytest.approx(3 * fit(made, model).log_likelihood.value, abs=1e-5)
    assert counted.n == written.n == 750


@pytest.mark.parametrize("model", list(Model))
def test_a_missing_answer_is_as_if_nobody_had_asked(model: Model) -> None:
    made = simulated(400, 6, seed=11).responses
    empty = np.full((7, 6), nan)
    plain, more = fit(made, model), fit(Responses.of(np.vstack([made.scores, empty])), model)
    assert more.difficulty.values == pytest.approx(plain.difficulty.values, abs=1e-9)
    assert (more.n, more.log_likelihood.n) == (400, 400)


def test_two_booklets_are_one_scale() -> None:
    """Half of the people never saw two of the items, the others not two others."""
    made = simulated(4000, 8, seed=12)
    scores = made.responses.scores.copy()
    scores[:2000, :2] = nan
    scores[2000:, 6:] = nan
    found = fit(Responses.of(scores), Model.TWO_PL)
    assert np.abs(found.difficulty.values - made.difficulty).max() < 0.25
    assert found.difficulty.n.tolist() == [2000, 2000, 4000, 4000, 4000, 4000, 2000, 2000]


@pytest.mark.parametrize("model", list(Model))
def test_items_that_say_nothing_have_a_reason_and_the_others_a_figure(model: Model) -> None:
    made = simulated(300, 6, seed=13).responses
    odd = np.column_stack([np.ones(300), np.zeros(300), np.full(300, nan), made.scores, np.arange(300) % 3])
    found, plain = fit(Responses.of(odd), model), fit(made, model)
    wanted = (Why.ALL_RIGHT, Why.ALL_WRONG, Why.NO_ANSWERS, *[""] * 6, Why.NOT_DICHOTOMOUS)
    assert found.difficulty.why == wanted
    assert found.difficulty.values[3:9] == pytest.approx(plain.difficulty.values, abs=1e-9)
    assert found.log_likelihood.value == pytest.approx(plain.log_likelihood.value, abs=1e-9)


@pytest.mark.parametrize(
    ("rows", "model", "why"),
    [
        ([[nan, nan, nan]], Model.RASCH, Why.NO_ANSWERS),
        ([[1, 0, 1]], Model.RASCH, Why.TOO_FEW_ITEMS),
        ([[1, 0], [0, 1], [1, 1]], Model.TWO_PL, Why.TOO_FEW_ITEMS),
        ([[1], [0], [1]], Model.COMMON, Why.TOO_FEW_ITEMS),
    ],
)
def test_no_model_of_too_little(rows: list, model: Model, why: Why) -> None:
    found = fit(Responses.of(rows), model)
    assert (found.log_likelihood.value, found.log_likelihood.why) == (None, why)
    assert np.isnan(found.difficulty.values).all()
    assert all(found.difficulty.why)
    assert not found.course.converged


@pytest.mark.parametrize("model", list(Model))
def test_a_nation_s_rounding_does_not_keep_the_search_from_arriving(model: Model) -> None:
    nation = as_responses({pattern: count * 1_000_000 for pattern, count in LSAT6.items()})
    found, plain = fit(nation, model), fit(LSAT, model)
    assert found.course.converged
    assert found.difficulty.values == pytest.approx(plain.difficulty.values, abs=1e-3)


def test_one_item_has_a_difficulty_under_slope_1() -> None:
    found = fit(Responses.of([[1], [1], [0], [1]]), Model.RASCH)
    assert found.difficulty.values[0] < 0
    assert found.log_likelihood.value == pytest.approx(4 * np.log(0.75) * 0.75 + np.log(0.25), abs=1e-6)


def test_a_perfect_order_has_no_slopes() -> None:
    ladder = np.tril(np.ones((7, 6)))[:, :6]
    found = fit(Responses.of(np.repeat(ladder, 20, axis=0)), Model.TWO_PL)
    assert Why.UNBOUNDED in found.slope.why
    assert np.isnan(found.slope.values[[why == Why.UNBOUNDED for why in found.slope.why]]).all()


def test_answers_without_anything_in_common_have_no_difficulty() -> None:
    """Independent coins: the common slope is 0, and a difficulty would be a division by it."""
    coins = np.array([[a, b] for a in (0, 1) for b in (0, 1)] * 50, dtype=float)
    found = fit(Responses.of(coins), Model.COMMON)
    assert set(found.difficulty.why) == {Why.SLOPE_ZERO}
    assert found.log_likelihood.value == pytest.approx(400 * np.log(0.5), abs=1e-4)


def test_many_people_and_few_patterns_are_as_one_pass() -> None:
    made = simulated(3, 70, seed=14)  # more items than fit one machine word, each pattern many times
    groups = grids.collapsed(
        np.tile(made.responses.scores, (50, 1)) == 1, np.ones((150, 70), bool), np.ones(150), by_score=False
    )
    assert (len(groups.weight), groups.weight.tolist()) == (3, [50, 50, 50])
    assert (groups.place.reshape(50, 3) == groups.place[:3]).all()
    assert (groups.right[groups.place[:3]] == made.responses.scores).all()


def test_more_nodes_change_nothing_that_is_printed() -> None:
    made = simulated(800, 40, seed=15).responses
    one, other = fit(made, Model.TWO_PL), fit(made, Model.TWO_PL, nodes=161)
    assert one.difficulty.values == pytest.approx(other.difficulty.values, abs=1e-3)
    with pytest.raises(ValueError, match="40 nodes"):
        fit(made, Model.TWO_PL, nodes=40)


def test_information_tells_where_a_test_is_sharp() -> None:
    found = fit(LSAT, Model.TWO_PL)
    curve = information(found, np.array([-3.0, 0.0, 400.0]))
    a, b = found.slope.values, found.difficulty.values
    p = 1 / (1 + np.exp(-a * (-3.0 - b)))
    assert curve.information[0] == pytest.approx((a**2 * p * (1 - p)).sum())
    assert curve.error[:2] == pytest.approx(1 / np.sqrt(curve.information[:2]))
    assert curve.information[0] > curve.information[1] > 0  # an easy test


def test_abilities_are_of_the_model_s_items() -> None:
    with pytest.raises(ValueError, match="items of the model"):
        abilities(fit(LSAT, Model.RASCH), Responses.of([[1, 0]]))


@pytest.mark.parametrize("model", list(Model))
def test_a_search_that_did_not_arrive_gives_no_figures(model: Model) -> None:
    found = fit(LSAT, model, most_steps=1)
    assert set(found.difficulty.why) == set(found.slope.why) == {Why.NOT_CONVERGED}
    assert (found.log_likelihood.value, found.log_likelihood.why) == (None, Why.NOT_CONVERGED)


def test_a_parameter_without_an_end_has_no_error_and_takes_the_others_errors_along() -> None:
    ladder = Responses.of(np.repeat(np.tril(np.ones((7, 6))), 20, axis=0))
    slopes, difficulties = errors(ladder, Model.TWO_PL)
    assert np.isnan([slopes.values, difficulties.values]).all()
    assert set(slopes.why) <= {Why.UNBOUNDED, Why.NOT_IDENTIFIED, Why.ALL_RIGHT, Why.ALL_WRONG}
    assert errors(Responses.of([[1, 0]]), Model.TWO_PL)[0].why == (Why.ALL_RIGHT, Why.ALL_WRONG)


def test_without_parameters_there_are_no_abilities() -> None:
    nothing = Responses.of([[1, 0], [1, 0]])
    found = abilities(fit(nothing, Model.RASCH), nothing)
    assert (found.theta.why, np.isnan(found.sd).all()) == ((Why.NO_ANSWERS,) * 2, True)


def test_rows_that_look_alike_by_their_number_are_told_apart() -> None:
    """Two rows of sixteen bytes, made so that the number by which rows are compared is the same."""
    mixer, size = int(grids.MIXER), 1 << 64

    def mixed(word: int) -> int:
        return (word ^ (word >> 31)) * mixer % size

    one, other = (5, 7), (6, (7 + mixed(5) - mixed(6)) % size)
    key = np.array([one, other, one], dtype=np.uint64).view(np.uint8).reshape(3, 16)
    count, _, place = grids._unique(key)
    assert (count, place[0] == place[2], place[0] == place[1]) == (2, True, False)


def test_a_slope_needs_two_other_items_answered_by_the_same_people() -> None:
    made = simulated(900, 6, seed=16).responses.scores.copy()
    made[:300, 2:] = nan  # these saw the first two only
    made[300:, :2] = nan
    found = fit(Responses.of(made), Model.TWO_PL)
    assert found.slope.why == (Why.NOT_IDENTIFIED, Why.NOT_IDENTIFIED, "", "", "", "")
    rest = fit(Responses.of(made[300:, 2:]), Model.TWO_PL)
    assert found.difficulty.values[2:] == pytest.approx(rest.difficulty.values, abs=1e-6)
    assert fit(Responses.of(made), Model.RASCH).usable.all()


def test_a_chain_of_items_falls_link_by_link() -> None:
    """The middle one has two partners, until these are gone."""
    made = simulated(900, 6, seed=16).responses.scores.copy()
    made[:300, 2:] = nan
    made[300:600, [0, 3, 4, 5]] = nan
    made[600:, :3] = nan
    found = fit(Responses.of(made), Model.TWO_PL)
    assert found.slope.why == (*[Why.NOT_IDENTIFIED] * 3, "", "", "")


def test_three_coins_have_no_errors_of_slopes() -> None:
    coins = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)] * 20, dtype=float)
    slopes, difficulties = errors(Responses.of(coins), Model.TWO_PL)
    assert set(slopes.why) == {Why.NOT_IDENTIFIED}
    assert set(difficulties.why) == {Why.SLOPE_ZERO}
