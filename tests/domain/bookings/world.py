"""Things of the cast and who books them, for the tests of bookings."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from craftpath.domain.bookings import actions
from craftpath.domain.bookings.checking import Span, Wish
from craftpath.domain.bookings.models import Booking, Thing
from craftpath.domain.partnership.models import Cooperation
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.partnership.test_cooperation import signed

MORNING = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai, a day after AT
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def lathe(cast: Cast, **instead: Any) -> Thing:
    """A lathe of the college."""
    values: dict[str, Any] = {"kind": "equipment", "name": {"zh": "数控车床", "en": "CNC lathe"}}
    trainer = instead.pop("trainer", None)
    terms = actions.Terms(**values | instead)
    by = cast.actor("coordinator")
    return actions.offer_thing(cast.college, terms, site=cast.college, trainer=trainer, by=by, at=AT)


def at(start: datetime = MORNING, hours: float = 2) -> Span:
    return Span(start, start + hours * HOUR)


def new(**instead: Any) -> actions.NewBooking:
    return actions.NewBooking(**{"purpose": "试切", "made_id": uuid.uuid4()} | instead)


def book(cast: Cast, thing: Thing, who: str = "trainer", span: Span | None = None, **wish: Any) -> Booking:
    """The trainer of the college, or the enterprise's HR as a partner."""
    by = office(cast) if who == "hr" else cast.actor(who)
    assert by.organisation is not None
    wanted = Wish(by.organisation, **wish)
    return actions.book(thing, span or at(), wanted, new(), by=by, at=AT)


def office(cast: Cast) -> Actor:
    return cast.actor("hr", cast.jinheng)


def agreed(cast: Cast) -> Cooperation:
    """College and enterprise work together until the end of 2028."""
    return signed(cast)
