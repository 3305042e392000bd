"""Reading diagnoses, sets, cards, overrides and objections."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.exercises import opened
from craftpath.domain.study.models import (
    Answered,
    Diagnosis,
    Override,
    PracticeCard,
    PracticeSet,
    StudyObjection,
)
from craftpath.kernel.organisations import Organisation

WHOSE = ("enrolment__person", "enrolment__cohort__organisation", "enrolment__enterprise")


def diagnoses() -> models.QuerySet[Diagnosis]:
    """Diagnoses of the open scope with whose they are and what is posed."""
    return Diagnosis.objects.select_related(*WHOSE, "posed__item", "posed__stimulus").order_by(
        "-begun_at", "-pk"
    )


def diagnoses_of(enrolment_id: int) -> list[Diagnosis]:
    """Those of one apprentice, the newest first; one query."""
    return list(Diagnosis.objects.filter(enrolment=enrolment_id).order_by("-begun_at", "-pk"))


def sets() -> models.QuerySet[PracticeSet]:
    """Sets of practice of the open scope."""
    return PracticeSet.objects.select_related(*WHOSE).order_by("-begun_at", "-pk")


def answers_to(diagnosis: Diagnosis) -> list[Answered]:
    """Answers of a diagnosis in their order, with what was asked; one query."""
    rows = Answered.objects.filter(diagnosis=diagnosis).select_related("version__item", "version__stimulus")
    return list(rows.order_by("at", "pk"))


def answers_in(practice: PracticeSet) -> list[Answered]:
    """Answers of a set in their order, with what was asked; one query."""
    rows = Answered.objects.filter(practice=practice).select_related("version__item", "version__stimulus")
    return list(rows.order_by("at", "pk"))


def count_in(diagnosis: Diagnosis) -> int:
    """How many questions of a diagnosis are answered; one query."""
    return Answered.objects.filter(diagnosis=diagnosis).count()


def due_again(enrolment_id: int, items: Collection[int]) -> dict[int, datetime]:
    """item → when it comes again to this person; one query."""
    rows = PracticeCard.objects.filter(enrolment=enrolment_id, item__in=list(items))
    return dict(rows.values_list("item", "due_at"))


def due_count(enrolment_id: int, organisation: Organisation, at: datetime) -> int:
    """How many questions are due, of those that may be practised still; one query."""
    rows = PracticeCard.objects.filter(enrolment=enrolment_id, due_at__lte=at)
    return rows.filter(item__in=opened(organisation).values("pk")).count()


def next_due(enrolment_id: int, at: datetime) -> datetime | None:
    """When the next question comes again; one query."""
    rows = PracticeCard.objects.filter(enrolment=enrolment_id, due_at__gt=at).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()


def overrides() -> models.QuerySet[Override]:
    """Overrides of the open scope with whose and by whom they are."""
    return Override.objects.select_related(*WHOSE, "by").order_by("-set_at", "-pk")


def holding(enrolments: Collection[int], today: date) -> dict[int, dict[str, Override]]:
    """enrolment → key of a skill → what holds today; one query."""
    rows = overrides().filter(enrolment__in=list(enrolments), state="open")
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=today))
    found: dict[int, dict[str, Override]] = {}
    for row in rows:
        found.setdefault(row.enrolment_id, {})[row.skill] = row
    return found


def objections() -> models.QuerySet[StudyObjection]:
    """Objections of the open scope with whose they are, the oldest first."""
    rows = StudyObjection.objects.select_related(*WHOSE, "override__by", "ended_by")
    return rows.order_by("raised_at", "pk")
