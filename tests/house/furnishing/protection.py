"""Requests of apprentices about their own data, an assessment and a breach of the college."""

from __future__ import annotations

from craftpath.domain.protection.models import Assessment, Breach, DataRequest
from tests.cast import Cast
from tests.domain.protection.world import asked, reported, written


def ask_about_oneself(cast: Cast) -> dict[str, str]:
    """A request that waits, of the first apprentice; a draft of an assessment; a breach that was found; once."""
    row = DataRequest._base_manager.first() or asked(cast, "explain", "成绩是怎么算的？")
    thought = Assessment._base_manager.first() or written(cast)
    breach = Breach._base_manager.first() or reported(cast)
    return {
        "asked": row.public_id,
        "assessment": thought.public_id,
        "breach": breach.public_id,
        "verb": "answer",
    }
