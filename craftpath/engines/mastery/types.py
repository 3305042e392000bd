"""What answers, questions, what a model of mastery offers, and what it says are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """One row an answer: places of person, skill and question, the day (parts of one are meant), and whether right.

    Answers of one person to one skill count by their days, those of one moment as they stand.
    """

    person: Whole
    skill: Whole
    question: Whole
    day: Floats
    right: Flags

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int, float, bool]]) -> Answers:
        """From plain rows (person, skill, question, day, right)."""
        columns = list(zip(*rows, strict=True)) or [()] * 5
        person, skill, question = (np.array(one, dtype=np.int64) for one in columns[:3])
        return cls(
            person, skill, question, np.array(columns[3], dtype=np.float64), np.array(columns[4], dtype=bool)
        )

    def only(self, rows: Flags | Whole) -> Answers:
        """These rows, in this order."""
        return Answers(
            self.person[rows], self.skill[rows], self.question[rows], self.day[rows], self.right[rows]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """One row a question: its skill, difficulty in logits, slope (over 0), and the chance to guess it (under 1).

    A difficulty that is not known is NaN; the chance to guess is one in so many options, and 0 without options.
    """

    skill: Whole
    difficulty: Floats
    slope: Floats
    guess: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[int, float, float, float]]) -> Questions:
        """From plain rows (skill, difficulty, slope, guess)."""
        columns = list(zip(*rows, strict=True)) or [()] * 4
        difficulty, slope, guess = (np.array(one, dtype=np.float64) for one in columns[1:])
        return cls(np.array(columns[0], dtype=np.int64), difficulty, slope, guess)


class Model(Protocol):
    """What answers say of a hidden state of each person and skill.

    What is kept has one row a pair of person and skill. A belief made of it has one column a state, the least able
    first, and rows that sum to 1.
    """

    @property
    def skills(self) -> int:
        """How many skills the model knows."""

    @property
    def mastered(self) -> Floats:
        """How far each state counts as mastery, 0 to 1, never less than the state before it."""

    def starts(self, skill: Whole) -> tuple[Floats, ...]:
        """What is kept before the first answer; after it that of other starts, where an interval is found by such."""

    def practised(self, kept: Floats, skill: Whole) -> Floats:
        """What is kept after the chance to learn that an answer is, on the way to the next one."""

    def rested(self, kept: Floats, skill: Whole, days: Floats) -> Floats:
        """What is kept after so many days without an answer."""

    def answered(self, kept: Floats, chance: Floats, right: Flags) -> Floats:
        """What is kept after an answer that is right with that chance in each state."""

    def belief(self, kept: Floats, skill: Whole) -> Floats:
        """How probable each state is."""

    def right(self, skill: Whole, question: Whole) -> Floats:
        """The chance of a right answer in each state, never less than in the state before it."""

    def levels(self, beliefs: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
        """How much is mastered, 0 to 1, and the bounds of its interval, from the belief that each start led to."""


@dataclass(frozen=True, slots=True, eq=False)
class Mastery:
    """Arrays of shape (people, skills), all from 0 to 1; without an answer they are what the model begins with.

    `chance` is the probability that the skill is mastered, `level` how much of it is, between `low` and `high`;
    `n` counts the answers.
    """

    chance: Floats
    level: Floats
    low: Floats
    high: Floats
    n: Whole
