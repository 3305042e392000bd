"""A reading list of the cast's class, for the tests of reading."""

from __future__ import annotations

import uuid
from typing import Any

from craftpath.domain.reading import actions
from craftpath.domain.reading.models import Note, ReadingList, ReadingText
from tests.cast import AT, Cast

OWN = {"title": "锤锻", "author": "宋应星", "licence": "public_domain", "body": "金木受攻而物象曲成。"}


def listed(cast: Cast, who: str = "trainer", **more: Any) -> ReadingList:
    values: dict[str, Any] = {
        "title": "读《天工开物》",
        "organisation": cast.college,
        "made_id": uuid.uuid4(),
    }
    values |= {"audience": "cohort", "cohort": cast.cohort, "by": cast.actor(who), "at": AT}
    return actions.open_list(**{**values, **more})


def added(cast: Cast, row: ReadingList, who: str = "trainer", **said: Any) -> ReadingText:
    said = said or OWN
    by = cast.actor(who)
    return actions.add_text(row, made_id=uuid.uuid4(), said=actions.TextSaid(**said), by=by, at=AT)


def noted(cast: Cast, text: ReadingText, who: str = "apprentice", **more: Any) -> Note:
    values: dict[str, Any] = {"quote": "物象曲成", "words": "和我们锻打一样。", "made_id": uuid.uuid4()}
    return actions.keep_note(text, **{**values, "by": cast.actor(who), "at": AT, **more})
