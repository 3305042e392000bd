"""A forum of the cast's college, for the tests of forums and of what stands on them."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import Any

import pytest

from craftpath.domain.forums import actions
from craftpath.domain.forums.models import Forum, Meeting, Post, Thread
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORTNIGHTLY = actions.Rhythm(every=2, weekday=3, at=time(16), minutes=90, place="实训楼 302")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def opened(cast: Cast, who: str = "trainer", **more: Any) -> Forum:
    values: dict[str, Any] = {"title": "焊接夜谈", "rhythm": FORTNIGHTLY, "organisation": cast.college}
    values |= {"made_id": uuid.uuid4(), "by": cast.actor(who), "at": AT}
    return actions.open_forum(**{**values, **more})


def planned(cast: Cast, forum: Forum, who: str = "trainer", **more: Any) -> Meeting:
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "starts_at": AT + 3 * DAY, "at": AT}
    return actions.plan_meeting(forum, **{**values, "by": cast.actor(who), **more})


def begun(cast: Cast, forum: Forum, who: str = "apprentice", **more: Any) -> Thread:
    values: dict[str, Any] = {"title": "立焊打底", "text": "立焊打底总是烧穿，怎么办？", "at": AT}
    values |= {"made_id": uuid.uuid4(), "by": cast.actor(who)}
    return actions.start_thread(forum, **{**values, **more})


def posted(cast: Cast, thread: Thread, who: str = "classmate", **more: Any) -> Post:
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "text": "电流先降十安试试。", "at": AT + HOUR}
    place = cast.jinheng if who == "mentor" else cast.college
    return actions.post(thread, **{**values, "by": cast.actor(who, place), **more})


def due(code: str, days: float = 0) -> set[int]:
    """Who is asked by a kind of duty, so many days later."""
    asked = Asked(at=AT + timedelta(days=days), today=TODAY + timedelta(days=int(days)))
    return {int(who) for some in open_duties(KINDS[code], Clock(asked)) for who in some.who}
