"""Both models against plain sums over every way, by hand, and in the order in which nothing may change."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.mastery import (
    Answers,
    Questions,
    Scale,
    Tracing,
    beliefs,
    calibrate,
    foretold,
    mastery,
    sequences,
)
from tests.engines.mastery.plain import BANK, PEOPLE, QUESTIONS, SKILLS, of_pair, rows, scaled, traced

chance = st.floats(0.02, 0.98)
half_life = st.sampled_from([20.0, 200.0, math.inf])
TRACING = Tracing(
    np.array([0.3, 0.5]), np.array([0.1, 0.2]), np.array([0.2, 0.3]), np.array([0.1, 0.05]), np.array([90.0, np.inf])
)  # fmt: skip
SCALE = Scale(np.array([0.2, -0.5]), np.array([1.0, 1.4]), BANK, fade=0.7, half_life=90.0)
STILL = replace(TRACING, learn=np.zeros(2))
MODELS = pytest.mark.parametrize("model", [TRACING, SCALE], ids=["tracing", "scale"])
NOTHING_LEARNT = pytest.mark.parametrize("model", [STILL, SCALE], ids=["tracing", "scale"])


@st.composite
def tracings(draw):
    guess, slip = draw(
        st.tuples(st.floats(0.01, 0.97), st.floats(0.01, 0.97)).filter(lambda both: sum(both) < 0.99)
    )
    return draw(chance), draw(chance), guess, slip, draw(half_life)


@given(rows(), st.tuples(tracings(), tracings()))
@settings(max_examples=30, deadline=None)
def test_tracing_is_the_sum_over_every_way(some, chances):
    model = Tracing(*(np.array(column) for column in zip(*chances, strict=True)))
    found = mastery(model, Answers.of(some), PEOPLE, 250)
    for person, skill in np.ndindex(PEOPLE, SKILLS):
        own = of_pair(some, person, skill)
        said = traced(own, chances[skill], 250)
        assert math.isclose(found.chance[person, skill], said, rel_tol=1e-9, abs_tol=1e-9)
        assert found.n[person, skill] == len(own)


@given(rows())
@settings(max_examples=30, deadline=None)
def test_a_scale_weighs_each_answer_by_its_age_and_by_what_opposed_it(some):
    cells = np.linspace(-6, 6, 61)
    over = np.clip((cells + 0.1 - math.log(4)) / 0.2, 0, 1)
    found = mastery(SCALE, Answers.of(some), PEOPLE, 250)
    for person, skill in np.ndindex(PEOPLE, SKILLS):
        own = of_pair(some, person, skill)
        said = scaled(own, SCALE.mean[skill], SCALE.sd[skill], 250, (0.7, 90.0))
        assert math.isclose(found.chance[person, skill], said @ over, abs_tol=1e-9)
        assert math.isclose(found.level[person, skill], said @ (1 / (1 + np.exp(-cells))), abs_tol=1e-9)


@MODELS
@given(some=rows())
@settings(max_examples=30, deadline=None)
def test_what_is_said_is_a_chance_with_its_interval_around_it(model, some):
    found = mastery(model, Answers.of(some), PEOPLE, 250)
    for one in (found.chance, found.level, found.low, found.high, foretold(model, Answers.of(some))):
        assert ((one >= 0) & (one <= 1)).all()
    assert (found.low <= found.level).all()
    assert (found.level <= found.high).all()


@NOTHING_LEARNT
@given(some=rows(), person=st.integers(0, PEOPLE - 1), question=st.integers(0, QUESTIONS - 1))
@settings(max_examples=30, deadline=None)
def test_a_right_answer_never_lowers_and_a_wrong_one_never_raises(model, some, person, question):
    skill = int(BANK.skill[question])
    before = mastery(model, Answers.of(some), PEOPLE, 250)
    for right, sign in ((True, 1), (False, -1)):
        after = mastery(model, Answers.of([*some, (person, skill, question, 250.0, right)]), PEOPLE, 250)
        for name in ("chance", "level", "low", "high"):
            step = (getattr(after, name) - getattr(before, name)) * sign
            assert step[person, skill] >= -1e-9
            step[person, skill] = 0
            assert not step.any()


@given(rows(least=1), st.booleans())
@settings(max_examples=30, deadline=None)
def test_with_learning_an_answer_moves_what_was_expected_before_it(some, right):
    *earlier, (person, skill, question, _, _) = some
    day = 250.0
    asked = Answers.of([*earlier, (person, skill, question, day, right)])
    guess, slip = TRACING.guess[skill], TRACING.slip[skill]
    expected = (foretold(TRACING, asked)[-1] - guess) / (1 - slip - guess)
    after = mastery(TRACING, asked, PEOPLE, day).chance[person, skill]
    assert after >= expected - 1e-9 if right else after <= expected + 1e-9


@MODELS
@given(some=rows(), order=st.permutations(range(PEOPLE)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_people_changes_nothing(model, some, order):
    found = mastery(model, Answers.of(some), PEOPLE, 250)
    named = [(order[row[0]], *row[1:]) for row in some]
    again = mastery(model, Answers.of(named), PEOPLE, 250)
    assert np.array_equal(again.chance[list(order)], found.chance)
    assert np.array_equal(again.low[list(order)], found.low)


@MODELS
@given(some=rows(), size=st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_taken_in_parts_it_is_the_same(model, some, size):
    columns = Answers.of(some)
    whole, said = mastery(model, columns, PEOPLE, 250), foretold(model, columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "BLOCK", size)
        assert np.array_equal(mastery(model, columns, PEOPLE, 250).chance, whole.chance)
        assert np.array_equal(foretold(model, columns), said)


@given(rows(least=1), st.integers(1, 5))
@settings(max_examples=10, deadline=None)
def test_fitted_in_parts_it_is_the_same(some, size):
    unknown = replace(BANK, difficulty=np.where(np.arange(6) % 2, np.nan, BANK.difficulty))
    whole = calibrate(Answers.of(some), SKILLS, unknown)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "BLOCK", size)
        parts = calibrate(Answers.of(some), SKILLS, unknown)
    assert np.allclose(parts.questions.difficulty, whole.questions.difficulty, atol=1e-9)
    assert np.allclose([parts.mean, parts.sd], [whole.mean, whole.sd], atol=1e-9)


@MODELS
@given(some=rows(least=1), day=st.integers(0, 200))
@settings(max_examples=30, deadline=None)
def test_later_answers_are_not_looked_at(model, some, day):
    earlier = [row for row in some if row[3] <= day]
    found = mastery(model, Answers.of(some), PEOPLE, day)
    assert np.array_equal(found.chance, mastery(model, Answers.of(earlier), PEOPLE, day).chance)
    before = foretold(model, Answers.of(some))[[row[3] <= day for row in some]]
    assert np.allclose(before, foretold(model, Answers.of(earlier)), atol=1e-12)


@MODELS
@given(some=rows())
@settings(max_examples=30, deadline=None)
def test_one_person_s_beliefs_are_what_the_cohort_s_columns_say(model, some):
    found = mastery(model, Answers.of(some), PEOPLE, 250).chance
    for person in range(PEOPLE):
        own = Answers.of([row for row in some if row[0] == person])
        assert np.allclose(beliefs(model, own, 250) @ model.mastered, found[person], atol=1e-12)


def test_tracing_by_hand():
    """Prior 0.4, guess 0.2, slip 0.1, learn 0.3; right, then wrong 90 days later with a half-life of 90 days.

    0.4 × 0.9 / (0.36 + 0.6 × 0.2) = 0.75; learnt: 0.825; kept: 0.4125; wrong: 0.04125 / (0.04125 + 0.47) = 0.0806846.
    """
    model = Tracing(*(np.array([one]) for one in (0.4, 0.3, 0.2, 0.1, 90.0)))
    some = Answers.of([(0, 0, 0, 10.0, True), (0, 0, 0, 100.0, False)])
    assert math.isclose(mastery(model, some, 1, 10).chance[0, 0], 0.75)
    assert math.isclose(mastery(model, some, 1, 100).chance[0, 0], 0.04125 / 0.51125)
    assert np.allclose(foretold(model, some), [0.48, 0.4125 * 0.9 + 0.5875 * 0.2])


def test_without_answers_it_is_the_prior_and_its_width():
    nobody = Answers.of([])
    told = mastery(Tracing.usual(1), nobody, 2, 0)
    assert told.chance.tolist() == [[0.3], [0.3]]
    assert told.n.tolist() == [[0], [0]]
    even = mastery(replace(Tracing.usual(1), prior=np.array([0.5])), nobody, 1, 0)
    assert np.allclose([even.low[0, 0], even.high[0, 0]], [0.1, 0.9])  # of two people spread evenly
    even = replace(Scale.usual(1, BANK), mean=np.zeros(1), sd=np.ones(1))
    scale = mastery(even, nobody, 1, 0)
    assert math.isclose(
        scale.chance[0, 0], 0.0829, abs_tol=1e-3
    )  # the normal distribution over the logit of 0.8
    bounds = [1 / (1 + math.exp(1.2816)), 1 / (1 + math.exp(-1.2816))]
    assert np.allclose([scale.low[0, 0], scale.high[0, 0]], bounds, atol=1e-3)
    assert math.isclose(scale.level[0, 0], 0.5)
    assert math.isclose(mastery(Scale.usual(1, BANK), nobody, 1, 0).chance[0, 0], 0.277, abs_tol=2e-3)


@MODELS
def test_the_interval_is_narrower_after_ten_answers(model):
    before = mastery(model, Answers.of([]), 1, 0)
    some = Answers.of([(0, 0, 0, 0.0, True)] * 9 + [(0, 0, 2, 0.0, False)])
    after = mastery(model, some, 1, 0)
    assert after.high[0, 0] - after.low[0, 0] < 0.8 * (before.high[0, 0] - before.low[0, 0])


def test_a_certain_prior_stays_as_it_is():
    model = Tracing(
        *(np.array(one) for one in ([0.0, 1.0], [0.0, 0.0], [0.0, 0.2], [0.1, 0.0], [np.inf, np.inf]))
    )
    impossible = Answers.of([(0, 0, 0, 0.0, True), (0, 1, 3, 0.0, False)])
    found = mastery(model, impossible, 1, 0)
    assert found.chance.tolist() == found.low.tolist() == found.high.tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize(
    "chances", [(0.3, 0.1, 0.6, 0.4, 90), (1.3, 0.1, 0.2, 0.1, 90), (0.3, 0.1, 0.2, 0.1, 0), (0.3, np.nan, 0.2, 0.1, 9)]
)  # fmt: skip
def test_chances_that_mean_nothing_are_refused(chances):
    with pytest.raises(ValueError, match="chances lie|stay under 1"):
        Tracing(*(np.array([one]) for one in chances))


@pytest.mark.parametrize(
    "other",
    [
        {"sd": np.zeros(2)}, {"enough": 1.0}, {"fade": 1.1}, {"half_life": 0.0},
        {"questions": Questions.of([(0, 0.0, 1.0, 1.0)])}, {"questions": Questions.of([(0, 0.0, 0.0, 0.2)])},
    ],
)  # fmt: skip
def test_a_scale_that_means_nothing_is_refused(other):
    with pytest.raises(ValueError, match="over 0"):
        replace(SCALE, **other)


@pytest.mark.parametrize("row", [(-1, 0, 0, 0.0, True), (0, -1, 0, 0.0, True), (0, 0, 0, math.nan, True)])
def test_rows_that_mean_nothing_are_refused(row):
    with pytest.raises(ValueError, match="begin with 0"):
        foretold(SCALE, Answers.of([row]))


def test_beliefs_are_of_one_person():
    with pytest.raises(ValueError, match="one person"):
        beliefs(SCALE, Answers.of([(0, 0, 0, 0.0, True), (1, 0, 0, 0.0, True)]), 1)
