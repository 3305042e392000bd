"""Duties: a request that waits for its answer, an answer that waits to be read."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.protection.models import DataRequest
from craftpath.kernel.duties import Asked, columns, duty


@duty("protection.answer", subject="protection.request")
def requests_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """What waits for the office; its due day was counted when it was asked."""
    rows = DataRequest.objects.filter(state="asked")
    return columns(rows, subject="public_id", anchor="due_on", place="organisation_id")
