"""Things that are booked, with a closure, a booking that waits and one of a partner."""

from __future__ import annotations

from datetime import timedelta

from craftpath.domain.bookings import actions
from craftpath.domain.bookings.models import Booking, Closure, Thing
from craftpath.domain.partnership.models import Cooperation
from tests.cast import AT, Cast
from tests.domain.bookings.world import MORNING, agreed, at, book, lathe
from tests.photos import picture

WEEK = timedelta(weeks=1)


def lend(cast: Cast) -> dict[str, str]:
    """A lathe that partners book when the college agrees, and the trainer; once."""
    if not Thing._base_manager.exists():
        _make(cast)
    thing = Thing._base_manager.earliest("pk")
    return {
        "thing": thing.public_id,
        "closure": Closure.objects.earliest("pk").public_id,
        "booking": Booking._base_manager.filter(state="asked").earliest("pk").public_id,
        "cooperation": Cooperation._base_manager.filter(state="in_force").latest("pk").public_id,
    }


def _make(cast: Cast) -> None:
    agreed(cast)
    by = cast.actor("coordinator")
    thing = lathe(cast, for_partners=True, asks=True, seats=2, price=5000)
    terms = actions.Terms(
        "equipment", {"zh": "数控车床", "en": "CNC lathe"}, for_partners=True, asks=True, seats=2
    )
    actions.change_thing(thing, terms, site=cast.college, picture=(picture(), "lathe.jpg"), by=by, at=AT)
    lathe(cast, kind="trainer", trainer=cast.people["trainer"])
    book(cast, thing, "hr")
    actions.cancel_booking(book(cast, thing, "coordinator"), because="改期", by=by, at=AT)
    actions.close_thing(
        thing, starts_at=MORNING + WEEK, ends_at=at(MORNING + WEEK).ends_at, because="主轴检修", by=by, at=AT
    )
