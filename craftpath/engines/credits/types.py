"""What credits, rules, goals, offers and a plan are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = int | Decimal | Fraction  # never a float: a tenth is a tenth


@dataclass(frozen=True, slots=True)
class Credit:
    """Points of one outcome, from the day on which they were earned until their last day.

    `source` says where they come from, `area` what they are about, `outcome` what was reached. `institution` is who
    gave them where minima ask for it; blank: the source.
    """

    id: str
    source: str
    area: str
    points: Number
    earned_on: date
    expires_on: date | None = None
    outcome: str = ""
    institution: str = ""

    @property
    def given_by(self) -> str:
        """The key that minima of institutions are counted by."""
        return self.institution or self.source

    @property
    def names(self) -> tuple[str, str, str]:
        """What a rule may take it by."""
        return self.source, self.outcome, self.area


@dataclass(frozen=True, slots=True)
class Rule:
    """Credits that are called `takes` (by source, outcome or area) become points of `to_area`, at a rate.

    `cap` is the most points that come of this rule. It holds from a day to a day, both included. With `whole`, points
    of each credit are rounded down to whole ones, as a ledger of smallest units does.
    """

    takes: str
    to_area: str
    rate: Number = 1
    cap: Number | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    whole: bool = False

    def holds(self, on: date) -> bool:
        """Whether it is in force on this day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def gives(self, points: Number) -> Fraction:
        """What these points become, before any cap."""
        given = Fraction(points) * Fraction(self.rate)
        return Fraction(given.__floor__()) if self.whole else given


@dataclass(frozen=True, slots=True)
class Area:
    """At least and at most so many points of one area."""

    key: str
    least: Number = 0
    most: Number | None = None


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least so many points from one institution."""

    institution: str
    least: Number


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that can be taken once: points into an area, in so many weeks. Blank institution: counts for none."""

    id: str
    area: str
    points: Number
    weeks: Number
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a diploma asks. An area that it does not name counts for the total and has neither least nor most."""

    total: Number
    areas: tuple[Area, ...] = ()
    minima: tuple[Minimum, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """Of these credits at most so many points, or so many credits, count towards the goal.

    A year's points, three certificates, half of the total by conversion: all are said so.
    """

    key: str
    credits: frozenset[str]
    points: Number | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Credits of one account, the rules of one institution and one goal, on one day."""

    on: date
    credits: tuple[Credit, ...]
    rules: tuple[Rule, ...]
    goal: Goal
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search; most plans are proved in milliseconds, and then seconds change nothing."""

    seconds: float = 10


@dataclass(frozen=True, slots=True)
class Use:
    """A credit that is used, whole: by which rule, for which area, and the points that come of it."""

    credit: str
    rule: Rule
    area: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Plan:
    """Which credits are used, which steps are taken, and what is missing then.

    `away` is what is missing before the steps, `missing` after them. Nothing has less missing than `bound`.
    `proven_optimal`: nothing has less missing, and nothing with as little missing takes fewer weeks.
    """

    problem: Problem
    uses: tuple[Use, ...]
    steps: tuple[Offer, ...]
    away: Fraction
    missing: Fraction
    bound: Fraction
    proven_optimal: bool

    @property
    def weeks(self) -> Fraction:
        """Of all steps, one after another."""
        return sum((Fraction(step.weeks) for step in self.steps), Fraction(0))

    @property
    def held(self) -> Mapping[str, Fraction]:
        """Points of used credits by area."""
        return _by_area((use.area, use.points) for use in self.uses)

    @property
    def coming(self) -> Mapping[str, Fraction]:
        """Points of the steps by area."""
        return _by_area((step.area, Fraction(step.points)) for step in self.steps)


def _by_area(parts: Iterator[tuple[str, Fraction]]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for area, points in parts:
        found[area] = found.get(area, Fraction(0)) + points
    return found


class WhyNot(StrEnum):
    """Why a credit is not used; the first that holds."""

    NOT_YET = "not_yet"  # it is earned on a later day
    EXPIRED = "expired"
    NO_RULE = "no_rule"  # no rule takes it, on whatever day
    NOT_ON_DAY = "not_on_day"  # rules take it, but none on this day
    GIVES_NOTHING = "gives_nothing"
    TOO_LARGE = "too_large"  # alone it is above a cap, and it is used whole
    CAP_REACHED = "cap_reached"  # others take what the rule gives
    AREA_FULL = "area_full"
    LIMIT_REACHED = "limit_reached"
    NOT_NEEDED = "not_needed"  # with it nothing would come nearer


@dataclass(frozen=True, slots=True)
class Unused:
    """A credit that is not used: why, and what its sentence names."""

    credit: str
    code: WhyNot
    facts: Mapping[str, object]
