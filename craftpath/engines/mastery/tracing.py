"""Knowledge tracing: each skill is known or not, practice may bring it, time may take it (Corbett & Anderson 1995).

Forgetting by days is that of Qiu and others (2011), as a half-life.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from craftpath.engines.mastery.types import Flags, Floats, Whole

USUAL = (0.3, 0.1, 0.2, 0.1, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Tracing:
    """One row a skill, all chances: known before the first answer, learnt by one, guessed, slipped.

    What is known is still known after `half_life` days with a chance of one half; infinite: nothing is forgotten.
    A wrong answer says less than a right one only where guess + slip is under 1; else the states change their names.
    The interval comes from how much priors of people differ: as a beta distribution that weighs `known` people, of
    which `share` lies inside.
    """

    prior: Floats
    learn: Floats
    guess: Floats
    slip: Floats
    half_life: Floats
    known: float = 2.0
    share: float = 0.8

    def __post_init__(self) -> None:
        chances = np.array([self.prior, self.learn, self.guess, self.slip])
        if not ((chances >= 0) & (chances <= 1)).all() or not (self.half_life > 0).all():
            raise ValueError("chances lie from 0 to 1, half-lives are over 0")
        if (self.guess + self.slip >= 1).any():
            raise ValueError("guess and slip together stay under 1")

    @classmethod
    def usual(cls, skills: int) -> Tracing:
        """What is taken where there are no answers to fit to yet."""
        prior, learn, guess, slip, half_life = (np.full(skills, one) for one in USUAL)
        return cls(prior, learn, guess, slip, half_life)

    @property
    def skills(self) -> int:
        """How many skills there are."""
        return len(self.prior)

    @property
    def mastered(self) -> Floats:
        """Not known, known."""
        return np.array([0.0, 1.0])

    def starts(self, skill: Whole) -> tuple[Floats, ...]:
        """The prior, and the bounds of the priors of most people."""
        with np.errstate(invalid="ignore"):
            from scipy import stats  # noqa: PLC0415  (slow to import, and no start needs it)

            beta = stats.beta(self.known * self.prior, self.known * (1 - self.prior))
            ends = [
                np.nan_to_num(beta.ppf(end), nan=0.0) for end in ((1 - self.share) / 2, (1 + self.share) / 2)
            ]
        certain = (self.prior == 0) | (self.prior == 1)
        low = np.where(certain, self.prior, np.minimum(ends[0], self.prior))
        high = np.where(certain, self.prior, np.maximum(ends[1], self.prior))
        return tuple(np.stack([1 - one, one], axis=1)[skill] for one in (self.prior, low, high))

    def practised(self, kept: Floats, skill: Whole) -> Floats:
        """Some of what was not known is learnt."""
        return _moved(kept, kept[:, 0] * self.learn[skill])

    def rested(self, kept: Floats, skill: Whole, days: Floats) -> Floats:
        """Some of what was known is forgotten."""
        return _moved(kept, -kept[:, 1] * (1 - retained(days, self.half_life[skill])))

    def answered(self, kept: Floats, chance: Floats, right: Flags) -> Floats:
        """Bayes' rule; an answer that could not be changes nothing."""
        joint = kept * np.where(right[:, None], chance, 1 - chance)
        whole = joint.sum(axis=1, keepdims=True)
        found: Floats = np.where(whole > 0, joint, kept) / np.where(whole > 0, whole, 1)
        return found

    def belief(self, kept: Floats, skill: Whole) -> Floats:
        """It is the belief that is kept."""
        return kept

    def right(self, skill: Whole, question: Whole) -> Floats:
        """By guess, or without a slip; questions do not differ."""
        return np.stack([self.guess[skill], 1 - self.slip[skill]], axis=1)

    def levels(self, beliefs: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
        """The level is the chance."""
        level, low, high = (np.clip(one[:, 1], 0, 1) for one in beliefs)
        return level, np.minimum(low, level), np.maximum(high, level)


def retained(days: Floats, half_life: Floats) -> Floats:
    """The chance that what was known is still known after so many days."""
    return np.exp2(-days / half_life)


def _moved(belief: Floats, more: Floats) -> Floats:
    return belief + np.stack([-more, more], axis=1)
