"""Reading skills."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.domain.standards.models import Skill


def skills() -> list[Skill]:
    """Every skill of every framework, in the frameworks' own order; one query."""
    return list(Skill.objects.all())


def skills_by_key(keys: Iterable[str]) -> dict[str, Skill]:
    """key → the skill of the newest version that has it; keys that no framework knows are left out."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    rows = Skill.objects.filter(key__in=wanted).order_by("framework__version", "order")
    return {row.key: row for row in rows}
