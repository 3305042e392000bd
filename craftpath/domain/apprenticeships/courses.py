"""Stages and cohorts in bulk, for whoever counts by them: which stage holds on which days, what a cohort learns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.models import Cohort, StageProgress
from craftpath.kernel.people import Person
from craftpath.values.text import Text


def stage_turns(
    enrolments: models.QuerySet[Any, Any], first: date, end: date
) -> list[tuple[int, str, date, date | None]]:
    """(enrolment id, key of the stage, opened on, passed on) of stages that hold on a day in [first, end); one query.

    Whoever asks. The day of passing belongs to the next stage.
    """
    rows = StageProgress.objects.filter(enrolment__in=enrolments, opened_on__lt=end).exclude(
        basis="taken_over"
    )
    rows = rows.filter(Q(passed_on__isnull=True) | Q(passed_on__gt=first))
    told = rows.order_by("enrolment_id", "opened_on", "pk")
    return list(told.values_list("enrolment_id", "stage__key", "opened_on", "passed_on"))


def cohort_facts(cohorts: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """cohort id → (name of the occupation, key of the programme, key of the college); one query, whoever asks."""
    rows = Cohort._base_manager.filter(pk__in=list(cohorts)).order_by()
    told = rows.values_list("pk", "occupation", "programme__key", "organisation__key")
    return {pk: (Text.of(name).say("zh-hans"), programme, college) for pk, name, programme, college in told}


def stage_names() -> dict[str, Any]:
    """key → name of the stages that cohorts of the open scope go through, in their order; one query."""
    rows = Cohort.objects.order_by("programme__stages__order", "programme_id")
    told = rows.values_list("programme__stages__key", "programme__stages__name")
    found: dict[str, Any] = {}
    for key, name in told:
        if key:
            found.setdefault(key, name)
    return found


def occupation_names() -> list[str]:
    """The occupations of the cohorts of the open scope, as `cohort_facts` names them; one query."""
    told = Cohort.objects.order_by().values_list("occupation", flat=True)
    return sorted({Text.of(name).say("zh-hans") for name in told} - {""})


def stages_passed(person: Person) -> list[StageProgress]:
    """The stages that somebody passed here, with everything that names them; one query, whoever asks."""
    rows = StageProgress.objects.filter(enrolment__person=person, state="passed").exclude(basis="taken_over")
    rows = rows.select_related("stage__programme", "enrolment__cohort__organisation")
    return list(rows.order_by("passed_on", "pk"))
