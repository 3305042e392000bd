"""The shortest way from an account to a diploma: rows as the engine's problem, and its plan in rows again.

What the diploma has got already is taken off what it asks; the rest is planned by the rows in force on one day. The
same problem is solved once: its plan is kept as long as the process lives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from craftpath.domain.credits.amounts import CERTIFICATES, Taken
from craftpath.domain.credits.matching import conversion_rule
from craftpath.domain.credits.models import Entry
from craftpath.domain.credits.points import FULL_RATE
from craftpath.domain.credits.queries import credits_of
from craftpath.engines.credits import (
    Area,
    Credit,
    Effort,
    Goal,
    Limit,
    Minimum,
    Plan,
    Problem,
    Rule,
    Unused,
    plan,
    unused,
)
from craftpath.engines.credits import Offer as Step
from craftpath.engines.credits.limits import HALF, YEAR, by_period, period_of

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account, ConversionRule, Diploma, Offer

EFFORT = Effort(seconds=0.5)
PLANS = 256
MOST_CREDITS, MOST_EXPIRED = 400, 20
"""Of one account; who has more plans with those that expire first, and reads of the last that expired."""
PERIODS = {"year": YEAR, "half": HALF}
NO_ROW = "-"  # the id of none


@dataclass(frozen=True, slots=True)
class Had:
    """What a diploma has got of an account already, and from which institution (its key)."""

    taken: Taken
    institution: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody can plan with: credits of which all is left, expired ones too, and what each diploma has got."""

    credits: tuple[Entry, ...]
    had: dict[int, list[Had]]


@dataclass(frozen=True, slots=True)
class AreaWay:
    """An area of a diploma: what it asks, has got, would get of credits and of steps (hundredths)."""

    key: str
    least: int
    most: int | None
    had: int
    held: int
    coming: int


@dataclass(frozen=True, slots=True)
class Used:
    """A credit that would be used: for which area, and what it gives there."""

    credit: Entry
    area: str
    points: int


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one diploma; hundredths of points. `away` is before the steps, `missing` after them."""

    diploma: Diploma
    had: int
    away: int
    missing: int
    weeks: int
    proven: bool
    steps: tuple[Offer, ...]
    used: tuple[Used, ...]
    unused: tuple[tuple[Entry, Unused], ...]
    areas: tuple[AreaWay, ...]

    @property
    def held(self) -> int:
        """What counts by now: what the diploma has got, and what it would get of credits."""
        return self.had + sum(one.points for one in self.used)

    @property
    def coming(self) -> int:
        """What the steps bring."""
        return sum(step.points for step in self.steps)


def holding_of(account: Account | None, diplomas: Collection[Diploma], on: date) -> Holding:
    """What an account brings to these diplomas on a day; three queries. Nobody's account: nothing."""
    if account is None:
        return Holding((), {})
    usable = credits_of(account, on)[:MOST_CREDITS]
    expired = credits_of(account, date.min).filter(expires_on__lt=on).order_by("-expires_on", "pk")
    rows = Entry._base_manager.filter(
        account__in=account.joined,
        kind="converted",
        line__request__diploma__in=diplomas,
        reversed_by__isnull=True,
    )
    told = rows.order_by("pk").values_list(
        "line__request__diploma", "credit__institution__key",
        "line__rule__key", "to_area", "given", "credit__on", "outcome",
    )  # fmt: skip
    had: dict[int, list[Had]] = defaultdict(list)
    for diploma, institution, rule, area, given, on_day, outcome in told:
        had[diploma].append(Had(Taken(rule, area, given, on_day, outcome), institution or ""))
    return Holding((*usable, *expired[:MOST_EXPIRED]), had)


def ways(diplomas: Iterable[Diploma], holding: Holding, on: date) -> list[Way]:
    """The shortest way to each of them by the rows in force on a day; the diplomas come `whole`."""
    return [_way(diploma, holding, on) for diploma in diplomas]


@lru_cache(maxsize=PLANS)
def _planned(problem: Problem) -> tuple[Plan, tuple[Unused, ...]]:
    found = plan(problem, EFFORT)
    return found, unused(found)


