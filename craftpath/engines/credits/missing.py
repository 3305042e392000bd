"""How far away is a goal? The fewest points that, earned in the right places, would reach it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from craftpath.engines.credits.types import Goal, Offer, Problem, Use


def missing_points(problem: Problem, uses: tuple[Use, ...], steps: tuple[Offer, ...]) -> Fraction:
    """What lacks to the total, to the minima of areas or to those of institutions, whichever is most.

    One more point can fill all three at once, so they are not added up; minima of different areas are, since a point
    lies in one area.
    """
    given_by = {credit.id: credit.given_by for credit in problem.credits}
    areas: dict[str, Fraction] = {}
    institutions: dict[str, Fraction] = {}
    parts = [(use.area, given_by[use.credit], use.points) for use in uses]
    parts += [(step.area, step.institution, Fraction(step.points)) for step in steps]
    for area, institution, points in parts:
        areas[area] = areas.get(area, Fraction(0)) + points
        institutions[institution] = institutions.get(institution, Fraction(0)) + points
    return lacking(problem.goal, areas, institutions)


def lacking(goal: Goal, areas: Mapping[str, Fraction], institutions: Mapping[str, Fraction]) -> Fraction:
    """The same of points by area and by institution."""
    none = Fraction(0)
    total = Fraction(goal.total) - sum(areas.values(), none)
    by_area = sum((max(none, Fraction(area.least) - areas.get(area.key, none)) for area in goal.areas), none)
    by_institution = sum(
        (max(none, Fraction(one.least) - institutions.get(one.institution, none)) for one in goal.minima),
        none,
    )
    return max(none, total, by_area, by_institution)
