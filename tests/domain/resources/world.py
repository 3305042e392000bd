"""Resources of the cast's college for the tests of the library."""

from __future__ import annotations

import uuid
from typing import Any

from craftpath.domain.resources import actions
from craftpath.domain.resources.models import Resource
from craftpath.values.text import Text
from tests.cast import AT, Cast

WELDING = """# 焊条电弧焊：平角焊

本讲义说明焊条电弧焊平角焊的引弧、运条和收弧。焊前检查焊机接地，穿戴好防护面罩、手套和围裙。
引弧采用划擦法，电弧长度约等于焊条直径，焊条与焊接方向成七十度角。
收弧时填满弧坑，敲去焊渣，用钢丝刷清理焊缝并检查有无气孔和咬边。
"""


def dropped(cast: Cast, content: str | bytes = WELDING, name: str = "平角焊讲义.md", **more: Any) -> Resource:
    """A file as the trainer drops it; read by the time this returns."""
    values: dict[str, Any] = {
        "organisation": cast.college, "made_id": uuid.uuid4(), "by": cast.actor("trainer"), "at": AT,
    }  # fmt: skip
    given = content.encode() if isinstance(content, str) else content
    row = actions.drop_file(given, name, **{**values, **more})
    row.refresh_from_db()
    return row


def details(**more: Any) -> actions.Details:
    """What is confirmed of it."""
    values: dict[str, Any] = {"title": Text(zh="平角焊讲义", en="Fillet welding handout"), "licence": "ccby"}
    return actions.Details(**{**values, **more})


def shared(cast: Cast, content: str | bytes = WELDING, name: str = "平角焊讲义.md", **more: Any) -> Resource:
    """A resource of the trainer, as it stands in the library."""
    row = dropped(cast, content, name)
    row = actions.share_resource(row, details(**more), by=cast.actor("trainer"), at=AT)
    return Resource._base_manager.get(pk=row.pk)
