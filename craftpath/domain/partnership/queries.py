"""Reading cooperation agreements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from craftpath.domain.partnership.models import PARTS, Cooperation
from craftpath.kernel.organisations import Organisation

__all__ = ["PARTS", "Binding", "bindings", "cooperations", "in_force", "in_force_among", "partners_of"]


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


@dataclass(frozen=True, slots=True)
class Binding:
    """Whom a signed agreement binds, and on which days; of one that was ended, only up to the day before."""

    sides: tuple[str, str]  # paths
    first: date
    last: date

    def between(self, one: Organisation, other: Organisation) -> bool:
        """Whether these two are its two sides, or lie below them."""
        pairs = ((one, other), (other, one))
        return any(all(map(str.startswith, (a.path, b.path), self.sides)) for a, b in pairs)


def bindings(cooperations: Collection[str]) -> dict[str, Binding]:
    """public id → whom and when it binds, of those that came into force; one query, whoever asks."""
    rows = Cooperation._base_manager.filter(public_id__in=cooperations, state__in=("in_force", "ended"))
    told = rows.values_list(
        "public_id", "enterprise__path", "college__path", "starts_on", "ends_on", "ended_on"
    )
    return {
        public_id: Binding((host, school), first, min(last, ended - timedelta(days=1)) if ended else last)
        for public_id, host, school, first, last, ended in told
    }


def partners_of(organisation: Organisation, day: date) -> list[Cooperation]:
    """The agreements that bind an organisation or what lies below it on a day, with both sides; one query."""
    rows = Cooperation.objects.filter(state="in_force", starts_on__lte=day, ends_on__gte=day)
    here = Q(enterprise__path__startswith=organisation.path) | Q(college__path__startswith=organisation.path)
    return list(rows.filter(here).select_related("enterprise", "college").order_by("-ends_on", "pk"))
