"""A mapping of the cast's college, and what counts by it."""

from __future__ import annotations

from craftpath.domain.outside.actions import apply_mapping
from craftpath.domain.outside.models import Mapping
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.domain.outside.world import column_of, mapping, said, send


def count_from_outside(cast: Cast) -> dict[str, str]:
    """Made by the coordinator, with one statement that counts; once."""
    row = Mapping._base_manager.first()
    if row is None:
        send(cast, said(cast))
        row = mapping(cast)
        apply_mapping(row, by=system(cast.college), at=AT)
    return {"mapping": row.public_id, "verb": "stop", "column": column_of(cast).public_id}
