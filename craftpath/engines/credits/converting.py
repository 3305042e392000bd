"""What each credit can become on a day, and why some can become nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from craftpath.engines.credits.types import Credit, Limit, Problem, Rule, Unused, WhyNot


@dataclass(frozen=True, slots=True)
class Way:
    """A rule by which a credit may be used, and the points that come of it."""

    rule: Rule
    points: Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a goal lets count: of each area, and of each credit by way of the limits that name it."""

    most: Mapping[str, Fraction]
    limits: Mapping[str, tuple[Limit, ...]]


def bounds(problem: Problem) -> Bounds:
    """Maxima by area, limits by credit."""
    limits: dict[str, tuple[Limit, ...]] = {}
    for limit in problem.limits:
        for credit in limit.credits:
            limits[credit] = (*limits.get(credit, ()), limit)
    most = {area.key: Fraction(area.most) for area in problem.goal.areas if area.most is not None}
    return Bounds(most, limits)


class Table:
    """Rules by what they take, in an order that does not depend on the file's."""

    def __init__(self, rules: Sequence[Rule], on: date) -> None:
        self.on = on
        self.by_name: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=_order):
            self.by_name.setdefault(rule.takes, []).append(rule)

    def rules(self, credit: Credit) -> list[Rule]:
        """Those that take it, in force or not."""
        return [rule for name in sorted(set(credit.names)) for rule in self.by_name.get(name, ())]

    def ways(self, credit: Credit, limits: Bounds) -> tuple[Way, ...] | Unused:
        """How the credit may be used on this day, or why it may not."""
        if credit.earned_on > self.on:
            return Unused(credit.id, WhyNot.NOT_YET, {"earned": credit.earned_on})
        if credit.expires_on is not None and credit.expires_on < self.on:
            return Unused(credit.id, WhyNot.EXPIRED, {"expires": credit.expires_on})
        rules = self.rules(credit)
        if not rules:
            return Unused(credit.id, WhyNot.NO_RULE, {"source": credit.source, "area": credit.area})
        held = [Way(rule, rule.gives(credit.points)) for rule in rules if rule.holds(self.on)]
        if not held:
            return Unused(credit.id, WhyNot.NOT_ON_DAY, _nearest(rules, self.on))
        giving = [way for way in held if way.points]
        if not giving:
            return Unused(credit.id, WhyNot.GIVES_NOTHING, {"points": credit.points})
        small: list[Way] = []
        tightest = Fraction(0)
        for way in giving:
            room = _room(way, limits.most, limits.limits.get(credit.id, ()))
            if room is None or way.points <= room:
                small.append(way)
            else:
                tightest = max(tightest, room)
        if not small:
            facts = {"points": min(way.points for way in giving), "most": tightest}
            return Unused(credit.id, WhyNot.TOO_LARGE, facts)
        return tuple(small)


def _room(way: Way, most: Mapping[str, Fraction], limits: Sequence[Limit]) -> Fraction | None:
    """What may come of one credit at most."""
    given = [Fraction(limit.points) for limit in limits if limit.points is not None]
    given += [Fraction(0) for limit in limits if limit.count == 0]
    if way.rule.cap is not None:
        given.append(Fraction(way.rule.cap))
    if way.rule.to_area in most:
        given.append(most[way.rule.to_area])
    return min(given, default=None)


def _nearest(rules: Sequence[Rule], on: date) -> dict[str, object]:
    """When the rules hold: the next that begins, else the last that ended."""
    coming = [rule.valid_from for rule in rules if rule.valid_from and rule.valid_from > on]
    if coming:
        return {"first": min(coming)}
    return {"last": max(rule.valid_to for rule in rules if rule.valid_to)}


def _order(rule: Rule) -> tuple[object, ...]:
    return (
        rule.to_area,
        rule.takes,
        -Fraction(rule.rate),
        rule.cap is not None,
        Fraction(rule.cap or 0),
        rule.valid_from or date.min,
        rule.valid_to or date.max,
    )
