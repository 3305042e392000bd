"""The units of a draft: put in, taken out, moved, given other hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.copying import from_card, outcomes_from
from craftpath.domain.curricula.editing import changed, held_draft, require_revision
from craftpath.domain.curricula.library import is_key
from craftpath.domain.curricula.models import ChosenUnit, CurriculumVersion, UnitCard
from craftpath.domain.programmes.queries import buckets_by_programme, stages_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@action
def put_in(
    version: CurriculumVersion, card: UnitCard, *, stage: str, revision: int, by: Actor, at: datetime
) -> ChosenUnit:
    """Choose a card, behind the units of the stage, with its outcomes; one that is chosen already stays where it is."""
    version = held_draft(version, by=by)
    standing = version.units.filter(key=card.key).first()
    if standing is not None:
        return standing
    require_revision(version, revision)
    if version.units.count() >= rules.MOST_UNITS:
        raise Refused(not_now("curricula.too_many_units", most=rules.MOST_UNITS))
    require_card(version, card, stage, stages_in(version), buckets_in(version))
    units = _in_stage(version, stage)
    unit = from_card(version, card, stage=stage, order=len(units) + 1)
    unit.save()
    outcomes_from(unit, card)
    changed(version, "put_in", unit.key, after={"stage": stage, "minutes": unit.minutes}, by=by, at=at)
    return unit


@action
def take_out(
    version: CurriculumVersion, key: str, *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Leave a unit out. Its outcomes stay, and are told as taught by nobody if no other unit has them.

    One that is out already stays out.
    """
    version = held_draft(version, by=by)
    unit = version.units.filter(key=key).first() if is_key(key) else None
    if unit is None:
        return version
    require_revision(version, revision)
    before = {"stage": unit.stage, "minutes": unit.minutes, "name": unit.name}
    unit.delete()
    _number(_in_stage(version, unit.stage))
    changed(version, "take_out", key, before=before, by=by, at=at)
    return version


@action
def move_unit(
    version: CurriculumVersion, key: str, *, stage: str, place: int, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Put a unit at a place (from 1) of a stage; one that is there already stays there."""
    version = held_draft(version, by=by)
    unit = _unit(version, key)
    rows = [row for row in _in_stage(version, stage) if row.pk != unit.pk]
    place = min(max(place, 1), len(rows) + 1)
    if (unit.stage, unit.order) == (stage, place):
        return version
    require_revision(version, revision)
    allowed = unit.card.stages if unit.card else ()
    require(rules.can_stand_in(stage, stages_in(version), allowed, unit.title.both()))
    before: dict[str, object] = {"stage": unit.stage, "place": unit.order}
    left, unit.stage = unit.stage, stage
    rows.insert(place - 1, unit)
    _number(rows)
    ChosenUnit.objects.filter(pk=unit.pk).update(stage=stage)
    if left != stage:
        _number(_in_stage(version, left))
    changed(version, "move", key, before=before, after={"stage": stage, "place": place}, by=by, at=at)
    return version


@action
def set_minutes(
    version: CurriculumVersion, minutes: Mapping[str, int], *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Give units other hours, by key; the same once more changes nothing."""
    version = held_draft(version, by=by)
    units = {unit.key: unit for unit in version.units.all()}
    for key, wanted in minutes.items():
        if key not in units:
            raise Refused(not_now("curricula.unit_unknown", unit=key[:60]))
        require(rules.can_last(wanted))
    differ = {key: wanted for key, wanted in minutes.items() if units[key].minutes != wanted}
    if not differ:
        return version
    require_revision(version, revision)
    before: dict[str, object] = {key: units[key].minutes for key in differ}
    for key, wanted in differ.items():
        units[key].minutes = wanted
    ChosenUnit.objects.bulk_update([units[key] for key in differ], ["minutes"])
    changed(version, "minutes", before=before, after=dict(differ), by=by, at=at)
    return version


def require_card(
    version: CurriculumVersion,
    card: UnitCard,
    stage: str,
    stages: Collection[str],
    buckets: Collection[str],
) -> None:
    """The card is offered by the library of the curriculum, and the programme has its stage and its kind of hours."""
    if card.organisation_id != version.curriculum.organisation_id or card.state != "offered":
        raise Refused(not_now("curricula.card_unknown"))
    require(rules.can_stand_in(stage, stages, card.stages, card.title.both()))
    if card.bucket not in buckets:
        raise Refused(not_now("curricula.bucket_unknown", unit=card.title.both()))


def _unit(version: CurriculumVersion, key: str) -> ChosenUnit:
    rows = version.units.select_related("card").filter(key=key)
    unit = rows.first() if is_key(key) else None
    if unit is None:
        raise Refused(not_now("curricula.unit_unknown", unit=key[:60]))
    return unit


def _in_stage(version: CurriculumVersion, stage: str) -> list[ChosenUnit]:
    return list(version.units.filter(stage=stage).order_by("order", "pk"))


def _number(rows: Sequence[ChosenUnit]) -> None:
    for order, row in enumerate(rows, start=1):
        row.order = order
    ChosenUnit.objects.bulk_update(rows, ["order"])


def stages_in(version: CurriculumVersion) -> set[str]:
    """The keys of the stages of its programme."""
    return {stage.key for stage in stages_of(version.curriculum.programme_id)}


def buckets_in(version: CurriculumVersion) -> set[str]:
    """The keys of the kinds of hours of its programme."""
    programme = version.curriculum.programme_id
    return {bucket.key for bucket in buckets_by_programme([programme]).get(programme, [])}
