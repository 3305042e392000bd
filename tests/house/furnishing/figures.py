"""A figure that the college and the city publish, where the city lies, and a hand-over that is asked for."""

from __future__ import annotations

from uuid import UUID

from craftpath.domain.insight import actions
from craftpath.domain.insight.models import Handover, Published
from craftpath.kernel.access import system
from tests.cast import AT, Cast

MADE = UUID("4d9a2f18-5f0e-4c11-9f0a-0f6d0a7c1200")
SHOWN = "contract_completion"


def count_many(cast: Cast) -> dict[str, str]:
    """Once."""
    if not Published._base_manager.exists():
        for organisation in (cast.college, cast.city):
            actions.publish_indicator(organisation, SHOWN, by=system(organisation), at=AT)
        by = system(cast.city)
        actions.set_county(cast.city, "330782", {"zh": "澜川区"}, by=by, at=AT)
        actions.ask_handover(
            cast.city, made_id=MADE, receiver="部级数据湖", purpose="全国统计", later=False, by=by, at=AT
        )
    asked = Handover._base_manager.get(made_id=MADE).public_id
    return {"indicator": SHOWN, "which": "time", "verb": "publish", "handover": asked, "place": cast.college.key}
