"""How many stories tell of a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from craftpath.domain.standards.uses import counts_uses
from craftpath.domain.stories.models import Story, shown


@counts_uses("stories")
def told_of(keys: Collection[str]) -> Mapping[str, int]:
    """Stories that are shown to the reader."""
    found = Counter[str]()
    for skills in Story.objects.filter(shown()).order_by().values_list("skills", flat=True):
        found.update(skills)
    return {key: found[key] for key in keys}
