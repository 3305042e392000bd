"""From cards of the library and a wish to the problem that the engine solves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.hours import counted_as
from craftpath.domain.curricula.models import UnitCard
from craftpath.domain.programmes.queries import buckets_by_programme, stages_of
from craftpath.engines.curriculum import Limits, Problem, Unit

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit, CurriculumVersion
    from craftpath.domain.programmes.models import HourBucket

Inputs = dict[str, Any]
"""`{"stages": [key, …], "units": [{"key", "name", "minutes", …}, …], "areas": …}`: all that a draft was made from."""


def inputs_of(version: CurriculumVersion) -> Inputs:
    """The units among which a draft of this version chooses, as they are today; four queries.

    Those that the library offers and those that the version has, these as they stand there: a draft that is taken
    leaves them so. Where they may stand only their cards say.
    """
    programme = version.curriculum.programme_id
    buckets = buckets_by_programme([programme]).get(programme, [])
    standing = {unit.key: unit for unit in version.units.all()}
    library = UnitCard.objects.filter(organisation=version.curriculum.organisation_id)
    cards = library.filter(Q(state="offered") | Q(key__in=standing)).order_by("key")
    stages = [stage.key for stage in stages_of(programme)]
    units = [
        _told(standing.get(card.key, card), buckets)
        | {"stages": [stage for stage in stages if not card.stages or stage in card.stages]}
        for card in cards
        if not card.stages or set(card.stages) & set(stages)
    ]
    return {"stages": stages, "units": _with_what_they_need(units)}


def _told(row: UnitCard | ChosenUnit, buckets: Sequence[HourBucket]) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "minutes": row.minutes,
        "kind": counted_as(row.bucket, buckets)[-1],
        "area": row.area,
        "skills": row.skills,
        "before": list(dict.fromkeys(row.prerequisites)),
        "trainer": row.trainer,
        "room": row.room,
    }


def own_units(version: CurriculumVersion, inputs: Inputs) -> list[ChosenUnit]:
    """Units of the version that no draft can choose: the library lacks them, a stage or what they need before them."""
    known = {unit["key"] for unit in inputs["units"]}
    return [unit for unit in version.units.order_by("key") if unit.key not in known]


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
