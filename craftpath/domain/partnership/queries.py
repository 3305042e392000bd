"""Reading cooperation agreements."""

from __future__ import annotations

from datetime import date

from django.db import models

from craftpath.domain.partnership.models import PARTS, Cooperation
from craftpath.kernel.organisations import Organisation

__all__ = ["PARTS", "cooperations", "in_force"]


def cooperations() -> models.QuerySet[Cooperation]:
    """Those of the open scope, newest first."""
    rows = Cooperation.objects.select_related("enterprise", "college", "document", "made_by")
    return rows.order_by("-starts_on", "-pk")


def in_force(enterprise: Organisation, college: Organisation, day: date) -> bool:
    """Whether an agreement of these two, or of those above them, binds on a day."""
    rows = Cooperation._base_manager.filter(
        state="in_force",
        starts_on__lte=day,
        ends_on__gte=day,
        enterprise__path__in=_above(enterprise),
        college__path__in=_above(college),
    )
    return rows.exists()


def _above(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]
