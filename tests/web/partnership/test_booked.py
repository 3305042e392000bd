"""What a partner booked and used at a price is offered as a contribution once, and another side confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from craftpath.domain.bookings.actions import miss_booking, use_booking
from craftpath.domain.bookings.models import Booking
from craftpath.domain.partnership.models import Contribution, Cooperation, CountedBooking
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.bookings.world import HOUR, MORNING, at, book, lathe
from tests.domain.partnership.world import agree_rules, binds
from tests.web.partnership.test_pages import HR, OFFICE, Browse, rows, words

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def _later() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def row(cast: Cast) -> Cooperation:
    """The enterprise used the college's lathe twice for three hours, and once did not come."""
    with everywhere("a test looks at everything"):
        made = binds(cast.jinheng, cast.college)
        agree_rules(made, cast)
        thing = lathe(cast, for_partners=True, price=5000)
        ends = {"by": cast.actor("coordinator"), "at": LATER}
        for start, hours in ((MORNING, 2), (MORNING + 3 * HOUR, 1)):
            use_booking(book(cast, thing, "hr", at(start, hours)), **ends)
        miss_booking(book(cast, thing, "hr", at(MORNING + 5 * HOUR, 1)), **ends)
        use_booking(book(cast, thing, "trainer", at(MORNING + 7 * HOUR, 1)), **ends)  # the college's own use
    return made


def press(client: Any, row: Cooperation, page: str) -> Any:
    what = page.split('name="what" value="')[1].split('"')[0]
    return client.post(f"{OFFICE}{row.public_id}/booked/?year=2026", {"what": what})


def test_it_is_entered_once_confirmed_by_the_user_and_offered_again_if_withdrawn(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    office, hr, here = browse("coordinator"), browse("hr"), f"{OFFICE}{row.public_id}/invest/?year=2026"
    offered = office.get(here)
    assert "2 bookings: 3 h × CNY 50 = CNY 150" in words(offered)
    assert 'name="what"' not in hr.get(f"{HR}{row.public_id}/invest/?year=2026").content.decode()
    assert hr.post(f"{HR}{row.public_id}/booked/?year=2026", {"what": "x\0"}).status_code == 409
    page = offered.content.decode()
    assert press(office, row, page).status_code == 302
    assert press(office, row, page).status_code == 409  # pressed twice
    made = rows(Contribution).get()
    assert (made.minor, made.kind, made.unit, made.state) == (15000, "machine", "hour", "waiting")
    assert 'name="what"' not in office.get(here).content.decode()
    one = words(hr.get(f"{HR}given/{made.public_id}/"))
    assert "Price an hour 50" in one
    assert "the price of the booking" in one
    office.post(f"{OFFICE}given/{made.public_id}/withdraw/")
    press(office, row, office.get(here).content.decode())
    again = rows(Contribution).get(state="waiting")
    hr.post(f"{HR}given/{again.public_id}/confirm/")
    again.refresh_from_db()
    assert again.state == "confirmed"
    assert 'name="what"' not in office.get(here).content.decode()


def test_no_booking_is_counted_by_two_contributions(cast: Cast, browse: Browse, row: Cooperation) -> None:
    office = browse("coordinator")
    press(office, row, office.get(f"{OFFICE}{row.public_id}/invest/?year=2026").content.decode())
    made, booking = rows(Contribution).get(), Booking._base_manager.earliest("starts_at")
    with pytest.raises(IntegrityError), transaction.atomic():
        CountedBooking.objects.create(contribution=made, booking=booking.public_id)
