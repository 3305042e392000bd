"""Duties of support: corrections to answer, answers to read, what came of an act."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.support.models import Act, Correction
from craftpath.kernel.duties import Asked, columns, duty

_PLACE = "enrolment__cohort__organisation_id"


@duty("support.correct", subject="support.correction")
def corrections_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """What waits for whoever runs support at the college."""
    rows = Correction.objects.filter(state="asked")
    return columns(rows, subject="public_id", anchor="asked_at", place=f"sign__{_PLACE}")


@duty("support.read", subject="support.correction")
def answers_to_read(asked: Asked) -> models.QuerySet[Any]:
    """What was answered, until the apprentice has read it."""
    rows = Correction.objects.filter(state__in=("upheld", "rejected"), read_at__isnull=True)
    return columns(
        rows,
        subject="public_id",
        anchor="answered_at",
        place=f"sign__{_PLACE}",
        who="sign__enrolment__person_id",
    )


@duty("support.look", subject="support.act")
def acts_to_look_at(asked: Asked) -> models.QuerySet[Any]:
    """What came of it: of whoever did it, on the day that was named."""
    rows = Act.objects.filter(state="open", enrolment__state="active")
    return columns(rows, subject="public_id", anchor="look_on", place=_PLACE, who="by_id")
