"""When a class is in a unit: the units of classes that have hours, and the stays in them, whoever sees those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from craftpath.domain.training.models import PlanUnit, Stay


@dataclass(frozen=True, slots=True)
class UnitStay:
    """One apprentice in a unit, both days included; `host` is the path of the place in the tree."""

    enrolment_id: int
    host_id: int
    host: str
    department_id: int | None
    starts_on: date
    ends_on: date


def units_of_cohorts(cohort_ids: Iterable[int]) -> dict[int, list[PlanUnit]]:
    """cohort id → the units of its plan that have hours, in order; one query."""
    rows = PlanUnit.objects.filter(plan__cohort__in=set(cohort_ids), minutes__gt=0)
    found: dict[int, list[PlanUnit]] = defaultdict(list)
    for row in rows.select_related("plan").order_by("plan__cohort", "order", "pk"):
        found[row.plan.cohort_id].append(row)
    return found


def stays_in_units(unit_ids: Iterable[int]) -> dict[int, list[UnitStay]]:
    """unit id → every stay in it that takes or took place, by day; one query."""
    rows = Stay._base_manager.exclude(state="cancelled").filter(unit__in=set(unit_ids))
    found: dict[int, list[UnitStay]] = defaultdict(list)
    told = rows.order_by("starts_on", "pk").values_list(
        "unit_id", "enrolment_id", "host_id", "host__path", "department_id", "starts_on", "ends_on"
    )
    for unit, who, host, path, department, first, last in told:
        found[unit].append(UnitStay(who, host, path, department, first, last))
    return found
