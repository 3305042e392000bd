"""What waits for an office: records that people brought along under another name."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.passport.models import Arrival
from craftpath.kernel.duties import Asked, columns, duty


@duty("passport.settle", subject="passport.arrival")
def records_to_settle(asked: Asked) -> models.QuerySet[Any]:
    """Until somebody has said whose it is."""
    rows = Arrival.objects.filter(state="waiting")
    return columns(rows, subject="public_id", anchor="brought_at", place="office_id")
