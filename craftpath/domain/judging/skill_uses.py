"""How many criteria of rubrics look at a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from craftpath.domain.judging.models import Rubric
from craftpath.domain.standards.uses import counts_uses
from craftpath.kernel.roles import Permission


@counts_uses("rubrics", Permission.IMPORT_MARKS)
def criteria(keys: Collection[str]) -> Mapping[str, int]:
    """Criteria of the rubrics that the reader sees and that are not retired."""
    found = Counter[str]()
    for definition in Rubric.objects.exclude(state="retired").order_by().values_list("definition", flat=True):
        found.update(one.get("skill", "") for one in definition.get("criteria", ()))
    return {key: found[key] for key in keys}
