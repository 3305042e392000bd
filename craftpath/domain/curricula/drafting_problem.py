"""From cards of the library and a wish to the problem that the engine solves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.hours import counted_as
from craftpath.domain.curricula.models import UnitCard
from craftpath.domain.programmes.queries import buckets_by_programme, stages_of
from craftpath.engines.curriculum import Limits, Problem, Unit

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion

Inputs = dict[str, Any]
"""`{"stages": [key, …], "units": [{"key", "name", "minutes", …}, …], "areas": …}`: all that a draft was made from."""


def inputs_of(version: CurriculumVersion) -> Inputs:
    """The units among which a draft of this version chooses, as they are today; five queries.

    Those that the library offers and those that the version has, these with the hours that they have there.
    """
    programme = version.curriculum.programme_id
    buckets = buckets_by_programme([programme]).get(programme, [])
    standing = {unit.card_id: unit for unit in version.units.all() if unit.card_id}
    offered = UnitCard.objects.filter(organisation=version.curriculum.organisation_id, state="offered")
    kept = UnitCard.objects.filter(pk__in=standing).exclude(pk__in=offered.order_by().values("pk"))
    stages = [stage.key for stage in stages_of(programme)]
    rows = sorted({row.pk: row for row in (*offered, *kept)}.values(), key=lambda row: row.key)
    units = [
        {
            "key": row.key,
            "name": row.name,
            "minutes": standing[row.pk].minutes if row.pk in standing else row.minutes,
            "kind": counted_as(row.bucket, buckets)[-1],
            "stages": [stage for stage in stages if not row.stages or stage in row.stages],
            "area": row.area,
            "skills": row.skills,
            "before": list(dict.fromkeys(row.prerequisites)),
            "trainer": row.trainer,
            "room": row.room,
        }
        for row in rows
        if not row.stages or set(row.stages) & set(stages)
    ]
    return {"stages": stages, "units": _with_what_they_need(units)}


def _with_what_they_need(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without units that need something which can no longer be chosen, again and again."""
    while True:
        known = {unit["key"] for unit in units}
        left = [unit for unit in units if known >= set(unit["before"])]
        if len(left) == len(units):
            return units
        units = left


def fingerprint(inputs: Inputs) -> str:
    """The same for the same units, whatever they are called."""
    bare = [{name: value for name, value in unit.items() if name != "name"} for unit in inputs["units"]]
    told = json.dumps([inputs["stages"], bare], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def problem_of(inputs: Inputs, wish: DraftWish) -> Problem:
    """The engine's problem. Its hours are minutes, its stages numbers from 1, its places kinds of hours."""
    place = {key: at for at, key in enumerate(inputs["stages"], start=1)}
    known = {unit["key"] for unit in inputs["units"]}
    limits = Limits(
        hours=wish.total,
        stage_place={(place[stage], kind): most for (stage, kind), most in wish.cells.items()},
        area_min={area: least for area, least in wish.areas.items() if least},
        trainer=wish.trainers,
        room=wish.rooms,
    )
    return Problem(
        units=tuple(_unit(unit, place) for unit in inputs["units"]),
        needs={key: weight for key, weight in wish.weights.items() if weight},
        limits=limits,
        pinned=_picked(wish, "pin", known),
        forbidden=_picked(wish, "forbid", known),
        fill=wish.fill,
        emphasis={(place[stage], skill): wish.factor for skill, stage in wish.stressed.items()},
    )


def _picked(wish: DraftWish, kind: str, known: set[str]) -> tuple[str, ...]:
    return tuple(sorted(key for key, said in wish.pins.items() if said == kind and key in known))


def _unit(unit: Mapping[str, Any], place: Mapping[str, int]) -> Unit:
    return Unit(
        id=unit["key"],
        hours=unit["minutes"],
        place=unit["kind"],
        stages=tuple(place[stage] for stage in unit["stages"]),
        area=unit["area"],
        skills={key: Fraction(percent, 100) for key, percent in unit["skills"].items()},
        needs_before=tuple(unit["before"]),
        trainer=unit["trainer"],
        trainer_hours=unit["minutes"] if unit["trainer"] else 0,
        room=unit["room"],
    )


def placed_now(version: CurriculumVersion, inputs: Inputs) -> dict[str, int]:
    """The version's own units with their stages, as the engine places them."""
    place = {key: at for at, key in enumerate(inputs["stages"], start=1)}
    known = {unit["key"] for unit in inputs["units"]}
    rows = version.units.values_list("key", "stage")
    return {key: place[stage] for key, stage in rows if key in known and stage in place}


def stage_named(inputs: Inputs, number: int) -> str:
    """The key of a stage by its number."""
    stages: Sequence[str] = inputs["stages"]
    return stages[number - 1]
