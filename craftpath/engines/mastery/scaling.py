"""Ability on a scale: each skill has an ability, questions have difficulties, and older answers fade.

The likelihood is that of the logistic models with a chance to guess (Birnbaum 1968), the belief is kept whole on a grid
rather than as mean and variance. As in an Elo or Glicko rating what is newer counts more: evidence fades with days, and
an answer makes those before it that say the opposite fade. So no right answer lowers what is said, and no wrong one
raises it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from craftpath.engines.mastery.types import Flags, Floats, Questions, Whole
from craftpath.engines.mastery.weighing import meant, normalised

GRID = np.linspace(-6, 6, 61)
CELL = float(GRID[1] - GRID[0])
MEAN, SPREAD = 0.5, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Mean and standard deviation of ability for each skill, and the questions with their difficulties.

    Mastered is a skill of which the share `enough` of the questions of difficulty 0 would be right, guesses not
    counted. An answer counts half after `half_life` days, and `fade` of what it did with each later answer that says
    the opposite; what fades leaves the prior. `share` of the belief lies inside the interval.
    """

    mean: Floats
    sd: Floats
    questions: Questions
    enough: float = 0.8
    fade: float = 0.7
    half_life: float = 365.0
    share: float = 0.8

    def __post_init__(self) -> None:
        asked = self.questions
        if (
            not (self.sd > 0).all()
            or not 0 < self.enough < 1
            or not 0 <= self.fade <= 1
            or not self.half_life > 0
        ):
            raise ValueError("spreads and half-lives are over 0, shares from 0 to 1")
        if not ((asked.guess >= 0) & (asked.guess < 1) & (asked.slope > 0)).all():
            raise ValueError("slopes are over 0, chances to guess from 0 to under 1")

    @classmethod
    def usual(cls, skills: int, questions: Questions) -> Scale:
        """What is taken where there are no answers to fit to yet; a difficulty that is not known is taken as 0.

        Three in ten are taken to have mastered a skill, and little is taken for known: whoever has only a dozen
        questions with four options can still be found to have mastered it.
        """
        known = replace(questions, difficulty=np.nan_to_num(questions.difficulty))
        return cls(np.full(skills, MEAN), np.full(skills, SPREAD), known)

    @property
    def skills(self) -> int:
        """How many skills there are."""
        return len(self.mean)

    @property
    def mastered(self) -> Floats:
        """How much of the cell around each ability lies over the cut."""
        from scipy import special  # noqa: PLC0415  (slow to import, and no start needs it)

        found: Floats = np.clip((GRID + CELL / 2 - special.logit(self.enough)) / CELL, 0, 1)
        return found

    def starts(self, skill: Whole) -> tuple[Floats, ...]:
        """No evidence yet: logarithms of likelihoods, of wrong answers and of right ones."""
        return (np.zeros((len(skill), 2, len(GRID))),)

    def practised(self, kept: Floats, skill: Whole) -> Floats:
        """Only answers tell that something was learnt."""
        return kept

    def rested(self, kept: Floats, skill: Whole, days: Floats) -> Floats:
        """Evidence fades by days."""
        return kept * np.exp2(-days / self.half_life)[:, None, None]

    def answered(self, kept: Floats, chance: Floats, right: Flags) -> Floats:
        """More evidence of the one kind, less of the other."""
        found, row, said = kept.copy(), np.arange(len(kept)), right.astype(np.int64)
        found[row, 1 - said] *= self.fade
        found[row, said] += np.log(np.where(right[:, None], chance, 1 - chance))
        return found

    def belief(self, kept: Floats, skill: Whole) -> Floats:
        """The normal distribution of the skill on the grid, times the likelihood."""
        return normalised(self.prior[skill] + kept.sum(axis=1))

    @property
    def prior(self) -> Floats:
        """Logarithms of the normal distributions, one row a skill; they need not sum to anything."""
        away = (GRID - self.mean[:, None]) / self.sd[:, None]
        found: Floats = -(away**2) / 2
        return found

    def right(self, skill: Whole, question: Whole) -> Floats:
        """The chance by ability, difficulty and slope, and by guessing."""
        return chances(self.questions, question)

    def levels(self, beliefs: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
        """The share of questions of difficulty 0 that would be right."""
        from scipy import special  # noqa: PLC0415  (slow to import, and no start needs it)

        belief, share = beliefs[0], special.expit(GRID)
        level = meant(belief, share)
        ends = [special.expit(_quantile(belief, end)) for end in ((1 - self.share) / 2, (1 + self.share) / 2)]
        return level, np.minimum(ends[0], level), np.maximum(ends[1], level)


def chances(questions: Questions, which: Whole) -> Floats:
    """The chance of a right answer at each ability of the grid, one row a question."""
    away = questions.slope[which, None] * (GRID - questions.difficulty[which, None])
    guess = questions.guess[which, None]
    from scipy import special  # noqa: PLC0415  (slow to import, and no start needs it)

    found: Floats = guess + (1 - guess) * special.expit(away)
    return found


def _quantile(belief: Floats, end: float) -> Floats:
    """The ability below which that much of the belief lies, each weight spread evenly over its cell."""
    up_to = np.cumsum(belief, axis=1)
    cell = np.minimum((up_to < end).sum(axis=1), len(GRID) - 1)
    row = np.arange(len(belief))
    inside = (end - (up_to[row, cell] - belief[row, cell])) / belief[row, cell]
    found: Floats = GRID[cell] - CELL / 2 + CELL * np.clip(inside, 0, 1)
    return found
