"""Which skill a text speaks of: a guess by words, for its writer to confirm."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.domain.standards.models import Skill


def guess(text: str, skills: Iterable[Skill], most: int = 2) -> list[Skill]:
    """The skills whose hints stand most often in the text, best first; none where no hint stands in it."""
    low = text.lower()
    found = [(sum(low.count(hint.lower()) for hint in hints_of(skill)), skill) for skill in skills]
    found = [pair for pair in found if pair[0]]
    found.sort(key=lambda pair: (-pair[0], pair[1].order))
    return [skill for _, skill in found[:most]]


def hints_of(skill: Skill) -> list[str]:
    """The hints of every language: people write as they speak, whatever the page's language is."""
    return [hint for hints in skill.hints.values() for hint in hints]
