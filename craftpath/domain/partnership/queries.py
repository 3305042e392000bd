"""Reading cooperation agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import models

from craftpath.domain.partnership.models import PARTS, Cooperation
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import paths_to

__all__ = ["PARTS", "binding", "cooperations", "in_force", "in_force_among"]


def cooperations() -> models.QuerySet[Cooperation]:
    """Those of the open scope, newest first."""
    rows = Cooperation.objects.select_related("enterprise", "college", "document", "made_by")
    return rows.order_by("-starts_on", "-pk")


def in_force(enterprise: Organisation, college: Organisation, day: date) -> bool:
    """Whether an agreement of these two, or of those above them, binds on a day."""
    return in_force_among([(enterprise, college, day)])[0]


def in_force_among(asked: Sequence[tuple[Organisation, Organisation, date]]) -> list[bool]:
    """The same of many, one answer each in their order; one query."""
    enterprises = {path for enterprise, _, _ in asked for path in _above(enterprise)}
    colleges = {path for _, college, _ in asked for path in _above(college)}
    rows = Cooperation._base_manager.filter(
        state="in_force", enterprise__path__in=enterprises, college__path__in=colleges
    ).values_list("enterprise__path", "college__path", "starts_on", "ends_on")
    known = list(rows)
    return [
        any(
            enterprise.path.startswith(host) and college.path.startswith(school) and first <= day <= last
            for host, school, first, last in known
        )
        for enterprise, college, day in asked
    ]


def _above(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def binding(paths: Iterable[str], *, lock: bool = False) -> models.QuerySet[Cooperation]:
    """The agreements in force of organisations, by path, or of those above them, whoever asks: what others stand on.

    Locked, they stay in force until the open transaction is through.
    """
    above = {one for path in paths for one in paths_to(path)}
    rows = Cooperation._base_manager.filter(
        models.Q(enterprise__path__in=above) | models.Q(college__path__in=above), state="in_force"
    ).select_related("enterprise", "college")
    return rows.select_for_update(of=("self",)).order_by("pk") if lock else rows.order_by("pk")
