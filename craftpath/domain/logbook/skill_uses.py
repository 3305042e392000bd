"""How many log entries and observed jobs name a skill, for the skill's own page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count

from craftpath.domain.logbook.models import Entry, Observation
from craftpath.domain.standards.uses import counts_uses
from craftpath.kernel.roles import Permission


@counts_uses("entries", Permission.SEE_RESULTS)
def entries(keys: Collection[str]) -> Mapping[str, int]:
    """Entries that were confirmed, of the apprentices whom the reader sees."""
    rows = Entry.objects.filter(skill__in=keys, state="confirmed")
    return dict(rows.order_by().values_list("skill").annotate(Count("pk")))


@counts_uses("observations", Permission.SEE_RESULTS)
def observations(keys: Collection[str]) -> Mapping[str, int]:
    """Jobs that were observed, of the same."""
    rows = Observation.objects.filter(skill__in=keys)
    return dict(rows.order_by().values_list("skill").annotate(Count("pk")))
