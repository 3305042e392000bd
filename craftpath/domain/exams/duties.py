"""Duties of examinations: to open, to mark, to publish, second opinions to give, appeals to decide."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, F, Q

from craftpath.domain.exams.models import Answer, Appeal, Sitting
from craftpath.engines.scoring import Kind
from craftpath.kernel.duties import Asked, columns, duty


@duty("exams.to_open", subject="exams.sitting")
def sittings_to_open(asked: Asked) -> models.QuerySet[Any]:
    """Sittings whose start has come and that nobody has opened, moved or cancelled."""
    rows = Sitting.objects.filter(state="planned", starts_at__lte=asked.at)
    return columns(rows, subject="public_id", anchor="starts_at", place="organisation_id")


@duty("exams.to_publish", subject="exams.sitting")
def sittings_to_publish(asked: Asked) -> models.QuerySet[Any]:
    """Sittings that are closed and of which nothing is published."""
    rows = Sitting.objects.filter(state="closed", published_at=None)
    return columns(rows, subject="public_id", anchor="closed_at", place="organisation_id")


@duty("exams.essays", subject="exams.sitting")
def essays_to_mark(asked: Asked) -> models.QuerySet[Any]:
    """Closed sittings with an essay that fewer have marked than should; one line each, however many essays."""
    raters = F("candidate__sitting__essay_raters")
    marks = Count("candidate__essay_marks", filter=Q(candidate__essay_marks__line=F("line")))
    waiting = (
        Answer._base_manager.filter(line__version__item__kind=Kind.ESSAY, candidate__sitting__state="closed")
        .exclude(Q(given=None) | Q(given__text="") | Q(given=""))
        .annotate(marks=marks)
        .filter(marks__lt=raters)
    )
    rows = Sitting.objects.filter(
        state="closed", published_at=None, pk__in=waiting.values("candidate__sitting")
    )
    return columns(rows, subject="public_id", anchor="closed_at", place="organisation_id")


@duty("exams.second_opinion", subject="exams.appeal")
def second_opinions_to_give(asked: Asked) -> models.QuerySet[Any]:
    """Appeals that nobody has looked at."""
    rows = Appeal.objects.filter(state="lodged")
    return columns(rows, subject="public_id", anchor="lodged_at", place="candidate__sitting__organisation_id")


@duty("exams.appeal", subject="exams.appeal")
def appeals_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """Appeals with a second opinion."""
    rows = Appeal.objects.filter(state="assessed")
    return columns(rows, subject="public_id", anchor="due_on", place="candidate__sitting__organisation_id")
