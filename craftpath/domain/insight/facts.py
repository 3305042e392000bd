"""What can have happened to figures of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class IndicatorPublished(Fact):
    """An organisation shows an indicator to everybody, or no longer."""

    code: ClassVar[str] = "insight.indicator_published"
    indicator: str
    shown: bool


@fact
@dataclass(frozen=True)
class CountySet(Fact):
    """Somebody said in which county an organisation lies; `before` is the code that stood there."""

    code: ClassVar[str] = "insight.county_set"
    county: str
    before: str


@fact
@dataclass(frozen=True)
class HandoverAsked(Fact):
    """Somebody wants the star of a city handed over: to whom, and for what."""

    code: ClassVar[str] = "insight.handover_asked"
    receiver: str
    purpose: str


@fact
@dataclass(frozen=True)
class HandoverMade(Fact):
    """It was written, signed and kept; `digest` is that of the manifest."""

    code: ClassVar[str] = "insight.handover_made"
    digest: str
    files: int
    rows: int


@fact
@dataclass(frozen=True)
class HandoverRefused(Fact):
    """It came to nothing; `reason` is a reason code."""

    code: ClassVar[str] = "insight.handover_refused"
    reason: str


@fact
@dataclass(frozen=True)
class HandoverFetched(Fact):
    """Somebody downloaded the archive."""

    code: ClassVar[str] = "insight.handover_fetched"
    digest: str


@fact
@dataclass(frozen=True)
class RollupTaken(Fact):
    """Figures that somebody else computed of a lake were taken in."""

    code: ClassVar[str] = "insight.rollup_taken"
    source: str
    engine: str
    figures: int
