"""The rooms whose facts have their words in a file each: SENTENCES, and where it has them LABELS and STATES."""

from __future__ import annotations

from typing import Any

from craftpath.delivery.web.history import (
    of_courses,
    of_curricula,
    of_directives,
    of_forums,
    of_groups,
    of_growth,
    of_packages,
    of_participation,
    of_pilots,
    of_places,
    of_questions,
    of_reading,
    of_stories,
    of_study,
    of_subsidies,
)

_ROOMS = (
    of_courses,
    of_curricula,
    of_directives,
    of_forums,
    of_groups,
    of_growth,
    of_packages,
    of_participation,
    of_pilots,
    of_places,
    of_questions,
    of_reading,
    of_stories,
    of_study,
    of_subsidies,
)


def told(what: str) -> dict[str, Any]:
    """fact → its words of a kind, of all rooms that have them."""
    return {fact: words for room in _ROOMS for fact, words in getattr(room, what, {}).items()}
