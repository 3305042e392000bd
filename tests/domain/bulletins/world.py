"""A bulletin of the cast's city, begun by its officer and looked at by its clerk, for the tests of bulletins."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.models import Bulletin, Voice
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.photos import picture

SINCE, UNTIL = TODAY - timedelta(days=60), TODAY
LOOK = actions.Look(SINCE, UNTIL)
LEAD = {
    "head": {"zh": "二百人谈合作", "en": "Two hundred people on working together"},
    "body": {
        "zh": "九月，师傅和徒弟一起上台。",
        "en": "In September masters and apprentices spoke together.",
    },
}
IMPRINT = {"words": {"zh": "学院编印。", "en": "Made at the college."}}
TITLE = {"title": {"zh": "匠途简报", "en": "Craftpath Bulletin"}, "motto": {}}
ALT = {"zh": "一台车床", "en": "A lathe"}


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def maker(cast: Cast) -> Actor:
    return cast.actor("coordinator")


def second(cast: Cast) -> Actor:
    return cast.actor("administrator")


def begun(cast: Cast, **more: Any) -> Bulletin:
    values: dict[str, Any] = {
        "organisation": cast.college, "made_id": uuid.uuid4(), "number": queries.next_number(cast.college),
        "look": LOOK, "by": maker(cast), "at": AT,
    }  # fmt: skip
    return actions.begin_bulletin(**values | more)


def save(
    cast: Cast, row: Bulletin, place: str, content: dict[str, Any], revision: int = -1, **more: Any
) -> Any:
    known = queries.blocks_of(row)[place].revision if revision < 0 else revision
    values = {"revision": known, "by": maker(cast), "at": AT} | more
    return actions.save_block(row, place, content, **values)


def written(cast: Cast, **more: Any) -> Bulletin:
    """A draft with nothing missing."""
    row = begun(cast, **more)
    for place, content in (("masthead", TITLE), ("lead", LEAD), ("imprint", IMPRINT)):
        save(cast, row, place, content)
    return row


def pictured(cast: Cast, row: Bulletin, place: str = "lead_picture", **more: Any) -> None:
    """Hang a picture on which nobody is."""
    by = {"by": maker(cast), "at": AT}
    actions.hang_picture(row, place, picture(size=(640, 400)), "a.jpg", alt=ALT, **by)
    save(
        cast, row, place, {"alt": ALT, "caption": {"zh": "车间", "en": "Workshop"}, "people": "nobody"} | more
    )


def voiced(cast: Cast, row: Bulletin, who: str = "mentor", **more: Any) -> Voice:
    """Words of the cast's mentor, or of somebody without an account where `who` is empty."""
    values: dict[str, Any] = {
        "made_id": uuid.uuid4(), "person": cast.people[who] if who else None, "name": "周国栋",
        "about": {"zh": "师傅", "en": "Master"}, "words": {"zh": "会问，是第一步。", "en": "To ask is the first step."},
        "by": maker(cast), "at": AT,
    }  # fmt: skip
    return actions.add_voice(row, **values | more)


def agreed(cast: Cast, row: Bulletin, who: str = "mentor") -> Voice:
    voice = actions.ask_voice(voiced(cast, row, who), by=maker(cast), at=AT)
    if who:
        return actions.agree_voice(voice, by=cast.actor(who, cast.jinheng), at=AT)
    return actions.agree_voice(voice, by_link=True, of_age=True, by=Actor(cast.college), at=AT)


def handed_in(cast: Cast, row: Bulletin | None = None) -> Bulletin:
    row = row or written(cast)
    proof = queries.digest(queries.content_of(row, TODAY))
    return actions.hand_in_bulletin(row, proof=proof, by=maker(cast), at=AT)


def published(cast: Cast, row: Bulletin | None = None) -> Bulletin:
    return actions.publish_bulletin(handed_in(cast, row), by=second(cast), at=AT)
