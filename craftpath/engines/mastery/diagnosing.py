"""Which question next, and when is enough known? A diagnosis as short as certainty allows.

What a question brings is the entropy of "mastered or not" that its answer is expected to take away (mutual
information). It depends on beliefs alone: any model that gives states and chances can be asked.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from craftpath.engines.mastery.types import Floats, Model, Questions, Whole
from craftpath.engines.mastery.weighing import meant

NOTHING = 1e-9  # bits: what brings less brings nothing


class Found(StrEnum):
    """What a diagnosis says of a skill."""

    MASTERED = "mastered"
    NOT_YET = "not_yet"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Certainty:
    """When a skill is decided: at this chance of being mastered, or of not being it, after `fewest` questions.

    Without them nobody is judged by the answers of others alone; after `most` the skill is left unclear. Questions that
    bring `near` of what the best one does are as good as it: of these the one shown least often is asked.
    """

    mastered: float = 0.9
    not_yet: float = 0.9
    fewest: int = 3
    most: int = 12
    near: float = 0.95

    def __post_init__(self) -> None:
        if not 0.5 < self.mastered <= 1 or not 0.5 < self.not_yet <= 1 or not 0 < self.near <= 1:
            raise ValueError("certainties lie over one half, and nothing is more than certain")
        if not 0 <= self.fewest <= self.most:
            raise ValueError("there are no more questions at least than at most")


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where a diagnosis stands: the belief, one row a skill, and the places of the questions that were asked."""

    belief: Floats
    asked: tuple[int, ...] = ()


def findings(model: Model, questions: Questions, state: State, rule: Certainty) -> tuple[Found, ...]:
    """What is known of each skill."""
    chance = np.clip(meant(state.belief, model.mastered), 0, 1)
    found = np.where(chance >= rule.mastered, Found.MASTERED, Found.NOT_YET)
    clear = (chance >= rule.mastered) | (1 - chance >= rule.not_yet)
    enough = _times(model, questions, state) >= rule.fewest
    return tuple(Found(one) for one in np.where(clear & enough, found, Found.UNCLEAR).tolist())


def next_question(
    model: Model,
    questions: Questions,
    state: State,
    rule: Certainty,
    shown: Whole | None = None,
    among: Set[int] | None = None,
) -> int | None:
    """The place of the question that says most about a skill that is not decided, or None where the end has come.

    `shown` counts how often each question was shown to anybody; `among` are the skills that are asked about, all of
    them if it is not given. Each skill has `most` questions, and none is asked twice.
    """
    unclear = np.array([one is Found.UNCLEAR for one in findings(model, questions, state, rule)])
    wanted = np.array([among is None or skill in among for skill in range(model.skills)])
    free = (unclear & wanted & (_times(model, questions, state) < rule.most))[questions.skill]
    free[list(state.asked)] = False
    which = np.flatnonzero(free)
    brought = gains(model, questions, state.belief, which)
    if not len(which) or brought.max() <= NOTHING:
        return None
    good = which[brought >= rule.near * brought.max()]
    return int(good[np.argmin(np.zeros(len(good)) if shown is None else shown[good])])


def heard(model: Model, questions: Questions, state: State, question: int, right: bool) -> State:
    """Where the diagnosis stands after an answer, by Bayes' rule alone.

    A room that keeps the answers takes `beliefs` of all of them instead: there an answer also makes those before it
    fade that say the opposite, and what the diagnosis says is what is said everywhere.
    """
    if question in state.asked:
        raise ValueError(f"question {question} was asked before")
    skill = int(questions.skill[question])
    chance = model.right(np.array([skill]), np.array([question]))[0]
    belief = state.belief.copy()
    joint = belief[skill] * (chance if right else 1 - chance)
    belief[skill] = joint / joint.sum()
    return State(belief, (*state.asked, question))


def gains(model: Model, questions: Questions, belief: Floats, which: Whole) -> Floats:
    """The bits by which the answer to each of these questions is expected to lower the entropy of mastery."""
    skill = questions.skill[which]
    chance, now, mastered = model.right(skill, which), belief[skill], model.mastered
    right, both, have = meant(now, chance), meant(now, chance * mastered), meant(now, mastered)
    with np.errstate(divide="ignore", invalid="ignore"):
        after_right, after_wrong = both / right, (have - both) / (1 - right)
    left = right * _entropy(after_right) + (1 - right) * _entropy(after_wrong)
    found: Floats = np.maximum(_entropy(have) - left, 0)
    return found


def _times(model: Model, questions: Questions, state: State) -> Whole:
    """How many questions of each skill were asked."""
    return np.bincount(questions.skill[np.array(state.asked, dtype=np.int64)], minlength=model.skills)


def _entropy(chance: Floats) -> Floats:
    """Of a yes or no, in bits; an answer that never comes leaves nothing."""
    chance = np.clip(np.nan_to_num(chance), 0, 1)
    from scipy import special  # noqa: PLC0415  (slow to import, and no start needs it)

    found: Floats = (special.entr(chance) + special.entr(1 - chance)) / np.log(2)
    return found
