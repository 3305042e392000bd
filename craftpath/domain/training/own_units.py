"""Units that a class has beyond those of its programme: added, and taken out again while nothing hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.programmes.queries import areas_of, buckets_by_programme, stages_of, units_of
from craftpath.domain.training import rules
from craftpath.domain.training.coverage import served_as
from craftpath.domain.training.facts import UnitAdded, UnitTakenOut
from craftpath.domain.training.models import Department, PlanUnit, TrainingPlan
from craftpath.domain.training.planning import held_plan, next_version, require_unit, require_version
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import HourBucket

OWN = "own-"  # begins the key of such a unit, which no programme uses


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added. `serves` has outcomes as `unit/outcome`, and learning areas by their key."""

    stage: str
    name: dict[str, str]
    bucket: str
    minutes: int
    hazardous: bool = False
    departments: Sequence[Department] = ()
    serves: Sequence[str] = ()


@action
def add_unit(
    plan: TrainingPlan, unit: NewUnit, *, key: str, version: int, by: Actor, at: datetime
) -> PlanUnit:
    """Add a unit behind those of its stage; `key` names it for good, so that the same press twice adds one.

    Refused where somebody else has changed the plan since `version` was read.
    """
    plan = held_plan(plan, by=by)
    units = list(PlanUnit.objects.filter(plan=plan))
    key = f"{OWN}{key}"
    standing = next((one for one in units if one.key == key), None)
    if standing is not None:
        return standing
    require_version(plan, version)
    bucket, skills = _checked(plan, unit, units)
    row = PlanUnit(
        plan=plan,
        order=max((one.order for one in units if one.stage == unit.stage), default=0),
        key=key,
        stage=unit.stage,
        name=unit.name,
        place=bucket.place,
        bucket=bucket.key,
        minutes=unit.minutes,
        hazardous=unit.hazardous,
        skills=skills,
        own=True,
        serves=list(dict.fromkeys(unit.serves)),
    )
    row.save()
    row.departments.set(unit.departments if bucket.place == "workplace" else ())
    next_version(plan, by=by, at=at)
    told = UnitAdded(plan.public_id, plan.version, key, unit.name, unit.minutes)
    tell(told, by=by, at=at, organisation=plan.cohort.organisation, subject=cohort_ref(plan.cohort))
    return row


@action
def take_out_unit(plan: TrainingPlan, key: str, *, version: int, by: Actor, at: datetime) -> TrainingPlan:
    """Take a unit of the class's own out again; one that is out already stays out."""
    plan = held_plan(plan, by=by)
    unit = PlanUnit.objects.filter(plan=plan, key=key).first()
    if unit is None:
        return plan
    require_version(plan, version)
    require(rules.can_take_out(unit))
    name, was = dict(unit.name), _said(unit)
    unit.delete()
    next_version(plan, by=by, at=at)
    told = UnitTakenOut(plan.public_id, plan.version, key, name, was)
    tell(told, by=by, at=at, organisation=plan.cohort.organisation, subject=cohort_ref(plan.cohort))
    return plan


def _checked(plan: TrainingPlan, unit: NewUnit, units: Sequence[PlanUnit]) -> tuple[HourBucket, list[str]]:
    """Its kind of hours, and the core skills that it practises: those of the outcomes that it serves."""
    require_unit(unit.name, unit.minutes, unit.departments)
    if not unit.minutes:
        raise Refused(not_now("training.own_without_hours"))
    if len(units) >= rules.MOST_UNITS:
        raise Refused(not_now("training.too_many_units", most=rules.MOST_UNITS))
    names = {name for one in units for name in one.name.values()}
    if names & set(unit.name.values()):
        raise Refused(not_now("training.unit_exists"))
    programme = plan.cohort.programme_id
    buckets = {one.key: one for one in buckets_by_programme([programme]).get(programme, [])}
    outcomes = {
        served_as(one.key, outcome.key): outcome
        for one in units_of(programme)
        for outcome in one.outcomes.all()
    }
    known = {*outcomes, *(area.key for area in areas_of(programme))}
    stages = {stage.key for stage in stages_of(programme)}
    if unit.bucket not in buckets or unit.stage not in stages or not known.issuperset(unit.serves):
        raise Refused(not_now("training.not_of_programme"))
    skills = [skill for one in unit.serves if one in outcomes for skill in outcomes[one].skills]
    return buckets[unit.bucket], list(dict.fromkeys(skills))


def _said(unit: PlanUnit) -> dict[str, object]:
    return {
        "stage": unit.stage,
        "bucket": unit.bucket,
        "minutes": unit.minutes,
        "hazardous": unit.hazardous,
        "serves": unit.serves,
    }
