"""Writing plans and departments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.programmes.queries import units_of
from craftpath.domain.training import rules
from craftpath.domain.training.facts import DepartmentSaved, PlanChanged, PlanDrafted
from craftpath.domain.training.models import Department, PlanUnit, TrainingPlan
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What a unit of a plan becomes; no minutes leave it out."""

    order: int
    name: dict[str, str]
    minutes: int
    departments: Sequence[Department] = ()


@action
def draft_plan(cohort: Cohort, *, by: Actor, at: datetime) -> TrainingPlan:
    """Copy the programme's units into a plan of the cohort's own; a cohort that has one keeps it."""
    require(rules.may_plan(by, cohort))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.organisation_id)
    standing = TrainingPlan._base_manager.filter(cohort=cohort).first()
    if standing is not None:
        return standing
    known = units_of(cohort.programme_id)
    if not known:
        raise Refused(not_now("training.programme_without_units"))
    plan = TrainingPlan(cohort=cohort, changed_by=by.person, changed_at=at)
    plan.save()
    PlanUnit.objects.bulk_create(
        PlanUnit(
            plan=plan,
            order=unit.order,
            key=unit.key,
            stage=unit.stage.key,
            name=unit.name,
            place=unit.place,
            bucket=unit.bucket,
            minutes=unit.minutes,
            hazardous=unit.hazardous,
            skills=unit.skills,
        )
        for unit in known
    )
    told = PlanDrafted(plan=plan.public_id, units=len(known))
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return plan


@action
def change_plan(
    plan: TrainingPlan, changes: Mapping[str, UnitChange], *, version: int, by: Actor, at: datetime
) -> TrainingPlan:
    """Change units, by key; refused where somebody else has changed the plan since `version` was read."""
    plan = held_plan(plan, by=by)
    require_version(plan, version)
    units = {unit.key: unit for unit in PlanUnit.objects.filter(plan=plan).prefetch_related("departments")}
    before: dict[str, dict[str, object]] = {}
    for key, change in changes.items():
        unit = units.get(key)
        if unit is None:
            raise Refused(not_now("training.unit_unknown", unit=key))
        require_unit(change.name, change.minutes, change.departments)
        was = _values(unit)
        if was != _wanted(change):
            before[key] = was
            unit.order, unit.name, unit.minutes = change.order, change.name, change.minutes
            unit.departments.set(change.departments)
    if not before:
        return plan
    PlanUnit.objects.bulk_update([units[key] for key in before], ["order", "name", "minutes"])
    next_version(plan, by=by, at=at)
    told = PlanChanged(plan=plan.public_id, version=plan.version, before=before)
    tell(told, by=by, at=at, organisation=plan.cohort.organisation, subject=cohort_ref(plan.cohort))
    return plan


def held_plan(plan: TrainingPlan, *, by: Actor) -> TrainingPlan:
    """Read it anew, kept from others until the open transaction ends; refused to those who do not plan."""
    rows = TrainingPlan._base_manager.select_for_update(of=("self",)).select_related("cohort__organisation")
    plan = rows.get(pk=plan.pk)
    require(rules.may_plan(by, plan.cohort))
    return plan


def require_version(plan: TrainingPlan, version: int) -> None:
    """Refused where somebody else has changed the plan since `version` was read."""
    if plan.version != version:
        raise Refused(not_now("training.plan_changed_meanwhile"))


def next_version(plan: TrainingPlan, *, by: Actor, at: datetime) -> None:
    """Count a change of the plan, and keep who made it."""
    plan.version, plan.changed_by, plan.changed_at = plan.version + 1, by.person, at
    plan.save(update_fields=["version", "changed_by", "changed_at"])


def require_unit(name: Mapping[str, str], minutes: int, departments: Sequence[Department]) -> None:
    """A unit has a name, hours within reason, and at most one department of each enterprise."""
    if not any(name.values()):
        raise Refused(not_now("training.without_name"))
    if not 0 <= minutes <= rules.MOST_MINUTES:
        raise Refused(not_now("training.hours_out_of_range", most=rules.MOST_MINUTES // 60))
    hosts = [department.host_id for department in departments]
    if len(hosts) != len(set(hosts)):
        raise Refused(not_now("training.two_departments"))


def _values(unit: PlanUnit) -> dict[str, object]:
    places = sorted(department.public_id for department in unit.departments.all())
    return {"order": unit.order, "name": unit.name, "minutes": unit.minutes, "departments": places}


def _wanted(change: UnitChange) -> dict[str, object]:
    places = sorted(department.public_id for department in change.departments)
    return {
        "order": change.order, "name": change.name, "minutes": change.minutes, "departments": places
    }  # fmt: skip


@action
def save_department(
    *,
    host: Organisation,
    name: dict[str, str],
    capacity: int | None,
    responsible: Person | None = None,
    department: Department | None = None,
    by: Actor,
    at: datetime,
) -> Department:
    """Add a department to a host, or change one; another of the same name there is refused."""
    require(rules.may_keep_departments(by, host, _hosts(by)))
    if not any(name.values()):
        raise Refused(not_now("training.without_name"))
    if capacity is not None and not 1 <= capacity <= 9999:
        raise Refused(not_now("training.capacity_out_of_range"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=host.pk)
    others = [row for row in Department._base_manager.filter(host=host) if row != department]
    if any(set(other.name.values()) & set(name.values()) for other in others):
        raise Refused(not_now("training.department_exists"))
    row = department or Department(host=host)
    if row.host_id != host.pk:
        raise Refused(not_now("training.department_elsewhere"))
    row.name, row.capacity, row.responsible = name, capacity, responsible
    row.save()
    told = DepartmentSaved(department=row.public_id, name=name, capacity=capacity)
    tell(told, by=by, at=at, organisation=host, subject=Ref("kernel", "organisation", host.public_id))
    return row


def _hosts(by: Actor) -> Collection[int]:
    return hosts_below(by.organisation) if by.organisation is not None else ()
