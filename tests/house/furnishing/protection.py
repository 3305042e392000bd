"""Requests of apprentices about their own data."""

from __future__ import annotations

from craftpath.domain.protection.models import DataRequest
from tests.cast import Cast
from tests.domain.protection.world import asked


def ask_about_oneself(cast: Cast) -> dict[str, str]:
    """One that waits, of the first apprentice; once."""
    row = DataRequest._base_manager.first() or asked(cast, "explain", "成绩是怎么算的？")
    return {"asked": row.public_id, "verb": "answer"}
