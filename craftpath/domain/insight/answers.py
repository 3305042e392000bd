"""What reading figures answers with: rows, steps, links, and the codes of what is absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from craftpath.domain.insight.adding import GROUPINGS
from craftpath.engines.indicators.types import Why

TABLES = GROUPINGS
"""What is published: `by` and the keys of `where` together are one of these, or the answer is `insight.too_fine`."""
TOO_FEW, PROTECTS, EMPTY = "insight.too_few", "insight.protects_others", "insight.empty"
OPEN_END, UNDECIDED_YET = "insight.open_end", "insight.being_decided"
TOO_FINE, NOT_RECORDED, UNKNOWN = "insight.too_fine", "insight.not_recorded", "insight.unknown_indicator"
WHY = {"": "", Why.NO_ROWS.value: EMPTY, Why.OPEN_END.value: OPEN_END}
CODES = {1: TOO_FEW, 2: PROTECTS, 3: UNDECIDED_YET}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value`, `low` and `high` are absent together with the reason `why`, a code with a sentence.

    `dims` holds the dimensions of `by` and `where`. `suppressed` figures have neither `n` nor value. Codes:
    `insight.too_few`, `insight.protects_others`, `insight.being_decided`, `insight.empty` (nothing to divide by),
    `insight.open_end`, `insight.too_fine`, `insight.not_recorded` (this site keeps no such rows),
    `insight.unknown_indicator`.
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
    """A step of the funnel, from application to diploma: how many people reached it; `name` is that of a stage."""

    key: str
    n: int | None
    suppressed: bool = False
    why: str = ""
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survivors:
    """One quarter of one curve: at risk at its beginning, and shares at its end.

    `share` are still there, `staying` have not left early, `completing` have completed; bounds are those of `share`.
    """

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
    staying: Decimal | None = None
    completing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A band of the Sankey diagram: `kind` is `stage` (people) or `credit` (hundredths of a credit).

    A target is a stage, an outcome (`completed`, `left`, `transferred`), or the public id of an institution.
    """

    kind: str
    source: str
    target: str
    n: int | None
    suppressed: bool = False
    source_name: Mapping[str, str] = field(default_factory=dict)
    target_name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of mentoring, by kind of pair: who teaches whom today, with people on both sides."""

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
    report: Mapping[str, Any] = field(default_factory=dict)
