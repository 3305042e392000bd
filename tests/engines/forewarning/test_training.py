"""The model against another optimiser, and what must hold of any: monotone, in any order, exact, kept whole."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from craftpath.engines.forewarning import Faulty, Feature, TooFew, Trained, as_table, from_table, train
from craftpath.engines.forewarning.fitting import fit_line

FEATURES = (Feature("silent", 8), Feature("absent", 100), Feature("late", 60))


def cases(n: int = 900, seed: int = 1) -> tuple[Any, Any, list[str]]:
    rng = np.random.default_rng(seed)
    table = np.column_stack([rng.gamma(1, 1.5, n), rng.beta(1, 6, n) * 100, rng.gamma(0.5, 20, n)])
    table[rng.random((n, 3)) < 0.1] = np.nan
    score = (
        -3
        + 0.6 * np.minimum(np.nan_to_num(table[:, 0], nan=1.5), 8)
        + 0.03 * np.nan_to_num(table[:, 1], nan=14)
    )
    return table, rng.random(n) < 1 / (1 + np.exp(-score)), [str(i // 3) for i in range(n)]


def trained(n: int = 900, seed: int = 1) -> Trained:
    table, left, people = cases(n, seed)
    found = train(table, left, people, FEATURES, alarmed=np.nan_to_num(table[:, 0]) >= 2)
    assert isinstance(found, Trained)
    return found


def test_the_line_is_the_optimum_of_another_optimiser() -> None:
    """The same penalised likelihood, written out plainly and left to SLSQP."""
    table, left, _people = cases()
    line = fit_line(table, left, FEATURES, 2.0)
    x = np.clip(table / np.array([8, 100, 60]), 0, 1)
    x = np.where(np.isnan(x), np.nanmean(x, axis=0), x) - np.nanmean(x, axis=0)

    def loss(b: Any) -> float:
        p = 1 / (1 + np.exp(-(b[0] + x @ b[1:])))
        return float(-np.log(np.where(left, p, 1 - p)).sum() + b[1:] @ b[1:])

    other = minimize(
        loss, np.zeros(4), method="SLSQP", bounds=[(None, None)] + [(0, None)] * 3, options={"ftol": 1e-12}
    )
    assert [line.start, *line.coefficients] == pytest.approx(other.x, abs=2e-3)
    assert loss(np.array([line.start, *line.coefficients])) <= other.fun + 1e-6


def test_two_by_two_by_hand() -> None:
    """One feature, hardly any penalty: log odds of 8 of 10 and of 2 of 10."""
    table = np.array([[1.0]] * 10 + [[0.0]] * 10)
    left = np.array([True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    line = fit_line(table, left, [Feature("x", 1)], 1e-9)
    assert line.score(np.array([[1.0], [0.0]])) == pytest.approx([np.log(4), -np.log(4)], abs=1e-4)


def test_what_speaks_the_wrong_way_is_left_out() -> None:
    table = np.array([[1.0]] * 10 + [[0.0]] * 10)
    left = np.array([False] * 8 + [True] * 2 + [False] * 2 + [True] * 8)
    assert fit_line(table, left, [Feature("x", 1)], 1.0).coefficients.tolist() == [0.0]


def test_more_of_a_figure_never_lowers_the_share() -> None:
    model = trained().model
    for at, feature in enumerate(FEATURES):
        rows = np.tile([1.0, 10.0, 5.0], (50, 1))
        rows[:, at] = np.linspace(0, feature.cap * 1.2, 50)
        assert (np.diff(model.share(rows)) >= -1e-12).all()


@settings(max_examples=5)
@given(st.integers(0, 1000))
def test_the_order_of_cases_plays_no_part(seed: int) -> None:
    table, left, people = cases()
    mixed = np.random.default_rng(seed).permutation(len(left))
    one = train(table, left, people, FEATURES, alarmed=left, groups={"g": [who[-1] for who in people]})
    other = train(
        table[mixed], left[mixed], [people[at] for at in mixed], FEATURES, alarmed=left[mixed],
        groups={"g": [people[at][-1] for at in mixed]},
    )  # fmt: skip
    assert isinstance(one, Trained)
    assert isinstance(other, Trained)
    assert as_table(one.model) == as_table(other.model)
    assert (one.model_worth, one.bins, one.fairness) == (other.model_worth, other.bins, other.fairness)


def test_parts_are_the_score_to_the_last_bit_of_sense() -> None:
    model, (table, _left, _people) = trained().model, cases()
    assert model.line.start + model.parts(table).sum(axis=1) == pytest.approx(
        model.line.score(table), abs=1e-12
    )


def test_the_unknown_speaks_neither_for_nor_against() -> None:
    model = trained().model
    assert model.parts(np.array([[np.nan, np.nan, np.nan]])).tolist() == [[0.0, 0.0, 0.0]]


def test_on_average_it_says_what_came() -> None:
    table, left, _people = cases(3000)
    found = train(table, left, [str(i) for i in range(3000)], FEATURES, alarmed=left)
    assert isinstance(found, Trained)
    for one in found.bins:
        assert one.came.low is not None
        assert one.came.high is not None
        assert one.came.low - 0.03 <= one.said <= one.came.high + 0.03
    assert found.fit
    assert found.model_worth.brier < found.base_worth.brier


def test_chance_is_not_fit() -> None:
    fits = 0
    for seed in range(12):
        table, _left, people = cases(600, seed)
        left = np.random.default_rng(seed + 99).random(600) < 0.2
        found = train(table, left, people, FEATURES, alarmed=left)
        fits += isinstance(found, Trained) and found.fit
    assert fits <= 1


def test_one_person_is_never_on_both_sides() -> None:
    """Every person's cases are alike and say nothing of others: were they on both sides, the model would know them."""
    rng = np.random.default_rng(4)
    own = rng.random((150, 3)) * np.array([8, 100, 60])
    fate = rng.random(150) < 0.4
    table, left = np.repeat(own, 6, axis=0), np.repeat(fate, 6)
    found = train(table, left, [str(i // 6) for i in range(900)], FEATURES, alarmed=left)
    assert isinstance(found, Trained)
    assert found.model_worth.auc is not None
    assert found.model_worth.auc < 0.62


@pytest.mark.parametrize(("n", "leave"), [(0, 0), (60, 30), (900, 14), (900, 886)])
def test_too_few_is_said_and_nothing_is_fitted(n: int, leave: int) -> None:
    table = np.random.default_rng(1).random((n, 3))
    left = np.arange(n) < leave
    found = train(table, left, [str(i) for i in range(n)], FEATURES, alarmed=left)
    assert found == TooFew(n, leave, 100, 15)


def test_what_cannot_be_cases() -> None:
    table, left, people = cases()
    for bad in (table[:, :2], table[1:], np.where(np.isnan(table), np.inf, table)):
        with pytest.raises(Faulty):
            train(bad, left, people, FEATURES, alarmed=left)
    with pytest.raises(Faulty):
        train(table, left, people[1:], FEATURES, alarmed=left)
    with pytest.raises(Faulty):
        Feature("x", 0)


def test_kept_and_read_it_is_the_same_model() -> None:
    model, (table, _left, _people) = trained().model, cases()
    assert from_table(as_table(model)).share(table).tolist() == model.share(table).tolist()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept.pop("start"),
        lambda kept: kept.update(coefficients=[1, 2]),
        lambda kept: kept.update(coefficients=[-1, 0, 0]),
        lambda kept: kept.update(start=float("nan")),
        lambda kept: kept.update(features="x"),
        lambda kept: kept["calibration"].update(kind="magic"),
        lambda kept: kept["calibration"].update(slope=-1),
        lambda kept: kept["calibration"].update(kind="isotonic", scores=[], shares=[]),
        lambda kept: kept["calibration"].update(kind="isotonic", scores=[1, 2], shares=[0.9, 0.1]),
        lambda kept: kept["calibration"].update(scores=[1]),
    ],
)
def test_what_is_no_model_is_not_read(spoil: Any) -> None:
    kept = deepcopy(as_table(trained().model))
    spoil(kept)
    with pytest.raises(Faulty):
        from_table(kept)
    with pytest.raises(Faulty):
        from_table([])  # type: ignore[arg-type]
