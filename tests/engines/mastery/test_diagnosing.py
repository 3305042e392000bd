"""A diagnosis asks what tells most, never twice, and ends; what it says is Bayes' rule."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.mastery import (
    Answers,
    Certainty,
    Found,
    Questions,
    Scale,
    State,
    Tracing,
    beliefs,
    findings,
    heard,
    next_question,
)
from craftpath.engines.mastery.diagnosing import gains
from tests.engines.mastery.plain import BANK, SKILLS

NOBODY = Answers.of([])
SCALE = Scale.usual(SKILLS, BANK)
TRACING = Tracing.usual(SKILLS)
MODELS = pytest.mark.parametrize("model", [TRACING, SCALE], ids=["tracing", "scale"])


def begun(model):
    return State(beliefs(model, NOBODY, 0))


def test_bits_by_hand():
    """Known or not with 0.5; guess 0.2, slip 0.1. A right answer (0.55) leaves 0.45 / 0.55, a wrong one 0.05 / 0.45."""

    def entropy(p):
        return -p * math.log2(p) - (1 - p) * math.log2(1 - p)

    model = Tracing(*(np.array([one]) for one in (0.5, 0.0, 0.2, 0.1, np.inf)))
    left = 0.55 * entropy(0.45 / 0.55) + 0.45 * entropy(0.05 / 0.45)
    found = gains(model, Questions.of([(0, 0.0, 1.0, 0.2)]), begun(model).belief, np.array([0]))
    assert math.isclose(found[0], 1 - left)


@MODELS
@given(given=st.lists(st.booleans(), max_size=6), seed=st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_an_answer_never_is_expected_to_tell_less_than_nothing(model, given, seed):
    state = begun(model)
    for at, right in enumerate(given):
        state = heard(model, BANK, state, (at + seed) % 6, right)
    found = gains(model, BANK, state.belief, np.arange(6))
    assert (found >= 0).all()
    assert (found <= 1).all()


@MODELS
@given(
    answers=st.lists(st.booleans(), min_size=6, max_size=6), certain=st.floats(0.6, 1), most=st.integers(1, 3)
)
@settings(max_examples=40, deadline=None)
def test_it_never_asks_twice_and_ends_when_it_is_certain_or_has_asked_enough(model, answers, certain, most):
    rule, state = Certainty(certain, certain, fewest=1, most=most), begun(model)
    for right in [*answers, True]:
        question = next_question(model, BANK, state, rule)
        if question is None:
            break
        assert question not in state.asked
        assert findings(model, BANK, state, rule)[BANK.skill[question]] is Found.UNCLEAR
        state = heard(model, BANK, state, question, right)
    assert next_question(model, BANK, state, rule) is None
    times = np.bincount(BANK.skill[list(state.asked)], minlength=2)
    assert (times <= most).all()
    for skill, found in enumerate(findings(model, BANK, state, rule)):
        chance = state.belief[skill] @ model.mastered
        assert (found is Found.MASTERED) == (chance >= certain and times[skill] >= 1)
        assert (found is Found.NOT_YET) == (1 - chance >= certain and times[skill] >= 1)
        assert found is not Found.UNCLEAR or times[skill] == most


def test_what_is_heard_is_what_an_answer_of_that_day_says():
    state = heard(TRACING, BANK, heard(TRACING, BANK, begun(TRACING), 0, True), 4, False)
    apart = Answers.of([(0, 0, 0, 0.0, True), (0, 1, 4, 0.0, False)])
    assert np.allclose(state.belief, beliefs(TRACING, apart, 0))
    assert state.asked == (0, 4)


def test_nobody_is_judged_by_the_prior_alone():
    sure = Tracing(*(np.array([one]) for one in (0.99, 0.0, 0.2, 0.1, np.inf)))
    bank = Questions.of([(0, 0.0, 1.0, 0.2)] * 4)
    state, rule = begun(sure), Certainty(fewest=2)
    for _ in range(2):
        assert findings(sure, bank, state, rule) == (Found.UNCLEAR,)
        state = heard(sure, bank, state, next_question(sure, bank, state, rule), True)
    assert findings(sure, bank, state, rule) == (Found.MASTERED,)


@pytest.mark.parametrize("guess", [0.0, 0.25])
def test_who_is_always_right_is_found_to_have_mastered_a_skill_and_who_is_wrong_not_yet(guess):
    bank = Questions.of([(0, b / 10, 1.0, guess) for b in range(-20, 21)])
    model, rule = Scale.usual(1, bank), Certainty()
    for right, end in ((True, Found.MASTERED), (False, Found.NOT_YET)):
        state = begun(model)
        while (question := next_question(model, bank, state, rule)) is not None:
            state = heard(model, bank, state, question, right)
        assert findings(model, bank, state, rule) == (end,)


def test_only_the_skills_that_are_asked_about():
    assert BANK.skill[next_question(SCALE, BANK, begun(SCALE), Certainty(), among={1})] == 1
    assert next_question(SCALE, BANK, begun(SCALE), Certainty(), among=set()) is None


def test_of_questions_as_good_the_least_shown_is_asked_and_else_the_first():
    bank = Questions.of([(0, 1.0, 1.0, 0.0)] * 3 + [(0, 5.5, 1.0, 0.5)])
    model = Scale.usual(1, bank)
    assert next_question(model, bank, begun(model), Certainty()) == 0
    shown = np.array([4, 2, 2, 0])
    assert next_question(model, bank, begun(model), Certainty(), shown) == 1


def test_a_question_that_tells_nothing_is_not_asked():
    known = Tracing(*(np.array([one]) for one in (1.0, 0.0, 0.2, 0.1, np.inf)))
    assert next_question(known, Questions.of([(0, 0.0, 1.0, 0.2)]), begun(known), Certainty()) is None


def test_a_question_is_not_heard_twice():
    with pytest.raises(ValueError, match="asked before"):
        heard(SCALE, BANK, State(begun(SCALE).belief, (1,)), 1, True)


@pytest.mark.parametrize(
    "rule", [{"mastered": 0.5}, {"not_yet": 1.1}, {"near": 0.0}, {"fewest": 4, "most": 3}, {"fewest": -1}]
)
def test_a_rule_that_means_nothing_is_refused(rule):
    with pytest.raises(ValueError, match="certain|at most"):
        Certainty(**rule)
