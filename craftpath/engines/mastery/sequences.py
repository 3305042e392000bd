"""Answers as sequences: one of each person and skill that has any, all of them taken a step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from craftpath.engines.mastery.types import Answers, Floats, Whole

BLOCK = 50_000  # answers at once, so that what is kept of pairs needs little memory


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """`row` are the rows of the answers by pair, day and place; the columns that follow stand in that order.

    `pair` counts the pairs of person and skill that have answers, `step` the answers of a pair, both from 0; `gap` is
    days since the answer before, 0 for the first. `person`, `skill`, `last` (the day of the last answer) and `n` have
    one row a pair.
    """

    row: Whole
    pair: Whole
    step: Whole
    gap: Floats
    person: Whole
    skill: Whole
    last: Floats
    n: Whole

    def turns(self) -> Iterator[Whole]:
        """Places in these columns: the first answers of all pairs, then the second ones, and so on."""
        by_step = np.argsort(self.step, kind="stable")
        yield from np.split(by_step, np.cumsum(np.bincount(self.step))[:-1]) if len(by_step) else ()


def sequences(answers: Answers) -> Sequences:
    """Put the answers in order."""
    if (answers.person < 0).any() or (answers.skill < 0).any() or not np.isfinite(answers.day).all():
        raise ValueError("places of people and skills begin with 0, and days are numbers")
    row = np.lexsort((answers.day, answers.skill, answers.person))
    person, skill, day = answers.person[row], answers.skill[row], answers.day[row]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (person[1:] != person[:-1]) | (skill[1:] != skill[:-1])
    pair = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    n = np.bincount(pair, minlength=len(first))
    gap = np.zeros(len(row))
    gap[1:] = np.where(new[1:], 0, day[1:] - day[:-1])
    return Sequences(
        row, pair, np.arange(len(row)) - first[pair], gap, person[first], skill[first], day[first + n - 1], n
    )


def blocks(answers: Answers) -> list[Whole]:
    """Rows in parts of about so many, each with all answers of its people."""
    by_person = np.argsort(answers.person, kind="stable")
    people, first = np.unique(answers.person[by_person], return_index=True)
    ends = np.append(first[1:], len(by_person))
    part = (ends - 1) // BLOCK
    return list(np.split(by_person, first[1:][part[1:] != part[:-1]])) if len(people) else []
