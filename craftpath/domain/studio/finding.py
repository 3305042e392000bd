"""Who may draft along, and what a draft may grow from or be held beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.studio.models import Draft


def who_may_join(office: Organisation, draft: Draft | None = None) -> QuerySet[Organisation]:
    """Organisations below the office, those where its apprentices learn, and those that draft along already."""
    near = Q(path__startswith=office.path) | Q(pk__in=hosts_below(office))
    if draft is not None:
        near |= Q(pk__in=draft.members.values("organisation_id"))
    rows: QuerySet[Organisation] = Organisation.objects.filter(near)
    return rows.exclude(pk=office.pk).order_by("path")
