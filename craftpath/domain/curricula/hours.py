"""Hours of stages and of the programme: what is to be reached, and what the chosen units come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit
    from craftpath.domain.programmes.models import HourBucket, Stage, Unit

HOUR = 60
YEAR = 12
Cell = tuple[str, str]
"""(stage key, bucket key)"""


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes that units come to, beside those that are wanted; none wanted if the programme says nothing."""

    stage: str
    bucket: str
    minutes: int
    target: int | None

    @property
    def over(self) -> int:
        """Minutes above the target; negative below."""
        return 0 if self.target is None else self.minutes - self.target


def programme_minutes(bucket: HourBucket, stages: Sequence[Stage]) -> int | None:
    """Minutes of a kind over the whole path; None where the programme lays none down."""
    aim = bucket.target_minutes if bucket.target_minutes is not None else bucket.floor_minutes
    return None if aim is None else over_path(aim, bucket, stages)


def over_path(minutes: int, bucket: HourBucket, stages: Sequence[Stage]) -> int:
    """What a limit of a bucket comes to over the whole path: a yearly one by its months."""
    if bucket.period == "programme":
        return minutes
    months = sum(stage.default_months for stage in stages) or YEAR
    return minutes * months // YEAR


def first_targets(
    buckets: Sequence[HourBucket], stages: Sequence[Stage], units: Iterable[Unit]
) -> dict[Cell, int]:
    """What each stage is to have, in whole hours: as the programme's own units lie, if these come to its hours.

    Otherwise in proportion to the months of the stages, what is left over going to the first ones.
    """
    lying = Counter[Cell]()
    for unit in units:
        for kind in counted_as(unit.bucket, buckets):
            lying[unit.stage.key, kind] += unit.minutes
    found: dict[Cell, int] = {}
    for bucket in buckets:
        whole = programme_minutes(bucket, stages)
        if whole is None:
            continue
        own = {stage.key: lying[stage.key, bucket.key] for stage in stages}
        shares = own if sum(own.values()) == whole else _by_months(whole, stages)
        found |= {(stage, bucket.key): minutes for stage, minutes in shares.items()}
    return found


def _by_months(whole: int, stages: Sequence[Stage]) -> dict[str, int]:
    months = [stage.default_months or 1 for stage in stages]
    parts = [whole // HOUR * one // sum(months) * HOUR for one in months]
    left = whole - sum(parts)
    for at in range(len(parts)):
        step = min(HOUR, left)
        parts[at], left = parts[at] + step, left - step
    if parts:
        parts[-1] += left
    return {stage.key: part for stage, part in zip(stages, parts, strict=True)}


def counted_as(bucket: str, buckets: Sequence[HourBucket]) -> list[str]:
    """The kinds of hours that a unit's minutes count as: its own, and those within which it lies."""
    within = {one.key: one.within for one in buckets}
    found = [bucket]
    while within.get(found[-1]) and within[found[-1]] not in found:
        found.append(within[found[-1]])
    return found


def sums(
    units: Iterable[ChosenUnit],
    buckets: Sequence[HourBucket],
    stages: Sequence[Stage],
    targets: Mapping[Cell, int],
) -> list[Sum]:
    """Each stage with each kind of hours, in their order."""
    have = Counter[Cell]()
    for unit in units:
        for bucket in counted_as(unit.bucket, buckets):
            have[unit.stage, bucket] += unit.minutes
    return [
        Sum(stage.key, bucket.key, have[stage.key, bucket.key], targets.get((stage.key, bucket.key)))
        for stage in stages
        for bucket in buckets
    ]
