"""Duties: a request that waits for its answer, a breach of which an authority hears, an assessment to look at again."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.protection.models import Assessment, Breach, DataRequest
from craftpath.kernel.duties import Asked, columns, duty


@duty("protection.answer", subject="protection.request")
def requests_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """What waits for the office; its due day was counted when it was asked."""
    rows = DataRequest.objects.filter(state="asked")
    return columns(rows, subject="public_id", anchor="due_on", place="organisation_id")


@duty("protection.breach", subject="protection.breach")
def breaches_to_tell_of(asked: Asked) -> models.QuerySet[Any]:
    """A breach of which no authority was told yet, from when it was found on."""
    rows = Breach.objects.exclude(state="closed").filter(authority_words="")
    return columns(rows, subject="public_id", anchor="found_at", place="organisation_id")


@duty("protection.review", subject="protection.assessment")
def assessments_to_look_at(asked: Asked) -> models.QuerySet[Any]:
    """An assessment in force whose day has come."""
    rows = Assessment.objects.filter(state="decided", review_on__isnull=False)
    return columns(rows, subject="public_id", anchor="review_on", place="organisation_id")
