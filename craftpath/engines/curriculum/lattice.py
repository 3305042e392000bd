"""Whole numbers for the solver, so that its objective and its bound can be compared exactly.

A skill's strengths are multiples of 1/parts; covering one part more of skill s is worth `price[s]` steps, and every
plan's objective is a whole number of steps. Where the numbers of the problem are too long for that, strengths are
rounded up to millionths and prices are no longer whole: the model's figure then lies a little above the plan's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm

from craftpath.engines.curriculum.types import Problem, exact

# The solver lets a row be missed by 1e-6. Of a row of whole parts that is a millionth part of its price: all of them
# together have to stay well under one step. And beyond 1e9 steps its own figures are no longer exact to one.
MOST_PARTS, MOST_PRICES, MOST_STEPS = 10**6, 2 * 10**5, 10**9


@dataclass(frozen=True, slots=True)
class Lattice:
    """Parts and price (in steps) of each skill that is needed, and what one step is worth."""

    parts: Mapping[str, int]
    price: Mapping[str, float]
    step: Fraction
    exact: bool

    def strength(self, skill: str, given: Fraction) -> int:
        """In parts, never too small."""
        return ceil(given * self.parts[skill])


def lattice(problem: Problem) -> Lattice:
    """The coarsest whole numbers that are exact, or the rounded ones."""
    weights = {skill: exact(weight) for skill, weight in sorted(problem.needs.items()) if weight > 0}
    parts = _parts(problem, weights)
    step = _step([weights[skill] / parts[skill] for skill in weights])
    price = {skill: weights[skill] / parts[skill] / step for skill in weights}
    steps = sum((price[skill] * parts[skill] for skill in weights), Fraction(0))
    if (
        max(parts.values(), default=1) <= MOST_PARTS
        and sum(price.values()) <= MOST_PRICES
        and steps <= MOST_STEPS
    ):
        return Lattice(parts, {skill: float(one) for skill, one in price.items()}, step, exact=True)
    return _rounded(weights)


def _parts(problem: Problem, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """The least common denominator of each skill's strengths."""
    found = dict.fromkeys(weights, 1)
    for unit in problem.units:
        for skill in unit.skills:
            if skill in found:
                for stage in unit.stages:
                    strength = problem.strength(unit, stage, skill)
                    found[skill] = lcm(found[skill], strength.denominator)
    return found


def _step(values: list[Fraction]) -> Fraction:
    """The greatest number of which all are multiples."""
    if not values:
        return Fraction(1)
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)), below)


def _rounded(weights: Mapping[str, Fraction]) -> Lattice:
    step = sum(weights.values(), Fraction(0)) / MOST_PARTS
    price = {skill: float(weight / MOST_PARTS / step) for skill, weight in weights.items()}
    return Lattice(dict.fromkeys(weights, MOST_PARTS), price, step, exact=False)
