"""How many resources are about a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from craftpath.domain.resources.models import Resource
from craftpath.domain.standards.uses import counts_uses


@counts_uses("resources")
def about(keys: Collection[str]) -> Mapping[str, int]:
    """Resources that are offered to the reader."""
    found = Counter[str]()
    rows = Resource.objects.filter(state="shared").exclude(skills=[]).order_by()
    for skills in rows.values_list("skills", flat=True).iterator():
        found.update(skills)
    return {key: found[key] for key in keys}
