"""What a month's allowances are worked out from: rules and caps as rows, pairs and confirmed hours as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from craftpath.values.period import Period

WHOLE = 1000
"""Shares and factors are whole per mille: 600 is a share of 60 %."""
NONE = -1
"""No capacity, or no result, in a column of numbers."""


class Basis(StrEnum):
    """What an amount is paid for."""

    PAIR_MONTH = "pair_month"
    APPRENTICE_HOUR = "apprentice_hour"
    SESSION_HOUR = "session_hour"


class Payer(StrEnum):
    """Who pays: the pair's enterprise, its college, or the subsidy."""

    ENTERPRISE = "enterprise"
    COLLEGE = "college"
    SUBSIDY = "subsidy"


@dataclass(frozen=True, slots=True)
class RatioBand:
    """Up to so many apprentices of the trainer on the day (None: any number), this factor in per mille."""

    most: int | None
    factor: int


@dataclass(frozen=True, slots=True)
class ResultBand:
    """From this decided result on, in hundredths of a percent (8160 is 81.6 %), this factor in per mille."""

    least: int
    factor: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. A condition without words is met by everybody.

    `amount` is in minor units for each whole month or hour. Rules of one `component` never pay a pair for the same
    day: the greater `priority` does, and equal ones that could meet are a fault. `ratio` bands rise; they count the
    trainer's apprentices of the rule's kinds and roles, day by day, and more than the last band pays nothing.
    `over_capacity` is the factor for a trainer who has more apprentices than the pair's capacity says. `results`
    rise; less than the first pays nothing, and no decided result pays by `undecided`. `least_minutes` and
    `least_weeks` ask that of a pair's confirmed hours in the month: who has less is paid nothing. Without `by_day`
    the whole amount is paid by what holds on the pair's last day in the month.
    """

    key: str
    version: int
    component: str
    valid: Period
    amount: int
    currency: str
    payer: Payer
    basis: Basis = Basis.PAIR_MONTH
    priority: int = 0
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    ratio: tuple[RatioBand, ...] = ()
    over_capacity: int | None = None
    results: tuple[ResultBand, ...] = ()
    undecided: int = 0
    least_minutes: int = 0
    least_weeks: int = 0
    by_day: bool = True


class Scope(StrEnum):
    """Whose lines a cap holds together, in the order in which caps are applied."""

    PAIR_MONTH = "pair_month"
    PAIR_TOTAL = "pair_total"  # with what the pair was paid in earlier months
    TRAINER_MONTH = "trainer_month"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Cap:
    """The most, in minor units, that the lines of these components (none: of all) in this currency come to.

    Lines that are over it are cut in proportion; what is left goes by largest remainder, so that no cent is lost.
    """

    key: str
    scope: Scope
    most: int
    currency: str
    components: tuple[str, ...] = ()


Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One row a stretch of days in which nothing about a pair changes: one trainer with one apprentice.

    A change of stage, share or responsibility begins a new row of the same pair; a deputy is a pair of its own.
    `start` and `end` are days (anything that NumPy reads as `datetime64[D]`), the end not counted and NaT if open.
    `share` is in per mille; `capacity` is how many apprentices the trainer may have, or NONE; `result` is the
    result that counts, in hundredths of a percent, or NONE, and only where `decided`. Empty words are "none".
    """

    pair: Words
    trainer: Words
    apprentice: Words
    start: Any
    end: Any
    share: Any
    kind: Words
    role: Words
    occupation: Words
    programme: Words
    stage: Words
    enterprise: Words
    college: Words
    capacity: Any
    result: Any
    decided: Any


@dataclass(frozen=True, slots=True)
class Hours:
    """Confirmed minutes, one row an entry: of the apprentice, or of a `session`. What holds on the day decides.

    A session of many is given once: the trainer's assignment to the class stands as a pair of a kind of its own.
    """

    pair: Words = ()
    day: Any = field(default_factory=list)
    minutes: Any = field(default_factory=list)
    session: Any = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What pairs were paid in earlier months, for caps on a pair's total: one row a line that counts."""

    pair: Words = ()
    component: Words = ()
    currency: Words = ()
    amount: Any = field(default_factory=list)
