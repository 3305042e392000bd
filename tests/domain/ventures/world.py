"""Something that college and enterprise run together, for the tests of ventures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.partnership.models import Cooperation
from craftpath.domain.ventures import actions
from craftpath.domain.ventures.models import Side, Venture
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.partnership.test_cooperation import signed

PLAN = actions.Plan(
    "project",
    {"zh": "智能夹具", "en": "Smart clamp"},
    "两周内减少换装时间",
    date(2026, 9, 14),
    date(2027, 3, 31),
)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def planned(cast: Cast, cooperation: Cooperation | None = None, **instead: Any) -> Venture:
    values: dict[str, Any] = {
        "organisation": cast.college,
        "roles": {cast.jinheng.public_id: "出设备和一名工程师"},
        "by": cast.actor("coordinator"),
        "at": AT,
    }
    plan = instead.pop("plan", PLAN)
    return actions.plan_venture(cooperation or signed(cast), plan, **values | instead)


def office(cast: Cast) -> Actor:
    return cast.actor("hr", cast.jinheng)


def running(cast: Cast) -> Venture:
    """Running, with the trainer of the college in charge."""
    row = planned(cast)
    by = cast.actor("coordinator")
    side = Side.objects.get(venture=row, organisation=cast.college)
    actions.name_in_charge(row, side, cast.people["trainer"], role="项目经理", by=by, at=AT)
    return actions.start_venture(row, by=by, at=AT)
