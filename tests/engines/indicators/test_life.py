"""Life tables against published and hand-made ones."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from craftpath.engines.indicators import life_table, projected, retention

FREIREICH = ((21, 3), (17, 1), (15, 1), (12, 1), (11, 1), (7, 1), (6, 1))
"""Remissions under 6-MP (Freireich et al. 1963): at risk and relapses at the seven times of relapse."""
SURVIVAL = (0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448)
ERRORS = (0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346)


def test_survival_and_greenwood_s_error_of_a_published_example() -> None:
    rows = life_table([at for at, _ in FREIREICH], [0] * 7, [gone for _, gone in FREIREICH])
    assert [round(float(row.survival), 3) for row in rows] == list(SURVIVAL)
    assert [round(row.error, 4) for row in rows] == list(ERRORS)
    assert [round(float(row.staying), 3) for row in rows] == list(SURVIVAL)


def test_a_table_worked_by_hand() -> None:
    """Ten begin; one leaves; one of the nine is not followed; two of eight leave; all six complete."""
    rows = life_table([10, 8, 6], [0, 0, 6], [1, 2, 0])
    assert [row.survival for row in rows] == [Fraction(9, 10), Fraction(27, 40), Fraction(0)]
    assert [row.completing for row in rows] == [0, 0, Fraction(27, 40)]
    found = projected(rows)
    assert found is not None
    assert found[0] == Fraction(27, 40)
    kept = retention(rows, 2)
    assert kept is not None
    assert kept[0] == Fraction(27, 40)
    assert kept[1] == pytest.approx(0.675 * sqrt(1 / (10 * 9) + 2 / (8 * 6)))
    assert rows[1].bounds[0] < 0.675 < rows[1].bounds[1]


def test_without_censoring_the_projection_is_the_share_and_its_error_the_binomial_one() -> None:
    rows = life_table([40, 36, 30, 20], [0, 0, 8, 18], [4, 6, 2, 2])
    found = projected(rows)
    assert found is not None
    value, error = found
    assert value == Fraction(26, 40)
    assert error == pytest.approx(sqrt(0.65 * 0.35 / 40))


def test_nothing_is_projected_while_most_are_still_there() -> None:
    assert projected(life_table([10, 9], [0, 0], [1, 1])) is None
    assert projected([]) is None
    assert retention(life_table([10, 9], [0, 0], [1, 1]), 4) is None
    assert retention([], 4) is None


def test_a_quarter_without_anybody_ends_the_table() -> None:
    assert len(life_table([5, 0, 3], [0, 0, 3], [1, 0, 0])) == 1


def test_the_error_is_that_of_a_thousand_worlds() -> None:
    """The spread of projections over simulated cohorts, with censoring, is what the formula says."""
    chance = np.random.default_rng(7)
    leaves, completes, censored = (0.1, 0.08, 0.05, 0.05), (0.0, 0.0, 0.6, 0.95), (0.1, 0.1, 0.1, 0.0)
    values, errors = [], []
    for _ in range(1500):
        there, at, done, gone = 300, [], [], []
        for leave, complete, lost in zip(leaves, completes, censored, strict=True):
            at.append(there)
            left, finished, _stay = chance.multinomial(there, [leave, complete, 1 - leave - complete])
            done.append(int(finished))
            gone.append(int(left))
            there -= left + finished
            there -= chance.binomial(there, lost)
        found = projected(life_table(at, done, gone))
        assert found is not None
        values.append(float(found[0]))
        errors.append(found[1])
    assert np.mean(errors) == pytest.approx(np.std(values), rel=0.06)
