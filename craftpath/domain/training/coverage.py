"""Whether a plan covers its programme: hours of each stage against the buckets, and outcomes without a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import HourBucket, Outcome, Stage, Unit
    from craftpath.domain.training.models import PlanUnit

AN_HOUR = 60
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes planned in one bucket, beside what is asked; hours within another bucket count there as well.

    `off` is what is missing (below zero) or over; less than an hour either way is even.
    """

    bucket: HourBucket
    minutes: int
    target: int | None
    floor: int | None
    cap: int | None
    off: int = 0

    @property
    def verdict(self) -> str:
        """`short` of target or floor, `over` the cap or the target, `even`, or `free` where nothing is asked."""
        if self.target is None and self.floor is None and self.cap is None:
            return "free"
        return "short" if self.off < 0 else "over" if self.off > 0 else "even"


@dataclass(frozen=True, slots=True)
class StageSums:
    """A stage with its units and sums; the whole programme has no stage."""

    stage: Stage | None
    units: list[PlanUnit]
    sums: list[Sum]

    @property
    def minutes(self) -> int:
        """All minutes of the stage, each once."""
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is planned for each stage and for the whole, which outcomes nobody would learn, which units lead nowhere."""

    stages: list[StageSums]
    whole: StageSums
    missing: list[Outcome]
    idle: list[PlanUnit]

    @property
    def covers(self) -> bool:
        """Every outcome has a unit, every unit an outcome, and no bucket is short or over as a whole."""
        odd = any(one.verdict in {"short", "over"} for one in self.whole.sums)
        return not (self.missing or self.idle or odd)


def coverage(
    units: Sequence[PlanUnit],
    known: Sequence[Unit],
    stages: Sequence[Stage],
    buckets: Sequence[HourBucket],
) -> Coverage:
    """Hold a plan's units against the programme's."""
    months = sum(stage.default_months for stage in stages)
    by_stage = [
        StageSums(stage, own, sums(own, buckets, stage.default_months, months))
        for stage in stages
        for own in [[unit for unit in units if unit.stage == stage.key]]
    ]
    done = {unit.key for unit in units if unit.minutes}
    served = {one for unit in units if unit.minutes for one in unit.serves}
    outcomes = {unit.key: list(unit.outcomes.all()) for unit in known}
    return Coverage(
        stages=by_stage,
        whole=StageSums(None, list(units), sums(units, buckets, months, months)),
        missing=[
            outcome
            for key, found in outcomes.items()
            if key not in done
            for outcome in found
            if served_as(key, outcome.key) not in served
        ],
        idle=[unit for unit in units if unit.minutes and not (outcomes.get(unit.key) or unit.serves)],
    )


def served_as(unit: str, outcome: str) -> str:
    """How a unit of one's own names an outcome of the programme that it serves."""
    return f"{unit}/{outcome}"


def sums(units: Iterable[PlanUnit], buckets: Sequence[HourBucket], months: int, whole: int) -> list[Sum]:
    """The sum of each bucket over these units, against what is asked of so many of the programme's months."""
    found = {bucket.key: 0 for bucket in buckets}
    for unit in units:
        for key in homes(unit.bucket, buckets):
            found[key] += unit.minutes
    return [_sum(bucket, found[bucket.key], months, whole) for bucket in buckets]


def homes(bucket: str, buckets: Sequence[HourBucket]) -> list[str]:
    """The buckets in which hours of this one count: its own, and the one that it lies within."""
    own = [row for row in buckets if row.key == bucket]
    return [key for row in own for key in (row.key, row.within) if key]


def together(minutes: Mapping[str, int], buckets: Sequence[HourBucket]) -> dict[str, int]:
    """Minutes of each bucket, those that lie within another counted there as well."""
    found = {one.key: 0 for one in buckets}
    for key, amount in minutes.items():
        for home in homes(key, buckets):
            found[home] += amount
    return found


def share(minutes: int | None, period: str, months: int, whole: int) -> int | None:
    """What a figure of a bucket asks of so many months: a year's by twelfths, a programme's by its length."""
    if minutes is None:
        return None
    parts = MONTHS_A_YEAR if period == "year" else whole
    return round(Fraction(minutes * months, parts)) if parts else minutes


def _sum(bucket: HourBucket, minutes: int, months: int, whole: int) -> Sum:
    target, floor, cap = (
        share(figure, bucket.period, months, whole)
        for figure in (bucket.target_minutes, bucket.floor_minutes, bucket.cap_minutes)
    )
    least, most = max(target or 0, floor or 0), cap if cap is not None else target
    off = minutes - least if minutes < least else minutes - most if most is not None and minutes > most else 0
    return Sum(bucket, minutes, target, floor, cap, off if abs(off) >= AN_HOUR else 0)
