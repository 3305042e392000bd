"""A story of the cast's mentor, told at the enterprise, for the tests of stories."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from craftpath.domain.stories import actions
from craftpath.domain.stories.models import Comment, Story
from craftpath.domain.stories.states import CHECKS
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

MADE = uuid.UUID(int=45)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def mentor(cast: Cast) -> Actor:
    return cast.actor("mentor", cast.jinheng)


def office(cast: Cast) -> Actor:
    return cast.actor("hr", cast.jinheng)


def member(cast: Cast, who: str = "apprentice") -> Actor:
    return cast.actor(who)


def begun(cast: Cast, **more: Any) -> Story:
    by = more.pop("by", None) or mentor(cast)
    values: dict[str, Any] = {
        "organisation": cast.jinheng, "made_id": uuid.uuid4(), "teller": by.person, "name": "周国栋",
        "title": "第一件废品", "form": "text", "by": by, "at": AT,
    }  # fmt: skip
    return actions.begin_story(**values | more)


def told(cast: Cast, reach: str = "inside", **more: Any) -> Story:
    """A draft with words and consent."""
    row = begun(cast, **more)
    actions.keep_answer(row, "first_spoiled", "一根轴，车小了两丝。", by=mentor(cast), at=AT)
    return actions.agree_story(row, reach=reach, by=mentor(cast), at=AT) if reach else row


def handed_in(cast: Cast, reach: str = "inside") -> Story:
    return actions.hand_in_story(told(cast, reach), by=mentor(cast), at=AT)


def published(cast: Cast, reach: str = "inside") -> Story:
    return actions.publish_story(handed_in(cast, reach), checks=CHECKS, by=office(cast), at=AT)


def commented(cast: Cast, story: Story | None = None, who: str = "apprentice") -> Comment:
    return actions.add_comment(
        story or published(cast), made_id=uuid.uuid4(), words="学到了。", by=member(cast, who), at=AT
    )
