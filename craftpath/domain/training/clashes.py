"""What does not go together in a rotation: pure questions over stays, with the days on which they clash.

Levels: `block` is never published, `warn` only by somebody who has seen it, `info` is said and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

OF_AGE = 18
WARN_PERCENT = 90
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A stay as clashes are asked of it; `name` tells it from others, both days included."""

    name: str
    enrolment_id: int
    unit: str
    starts_on: date
    ends_on: date
    kind: str = "workplace"
    hazardous: bool = False
    department_id: int | None = None
    responsible_id: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that does not go: a reason code with its facts, on these days, between these stays."""

    reason: str
    level: str
    first: date
    last: date
    stays: tuple[str, ...]
    enrolment_ids: tuple[int, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day of somebody's apprenticeship, as far as there is a last one."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What stays are held against; a department or mentor without a figure takes any number.

    `born` may lack people, of whom nothing about their age is said.
    """

    bounds: Mapping[int, Bounds]
    capacity: Mapping[int, int]
    mentor_most: int | None = None
    born: Mapping[int, date] = field(default_factory=dict)


def clashes(stays: Sequence[Planned], limits: Limits) -> list[Clash]:
    """Everything that does not go, what blocks first, then by day."""
    found = [
        *overlaps(stays),
        *outside(stays, limits.bounds),
        *minors(stays, limits.born),
        *crowded(stays, limits.capacity),
    ]
    if limits.mentor_most is not None:
        found += laden(stays, limits.mentor_most)
    rank = {"block": 0, "warn": 1, "info": 2}
    return sorted(found, key=lambda one: (rank[one.level], one.first, one.reason, one.stays))


def overlaps(stays: Sequence[Planned]) -> Iterator[Clash]:
    """Nobody is in two places on one day; a block at the college counts as a place."""
    by_person: dict[int, list[Planned]] = {}
    for stay in sorted(stays, key=lambda one: (one.starts_on, one.ends_on, one.name)):
        before = by_person.setdefault(stay.enrolment_id, [])
        for other in before:
            if other.ends_on >= stay.starts_on:
                block = "college" in {other.kind, stay.kind}
                reason = "training.clash_block" if block else "training.clash_overlap"
                last = min(other.ends_on, stay.ends_on)
                both = (other.name, stay.name)
                units = {"unit": stay.unit, "other": other.unit}
                yield Clash(reason, "block", stay.starts_on, last, both, (stay.enrolment_id,), units)
        before.append(stay)


def outside(stays: Iterable[Planned], bounds: Mapping[int, Bounds]) -> Iterator[Clash]:
    """Nobody is sent anywhere before the first or after the last day of the apprenticeship."""
    for stay in stays:
        own = bounds[stay.enrolment_id]
        who, facts = (stay.enrolment_id,), {"unit": stay.unit}
        if stay.starts_on < own.first:
            last = min(stay.ends_on, own.first - _DAY)
            yield Clash("training.clash_before", "block", stay.starts_on, last, (stay.name,), who, facts)
        if own.last is not None and stay.ends_on > own.last:
            first = max(stay.starts_on, own.last + _DAY)
            yield Clash("training.clash_after", "block", first, stay.ends_on, (stay.name,), who, facts)


def minors(stays: Iterable[Planned], born: Mapping[int, date]) -> Iterator[Clash]:
    """Nobody under eighteen is sent to hazardous work; somebody who turns eighteen meanwhile is, from that day."""
    for stay in stays:
        if not stay.hazardous or stay.enrolment_id not in born:
            continue
        of_age = birthday(born[stay.enrolment_id], OF_AGE)
        if stay.starts_on < of_age:
            last = min(stay.ends_on, of_age - _DAY)
            facts = {"unit": stay.unit, "of_age": of_age.isoformat()}
            yield Clash(
                "training.clash_minor",
                "block",
                stay.starts_on,
                last,
                (stay.name,),
                (stay.enrolment_id,),
                facts,
            )


def crowded(stays: Iterable[Planned], capacity: Mapping[int, int]) -> Iterator[Clash]:
    """A department holds no more than it takes; one clash for each run of days on which it would."""
    for department, held in _by(stays, lambda stay: stay.department_id):
        most = capacity.get(department)
        if most is not None:
            yield from _runs(held, most, "training.clash_full", "warn", {"department": department})


def laden(stays: Iterable[Planned], most: int) -> Iterator[Clash]:
    """Nobody answers for more apprentices than laid down, and is told when nine tenths are reached."""
    near = -(-most * WARN_PERCENT // 100) - 1  # more than this is nine tenths or over
    for person, held in _by(stays, lambda stay: stay.responsible_id):
        yield from _runs(held, most, "training.clash_mentor", "warn", {"person": person})
        if near < most:
            facts = {"person": person, "most": most}
            for one in _runs(held, near, "training.clash_mentor_near", "info", facts):
                if one.facts["people"] <= most:
                    yield one


def birthday(born: date, years: int) -> date:
    """The day on which somebody turns so old; who was born on 29 February does so on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _by(stays: Iterable[Planned], of: Callable[[Planned], int | None]) -> Iterator[tuple[int, list[Planned]]]:
    found: dict[int, list[Planned]] = {}
    for stay in stays:
        key = of(stay)
        if key is not None:
            found.setdefault(key, []).append(stay)
    yield from sorted(found.items())


def _runs(
    held: Sequence[Planned], most: int, reason: str, level: str, facts: Mapping[str, Any]
) -> Iterator[Clash]:
    """The runs of days with more than `most` different people, each with the largest number reached."""
    edges = sorted({stay.starts_on for stay in held} | {stay.ends_on + _DAY for stay in held})
    run: list[tuple[date, date, list[Planned]]] = []
    for first, following in zip(edges, [*edges[1:], None], strict=True):
        inside = [stay for stay in held if stay.starts_on <= first <= stay.ends_on]
        if following is not None and len({stay.enrolment_id for stay in inside}) > most:
            run.append((first, following - _DAY, inside))
            continue
        if run:
            yield _joined(run, most, reason, level, facts)
            run = []


def _joined(
    run: Sequence[tuple[date, date, list[Planned]]],
    most: int,
    reason: str,
    level: str,
    facts: Mapping[str, Any],
) -> Clash:
    people = max(len({stay.enrolment_id for stay in inside}) for _, _, inside in run)
    stays = list(dict.fromkeys(stay for _, _, inside in run for stay in inside))
    return Clash(
        reason,
        level,
        run[0][0],
        run[-1][1],
        tuple(stay.name for stay in stays),
        tuple(sorted({stay.enrolment_id for stay in stays})),
        {"people": people, "most": most, **facts},
    )
