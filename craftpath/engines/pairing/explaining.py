"""Why this pair, why not that one, and what the other thing would cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from craftpath.engines.pairing.assigning import made_of
from craftpath.engines.pairing.network import Network, network
from craftpath.engines.pairing.pricing import FAR, lengths
from craftpath.engines.pairing.types import Because, Plan, Reason


def why(plan: Plan, trainer: str, apprentice: str) -> Reason:
    """Why these two are a pair in the plan, or are not. KeyError for somebody whom the problem does not know.

    `loss` is exact: forcing or forbidding one pair moves one unit of flow along a cycle, and the cheapest cycle is a
    shortest path in what the plan leaves open.
    """
    problem = plan.problem
    at, who = _place(problem.trainers, trainer), _place(problem.apprentices, apprentice)
    rows = np.flatnonzero((problem.trainer == at) & (problem.apprentice == who))
    if not len(rows):
        return Reason(Because.NO_EDGE)
    row = int(rows[0])
    reason = Reason(
        Because.PINNED,
        score=int(problem.score[row]),
        price=int(plan.price[at]),
        worth=int(plan.worth[who]),
    )
    if problem.pins[row]:
        return reason
    net = network(problem, plan.seed)
    here, me = int(net.trainer_place[at]), int(net.apprentice_place[who])
    if row in plan.chosen:
        return replace(reason, code=Because.CHOSEN, loss=_forbidding(net, plan, here, me, row))
    if net.need[me] <= 0:
        return replace(reason, code=Because.NO_NEED)
    if net.room[here] <= 0:
        return replace(reason, code=Because.NO_CAPACITY)
    reason = replace(reason, loss=_forcing(net, plan, here, me, row))
    if problem.struck[row]:
        return replace(reason, code=Because.FORBIDDEN)
    return _not_chosen(plan, reason, row)


def _place(ids: tuple[str, ...], one: str) -> int:
    try:
        return ids.index(one)
    except ValueError:
        raise KeyError(one) from None


def _forbidding(net: Network, plan: Plan, trainer: int, apprentice: int, row: int) -> int:
    """The trainer's place is left to somebody else or stays free, and the apprentice goes elsewhere."""
    away = lengths(net, made_of(net, plan), trainer=trainer).apprentice[apprentice]
    return int(plan.problem.score[row]) + int(away)


def _forcing(net: Network, plan: Plan, trainer: int, apprentice: int, row: int) -> int | None:
    """The trainer gives a place, and the apprentice leaves somebody, or has one unmet need less."""
    away = lengths(net, made_of(net, plan), apprentice=apprentice).trainer[trainer]
    return None if away >= FAR else int(away) - int(plan.problem.score[row])


def _not_chosen(plan: Plan, reason: Reason, row: int) -> Reason:
    problem = plan.problem
    trainer, apprentice, score = problem.trainer[row], problem.apprentice[row], int(problem.score[row])
    wanted = score > plan.worth[apprentice]  # if the place cost nothing
    if reason.loss == 0:
        return replace(reason, code=Because.TIED)
    if wanted:
        full = plan.load[trainer] >= problem.capacity[trainer]
        return replace(reason, code=Because.TRAINER_FULL if full else Because.TRAINER_LOADED)
    if plan.unmet[apprentice]:
        return replace(reason, code=Because.WORSE_THAN_NONE)
    return replace(reason, code=Because.BETTER_SERVED)
