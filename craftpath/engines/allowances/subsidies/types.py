"""What a subsidy scheme is, as a row, and what is planned and claimed under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from craftpath.values.period import FOREVER, Period

YEAR = 12
"""Person-years are counted in months, so that a part of a year has an exact share."""


class Clawback(StrEnum):
    """How an advance meets the final claim. Both come to the same sum; the steps differ."""

    NETTED = "netted"  # what is due less the advance
    BY_PLACE = "by_place"  # the advance of places that were not completed is taken back as a line of its own


class Notice(StrEnum):
    """What the days of a public notice are."""

    DAYS = "days"
    WORKDAYS = "workdays"


class Per(StrEnum):
    """What a paper is asked for once for each of: `class` or `person`."""

    CLASS = "class"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rate:
    """Minor units for a person-year; an empty `level` is any level, an empty `kind` any kind of learner."""

    amount: int
    level: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a measure of the class (hours a year, share online in percent, people) is at least and at most."""

    measure: str
    least: int | None = None
    most: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Required:
    """A paper that a step of the claim asks for, `least` copies a class or person, and the role that supplies it."""

    step: str
    paper: str
    role: str
    per: Per = Per.CLASS
    least: int = 1


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a region's rule. Amounts are minor units for a person-year.

    `advance` is the share, in per mille, of the first year's rate for the planned heads. `uncertified` is paid for
    who completed without a certificate, None where the rule does not say; `left` for who left, by full months.
    `refund_months` is the time for what was advanced too much, None where the rule does not say. `apart` names
    subsidies that may not run beside it; `once_per_level` forbids a second one at the same or a lower level.
    """

    key: str
    document: str
    valid: Period
    currency: str
    rates: tuple[Rate, ...]
    advance: int = 0
    uncertified: int | None = None
    left: int = 0
    clawback: Clawback = Clawback.NETTED
    notice_days: int | None = None
    notice: Notice = Notice.DAYS
    refund_months: int | None = None
    apart: tuple[str, ...] = ()
    once_per_level: bool = False
    bounds: tuple[Bound, ...] = ()
    papers: tuple[Required, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of a TOML file: the same names, dates for `valid_from` and `valid_to`, tables for the rest."""
        rest = {name: value for name, value in row.items() if name not in ("valid_from", "valid_to")}
        tables = {
            "rates": tuple(Rate(**one) for one in row.get("rates", ())),
            "bounds": tuple(Bound(**one) for one in row.get("bounds", ())),
            "papers": tuple(
                Required(**{**one, "per": Per(one.get("per", Per.CLASS))}) for one in row.get("papers", ())
            ),
            "clawback": Clawback(row.get("clawback", Clawback.NETTED)),
            "notice": Notice(row.get("notice", Notice.DAYS)),
            "apart": tuple(row.get("apart", ())),
            "valid": Period(row["valid_from"], row.get("valid_to", FOREVER)),
        }
        return cls(**{**rest, **tables})


@dataclass(frozen=True, slots=True)
class Plan:
    """A class as it was filed: level, kind of learner, planned heads, and how many months it lasts."""

    level: str
    heads: int
    months: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of a plan: heads with and without a certificate, the months of each who left, the advance paid.

    Each person stands in it once. `figures` are measures of the class for the scheme's bounds, as exact numbers.
    """

    plan: Plan
    advance: int
    certified: int
    uncertified: int = 0
    left: tuple[int, ...] = ()
    figures: Mapping[str, Fraction | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who was claimed for, one row a person and period: columns for `double_claims`.

    `subsidy` names the kind of money; a greater `rank` is a higher level; periods are half-open days.
    """

    claim: Sequence[str]
    person: Sequence[str]
    subsidy: Sequence[str]
    occupation: Sequence[str]
    rank: Any
    start: Any
    end: Any
