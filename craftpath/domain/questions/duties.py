"""Duties of questions: to answer them, to read what came, to decide reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.questions.models import Call, Hiding, Question, Report
from craftpath.kernel.duties import Asked, Row, columns, duty


def _unanswered() -> models.QuerySet[Question]:
    return Question.objects.filter(state="open", answered_at__isnull=True)


@duty("questions.answer", subject="questions.question")
def to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Open questions with whoever is asked to answer them, by the day that was promised."""
    rows = _unanswered().filter(calls__isnull=False)
    return columns(
        rows, subject="public_id", anchor="due_on", place="organisation_id", who="calls__person_id"
    )


@duty("questions.find", subject="questions.question")
def to_find_somebody(asked: Asked) -> models.QuerySet[Any]:
    """Open questions that nobody in particular is asked: the office sees to them."""
    rows = _unanswered().exclude(Exists(Call.objects.filter(question=OuterRef("pk"))))
    return columns(rows, subject="public_id", anchor="due_on", place="organisation_id")


@duty("questions.read", subject="questions.question")
def to_read(asked: Asked) -> models.QuerySet[Any]:
    """Own questions that somebody has answered since one looked last; nobody else hears of it."""
    rows = Question.objects.filter(news_at__isnull=False)
    return columns(rows, subject="public_id", anchor="news_at", place="organisation_id", who="asker_id")


@duty("questions.hidden", subject="questions.question")
def to_hear(asked: Asked) -> models.QuerySet[Any]:
    """What of one's own was hidden, or decided about it, and not read yet; nobody else hears of it."""
    rows = Hiding.objects.filter(heard_at__isnull=True)
    return columns(
        rows,
        subject="question__public_id",
        anchor="hidden_at",
        place="question__organisation_id",
        who="writer_id",
    )


@duty("questions.report", subject="questions.question")
def to_decide(asked: Asked) -> Iterator[Row]:
    """Open reports and appeals, for the office."""
    four = {"subject": "question__public_id", "place": "question__organisation_id"}
    reported = columns(Report.objects.filter(state="open"), anchor="made_at", **four)
    appealed = columns(Hiding.objects.filter(state="appealed"), anchor="appealed_at", **four)
    order = ("duty_subject", "duty_anchor", "duty_place", "duty_who")
    return chain(reported.values_list(*order), appealed.values_list(*order))
