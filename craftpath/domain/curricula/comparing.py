"""How two versions differ, as codes with facts that hold names as `Text`; sentences are chosen at the door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit
    from craftpath.domain.curricula.queries import Content


DESCRIBED = ("hazardous", "place", "area", "trainer", "room", "resources")
"""What a unit says of itself beside what has a sentence of its own."""
ASSESSED = ("name", "component", "item", "source", "words")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what became of what, with facts for its sentence."""

    code: str
    key: str
    facts: dict[str, Any] = field(default_factory=dict)


def changes(before: Content, after: Content) -> list[Change]:
    """From one version to another: units, then outcomes, then assessments, then the hours of stages."""
    return [
        *_units(before, after),
        *_outcomes(before, after),
        *_assessments(before, after),
        *_targets(before, after),
    ]


def _units(before: Content, after: Content) -> Iterator[Change]:
    old, new = _by_key(before.units), _by_key(after.units)
    stages = {stage.key: stage.title for stage in (*before.stages, *after.stages)}
    for key, unit in new.items():
        if key not in old:
            facts = {"unit": unit.title, "stage": stages[unit.stage], "minutes": unit.minutes}
            yield Change("unit_added", key, facts)
    for key, unit in old.items():
        if key not in new:
            facts = {"unit": unit.title, "stage": stages[unit.stage], "minutes": unit.minutes}
            yield Change("unit_left_out", key, facts)
    shifted = moved_within(before, after)
    for key, unit in new.items():
        was = old.get(key)
        if was is not None:
            yield from _unit(was, unit, stages, shifted)


def _unit(
    was: ChosenUnit, unit: ChosenUnit, stages: Mapping[str, Any], shifted: frozenset[str]
) -> Iterator[Change]:
    name = {"unit": unit.title}
    if was.stage != unit.stage:
        facts = name | {"before": stages[was.stage], "after": stages[unit.stage]}
        yield Change("unit_moved", unit.key, facts)
    elif unit.key in shifted:
        facts = name | {"stage": stages[unit.stage], "before": was.order, "after": unit.order}
        yield Change("unit_shifted", unit.key, facts)
    if was.minutes != unit.minutes:
        yield Change("unit_hours", unit.key, name | {"before": was.minutes, "after": unit.minutes})
    if was.name != unit.name:
        yield Change("unit_renamed", unit.key, {"before": was.title, "after": unit.title})
    if was.bucket != unit.bucket:
        yield Change("unit_bucket", unit.key, name | {"before": was.bucket, "after": unit.bucket})
    if was.prerequisites != unit.prerequisites or was.skills != unit.skills:
        yield Change("unit_asks", unit.key, name)
    differ = [one for one in DESCRIBED if getattr(was, one) != getattr(unit, one)]
    if differ:
        yield Change("unit_described", unit.key, name | {"what": differ})


def moved_within(before: Content, after: Content) -> frozenset[str]:
    """Units that changed their place among those that both versions have in the same stage: the fewest that explain it.

    Whoever is in the longest common order of a stage has not moved.
    """
    found: set[str] = set()
    old = _by_key(before.units)
    for stage in after.stages:
        now = [unit.key for unit in after.of_stage(stage.key)]
        shared = [key for key in now if key in old and old[key].stage == stage.key]
        was = [unit.key for unit in before.of_stage(stage.key) if unit.key in set(shared)]
        place = {key: at for at, key in enumerate(was)}
        kept = longest_rising([place[key] for key in shared])
        found |= {key for at, key in enumerate(shared) if at not in kept}
    return frozenset(found)


def longest_rising(figures: Sequence[int]) -> set[int]:
    """Places of a longest rising selection of different figures; quadratic, for the few units of a stage."""
    length, came = [1] * len(figures), [-1] * len(figures)
    for at, figure in enumerate(figures):
        for earlier in range(at):
            if figures[earlier] < figure and length[earlier] + 1 > length[at]:
                length[at], came[at] = length[earlier] + 1, earlier
    last = max(range(len(figures)), key=length.__getitem__, default=-1)
    found = set()
    while last >= 0:
        found.add(last)
        last = came[last]
    return found


def _outcomes(before: Content, after: Content) -> Iterator[Change]:
    old, new = _by_key(before.outcomes), _by_key(after.outcomes)
    yield from (Change("outcome_added", key, {"outcome": new[key].title}) for key in new if key not in old)
    yield from (Change("outcome_left_out", key, {"outcome": old[key].title}) for key in old if key not in new)
    for key in (key for key in new if key in old):
        if old[key].name != new[key].name:
            yield Change("outcome_renamed", key, {"before": old[key].title, "after": new[key].title})
        if old[key].tasks != new[key].tasks or old[key].skills != new[key].skills:
            yield Change("outcome_serves", key, {"outcome": new[key].title})
        if old[key].area != new[key].area:
            yield Change("outcome_area", key, {"outcome": new[key].title})
        yield from _links("outcome_taught", key, new[key].title, before.units_of(key), after.units_of(key))
        yield from _links(
            "outcome_seen", key, new[key].title, before.assessments_of(key), after.assessments_of(key)
        )


def _links(code: str, key: str, title: Any, was: Sequence[Any], now: Sequence[Any]) -> Iterator[Change]:
    if {one.key for one in was} != {one.key for one in now}:
        facts = {"outcome": title, "before": [one.title for one in was], "after": [one.title for one in now]}
        yield Change(code, key, facts)


def _assessments(before: Content, after: Content) -> Iterator[Change]:
    old, new = _by_key(before.assessments), _by_key(after.assessments)
    for key in new:
        if key not in old:
            yield Change("assessment_added", key, {"assessment": new[key].title})
        elif any(getattr(old[key], one) != getattr(new[key], one) for one in ASSESSED):
            yield Change("assessment_changed", key, {"assessment": new[key].title})
    yield from (
        Change("assessment_left_out", key, {"assessment": old[key].title}) for key in old if key not in new
    )


def _targets(before: Content, after: Content) -> Iterator[Change]:
    stages = {stage.key: stage.title for stage in (*before.stages, *after.stages)}
    buckets = {bucket.key: bucket.title for bucket in (*before.buckets, *after.buckets)}
    for cell in sorted({*before.targets, *after.targets}):
        was, now = before.targets.get(cell, 0), after.targets.get(cell, 0)
        if was != now:
            facts = {"stage": stages[cell[0]], "bucket": buckets[cell[1]], "before": was, "after": now}
            yield Change("target_changed", cell[0], facts)


def _by_key(rows: Sequence[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows}
