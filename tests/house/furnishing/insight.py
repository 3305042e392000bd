"""Figures of many: a county, a published indicator, a hand-over that was made, a roll-up that was taken in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

from craftpath.delivery.exchange.insight.handing import carry_out
from craftpath.domain.insight.actions import (
    RollupSaid,
    ask_handover,
    keep_up,
    publish_indicator,
    set_county,
    take_rollup,
)
from craftpath.domain.insight.models import Handover, Published, Rollup
from tests.cast import AT, Cast


def hand_over(cast: Cast) -> dict[str, str]:
    """Once, of the college: by the city's officer, who sees it too."""
    known = Handover._base_manager.filter(organisation=cast.college).first()
    if known is not None:
        return {"handover": known.public_id}
    officer = cast.actor("officer", cast.city)
    keep_up(AT, seconds=60)
    set_county(cast.college, "330106", {"zh": "澜川东区"}, by=officer, at=AT)
    if not Published._base_manager.exists():
        publish_indicator(cast.college, "enrolled", by=officer, at=AT)
    row = ask_handover(
        cast.college,
        made_id=uuid.uuid4(),
        receiver="省人社厅",
        purpose="全省学徒制监测",
        later=False,
        by=officer,
        at=AT,
    )
    carry_out(row, by=officer, at=AT)
    if not Rollup._base_manager.exists():
        figure = ("enrolled", "", "", "", "", "2026-Q1", 1200, Decimal(1200), False)
        said = RollupSaid("省级数据湖", AT - timedelta(days=1), "0" * 64, [figure], "duckdb", 2)
        take_rollup(cast.college, said, by=officer, at=AT)
    return {"handover": row.public_id}
