"""Bulletins of the cast: one that everybody reads with a voice and a picture, one in review, one that is written."""

from __future__ import annotations

from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.models import Bulletin, Voice
from tests.cast import AT, Cast
from tests.domain.bulletins import world


def make_bulletins(cast: Cast) -> dict[str, str]:
    """Published, in review, and a draft with a voice that is asked; once."""
    if not Bulletin._base_manager.exists():
        shown = world.written(cast)
        world.pictured(cast, shown)
        world.agreed(cast, shown)
        world.published(cast, shown)
        world.handed_in(cast)
        draft = world.written(cast)
        world.pictured(cast, draft)
        asked = world.voiced(cast, draft, "apprentice")
        actions.ask_voice(asked, by=world.maker(cast), at=AT)
        actions.ask_voice(world.voiced(cast, draft, "", name="来宾"), by=world.maker(cast), at=AT)
    shown, review, draft = Bulletin._base_manager.order_by("number")[:3]
    _agreed, asked, guest = Voice._base_manager.order_by("pk")[:3]
    picture = queries.blocks_of(draft)["lead_picture"].picture
    public = queries.blocks_of(shown)["lead_picture"].picture
    assert picture is not None
    assert public is not None
    return {
        "bulletin": draft.public_id,
        "review": review.public_id,
        "published": shown.public_id,
        "voice": asked.public_id,
        "token": queries.token_of(guest),
        "picture": picture.public_id,
        "public_picture": public.public_id,
        "number": str(shown.number),
        "place": cast.college.key,
    }
