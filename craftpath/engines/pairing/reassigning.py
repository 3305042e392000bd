"""Pairs anew beside those that stand: as few of them changed as may be, or a price on each change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from craftpath.engines.pairing.assigning import assign
from craftpath.engines.pairing.checking import check, limit
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.pricing import summed
from craftpath.engines.pairing.types import Flags, Plan, Problem, Whole, among
from craftpath.values.faults import Fault


class First(StrEnum):
    """What comes first where not everything can be had."""

    CHANGES = "changes"  # fewest pairs given up, then the score
    NEEDS = "needs"  # fewest unmet needs, then fewest pairs given up, then the score


@dataclass(frozen=True, slots=True, eq=False)
class Reassignment:
    """A plan and what it changes.

    `plan` is the best by the scores of `plan.problem`, in which what comes first is part of each score: it proves the
    order of importance, and `why` speaks in its units; `parts` takes them apart. `total` is in the caller's scores.
    `kept`, `given_up` are rows of possible pairs that stood before; `gone` counts those that are possible no longer.
    """

    plan: Plan
    total: int
    kept: Whole
    given_up: Whole
    gone: int
    per_need: int
    per_pair: int

    def parts(self, loss: int) -> tuple[int, int, int]:
        """A loss of the plan as (needs no longer met, pairs given up, score), each of which may be negative."""
        needs, rest = _nearest(loss, self.per_need)
        pairs, score = _nearest(rest, self.per_pair)
        return needs, pairs, score


def reassign(
    problem: Problem,
    previous: Whole,
    seed: int = 0,
    first: First = First.CHANGES,
    price: int | None = None,
) -> Reassignment:
    """The best plan beside `previous`, rows (trainer, apprentice) of places; UNKNOWN is somebody who has left.

    Without a price, `first` is what matters most; with one, every pair that is given up costs so much score instead.
    Raises `ProblemFaulty`, also where scores leave no room in 64 bits for an order of importance.
    """
    if faults := check(problem):
        raise ProblemFaulty(faults)
    stood = standing(problem, previous)
    per_pair, per_need = (0, 0) if price is not None else _weights(problem, int(stood.sum()))
    per_need = per_need if first is First.NEEDS else 0
    bonus = per_pair if price is None else price
    score = problem.score.astype(np.int64)
    greatest, most = int(np.abs(score).max(initial=0)) + per_need + abs(bonus), limit(problem)
    if greatest > most:
        raise ProblemFaulty([Fault("pairing.scores_too_large", "edges", {"given": greatest, "most": most})])
    plan = assign(replace(problem, score=score + per_need + bonus * stood), seed)
    taken = score[plan.chosen]
    kept = plan.chosen[stood[plan.chosen]]
    return Reassignment(
        plan=plan,
        total=summed(taken) - problem.unmatched_penalty * int(plan.unmet.sum()),
        kept=kept,
        given_up=np.setdiff1d(np.flatnonzero(stood), kept),
        gone=len(np.unique(previous, axis=0)) - int(stood.sum()),
        per_need=per_need,
        per_pair=bonus,
    )


def standing(problem: Problem, previous: Whole) -> Flags:
    """Which possible pairs stood before."""
    known = previous[(previous >= 0).all(axis=1)]
    keys = problem.keys(known[:, 0], known[:, 1])
    return among(problem.keys(problem.trainer, problem.apprentice), keys) & ~problem.struck


def _weights(problem: Problem, stood: int) -> tuple[int, int]:
    """What a pair and a need must weigh so that no score, and no pair, outweighs them."""
    pairs = min(int(problem.need.sum()), len(problem.score))
    greatest = int(np.abs(problem.score.astype(np.int64)).max(initial=0)) + abs(problem.unmatched_penalty)
    # Two plans differ in score by less than half of a weight, so that a loss can be taken apart again.
    per_pair = 2 * (2 * pairs * (greatest + 2 * problem.load_price) + 1)
    return per_pair, 2 * per_pair * (stood + 1)


def _nearest(loss: int, weight: int) -> tuple[int, int]:
    """How many weights, to the nearest, and what remains."""
    if not weight:
        return 0, loss
    number = (2 * loss + weight) // (2 * weight)
    return number, loss - number * weight
