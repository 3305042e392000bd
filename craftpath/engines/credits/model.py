"""The choice as whole numbers: credits that are alike counted together, offers taken or not, points in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from craftpath.engines.credits.checking import unit
from craftpath.engines.credits.converting import Table, Way, bounds
from craftpath.engines.credits.types import Credit, Limit, Number, Offer, Problem, Unused, Use


@dataclass(frozen=True, slots=True)
class Kind:
    """Credits between which nothing of the problem can tell: those that expire first are used first."""

    ways: tuple[Way, ...]
    institution: str
    limits: tuple[Limit, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """Kinds and offers of a problem, and how its figures become whole numbers."""

    problem: Problem
    kinds: tuple[Kind, ...]
    offers: tuple[Offer, ...]
    unusable: Mapping[str, Unused]
    unit: int
    week: int

    def points(self, number: Number) -> int:
        """Points in the common unit."""
        return int(Fraction(number) * self.unit)

    def weeks(self, offer: Offer) -> int:
        """Weeks in theirs."""
        return int(Fraction(offer.weeks) * self.week)

    def uses(self, counts: Mapping[tuple[int, int], int]) -> tuple[Use, ...]:
        """Whole credits again, of how many of each kind go which way."""
        found: list[Use] = []
        for at, kind in enumerate(self.kinds):
            waiting = iter(kind.credits)
            for number, way in enumerate(kind.ways):
                for _ in range(counts.get((at, number), 0)):
                    found.append(Use(next(waiting).id, way.rule, way.rule.to_area, way.points))
        return tuple(sorted(found, key=lambda use: use.credit))


def scaled(problem: Problem) -> Scaled:
    """Everything that a plan can be made of; the order of rows changes nothing."""
    table, limits = Table(problem.rules, problem.on), bounds(problem)
    asked = {one.institution for one in problem.goal.minima}
    unusable: dict[str, Unused] = {}
    alike: dict[tuple[object, ...], list[Credit]] = {}
    kinds: dict[tuple[object, ...], tuple[tuple[Way, ...], str, tuple[Limit, ...]]] = {}
    for credit in sorted(problem.credits, key=_soonest):
        ways = table.ways(credit, limits)
        if isinstance(ways, Unused):
            unusable[credit.id] = ways
            continue
        by = credit.given_by if credit.given_by in asked else ""
        named = tuple(sorted(limits.limits.get(credit.id, ()), key=lambda limit: limit.key))
        key = (ways, by, tuple(id(limit) for limit in named))
        alike.setdefault(key, []).append(credit)
        kinds[key] = (ways, by, named)
    made = [Kind(*kinds[key], tuple(credits)) for key, credits in alike.items()]
    made.sort(key=lambda kind: min(credit.id for credit in kind.credits))
    offers = tuple(sorted((one for one in problem.goal.offers if one.points), key=lambda one: one.id))
    return Scaled(
        problem,
        tuple(made),
        offers,
        unusable,
        unit(list(_figures(problem, made, offers))),
        unit([Fraction(offer.weeks) for offer in offers]),
    )


def _soonest(credit: Credit) -> tuple[date, date, str]:
    return credit.expires_on or date.max, credit.earned_on, credit.id


def _figures(problem: Problem, kinds: Iterable[Kind], offers: Iterable[Offer]) -> Iterable[Fraction]:
    goal = problem.goal
    yield Fraction(goal.total)
    for least in [area.least for area in goal.areas] + [one.least for one in goal.minima]:
        yield Fraction(least)
    for most in [area.most for area in goal.areas] + [limit.points for limit in problem.limits]:
        yield Fraction(most or 0)
    for kind in kinds:
        for way in kind.ways:
            yield way.points
            yield Fraction(way.rule.cap or 0)
    for offer in offers:
        yield Fraction(offer.points)
