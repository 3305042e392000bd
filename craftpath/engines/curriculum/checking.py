"""Is the problem a problem? Every fault with its place; nothing is solved here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite
from typing import Any

from craftpath.engines.curriculum.cycles import cycles
from craftpath.engines.curriculum.staging import blocking
from craftpath.engines.curriculum.types import Problem, Unit
from craftpath.values.faults import Fault

MOST_HOURS = 1_000_000  # more is a slip of the hand
MOST_WEIGHT = 10**9


def check(problem: Problem) -> tuple[Fault, ...]:
    """Every fault of the problem in the order of its parts; none means that it may be solved."""
    known = _first_places(unit.id for unit in problem.units)
    faults = [*_units(problem, known), *_needs(problem), *_limits(problem), *_picked(problem, known)]
    unclear = ("curriculum.unit_twice", "curriculum.unit_unknown", "curriculum.no_stage")
    if any(fault.code in unclear for fault in faults):
        return tuple(faults)  # rings cannot be told from slips
    return (*faults, *(list(_rings(problem, known)) or _late(problem)))


def _first_places(ids: Iterable[str]) -> dict[str, int]:
    return {one: at for at, one in reversed(list(enumerate(ids)))}


def _units(problem: Problem, known: Mapping[str, int]) -> Iterator[Fault]:
    for at, unit in enumerate(problem.units):
        place = f"units[{at}]"
        if known[unit.id] != at:
            yield Fault("curriculum.unit_twice", f"{place}.id", {"id": unit.id, "before": known[unit.id]})
        for name in ("hours", "trainer_hours", "assessments"):
            yield from _amount(f"{place}.{name}", getattr(unit, name))
        if not unit.stages:
            yield Fault("curriculum.no_stage", f"{place}.stage")
        for skill, strength in unit.skills.items():
            if not 0 <= strength <= 1:  # also what is no number
                yield Fault("curriculum.strength_outside", f"{place}.skills.{skill}", {"given": strength})
        yield from _before(unit, place, known)


def _before(unit: Unit, place: str, known: Mapping[str, int]) -> Iterator[Fault]:
    for at, one in enumerate(unit.needs_before):
        if one not in known:
            yield Fault("curriculum.unit_unknown", f"{place}.needs_before[{at}]", {"id": one})


def _amount(place: str, given: Any) -> Iterator[Fault]:
    if given < 0:
        yield Fault("curriculum.negative", place, {"given": given})
    elif given > MOST_HOURS:
        yield Fault("curriculum.too_large", place, {"given": given, "most": MOST_HOURS})


def _needs(problem: Problem) -> Iterator[Fault]:
    for skill, weight in problem.needs.items():
        yield from _weight(f"needs.{skill}", weight)
    for (stage, skill), factor in problem.emphasis.items():
        yield from _weight(f"emphasis.{stage}.{skill}", factor)


def _weight(place: str, given: Any) -> Iterator[Fault]:
    if isinstance(given, float | Decimal) and not isfinite(given):  # whole numbers may be longer than a float
        yield Fault("curriculum.not_a_number", place, {"given": given})
    elif given < 0:
        yield Fault("curriculum.negative", place, {"given": given})
    elif given > MOST_WEIGHT:
        yield Fault("curriculum.too_large", place, {"given": given, "most": MOST_WEIGHT})


def _limits(problem: Problem) -> Iterator[Fault]:
    limits = problem.limits
    if limits.hours is not None:
        yield from _amount("limits.hours", limits.hours)
    for name in ("stage", "place", "stage_place", "area_min", "trainer", "room"):
        for key, value in getattr(limits, name).items():
            yield from _amount(f"limits.{name}.{key}", value)
    yield from _amount("limits.assessments_min", limits.assessments_min)
    for area, least in limits.area_min.items():
        there = sum(unit.hours for unit in problem.units if unit.area == area)
        if least > there:
            facts = {"least": least, "there": there, "area": area}
            yield Fault("curriculum.area_unreachable", f"limits.area_min.{area}", facts)


def _picked(problem: Problem, known: Mapping[str, int]) -> Iterator[Fault]:
    for name in ("pinned", "forbidden"):
        for at, one in enumerate(getattr(problem, name)):
            if one not in known:
                yield Fault("curriculum.unit_unknown", f"{name}[{at}]", {"id": one})
    banned = set(problem.forbidden)
    for at, one in enumerate(problem.pinned):
        if one in banned:
            yield Fault("curriculum.pin_forbidden", f"pinned[{at}]", {"id": one})


def _rings(problem: Problem, known: Mapping[str, int]) -> Iterator[Fault]:
    before = {unit.id: unit.needs_before for unit in problem.units}
    for ring in cycles(before):
        at = known[ring[0]]
        row = before[ring[0]].index(ring[-1])
        yield Fault("curriculum.ring", f"units[{at}].needs_before[{row}]", {"path": path_of(ring)})


def path_of(ring: Sequence[str]) -> str:
    """The way round, back to its beginning: `a → b → a` says that a comes before b, and b before a."""
    return " → ".join([*ring, ring[0]])


def _late(problem: Problem) -> Iterator[Fault]:
    """Pins that can stand in no plan, whatever else is given up."""
    units = problem.by_id
    for at, one in enumerate(problem.pinned):
        code, late = blocking(replace(problem, forbidden=()), units[one])
        if code is not None:
            yield Fault("curriculum.pin_before_later", f"pinned[{at}]", {"id": one, "units": late})
