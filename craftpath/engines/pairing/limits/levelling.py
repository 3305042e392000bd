"""Even loads: how low can the greatest load be, and what does that cost?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from craftpath.engines.pairing.assigning import assign
from craftpath.engines.pairing.types import Plan, Problem, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """The best plan in which nobody has more than `level` of the own capacity, and the best plan of all.

    With any lower level, every plan would be worth less than `best` by more than was given.
    """

    plan: Plan
    level: Fraction
    best: Plan


def levelled(problem: Problem, give: int = 0, seed: int = 0) -> Levelled:
    """The lowest greatest share of a capacity that costs no more than `give` of the best plan's worth.

    Worth is the total less the price of load. Raises `ProblemFaulty`. A search by halves over the shares that can
    occur, each a flow of its own: some ten flows.
    """
    best = assign(problem, seed)
    wanted = _worth(best) - give
    shares = _shares(problem, best)
    low, high = 0, len(shares) - 1  # the greatest share of the best plan will do
    plan = best
    while low < high:
        middle = (low + high) // 2
        tried = assign(replace(problem, capacity=_capacity(problem, shares[middle])), seed)
        if _worth(tried) >= wanted:
            high, plan = middle, tried
        else:
            low = middle + 1
    return Levelled(plan, shares[high], best)


def _worth(plan: Plan) -> int:
    return plan.total - plan.load_cost


def _shares(problem: Problem, best: Plan) -> list[Fraction]:
    """The shares that can be the greatest, from what pins take up to that of the best plan, rising."""
    capacity = problem.capacity.tolist()
    pinned = np.bincount(problem.pinned[:, 0], minlength=len(capacity)).tolist()
    taken = [Fraction(load, most) for load, most in zip(best.load.tolist(), capacity, strict=True) if most]
    least = max(
        (Fraction(pins, most) for pins, most in zip(pinned, capacity, strict=True) if most), default=0
    )
    most_taken = max(taken, default=Fraction(0))
    found = {
        Fraction(load, most)
        for most in set(capacity)
        for load in range(min(most, int(most_taken * most)) + 1)
        if most
    }
    return sorted(share for share in found | {most_taken} if share >= least)


def _capacity(problem: Problem, share: Fraction) -> Whole:
    return problem.capacity * share.numerator // share.denominator
