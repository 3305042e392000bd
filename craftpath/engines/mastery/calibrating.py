"""A scale fitted to answers: difficulties that are not given, abilities of people, and how fast answers fade.

Difficulties and abilities are found by expectation and maximisation over the grid (Bock & Aitkin 1981), as if nobody
learnt meanwhile; what fades is then chosen by how well each answer is foretold from the earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import special

from craftpath.engines.mastery.following import foretold
from craftpath.engines.mastery.scaling import GRID, Scale, chances
from craftpath.engines.mastery.sequences import sequences
from craftpath.engines.mastery.types import Answers, Flags, Floats, Questions, Whole
from craftpath.engines.mastery.weighing import meant, normalised

ROUNDS, STEPS = 30, 3
SPREAD = 1.5  # of difficulties: a question with right answers alone has one all the same
FARTHEST, NARROWEST = 5.0, 0.3
FADES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.5)
HALF_LIVES = (30.0, 90.0, 180.0, 365.0, np.inf)


def calibrate(answers: Answers, skills: int, questions: Questions) -> Scale:
    """Difficulties that are NaN, and mean and spread of ability in each skill.

    Where no difficulty of a skill is given, the mean of its abilities is 0. A question that nobody answered has the
    difficulty 0, a skill without answers the mean 0 and spread 1.
    """
    unknown = np.isnan(questions.difficulty)
    given = np.bincount(questions.skill[~unknown], minlength=skills) > 0
    scale = Scale.usual(skills, questions)
    order = sequences(answers)
    right, question = answers.right[order.row], answers.question[order.row]
    for _ in range(ROUNDS if len(right) else 0):
        belief = _believed(scale, order.pair, order.skill, question, right)
        mean, sd = _abilities(scale, belief, order.skill, given)
        difficulty = scale.questions.difficulty.copy()
        asked, passed = (
            _counted(belief[order.pair], question, rows, len(difficulty)) for rows in (right | True, right)
        )
        for _step in range(STEPS):
            difficulty = np.where(unknown, _nearer(scale.questions, difficulty, asked, passed), difficulty)
        scale = replace(scale, mean=mean, sd=sd, questions=replace(questions, difficulty=difficulty))
    return scale


def tune(
    scale: Scale, answers: Answers, fades: Sequence[float] = FADES, half_lives: Sequence[float] = HALF_LIVES
) -> Scale:
    """The fading under which each answer is foretold best from the earlier ones, by log loss."""
    if not len(answers.right):
        return scale
    tried = [replace(scale, fade=fade, half_life=days) for fade in fades for days in half_lives]
    return min(tried, key=lambda one: loss(foretold(one, answers), answers.right))


def loss(chance: Floats, right: Flags) -> float:
    """Mean of minus the logarithm of the chance of what happened; none is taken as under a millionth."""
    happened = np.where(right, chance, 1 - chance)
    return float(-np.log(np.maximum(happened, 1e-6)).mean())


def _believed(scale: Scale, pair: Whole, skill: Whole, question: Whole, right: Flags) -> Floats:
    """What all answers together say of each pair of person and skill; rows stand by pair."""
    chance = chances(scale.questions, question)
    said = np.log(np.where(right[:, None], chance, 1 - chance))
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    return normalised(scale.prior[skill] + np.add.reduceat(said, first, axis=0))


def _abilities(scale: Scale, belief: Floats, skill: Whole, given: Flags) -> tuple[Floats, Floats]:
    """Mean and spread of ability in each skill; a mean only where given difficulties say what 0 is."""
    n = np.bincount(skill, minlength=scale.skills)
    some = n > 0
    first = np.bincount(skill, weights=meant(belief, GRID), minlength=scale.skills) / np.maximum(n, 1)
    mean = np.where(some & given, first, scale.mean)
    square = np.bincount(
        skill, weights=meant(belief, (GRID - mean[skill, None]) ** 2), minlength=scale.skills
    )
    return mean, np.where(some, np.maximum(np.sqrt(square / np.maximum(n, 1)), NARROWEST), scale.sd)


def _counted(belief: Floats, question: Whole, rows: Flags, questions: int) -> Floats:
    """How many of those who were asked each question are expected at each ability."""
    found = np.zeros((questions, len(GRID)))
    question, belief = question[rows], belief[rows]
    order = np.argsort(question, kind="stable")
    some, first = np.unique(question[order], return_index=True)
    if len(some):
        found[some] = np.add.reduceat(belief[order], first, axis=0)
    return found


def _nearer(questions: Questions, difficulty: Floats, asked: Floats, passed: Floats) -> Floats:
    """One step of Fisher's scoring for each difficulty, with a normal prior."""
    rise = special.expit(questions.slope[:, None] * (GRID - difficulty[:, None]))
    guess = questions.guess[:, None]
    chance = guess + (1 - guess) * rise
    steep = -questions.slope[:, None] * (1 - guess) * rise * (1 - rise)
    spread = chance * (1 - chance)
    slope = (steep * (passed - asked * chance) / spread).sum(axis=1) - difficulty / SPREAD**2
    bend = (asked * steep**2 / spread).sum(axis=1) + 1 / SPREAD**2
    found: Floats = np.clip(difficulty + np.clip(slope / bend, -1, 1), -FARTHEST, FARTHEST)
    return found
