"""Requests of an enterprise and offers of a college in one city, for the tests of the service desk."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pytest

from craftpath.domain.offers import actions
from craftpath.domain.offers.models import DeskRequest, Message
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.accreditation.world import TURNER


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def hr(cast: Cast) -> Actor:
    return cast.actor("hr", cast.jinheng)


def officer(cast: Cast) -> Actor:
    return cast.actor("officer", cast.city)


def asked(**more: Any) -> actions.Asked:
    values: dict[str, Any] = {
        "kind": "training", "title": "数控车工沟通与安全培训", "words": "新学徒 12 人，两天，最好在车间。",
        "occupation": TURNER, "people": 12, "languages": ["zh"], "contact_name": "沈人事",
        "contact_way": "0532-1234567",
    }  # fmt: skip
    return actions.Asked(**values | more)


def opened(
    cast: Cast, *, by: Actor | None = None, at: datetime = AT, place: Organisation | None = None, **more: Any
) -> DeskRequest:
    return actions.open_request(
        place or cast.jinheng, asked(**more), made_id=uuid.uuid4(), by=by or hr(cast), at=at
    )


def offered(cast: Cast, **more: Any) -> DeskRequest:
    values = {"kind": "courses", "title": "数控车工安全课程", "people": 20} | more
    return opened(cast, by=cast.actor("coordinator"), place=cast.college, **values)


def said(
    cast: Cast, row: DeskRequest, words: str = "可以，下周二。", *, by: Actor | None = None, **more: Any
) -> Message:
    at = more.pop("at", AT)
    return actions.send_message(
        row, actions.Said(words, **more), made_id=uuid.uuid4(), by=by or cast.actor("coordinator"), at=at
    )


def agreed(cast: Cast) -> DeskRequest:
    row = opened(cast)
    said(cast, row)
    return actions.agree_on(row, cast.college, by=hr(cast), at=AT)


def done(cast: Cast) -> DeskRequest:
    row = actions.start_request(agreed(cast), by=cast.actor("coordinator"), at=AT)
    return actions.finish_request(row, words="两天培训，全部合格。", trained=12, by=hr(cast), at=AT)
