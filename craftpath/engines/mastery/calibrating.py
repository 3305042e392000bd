"""A scale fitted to answers: difficulties that are not given, abilities of people, and how fast answers fade.

Difficulties and abilities are found by expectation and maximisation over the grid (Bock & Aitkin 1981), as if nobody
learnt meanwhile; what fades is then chosen by how well each answer is foretold from the earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from craftpath.engines.mastery.following import foretold
from craftpath.engines.mastery.scaling import GRID, Scale, chances
from craftpath.engines.mastery.sequences import Sequences, blocks, sequences
from craftpath.engines.mastery.types import Answers, Flags, Floats, Questions
from craftpath.engines.mastery.weighing import meant, normalised

ROUNDS, STEPS = 30, 3
SPREAD = 1.5  # of difficulties: a question with right answers alone has one all the same
FARTHEST, NARROWEST = 5.0, 0.3
FADES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.5)
HALF_LIVES = (30.0, 90.0, 180.0, 365.0, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """For each skill: how many people, and the sums of their abilities and of the squares of these.

    For each question and ability of the grid: how many are expected there who were asked, and who were right.
    """

    n: Floats
    first: Floats
    second: Floats
    asked: Floats
    passed: Floats


def calibrate(answers: Answers, skills: int, questions: Questions) -> Scale:
    """Difficulties that are NaN, and mean and spread of ability in each skill.

    Where no difficulty of a skill is given, the mean of its abilities is 0. A question that nobody answered has the
    difficulty 0, a skill without answers the usual start.
    """
    unknown = np.isnan(questions.difficulty)
    given = np.bincount(questions.skill[~unknown], minlength=skills) > 0
    scale, answered = Scale.usual(skills, questions), np.bincount(answers.skill, minlength=skills) > 0
    scale = replace(scale, mean=np.where(answered, 0, scale.mean), sd=np.where(answered, 1, scale.sd))
    parts = [(some, sequences(some)) for some in map(answers.only, blocks(answers))]
    for _ in range(ROUNDS if parts else 0):
        found = _expected(scale, parts)
        mean, sd = _abilities(scale, found, given)
        difficulty = scale.questions.difficulty.copy()
        for _step in range(STEPS):
            difficulty = np.where(unknown, _nearer(questions, difficulty, found), difficulty)
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


def _expected(scale: Scale, parts: Sequence[tuple[Answers, Sequences]]) -> Expected:
    """What all answers together say of each pair of person and skill, summed over the pairs."""
    n, first, second = np.zeros((3, scale.skills))
    asked, passed = np.zeros((2, len(scale.questions.skill), len(GRID)))
    for answers, order in parts:
        question, right = answers.question[order.row], answers.right[order.row]
        chance = chances(scale.questions, question)
        said = np.log(np.where(right[:, None], chance, 1 - chance))
        starts = np.flatnonzero(order.step == 0)
        belief = normalised(scale.prior[order.skill] + np.add.reduceat(said, starts, axis=0))
        for sums, power in ((n, 0), (first, 1), (second, 2)):
            sums += np.bincount(order.skill, weights=meant(belief, GRID**power), minlength=scale.skills)
        for counts, rows in ((asked, np.arange(len(question))), (passed, np.flatnonzero(right))):
            rows = rows[np.argsort(question[rows], kind="stable")]
            some, starts = np.unique(question[rows], return_index=True)
            if len(some):
                counts[some] += np.add.reduceat(belief[order.pair[rows]], starts, axis=0)
    return Expected(n, first, second, asked, passed)


def _abilities(scale: Scale, found: Expected, given: Flags) -> tuple[Floats, Floats]:
    """Mean and spread of ability in each skill; a mean only where given difficulties say what 0 is."""
    some, n = found.n > 0, np.maximum(found.n, 1)
    mean = np.where(some & given, found.first / n, scale.mean)
    square = (found.second - 2 * mean * found.first) / n + mean**2
    return mean, np.where(some, np.sqrt(np.maximum(square, NARROWEST**2)), scale.sd)


def _nearer(questions: Questions, difficulty: Floats, found: Expected) -> Floats:
    """One step of Fisher's scoring for each difficulty, with a normal prior."""
    from scipy import special  # noqa: PLC0415  (slow to import, and no start needs it)

    rise = special.expit(questions.slope[:, None] * (GRID - difficulty[:, None]))
    guess = questions.guess[:, None]
    chance = guess + (1 - guess) * rise
    steep = -questions.slope[:, None] * (1 - guess) * rise * (1 - rise)
    spread = chance * (1 - chance)
    slope = (steep * (found.passed - found.asked * chance) / spread).sum(axis=1) - difficulty / SPREAD**2
    bend = (found.asked * steep**2 / spread).sum(axis=1) + 1 / SPREAD**2
    nearer: Floats = np.clip(difficulty + np.clip(slope / bend, -1, 1), -FARTHEST, FARTHEST)
    return nearer
