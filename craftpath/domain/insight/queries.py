"""Reading figures: prepared, suppressed, in a fixed number of questions whatever the number of apprentices.

Whoever reads has a scope open; figures of an organisation outside it are not there. Everything here is about one
organisation and what lies below it (`of`): an office reads its whole tree, a college its classes, an enterprise its
apprentices. Nothing is worked out while somebody waits but sums of prepared integers and what follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from craftpath.domain.insight.adding import GROUPINGS
from craftpath.engines.indicators import DIMENSIONS
from craftpath.kernel.organisations import Organisation

TABLES = GROUPINGS
"""What is published: `by` and the keys of `where` together are one of these, or the answer is `insight.too_fine`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value`, `low` and `high` are absent together with the reason `why`, a code with a sentence.

    `dims` holds the dimensions of `by` and of `where`. `suppressed` figures have neither `n` nor value. Codes:
    `insight.too_few`, `insight.protects_others`, `insight.empty` (nothing to divide by), `insight.too_fine`,
    `insight.not_recorded` (this site keeps no such rows), `insight.unknown_indicator`.
    """

    key: str
    dims: Mapping[str, str]
    n: int | None
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a dimension that has cells, with its name in both languages (the value itself where it has none)."""

    value: str
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel, from application to diploma: how many people reached it."""

    key: str
    n: int | None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Survivors:
    """One quarter of one curve: at risk at its beginning, and the share still there at its end (projected: hazards)."""

    group: str
    quarter: int
    at_risk: int | None
    left: int | None
    completed: int | None
    share: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A band of the Sankey diagram: `kind` is `stage` (people) or `credit` (hundredths of a credit)."""

    kind: str
    source: str
    target: str
    n: int | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of mentoring: who teaches whom, with people on both sides."""

    key: str
    teachers: int | None
    learners: int | None
    qualified: int | None = None
    suppressed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map with how many learn there; without a position it is only in the table."""

    place: str
    name: Mapping[str, str]
    n: int | None
    lat: float | None = None
    lon: float | None = None
    suppressed: bool = False


def figures(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[Row]:
    """The figures of these indicators, one row for each value of `by`; three questions."""
    return []


def public_figures(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[Row]:
    """The same for everybody, of the indicators that the organisation published; needs no scope."""
    return []


def published(of: Organisation) -> list[str]:
    """Keys of the indicators that everybody may read of an organisation; needs no scope."""
    return []


def choices(*, of: Organisation) -> dict[str, list[Choice]]:
    """The values that each dimension has, in the order in which they are offered; periods the newest first."""
    return {name: [] for name in DIMENSIONS}


def made_at(*, of: Organisation) -> datetime | None:
    """Since when the cells say what the record says; None before the first time."""
    return None


def funnel(where: Mapping[str, str] | None = None, *, of: Organisation) -> list[Step]:
    """From application, where the site knows of one, to the diploma."""
    return []


def survival(by: str = "", *, of: Organisation) -> list[Survivors]:
    """Life tables by the year in which apprenticeships began (""), or by a dimension."""
    return []


def paths(*, of: Organisation) -> list[Link]:
    """Bands from stage to stage, and of credits to the institutions that took them over."""
    return []


def layers(*, of: Organisation) -> list[Layer]:
    """Mentors, trainers, masters' masters: how many teach how many."""
    return []


def spots(key: str = "", *, of: Organisation) -> list[Spot]:
    """Places with apprentices (of the newest quarter), with coordinates where they are known."""
    return []


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A figure of a roll-up, as it was read; dimensions that are summed over are absent from `dims`."""

    key: str
    dims: Mapping[str, str]
    n: int | None
    value: Decimal | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Rolled:
    """A roll-up that was taken in: whence, by which engine, when it was made and when taken."""

    public_id: str
    source: str
    engine: str
    made_at: datetime
    taken_at: datetime
    figures: int
    cities: int | None


def rollups(*, of: Organisation) -> list[Rolled]:
    """Those that an organisation took in, the newest first."""
    return []


def national(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[NationalFigure]:
    """Figures of the newest roll-up; [] where none was taken in."""
    return []
