"""Fits never lose likelihood, find again what made the answers, and leave alone what nobody answered."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.mastery import Answers, Questions, Scale, Tracing, calibrate, fit, foretold, tune
from craftpath.engines.mastery.calibrating import loss
from craftpath.engines.mastery.expecting import BOUNDS
from tests.engines.mastery.plain import BANK, PEOPLE, SKILLS, rows


def height(model, some, skill):
    """The log-likelihood of one skill's answers, each after those before it."""
    columns = Answers.of(some)
    own = columns.skill == skill
    said = foretold(model, columns)[own]
    return float(np.log(np.where(columns.right[own], said, 1 - said)).sum())


@given(rows(least=1), st.sampled_from([30.0, math.inf]))
@settings(max_examples=30, deadline=None)
def test_no_round_of_a_fit_lowers_the_likelihood(some, half_life):
    begun = replace(Tracing.usual(SKILLS), half_life=np.full(SKILLS, half_life))
    found, course = fit(Answers.of(some), begun, [half_life], most=25)
    for skill, heights in enumerate(course.heights):
        if any(row[1] == skill for row in some):
            assert math.isclose(heights[0], height(begun, some, skill), rel_tol=1e-9)
            assert (np.diff(heights) >= -1e-9).all()
            assert height(found, some, skill) >= heights[-1] - 1e-9
        else:
            assert heights == ()
            assert (found.prior[skill], found.learn[skill]) == (begun.prior[skill], begun.learn[skill])
        for name, (least, most) in BOUNDS.items():
            assert least <= getattr(found, name)[skill] <= most


def tracers(people, each, truth, seed):
    """Answers of made-up people, one a week, by the chances of `truth`."""
    random = np.random.default_rng(seed)
    prior, learn, guess, slip, half_life = truth
    known, some = random.random(people) < prior, []
    for week in range(each):
        right = random.random(people) < np.where(known, 1 - slip, guess)
        some += [(person, 0, 0, 7.0 * week, bool(right[person])) for person in range(people)]
        known |= random.random(people) < learn
        known &= random.random(people) < 2 ** (-7 / half_life)
    return Answers.of(some)


def test_a_fit_finds_the_chances_that_made_the_answers():
    truth = (0.25, 0.15, 0.2, 0.08, math.inf)
    found, _ = fit(tracers(800, 12, truth, 4), Tracing.usual(1), [math.inf])
    told = [found.prior[0], found.learn[0], found.guess[0], found.slip[0]]
    assert np.allclose(told, truth[:4], atol=0.06)


def test_a_fit_sees_that_something_is_forgotten():
    found, _ = fit(tracers(400, 15, (0.5, 0.1, 0.15, 0.05, 30.0), 5), Tracing.usual(1), [30.0, math.inf])
    assert found.half_life.tolist() == [30.0]


@given(rows(least=1), st.permutations(range(PEOPLE)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_people_changes_no_fit(some, order):
    named = [(order[row[0]], *row[1:]) for row in some]
    one, two = (fit(Answers.of(given), Tracing.usual(SKILLS), [90.0], most=10)[0] for given in (some, named))
    assert np.allclose([one.prior, one.learn, one.guess], [two.prior, two.learn, two.guess], atol=1e-9)
    unknown = replace(BANK, difficulty=np.where(np.arange(6) % 2, np.nan, BANK.difficulty))
    one, two = (calibrate(Answers.of(given), SKILLS, unknown) for given in (some, named))
    assert np.allclose(one.questions.difficulty, two.questions.difficulty, atol=1e-9)


def test_without_answers_nothing_is_fitted():
    nobody = Answers.of([])
    found, course = fit(nobody, Tracing.usual(2))
    assert (found.prior.tolist(), course.heights) == ([0.3, 0.3], ((), ()))
    scale = calibrate(nobody, SKILLS, replace(BANK, difficulty=np.full(6, np.nan)))
    assert (scale.mean.tolist(), scale.sd.tolist()) == ([0.5, 0.5], [1.5, 1.5])
    assert scale.questions.difficulty.tolist() == [0] * 6
    assert tune(scale, nobody) is scale


def scalers(seed, people=600, shift=0.0):
    random = np.random.default_rng(seed)
    bank = Questions.of([(0, float(b), 1.0, 0.25 * (n % 2)) for n, b in enumerate(np.linspace(-2, 2, 12))])
    theta = random.normal(shift, 1, people)
    rise = 1 / (1 + np.exp(bank.difficulty - theta[:, None]))
    right = random.random((people, 12)) < bank.guess + (1 - bank.guess) * rise
    some = [(person, 0, n, 0.0, bool(right[person, n])) for person in range(people) for n in range(12)]
    return bank, Answers.of(some)


def test_difficulties_are_learnt_from_answers():
    bank, some = scalers(6)
    found = calibrate(some, 1, replace(bank, difficulty=np.full(12, np.nan)))
    assert found.mean.tolist() == [0]
    assert np.abs(found.questions.difficulty - bank.difficulty).max() < 0.5
    assert math.isclose(found.sd[0], 1, abs_tol=0.15)


def test_given_difficulties_stay_and_say_how_able_people_are():
    bank, some = scalers(7, shift=0.8)
    found = calibrate(some, 1, replace(bank, difficulty=np.where(np.arange(12) < 6, bank.difficulty, np.nan)))
    assert found.questions.difficulty[:6].tolist() == bank.difficulty[:6].tolist()
    assert np.abs(found.questions.difficulty - bank.difficulty).max() < 0.6
    assert math.isclose(found.mean[0], 0.8, abs_tol=0.15)


def test_a_question_that_everybody_gets_right_is_easy_and_not_infinitely_so():
    some = Answers.of([(person, 0, 0, 0.0, True) for person in range(40)])
    found = calibrate(some, 1, Questions.of([(0, math.nan, 1.0, 0.0)])).questions.difficulty[0]
    assert -5 < found < -1


def test_fading_is_what_foretells_best():
    """Everybody was wrong for a year and has been right since: what is newer says more."""
    some = Answers.of([(p, 0, 0, 30.0 * n, n >= 12) for p in range(5) for n in range(24)])
    scale = Scale(np.zeros(1), np.ones(1), Questions.of([(0, 0.0, 1.0, 0.0)]))
    found = tune(scale, some, fades=(1.0, 0.5), half_lives=(math.inf,))
    assert found.fade == 0.5
    losses = [
        loss(foretold(replace(scale, fade=one, half_life=math.inf), some), some.right) for one in (0.5, 1.0)
    ]
    assert losses[0] < losses[1]


def test_log_loss_by_hand():
    assert math.isclose(
        loss(np.array([0.8, 0.5]), np.array([True, False])), -(math.log(0.8) + math.log(0.5)) / 2
    )
    assert math.isclose(loss(np.array([0.0]), np.array([True])), -math.log(1e-6))
