"""A record that is shared and was opened, one of elsewhere that is kept, and one that waits for the office."""

from __future__ import annotations

from craftpath.domain.passport import actions
from craftpath.domain.passport.models import Arrival, Share
from craftpath.kernel.access import Actor
from tests.cast import AT, Cast
from tests.domain.passport.world import oneself, shared


def carry_along(cast: Cast) -> dict[str, str]:
    """The apprentice's link and own file brought back, and a classmate who brought the same file; once."""
    if not Share._base_manager.exists():
        _make(cast)
    mine, waiting = Arrival._base_manager.order_by("pk")[:2]
    return {
        "share": Share._base_manager.get().public_id,
        "arrival": mine.public_id,
        "waiting": waiting.public_id,
    }


def _make(cast: Cast) -> None:
    person, mate = cast.people["apprentice"], cast.people["classmate"]
    share = shared(person).share
    actions.open_share(share, agent="wechat", by=Actor(organisation=None, person=None), at=AT)
    content = actions.carry_record(person, by=oneself(person), at=AT).encode()
    for who in (person, mate):
        actions.bring_record(who, content=content, by=oneself(who), at=AT)
