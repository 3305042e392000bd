"""Reading the ledger, plans and departments, and where somebody is on a day; the rotation itself: `rotation.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Sum

from craftpath.domain.apprenticeships.queries import each_since, each_within
from craftpath.domain.programmes.queries import buckets_by_programme, units_of
from craftpath.domain.training.coverage import homes
from craftpath.domain.training.models import Department, HourLine, PlanUnit, Stay, TrainingPlan
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import Stage


@dataclass(frozen=True, slots=True)
class Cell:
    """Where somebody is on a day, as a log is prefilled from it; without a department it is called as the host."""

    department: Text
    unit_key: str
    unit_name: Text
    host: Text
    bucket: str
    skills: tuple[str, ...]


def cells_on(enrolment_ids: Iterable[int], day: date) -> dict[int, Cell]:
    """enrolment id → the stay of this day; who has none is left out. One query."""
    rows = Stay.objects.filter(
        enrolment__in=list(enrolment_ids), starts_on__lte=day, ends_on__gte=day
    ).exclude(state="cancelled")
    found: dict[int, Cell] = {}
    for row in rows.select_related("unit", "host", "department").order_by("starts_on", "pk"):
        host = Text.of(row.host.name)
        found[row.enrolment_id] = Cell(
            department=row.department.title if row.department else host,
            unit_key=row.unit.key,
            unit_name=row.unit.title,
            host=host,
            bucket=row.unit.bucket,
            skills=tuple(row.unit.skills),
        )
    return found


def plan_of(cohort_id: int) -> TrainingPlan | None:
    """The plan of a cohort, if the reader sees one."""
    return TrainingPlan.objects.filter(cohort=cohort_id).select_related("cohort", "changed_by").first()


def plans_by_cohort(cohort_ids: Iterable[int]) -> dict[int, TrainingPlan]:
    """cohort id → its plan; one query."""
    return {row.cohort_id: row for row in TrainingPlan.objects.filter(cohort__in=list(cohort_ids))}


def units_of_plan(plan: TrainingPlan) -> list[PlanUnit]:
    """The units in order, each with its departments, their hosts and leads; four queries."""
    rows = PlanUnit.objects.filter(plan=plan)
    return list(rows.prefetch_related("departments__host", "departments__responsible"))


def units_with_stays(plan: TrainingPlan) -> set[int]:
    """The ids of units in which anybody has or had a stay, whoever sees it; one query."""
    rows = Stay._base_manager.filter(unit__plan=plan).order_by()
    return set(rows.values_list("unit_id", flat=True).distinct())


def departments() -> models.QuerySet[Department]:
    """The departments of the open scope, by host."""
    return Department.objects.select_related("host", "responsible").order_by("host__path", "pk")


def lines_of(enrolment_id: int) -> models.QuerySet[HourLine]:
    """One apprentice's lines, the newest day first, reversals with the day that they take back."""
    return HourLine.objects.filter(enrolment=enrolment_id).select_related("posted_by").order_by("-on", "-pk")


def minutes_by_bucket(
    enrolment_ids: Iterable[int],
    first: date | None = None,
    last: date | None = None,
    *,
    since: Mapping[int, date] | None = None,
    within: Mapping[int, tuple[date, date]] | None = None,
) -> dict[int, dict[str, int]]:
    """enrolment id → bucket → minutes, reversals taken off, from `first` to `last` inclusive; one query.

    With `since` (enrolment id → day) each is counted from a day of its own, with `within` also to one.
    """
    rows = HourLine.objects.filter(enrolment__in=list(enrolment_ids)).order_by()
    if since is not None:
        rows = rows.filter(each_since(since, "on"))
    if within is not None:
        rows = rows.filter(each_within(within, "on"))
    if first is not None:
        rows = rows.filter(on__gte=first)
    if last is not None:
        rows = rows.filter(on__lte=last)
    found: dict[int, dict[str, int]] = {}
    for who, bucket, minutes in rows.values_list("enrolment_id", "bucket").annotate(minutes=Sum("minutes")):
        found.setdefault(who, {})[bucket] = minutes
    return found


@dataclass(frozen=True, slots=True)
class StageHours:
    """What a stage plans in one bucket; `kinds` are the buckets whose hours count there: its own, those within it."""

    name: Text
    minutes: int
    kinds: tuple[str, ...]


def planned_in_stage(cohort: Cohort, stage: Stage) -> dict[str, StageHours]:
    """bucket → what a stage plans there, by the cohort's plan, else by the programme; three queries."""
    plan = plan_of(cohort.pk)
    if plan is not None:
        planned = [(unit.bucket, unit.minutes) for unit in units_of_plan(plan) if unit.stage == stage.key]
    else:
        units = units_of(cohort.programme_id)
        planned = [(unit.bucket, unit.minutes) for unit in units if unit.stage_id == stage.pk]
    buckets = buckets_by_programme([cohort.programme_id]).get(cohort.programme_id, [])
    minutes = {bucket.key: 0 for bucket in buckets}
    for bucket, some in planned:
        for home in homes(bucket, buckets):
            minutes[home] += some
    return {
        bucket.key: StageHours(
            bucket.title,
            minutes[bucket.key],
            tuple(one.key for one in buckets if bucket.key in homes(one.key, buckets)),
        )
        for bucket in buckets
        if minutes[bucket.key]
    }


def minutes_of_people(people: Iterable[int], last: date, bucket: str = "") -> dict[int, int]:
    """person id → minutes up to a day in all apprenticeships, of one bucket or of all, whoever asks; one query."""
    rows = HourLine._base_manager.filter(enrolment__person__in=list(people), on__lte=last).order_by()
    rows = rows.filter(bucket=bucket) if bucket else rows
    return dict(rows.values_list("enrolment__person").annotate(minutes=Sum("minutes")))


def minutes_at(organisation: Organisation, first: date, last: date) -> int:
    """Minutes in the ledger from `first` to `last` of everybody who learns at an organisation or below; one query."""
    path = organisation.path
    here = Q(enrolment__cohort__organisation__path__startswith=path) | Q(
        enrolment__enterprise__path__startswith=path
    )
    rows = HourLine.objects.filter(here, on__gte=first, on__lte=last).order_by()
    return rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0