def _way(diploma: Diploma, holding: Holding, on: date) -> Way:
    had = holding.had.get(diploma.pk, [])
    found, left = _planned(problem_of(diploma, holding.credits, had, on))
    by_pk = {str(credit.pk): credit for credit in holding.credits}
    offers = {offer.public_id: offer for offer in diploma.offers.all()}
    got = Counter[str]()
    for one in had:
        got[one.taken.area] += one.taken.points
    areas = tuple(
        AreaWay(
            area.key,
            area.least,
            area.most,
            got[area.key],
            int(found.held.get(area.key, 0)),
            int(found.coming.get(area.key, 0)),
        )
        for area in diploma.areas.all()
    )
    return Way(
        diploma,
        sum(got.values()),
        int(found.away),
        int(found.missing),
        int(found.weeks),
        found.proven_optimal,
        tuple(sorted((offers[step.id] for step in found.steps), key=lambda one: (one.weeks, one.pk))),
        tuple(Used(by_pk[use.credit], use.area, int(use.points)) for use in found.uses),
        tuple((by_pk[one.credit], one) for one in left),
        areas,
    )


def problem_of(diploma: Diploma, credits: Sequence[Entry], had: Sequence[Had], on: date) -> Problem:
    """What the engine is asked."""
    rows = tuple(diploma.rules.all())
    spent = Counter[str]()
    for one in had:
        spent[one.taken.rule] += one.taken.points
    asked = tuple(_credit(rows, credit, on) for credit in credits)
    return Problem(
        on,
        asked,
        tuple(_rule(row, spent[row.key]) for row in rows),
        _goal(diploma, had, on),
        _limits(diploma, credits, asked, had),
    )


def _credit(rows: Sequence[ConversionRule], credit: Entry, on: date) -> Credit:
    """Named by the row that takes it on the day, else by one that takes it on some other day."""
    row = conversion_rule(rows, credit, on) or next(
        (one for one in rows if conversion_rule([one], credit, one.valid_from)), None
    )
    return Credit(
        str(credit.pk),
        NO_ROW if row is None else row.public_id,
        "",
        credit.points,
        credit.on,
        credit.expires_on,
        institution="" if credit.institution is None else credit.institution.key,
    )


def _rule(row: ConversionRule, spent: int) -> Rule:
    cap = None if row.cap is None else max(0, row.cap - spent)
    rate = Fraction(row.rate, FULL_RATE)
    return Rule(row.public_id, row.to_area, rate, cap, row.valid_from, row.valid_to, whole=True)


def _goal(diploma: Diploma, had: Sequence[Had], on: date) -> Goal:
    by_area, by_place = Counter[str](), Counter[str]()
    for one in had:
        by_area[one.taken.area] += one.taken.points
        by_place[one.institution] += one.taken.points
    own = diploma.organisation.key
    return Goal(
        max(0, diploma.total - sum(by_area.values())),
        tuple(
            Area(
                area.key,
                max(0, area.least - by_area[area.key]),
                None if area.most is None else max(0, area.most - by_area[area.key]),
            )
            for area in diploma.areas.all()
        ),
        tuple(
            Minimum(one.institution, max(0, one.least - by_place[one.institution]))
            for one in diploma.minima.all()
        ),
        tuple(
            Step(offer.public_id, offer.area, offer.points, offer.weeks, offer.institution or own)
            for offer in diploma.offers.all()
            if (offer.valid_from is None or offer.valid_from <= on)
            and (offer.valid_to is None or on <= offer.valid_to)
        ),
    )


def _limits(
    diploma: Diploma, credits: Sequence[Entry], asked: Sequence[Credit], had: Sequence[Had]
) -> tuple[Limit, ...]:
    """What counts of a year, of a half-year, of certificates and by conversion at all; less what has been taken."""
    found: list[Limit] = []
    for name, months in PERIODS.items():
        most = diploma.limits.get(name)
        if most is not None:
            spent = Counter[str]()
            for one in had:
                spent[f"{name}:{period_of(one.taken.on, months).isoformat()}"] += one.taken.points
            found += [
                replace(limit, points=max(0, most - spent[limit.key]))
                for limit in by_period(asked, months, most, name)
            ]
    count = diploma.limits.get("certificates")
    if count is not None:
        named = frozenset(str(credit.pk) for credit in credits if credit.outcome in CERTIFICATES)
        gone = sum(one.taken.outcome in CERTIFICATES for one in had)
        found.append(Limit("certificates", named, count=max(0, count - gone)))
    if diploma.share is not None:
        most = diploma.total * diploma.share // FULL_RATE - sum(one.taken.points for one in had)
        found.append(Limit("share", frozenset(one.id for one in asked), points=max(0, most)))
    return tuple(found)
