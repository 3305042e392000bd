"""Reading statements."""

from __future__ import annotations

from django.db import models

from craftpath.domain.activity.models import Statement


def statements() -> models.QuerySet[Statement]:
    """The statements of the open scope, newest first."""
    return Statement.objects.order_by("-at", "id")
