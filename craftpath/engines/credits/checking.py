"""Is the problem a problem? Every fault with its place; nothing is worked out here.

Places begin with what they stand in: `account`, `rules`, `goal` or `limits`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from craftpath.engines.credits.types import Credit, Goal, Number, Problem, Rule
from craftpath.values.faults import Fault

MOST = 1_000_000  # points or weeks; more is a slip of the hand
PLACES = 6
FINEST = 10**PLACES  # of a decimal or a fraction
ROOM = 2**50  # what all points together may come to, in their common unit


def check(problem: Problem) -> tuple[Fault, ...]:
    """Every fault of the problem in the order of its parts; none means that it may be planned."""
    faults = [*_credits(problem.credits), *_rules(problem.rules), *_goal(problem.goal), *_limits(problem)]
    if not faults and not _fits(problem):
        faults.append(Fault("credits.units_too_many", "goal.total"))
    return tuple(faults)


def unit(numbers: Sequence[Fraction]) -> int:
    """How many of the largest common part make one point."""
    return lcm(*(number.denominator for number in numbers)) if numbers else 1


def _credits(credits: Sequence[Credit]) -> Iterator[Fault]:
    yield from _twice([credit.id for credit in credits], "account.credits", "id")
    for at, credit in enumerate(credits):
        place = f"account.credits[{at}]"
        yield from _amount(f"{place}.points", credit.points)
        if credit.expires_on is not None and credit.expires_on < credit.earned_on:
            facts = {"earned": credit.earned_on, "expires": credit.expires_on}
            yield Fault("credits.expires_before_earned", f"{place}.expires_on", facts)


def _rules(rules: Sequence[Rule]) -> Iterator[Fault]:
    for at, rule in enumerate(rules):
        place = f"rules.rule[{at}]"
        unclear = [*_amount(f"{place}.rate", rule.rate)]
        yield from unclear
        if not unclear and rule.rate > 1:
            yield Fault("credits.rate_above_one", f"{place}.rate", {"given": rule.rate})
        if rule.cap is not None:
            yield from _amount(f"{place}.cap", rule.cap)
        if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
            facts = {"first": rule.valid_from, "last": rule.valid_to}
            yield Fault("credits.ends_before_it_begins", f"{place}.valid_to", facts)


def _goal(goal: Goal) -> Iterator[Fault]:
    yield from _amount("goal.total", goal.total)
    yield from _twice([area.key for area in goal.areas], "goal.area", "key")
    for at, area in enumerate(goal.areas):
        place = f"goal.area[{at}]"
        faults = [*_amount(f"{place}.min", area.least)]
        if area.most is not None:
            faults += _amount(f"{place}.max", area.most)
            if not faults and area.most < area.least:
                facts = {"least": area.least, "most": area.most}
                faults.append(Fault("credits.most_below_least", f"{place}.max", facts))
        yield from faults
    yield from _twice([one.institution for one in goal.minima], "goal.institution", "key")
    for at, one in enumerate(goal.minima):
        yield from _amount(f"goal.institution[{at}].min", one.least)
    yield from _twice([offer.id for offer in goal.offers], "goal.offer", "id")
    for at, offer in enumerate(goal.offers):
        yield from _amount(f"goal.offer[{at}].points", offer.points)
        yield from _amount(f"goal.offer[{at}].weeks", offer.weeks)


def _limits(problem: Problem) -> Iterator[Fault]:
    for at, limit in enumerate(problem.limits):
        for name, value in (("points", limit.points), ("count", limit.count)):
            if value is not None:
                yield from _amount(f"limits[{at}].{name}", value)


def _twice(ids: Sequence[str], part: str, name: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for at, one in enumerate(ids):
        if seen.setdefault(one, at) != at:
            yield Fault("credits.twice", f"{part}[{at}].{name}", {"id": one, "before": seen[one]})


def _amount(place: str, given: Number) -> Iterator[Fault]:
    if isinstance(given, Decimal) and not given.is_finite():
        yield Fault("credits.not_a_number", place, {"given": given})
    elif given < 0:
        yield Fault("credits.negative", place, {"given": given})
    elif given > MOST:
        yield Fault("credits.too_large", place, {"given": given, "most": MOST})
    elif _too_fine(given):
        yield Fault("credits.too_fine", place, {"given": given, "places": PLACES})


def _too_fine(given: Number) -> bool:
    if isinstance(given, Decimal):  # looked at before it becomes a fraction: 1E-999999 would fill the memory
        return bool(given) and given.adjusted() < -PLACES or Fraction(given).denominator > FINEST
    return isinstance(given, Fraction) and given.denominator > FINEST


def _fits(problem: Problem) -> bool:
    """Whether whole numbers of 64 bits hold every sum, in a unit that every figure is a multiple of."""
    for numbers in (_points(problem), [Fraction(offer.weeks) for offer in problem.goal.offers]):
        if sum(numbers, Fraction(1)) * unit(numbers) > ROOM:
            return False
    return True


def _points(problem: Problem) -> list[Fraction]:
    """Every figure in points that a plan may add up or compare."""
    goal = problem.goal
    found = [Fraction(goal.total), *(Fraction(area.least) for area in goal.areas)]
    found += [Fraction(one.least) for one in goal.minima]
    found += [Fraction(area.most) for area in goal.areas if area.most is not None]
    found += [Fraction(rule.cap) for rule in problem.rules if rule.cap is not None]
    found += [Fraction(limit.points) for limit in problem.limits if limit.points is not None]
    found += [Fraction(offer.points) for offer in goal.offers]
    by_name: dict[str, list[Rule]] = {}
    for rule in problem.rules:
        by_name.setdefault(rule.takes, []).append(rule)
    for credit in problem.credits:
        found += [rule.gives(credit.points) for name in set(credit.names) for rule in by_name.get(name, ())]
    return found
