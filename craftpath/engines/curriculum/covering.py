"""What a choice of units covers, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from craftpath.engines.curriculum.types import Placed, Problem, exact


def sums(problem: Problem, placed: Placed) -> dict[str, Fraction]:
    """The sum of strengths by needed skill, before it is cut at 1."""
    units = problem.by_id
    found = dict.fromkeys(problem.needs, Fraction(0))
    for one, stage in placed.items():
        for skill in units[one].skills:
            if skill in found:
                found[skill] += problem.strength(units[one], stage, skill)
    return found


def covered(problem: Problem, placed: Placed) -> dict[str, Fraction]:
    """How much of each need is covered, from 0 to 1."""
    return {skill: min(total, Fraction(1)) for skill, total in sums(problem, placed).items()}


def worth(problem: Problem, cover: Mapping[str, Fraction]) -> Fraction:
    """The sum of weight times cover."""
    return sum((exact(problem.needs[skill]) * share for skill, share in cover.items()), Fraction(0))


def objective(problem: Problem, placed: Placed) -> Fraction:
    """What a choice of units is worth."""
    return worth(problem, covered(problem, placed))


def ceiling(problem: Problem) -> Fraction:
    """What all units together would be worth, each where it covers most."""
    total = Fraction(0)
    for skill, weight in problem.needs.items():
        most = sum(
            (
                max((problem.strength(unit, stage, skill) for stage in unit.stages), default=Fraction(0))
                for unit in problem.units
                if skill in unit.skills
            ),
            Fraction(0),
        )
        total += exact(weight) * min(most, Fraction(1))
    return total
