"""Duties of ventures: milestones that are not reached."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.ventures.models import OPEN, Venture
from craftpath.kernel.duties import Asked, columns, duty


@duty("ventures.milestone", subject="ventures.venture")
def to_reach(asked: Asked) -> models.QuerySet[Any]:
    """Open milestones, for everybody who is in charge; for the office where nobody is."""
    rows = Venture.objects.filter(
        state__in=OPEN, milestones__done_on__isnull=True, milestones__due_on__isnull=False
    )
    if asked.within is not None:
        rows = rows.filter(organisation__path__startswith=asked.within.path)
    return columns(
        rows,
        subject="public_id",
        anchor="milestones__due_on",
        place="organisation_id",
        who="charges__person_id",
    )
