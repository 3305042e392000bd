"""What people of the cast ask about their own data."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from craftpath.domain.protection.actions import (
    Found,
    Thought,
    ask_about_data,
    report_breach,
    write_assessment,
)
from craftpath.domain.protection.models import Assessment, Breach, DataRequest
from craftpath.kernel.access import Actor, Membership
from tests.cast import AT, TODAY, Cast


def asked(
    cast: Cast, kind: str, words: str = "", *, who: str = "apprentice", at: datetime = AT
) -> DataRequest:
    """Asked of the cast's college."""
    person = Actor(organisation=None, person=cast.people[who])
    return ask_about_data(cast.college, kind, words, made_id=uuid.uuid4(), by=person, at=at)


def ended(cast: Cast, days_ago: int) -> None:
    """The first apprentice's apprenticeship ended so many days ago."""
    row = cast.enrolments["26001"]
    type(row)._base_manager.filter(person=row.person).update(
        state="ended", ended_on=TODAY - timedelta(days=days_ago)
    )
    Membership.objects.filter(person=row.person).exclude(role="apprentice").delete()


THOUGHT = Thought(
    title="上班打卡定位", occasion="sensitive", use="进出车间时记录位置，只保存是否在场。",
    need="按协议确认学时；不保存轨迹。", risks="被跟踪的感觉。", measures="只在打卡时读取，不保存坐标。",
)  # fmt: skip


def written(cast: Cast, **other: str) -> Assessment:
    """A draft of an assessment, by the college's administrator."""
    said = replace(THOUGHT, **other)
    return write_assessment(cast.college, said, made_id=uuid.uuid4(), by=cast.actor("administrator"), at=AT)


def reported(
    cast: Cast, *, found_at: datetime = AT - timedelta(hours=5), people: int | None = None
) -> Breach:
    """A breach, reported by the college's administrator."""
    return report_breach(
        cast.college, "名单发到了错误的群。", "姓名、手机号", found_at=found_at, people=people,
        made_id=uuid.uuid4(), by=cast.actor("administrator"), at=AT,
    )  # fmt: skip


def known(**other: Any) -> Found:
    """What is known of it, with nobody told yet."""
    said: dict[str, Any] = {
        "cause": "选错了群", "harm": "骚扰电话", "measures": "已撤回并要求删除", "people": 23,
        "authority_at": None, "authority_words": "", "people_at": None, "people_words": "",
    } | other  # fmt: skip
    return Found(**said)
