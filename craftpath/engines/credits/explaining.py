"""Why is a credit not used? The plain reasons first, then what the plan leaves no room for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from craftpath.engines.credits.converting import Table, Way, bounds
from craftpath.engines.credits.types import Credit, Plan, Unused, WhyNot


def unused(plan: Plan) -> tuple[Unused, ...]:
    """Every credit of the problem that the plan does not use, in the order of the account."""
    problem = plan.problem
    table, allowed = Table(problem.rules, problem.on), bounds(problem)
    used = {use.credit for use in plan.uses}
    found: list[Unused] = []
    for credit in problem.credits:
        if credit.id in used:
            continue
        ways = table.ways(credit, allowed)
        found.append(ways if isinstance(ways, Unused) else _crowded(plan, credit, ways))
    return tuple(found)


def _crowded(plan: Plan, credit: Credit, ways: tuple[Way, ...]) -> Unused:
    """What stands in its way by the rule that gives most; nothing in any way: it is not needed."""
    told: Unused | None = None
    for way in sorted(ways, key=lambda way: -way.points):
        against = next(_against(plan, credit, way), None)
        if against is None:
            return Unused(credit.id, WhyNot.NOT_NEEDED, {"area": way.rule.to_area, "points": way.points})
        told = told or against
    if told is None:
        raise AssertionError("a credit without ways has its reason already")
    return told


def _against(plan: Plan, credit: Credit, way: Way) -> Iterator[Unused]:
    problem, rule = plan.problem, way.rule
    facts = {"area": rule.to_area, "points": way.points}
    if rule.cap is not None:
        taken = sum((use.points for use in plan.uses if use.rule is rule), Fraction(0))
        if taken + way.points > rule.cap:
            yield Unused(credit.id, WhyNot.CAP_REACHED, {**facts, "most": Fraction(rule.cap), "taken": taken})
    for area in problem.goal.areas:
        if area.key == rule.to_area and area.most is not None:
            taken = plan.held.get(area.key, Fraction(0)) + plan.coming.get(area.key, Fraction(0))
            if taken + way.points > area.most:
                yield Unused(
                    credit.id, WhyNot.AREA_FULL, {**facts, "most": Fraction(area.most), "taken": taken}
                )
    for limit in problem.limits:
        if credit.id in limit.credits:
            within = [use.points for use in plan.uses if use.credit in limit.credits]
            taken = sum(within, Fraction(0))
            if limit.points is not None and taken + way.points > limit.points:
                most = Fraction(limit.points)
                told = {**facts, "limit": limit.key, "most": most, "taken": taken}
                yield Unused(credit.id, WhyNot.LIMIT_REACHED, told)
            if limit.count is not None and len(within) >= limit.count:
                count = {**facts, "limit": limit.key, "count": limit.count}
                yield Unused(credit.id, WhyNot.LIMIT_REACHED, count)
