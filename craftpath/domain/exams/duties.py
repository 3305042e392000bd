"""Duties of examinations: to open, to mark, to publish, second opinions, appeals, questions that judges judge."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from craftpath.domain.exams.models import (
    Answer,
    AnswerFile,
    Appeal,
    EssayDecision,
    Estimate,
    Judge,
    PaperLine,
    Round,
    Sitting,
)
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
    """Closed sittings with an essay that fewer have marked than should; one line each, however many essays.

    Second marks of a sample and third marks are asked for on the page, where it is worked out which they are.
    """
    raters = F("candidate__sitting__essay_raters")
    here = Q(candidate__essay_marks__line=F("line"), candidate__essay_marks__superseded_at=None)
    of = {"candidate": OuterRef("candidate"), "line": OuterRef("line")}
    decided = Exists(EssayDecision._base_manager.filter(**of, superseded_at=None))
    with_file = Exists(AnswerFile._base_manager.filter(**of))
    waiting = (
        Answer._base_manager.filter(line__version__item__kind=Kind.ESSAY, candidate__sitting__state="closed")
        .filter(with_file | ~(Q(given=None) | Q(given__text="") | Q(given="")))
        .filter(~decided)
        .annotate(marks=Count("candidate__essay_marks", filter=here))
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


@duty("exams.estimate", subject="exams.study")
def questions_to_judge(asked: Asked) -> models.QuerySet[Any]:
    """Judges of open rounds who have not given a value for every question yet; one line each."""
    now = Round._base_manager.filter(study=OuterRef("study"), closed_at__isnull=True)
    given = Estimate._base_manager.filter(
        line=OuterRef("pk"), judge=OuterRef(OuterRef("pk")), round__closed_at__isnull=True
    )
    left = PaperLine.objects.filter(~Exists(given), paper=OuterRef("study__paper"))
    rows = Judge.objects.filter(Exists(left), excused_at__isnull=True, study__state="open")
    return columns(
        rows,
        subject="study__public_id",
        anchor=Subquery(now.values("due_on")[:1]),
        place="study__organisation_id",
        who="person_id",
    )
