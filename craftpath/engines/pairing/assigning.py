"""From a problem to the best plan and its certificate."""

from __future__ import annotations

import numpy as np

from craftpath.engines.pairing.checking import check
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.network import Network, network
from craftpath.engines.pairing.pricing import bound, prices, summed
from craftpath.engines.pairing.solving import solved
from craftpath.engines.pairing.types import Flags, Plan, Problem, Whole


def assign(problem: Problem, seed: int = 0) -> Plan:
    """The plan of greatest total, less the price of load. Raises `ProblemFaulty` where `check` finds something.

    The seed settles which of equal plans comes out; the order of rows does not.
    """
    if faults := check(problem):
        raise ProblemFaulty(faults)
    net = network(problem, seed)
    made = solved(net)
    price, worth = prices(net, made)
    chosen = np.sort(np.concatenate([np.flatnonzero(problem.pins), net.edge[made]]))
    unmet = problem.need - np.bincount(problem.apprentice[chosen], minlength=len(problem.need))
    pinned = _load_cost(net, np.zeros(len(net.room), dtype=np.int64))
    return Plan(
        problem=problem,
        seed=seed,
        chosen=chosen,
        unmet=unmet,
        total=summed(problem.score[chosen].astype(np.int64)) - problem.unmatched_penalty * int(unmet.sum()),
        load_cost=_load_cost(net, np.bincount(net.trainer[made], minlength=len(net.room))),
        upper_bound=summed(problem.score[problem.pins].astype(np.int64)) + bound(net, price, worth) - pinned,
        price=price[net.trainer_place],
        worth=worth[net.apprentice_place],
    )


def made_of(net: Network, plan: Plan) -> Flags:
    """Which open pairs of the network a plan makes."""
    made = np.zeros(len(plan.problem.trainer), dtype=np.bool_)
    made[plan.chosen] = True
    return np.asarray(made[net.edge], dtype=np.bool_)


def _load_cost(net: Network, load: Whole) -> int:
    """The price of so many apprentices at each trainer of the network, beside the pins and with them."""
    if not net.load_price:
        return 0
    number = load + net.load
    each = np.repeat(np.arange(len(number)), number)
    place = np.arange(len(each)) - np.repeat(np.cumsum(number) - number, number) + 1
    return summed(net.marginal(each, place - net.load[each]))
