"""A version of a programme of an organisation's own: the units are new, everything else is its source's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from craftpath.domain.programmes.facts import ProgrammeWritten, SchemeAdopted
from craftpath.domain.programmes.models import (
    EvaluationScheme,
    HourBucket,
    LearningArea,
    Outcome,
    Programme,
    Provision,
    Stage,
    Unit,
)
from craftpath.domain.programmes.states import SCHEME
from craftpath.domain.programmes.writing import write_definition
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What somebody can do after a unit."""

    key: str
    name: dict[str, str]
    skills: Sequence[str] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the version, in the order of the list; `stage` and `bucket` are keys that the source has."""

    stage: str
    key: str
    name: dict[str, str]
    place: str
    bucket: str
    minutes: int
    hazardous: bool = False
    skills: Sequence[str] = ()
    outcomes: Sequence[OutcomeRow] = ()


@action
def write_version(
    source: Programme,
    *,
    organisation: Organisation,
    key: str,
    version: int,
    name: dict[str, str],
    units: Sequence[UnitRow],
    scheme: EvaluationScheme,
    by: Actor,
    at: datetime,
) -> Programme:
    """Write a version with the stages, areas, hours and provisions of `source`, and with a copy of the scheme in use.

    A version that is there already is given as it is: cohorts may follow it.
    """
    require(by.may_at(Permission.APPROVE_CURRICULA, organisation))
    if scheme.programme_id != source.pk:
        raise Refused(not_now("programmes.scheme_of_other_programme"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    rows = Programme._base_manager.filter(organisation=organisation, key=key, version=version)
    if (standing := rows.first()) is not None:
        return standing
    programme = Programme.objects.create(
        organisation=organisation, key=key, version=version, name=name, jurisdiction=source.jurisdiction,
        typical_months=source.typical_months, valid_from=source.valid_from, valid_to=source.valid_to,
        origin=source, root=source.root_key,
    )  # fmt: skip
    for model in (Stage, LearningArea, Provision, HourBucket):
        _copy(model, source, programme)
    _write_units(programme, units)
    told = ProgrammeWritten(key, version, len(units))
    subject = Ref("programmes", "programme", programme.public_id)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
    _take_along(scheme, programme, organisation, by=by, at=at)
    return programme


def _copy(model: Any, source: Programme, programme: Programme) -> None:
    rows = list(model.objects.filter(programme=source))
    for row in rows:
        row.pk, row.programme, row._state.adding = None, programme, True
    model.objects.bulk_create(rows)


def _write_units(programme: Programme, units: Sequence[UnitRow]) -> None:
    stages = {stage.key: stage for stage in Stage.objects.filter(programme=programme)}
    rows = [
        Unit(
            programme=programme, stage=stages[unit.stage], order=order, key=unit.key, name=unit.name,
            place=unit.place, bucket=unit.bucket, minutes=unit.minutes, hazardous=unit.hazardous,
            skills=list(unit.skills),
        )
        for order, unit in enumerate(units, start=1)
    ]  # fmt: skip
    Unit.objects.bulk_create(rows)
    Outcome.objects.bulk_create(
        Outcome(unit=row, order=order, key=one.key, name=one.name, skills=list(one.skills), area=one.area)
        for row, unit in zip(rows, units, strict=True)
        for order, one in enumerate(unit.outcomes, start=1)
    )


def _take_along(
    scheme: EvaluationScheme, programme: Programme, organisation: Organisation, *, by: Actor, at: datetime
) -> None:
    """A version of the scheme for this programme, in use: a result is computed by a scheme of its own programme."""
    own = EvaluationScheme._base_manager.filter(organisation=organisation, key=scheme.key)
    copy = EvaluationScheme(
        organisation=organisation, programme=programme, key=scheme.key, name=scheme.name,
        version=(own.aggregate(most=Max("version"))["most"] or 0) + 1,
    )  # fmt: skip
    write_definition(copy, scheme.definition, by=by, at=at)
    copy.state = SCHEME.after(copy.state, "adopt")
    copy.save(update_fields=["state"])
    told = SchemeAdopted(copy.public_id, copy.version, copy.fingerprint)
    subject = Ref("programmes", "scheme", copy.public_id)
    tell(told, by=by, at=at, organisation=organisation, subject=subject)
