"""Reading cohorts and enrolments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Count, Q

from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.domain.programmes.queries import stages_by_programme
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Stage


def cohorts() -> models.QuerySet[Cohort]:
    """The cohorts of the open scope, newest first, each with the number of active apprentices."""
    return (
        Cohort.objects.select_related("programme", "organisation")
        .annotate(people=Count("enrolments", filter=Q(enrolments__state="active")))
        .order_by("-starts_on", "pk")
    )


def enrolments() -> models.QuerySet[Enrolment]:
    """The enrolments of the open scope, with person, enterprise and cohort, by number."""
    return Enrolment.objects.select_related(
        "person", "enterprise", "cohort", "cohort__programme", "cohort__organisation"
    ).order_by("number", "pk")


def enrolments_of(person: Person) -> models.QuerySet[Enrolment]:
    """One person's own enrolments, the newest first."""
    return enrolments().filter(person=person).order_by("-starts_on", "-pk")


def enrolments_with(person: Person, role: str = PartyRole.MENTOR) -> models.QuerySet[Enrolment]:
    """The active apprentices to whom somebody is mentor, trainer or assessor today."""
    mine = EnrolmentParty.objects.filter(person=person, role=role, ends_on__isnull=True)
    return enrolments().filter(pk__in=mine.values("enrolment_id"), state="active")


def hold(enrolment_ids: Iterable[int]) -> None:
    """Keep others from writing about these apprentices until the open transaction ends; in a fixed order."""
    rows = Enrolment._base_manager.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(rows.filter(pk__in=set(enrolment_ids)).values_list("pk"))


def working_with(person: Person) -> set[int]:
    """The ids of the enrolments to whom somebody is mentor or trainer today; one query."""
    rows = EnrolmentParty.objects.filter(
        person=person, role__in=(PartyRole.MENTOR, PartyRole.TRAINER), ends_on__isnull=True
    )
    return set(rows.values_list("enrolment_id", flat=True))


def everybody_in(cohort_ids: Iterable[int], first: date, last: date, *reads: str) -> list[Enrolment]:
    """Everybody who is in these cohorts on some day from `first` to `last`, by number; with `reads`, such as "person".

    Whatever the reader sees: whoever teaches a class calls all its names. The caller has asked for that right.
    """
    rows = Enrolment._base_manager.filter(cohort__in=set(cohort_ids), starts_on__lte=last)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first))
    return list((rows.select_related(*reads) if reads else rows).order_by("number", "pk"))


def parties_in(cohort_ids: Iterable[int]) -> models.QuerySet[EnrolmentParty, int]:
    """The ids of the people who work with an apprentice of these cohorts today."""
    rows = EnrolmentParty.objects.filter(enrolment__cohort__in=set(cohort_ids), ends_on__isnull=True)
    return rows.order_by().values_list("person_id", flat=True)


def mentors_of(enrolments: Iterable[Enrolment]) -> dict[int, list[Person]]:
    """enrolment id → its mentors of today."""
    found: dict[int, list[Person]] = {}
    rows = EnrolmentParty.objects.filter(
        enrolment__in=[row.pk for row in enrolments], role=PartyRole.MENTOR, ends_on__isnull=True
    ).select_related("person")
    for row in rows.order_by("pk"):
        found.setdefault(row.enrolment_id, []).append(row.person)
    return found


def people_by_cohort(cohort_ids: Iterable[int]) -> dict[int, int]:
    """cohort id → how many active apprentices the reader sees there; one query."""
    rows = (
        Enrolment.objects.filter(cohort__in=list(cohort_ids), state="active")
        .values_list("cohort_id")
        .annotate(people=Count("pk"))
        .order_by("cohort_id")
    )
    return dict(rows)


def stage_counts(cohort_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """cohort id → stage id → how many active apprentices are in this stage now; one query."""
    seen = Enrolment.objects.filter(cohort__in=list(cohort_ids), state="active").order_by()
    rows = (
        StageProgress.objects.filter(enrolment__in=seen.values("pk"), state="open")
        .values_list("enrolment__cohort_id", "stage_id")
        .annotate(people=Count("pk"))
        .order_by("stage__order")
    )
    found: dict[int, dict[int, int]] = {}
    for cohort, stage, people in rows:
        found.setdefault(cohort, {})[stage] = people
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on an apprentice's path; `state` is locked, open or passed."""

    stage: Stage
    state: str
    opened_on: date | None = None
    passed_on: date | None = None
    passed_by: Person | None = None
    basis: str = ""


def path_of(enrolment: Enrolment) -> list[Step]:
    """The whole path of one apprentice, stages not begun included."""
    return paths_of([enrolment])[enrolment.pk]


def paths_of(rows: Iterable[Enrolment]) -> dict[int, list[Step]]:
    """enrolment id → path; two queries however many."""
    rows = list(rows)
    stages = stages_by_programme(row.cohort.programme_id for row in rows)
    begun = {
        (row.enrolment_id, row.stage_id): row
        for row in StageProgress.objects.filter(enrolment__in=[row.pk for row in rows]).select_related(
            "passed_by"
        )
    }
    return {
        row.pk: [
            _step(stage, begun.get((row.pk, stage.pk))) for stage in stages.get(row.cohort.programme_id, [])
        ]
        for row in rows
    }


def _step(stage: Stage, progress: StageProgress | None) -> Step:
    if progress is None:
        return Step(stage, "locked")
    return Step(
        stage, progress.state, progress.opened_on, progress.passed_on, progress.passed_by, progress.basis
    )


def enrolments_in_stage(cohort_id: int, stage_id: int) -> models.QuerySet[Enrolment]:
    """Those of a cohort who begin, or began, this stage here; a stage taken over from before is not theirs."""
    begun = StageProgress.objects.filter(stage=stage_id).exclude(basis="taken_over")
    return Enrolment.objects.filter(cohort=cohort_id, pk__in=begun.values("enrolment_id")).order_by("pk")


def without_password(cohort_ids: Iterable[int]) -> dict[int, int]:
    """cohort id → how many active apprentices cannot sign in yet, having no password; one query."""
    rows = (
        Enrolment.objects.filter(
            cohort__in=list(cohort_ids), state="active", person__password__startswith=UNUSABLE_PASSWORD_PREFIX
        )
        .order_by()
        .values_list("cohort_id")
        .annotate(people=Count("pk"))
    )
    return dict(rows)


def mentor_names(cohort_id: int) -> dict[int, list[str]]:
    """enrolment id → the names of today's mentors of everybody whom the reader sees there; one query."""
    seen = Enrolment.objects.filter(cohort=cohort_id).order_by()
    rows = EnrolmentParty.objects.filter(
        enrolment__in=seen.values("pk"), role=PartyRole.MENTOR, ends_on__isnull=True
    )
    found: dict[int, list[str]] = {}
    for who, name in rows.order_by("pk").values_list("enrolment_id", "person__name"):
        found.setdefault(who, []).append(name)
    return found
