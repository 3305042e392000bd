"""An enterprise that registers with the city, and places that the city accredits, for the tests of the register."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.accreditation import actions
from craftpath.domain.accreditation.models import PlaceApplication, Registration, TrainingPlace
from craftpath.domain.accreditation.wording import LINES
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

DAY = timedelta(days=1)
CODE = "91350100M000100Y43"
NAME = uuid.UUID(int=23)
TURNER = {"zh": "数控车工", "en": "CNC turner"}
CONTACT = actions.Contact("沈人事", "0532-1234567", "hr@example.com")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def officer(cast: Cast) -> Actor:
    return cast.actor("officer", cast.city)


def by_city(cast: Cast) -> dict[str, Any]:
    return {"by": officer(cast), "at": AT}


def guest(cast: Cast) -> dict[str, Any]:
    return {"by": Actor(organisation=cast.city), "at": AT}


def told(**more: Any) -> actions.Told:
    values: dict[str, Any] = {
        "name": {"zh": "海蓝精密制造有限公司", "en": "Hailan Precision"}, "credit_code": CODE, "address": "海滨路 8 号",
        "contact": CONTACT, "workers": 40, "occupations": [(TURNER, 6)], "masters": [("周国栋", "高级技师")],
        "equipment": "数控车床 12 台", "safety": "专职安全员 1 人", "rooms": "培训教室 1 间", "pays": "每月 2600 元起",
    }  # fmt: skip
    return actions.Told(**values | more)


def drafted(cast: Cast, made_id: uuid.UUID = NAME, **more: Any) -> Registration:
    said = told(**more)
    row = actions.draft_registration(
        cast.city, made_id=made_id, name=said.name, contact=CONTACT, **guest(cast)
    )
    return actions.write_registration(row, said, **guest(cast))


def submitted(cast: Cast, **more: Any) -> Registration:
    return actions.submit_registration(drafted(cast, **more), **guest(cast))


def checked(cast: Cast, **more: Any) -> Registration:
    row = submitted(cast, **more)
    for line in LINES:
        actions.check_line(row, line=line, outcome="accepted", **by_city(cast))
    actions.note_visit(row, on=TODAY, fit=True, findings="设备与安全符合要求。", **by_city(cast))
    return actions.check_registration(row, **by_city(cast))


def registered(cast: Cast, **more: Any) -> Registration:
    until = TODAY + 700 * DAY
    return actions.register_enterprise(checked(cast, **more), valid_until=until, **by_city(cast))


def room(capacity: int = 4, **more: Any) -> actions.Room:
    values: dict[str, Any] = {
        "workers": 10, "mentors": 3, "capacity": capacity, "valid_from": TODAY - 100 * DAY,
        "valid_until": TODAY + 20 * DAY,
    }  # fmt: skip
    return actions.Room(**values | more)


def accredited(cast: Cast, capacity: int = 4, **more: Any) -> TrainingPlace:
    where = more.pop("organisation", cast.jinheng)
    trade = more.pop("occupation", TURNER)
    return actions.accredit_place(
        cast.city, organisation=where, occupation=trade, room=room(capacity, **more), **by_city(cast)
    )


def hr(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("hr", cast.jinheng), "at": AT}


def wanted(capacity: int = 4, **more: Any) -> actions.Wanted:
    values: dict[str, Any] = {
        "occupation": {"zh": "焊工", "en": "Welder"},
        "workers": 10,
        "mentors": 3,
        "words": "新增 8 个焊位。",
    }
    return actions.Wanted(**values | {"capacity": capacity} | more)


def applied(cast: Cast, capacity: int = 4, made_id: uuid.UUID | None = None, **more: Any) -> PlaceApplication:
    where = more.pop("organisation", cast.jinheng)
    said, name = wanted(capacity, **more), made_id or uuid.uuid4()
    return actions.apply_for_places(where, said, made_id=name, **hr(cast))
