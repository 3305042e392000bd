"""Even loads: how low can the greatest load be, and what does that cost?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from craftpath.engines.pairing.assigning import assign
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.types import Plan, Problem, Whole
from craftpath.values.faults import Fault


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """The best plan in which nobody has more than `level` of the own capacity, and the best plan of all.

    With any lower level, the total of every plan lies under that of `best` by more than was given.
    """

    plan: Plan
    level: Fraction
    best: Plan


def levelled(problem: Problem, give: int = 0, seed: int = 0) -> Levelled:
    """The lowest greatest share of a capacity that costs no more than `give` of the best total.

    Raises `ProblemFaulty`; `load_price`, the other way to even loads out, is not known here. A search by halves over
    the shares that can occur, each a flow of its own: some ten flows.
    """
    if problem.load_price:
        raise ProblemFaulty([Fault("pairing.load_price_beside_rules", "load_price")])
    best = assign(problem, seed)
    wanted = best.total - give
    shares = _shares(problem, best)
    low, high = 0, len(shares) - 1  # the greatest share of the best plan will do
    plan = best
    while low < high:
        middle = (low + high) // 2
        tried = assign(replace(problem, capacity=_capacity(problem, shares[middle])), seed)
        if tried.total >= wanted:
            high, plan = middle, tried
        else:
            low = middle + 1
    return Levelled(plan, shares[high], best)


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
    rooms = [most * share.numerator // share.denominator for most in problem.capacity.tolist()]
    return np.array(rooms, dtype=np.int64)
