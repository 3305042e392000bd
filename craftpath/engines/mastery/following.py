"""What answers say: each filter goes through all sequences at once, a step at a time."""

from __future__ import annotations

import numpy as np

from craftpath.engines.mastery.sequences import Sequences, blocks, sequences
from craftpath.engines.mastery.types import Answers, Floats, Mastery, Model
from craftpath.engines.mastery.weighing import meant


def foretold(model: Model, answers: Answers) -> Floats:
    """The chance of a right answer for each row, from the earlier answers of that person and skill alone."""
    found = np.empty(len(answers.right))
    for rows in blocks(answers):
        some = answers.only(rows)
        found[rows] = _followed(model, some, sequences(some), 0)[1]
    return found


def mastery(model: Model, answers: Answers, people: int, day: float) -> Mastery:
    """What is mastered on that day, for everybody and every skill; later answers are left out.

    What may have been learnt from the last answer is not counted before the next one shows it.
    """
    answers = answers.only(answers.day <= day)
    every = np.arange(model.skills)
    begun = [model.belief(one, every) for one in model.starts(every)]
    chance, n = (
        np.tile(meant(begun[0], model.mastered), people),
        np.zeros(people * model.skills, dtype=np.int64),
    )
    level, low, high = (np.tile(one, people) for one in model.levels(begun))
    for rows in blocks(answers):
        some = answers.only(rows)
        order = sequences(some)
        at = order.person * model.skills + order.skill
        ends = [_ended(model, some, order, day, start) for start in range(len(begun))]
        chance[at], n[at] = meant(ends[0], model.mastered), order.n
        level[at], low[at], high[at] = model.levels(ends)
    chance = np.clip(chance, 0, 1)  # a sum of weights may be off by a rounding
    shape = (people, model.skills)
    return Mastery(
        chance.reshape(shape), level.reshape(shape), low.reshape(shape), high.reshape(shape), n.reshape(shape)
    )


def beliefs(model: Model, answers: Answers, day: float) -> Floats:
    """How probable each state of one person's skills is on that day, one row a skill."""
    if len(np.unique(answers.person)) > 1:
        raise ValueError("these are answers of one person")
    every = np.arange(model.skills)
    found = model.belief(model.starts(every)[0], every)
    answers = answers.only(answers.day <= day)
    order = sequences(answers)
    found[order.skill] = _ended(model, answers, order, day, 0)
    return found


def _ended(model: Model, answers: Answers, order: Sequences, day: float, start: int) -> Floats:
    """The belief of each pair on that day."""
    kept = model.rested(_followed(model, answers, order, start)[0], order.skill, day - order.last)
    return model.belief(kept, order.skill)


def _followed(model: Model, answers: Answers, order: Sequences, start: int) -> tuple[Floats, Floats]:
    """What is kept of each pair after its last answer, and how likely a right answer was, by row."""
    kept = model.starts(order.skill)[start]
    said = np.empty(len(order.row))
    for turn in order.turns():
        pair, row = order.pair[turn], order.row[turn]
        skill, question = order.skill[pair], answers.question[row]
        now = kept[pair]
        if order.step[turn[0]]:
            now = model.rested(model.practised(now, skill), skill, order.gap[turn])
        chance = model.right(skill, question)
        said[row] = np.clip(meant(model.belief(now, skill), chance), 0, 1)
        kept[pair] = model.answered(now, chance, answers.right[row])
    return kept, said
