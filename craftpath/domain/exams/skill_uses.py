"""How many items ask for a skill, for the skill's own page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count

from craftpath.domain.exams.models import Item, ItemSkill
from craftpath.domain.standards.uses import counts_uses
from craftpath.kernel.roles import Permission


@counts_uses("items", Permission.WRITE_ITEMS)
def items(keys: Collection[str]) -> Mapping[str, int]:
    """Items of the banks that the reader sees."""
    rows = ItemSkill.objects.filter(key__in=keys, item__in=Item.objects.order_by().values("pk"))
    return dict(rows.order_by().values_list("key").annotate(Count("pk")))
