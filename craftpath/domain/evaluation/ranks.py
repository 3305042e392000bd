"""Ranks among the complete results of one evaluation: 1, 2, 2, 4. Counted when they are shown and stored nowhere,

since one changed mark would have to rewrite everybody. They are for those who run a cohort, never for apprentices.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Count

from craftpath.domain.evaluation.models import Evaluation, Result

_STORED = Decimal("0.000001")


def ranks_by_total(evaluation: Evaluation) -> Mapping[Decimal, int]:
    """Total → its rank in the whole evaluation, whoever asks; one query."""
    rows = (
        Result._base_manager.filter(evaluation=evaluation, complete=True, total__isnull=False)
        .order_by("-total")
        .values_list("total")
        .annotate(people=Count("pk"))
    )
    found: dict[Decimal, int] = {}
    place = 1
    for total, people in rows:
        found[total.quantize(_STORED)] = place
        place += people
    return found


def rank_of(ranks: Mapping[Decimal, int], total: Decimal | None) -> int | None:
    """The rank of a total; None for a result that has none."""
    return None if total is None else ranks.get(total.quantize(_STORED))
