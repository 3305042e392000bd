"""Duties of pilots: steps and changes that somebody owns, by their days."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.pilots.models import PilotChange, RoundStep
from craftpath.kernel.duties import Asked, columns, duty


@duty("pilots.step", subject="pilots.step")
def steps_due(asked: Asked) -> models.QuerySet[Any]:
    """Open steps with an owner and a day, of pilots that run."""
    rows = RoundStep.objects.filter(
        state="open", owner__isnull=False, due_on__isnull=False, round__pilot__state="running"
    )
    return columns(rows, subject="public_id", anchor="due_on", place="place_id", who="owner_id")


@duty("pilots.change", subject="pilots.change")
def changes_due(asked: Asked) -> models.QuerySet[Any]:
    """Changes that were decided and are not carried out."""
    rows = PilotChange.objects.filter(state="accepted", due_on__isnull=False, round__pilot__state="running")
    return columns(rows, subject="public_id", anchor="due_on", place="place_id", who="owner_id")
