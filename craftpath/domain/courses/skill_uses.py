"""How many courses train a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from craftpath.domain.courses.models import Course
from craftpath.domain.standards.uses import counts_uses


@counts_uses("courses")
def trained_by(keys: Collection[str]) -> Mapping[str, int]:
    """Published courses that the reader sees."""
    found = Counter[str]()
    for skills in Course.objects.filter(state="published").order_by().values_list("skills", flat=True):
        found.update(skills)
    return {key: found[key] for key in keys}
