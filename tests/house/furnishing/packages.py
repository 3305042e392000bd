"""A package of the cast's college, and what the apprentice did in it."""

from __future__ import annotations

from craftpath.domain.packages import actions
from craftpath.domain.packages.models import Package
from tests.cast import AT, Cast
from tests.domain.packages.world import core, saved, taken


def play_a_package(cast: Cast) -> dict[str, str]:
    """Taken in by the trainer, passed by the apprentice; once."""
    row = Package._base_manager.first()
    if row is None:
        row = taken(cast)
        actions.save_attempt(row, saved(data=core("passed", "80")), by=cast.actor("apprentice"), at=AT)
    return {"package": row.public_id, "part": "1", "verb": "retire"}
