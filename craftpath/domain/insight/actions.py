"""Writing about figures of many."""

from craftpath.domain.insight.handing import (
    CityKeys,
    Packed,
    ask_handover,
    city_code,
    city_keys,
    fetch_handover,
    make_handover,
    refuse_handover,
    star_of,
)
from craftpath.domain.insight.publishing import publish_indicator, set_county, withdraw_indicator
from craftpath.domain.insight.rebuilding import check, keep_up, rebuild
from craftpath.domain.insight.rolling import RollupSaid, take_rollup

__all__ = [
    "CityKeys",
    "Packed",
    "RollupSaid",
    "ask_handover",
    "check",
    "city_code",
    "city_keys",
    "fetch_handover",
    "keep_up",
    "make_handover",
    "publish_indicator",
    "rebuild",
    "refuse_handover",
    "set_county",
    "star_of",
    "take_rollup",
    "withdraw_indicator",
]
