"""Duties of surveys: to answer, once more after a reminder, to close."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.surveys.models import Asked, Survey
from craftpath.kernel.duties import Asked as Moment
from craftpath.kernel.duties import columns, duty


def _waiting(asked: Moment) -> models.QuerySet[Asked]:
    return Asked.objects.filter(
        answered=False,
        person__isnull=False,
        survey__state="open",
        survey__opens_on__lte=asked.today,
        survey__closes_on__gte=asked.today,
    )


@duty("surveys.answer", subject="surveys.survey")
def to_answer(asked: Moment) -> models.QuerySet[Any]:
    """Open surveys of which somebody has not been reminded."""
    rows = _waiting(asked).filter(survey__reminded_on__isnull=True)
    return columns(
        rows, subject="survey__public_id", anchor="survey__closes_on", place="survey__organisation_id",
        who="person_id",
    )  # fmt: skip


@duty("surveys.reminded", subject="surveys.survey")
def to_answer_now(asked: Moment) -> models.QuerySet[Any]:
    """The same after a reminder."""
    rows = _waiting(asked).filter(survey__reminded_on__isnull=False)
    return columns(
        rows, subject="survey__public_id", anchor="survey__reminded_on", place="survey__organisation_id",
        who="person_id",
    )  # fmt: skip


@duty("surveys.close", subject="surveys.survey")
def to_close(asked: Moment) -> models.QuerySet[Any]:
    """Surveys whose last day is over and that nobody has closed."""
    rows = Survey.objects.filter(state="open", closes_on__lt=asked.today)
    return columns(rows, subject="public_id", anchor="closes_on", place="organisation_id")
