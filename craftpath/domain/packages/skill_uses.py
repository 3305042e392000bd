"""How many packages train a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from craftpath.domain.packages.queries import to_play
from craftpath.domain.standards.uses import counts_uses


@counts_uses("packages")
def trained_by(keys: Collection[str]) -> Mapping[str, int]:
    """Packages that the reader can play."""
    found = Counter[str]()
    for skills in to_play().order_by().values_list("skills", flat=True):
        found.update(skills)
    return {key: found[key] for key in keys}
