"""Pages of bookings: the week of a thing, booking once and weekly, the owner's desk, who used what."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.web.calendars.sources import events
from craftpath.domain.bookings import actions
from craftpath.domain.bookings.models import Booking, Closure, Thing
from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.teaching.actions import set_away
from tests.cast import AT, TODAY, Cast
from tests.domain.bookings.world import HOUR, MORNING, WEEK, agreed, at, book, lathe
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
TOMORROW = TODAY + timedelta(days=1)
FORM = {
    "day": TOMORROW.isoformat(),
    "since": "09:00",
    "until": "11:00",
    "seats": "1",
    "purpose": "试切",
    "weeks": "1",
}
TERMS: dict[str, Any] = {
    "name_zh": "焊接工位", "name_en": "Welding booths", "kind": "equipment", "site": "lanchuan-east", "place": "2 楼",
    "seats": "6", "longest": "240", "ahead_hours": "2", "price": "35.50", "for_partners": "on",
    **{f"{end}_{n}": clock for n in range(5) for end, clock in (("since", "08:00"), ("until", "20:00"))},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "trainer") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at_place: str = "lanchuan") -> str:
    return reverse(f"bookings:{page}", args=[at_place, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def form(**instead: str) -> dict[str, str]:
    return {**FORM, "made_id": str(uuid.uuid4()), **instead}


def test_it_is_offered_with_its_rules_and_a_photo(cast: Cast) -> None:
    made = client(cast, "coordinator")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    done = made.post(url("new"), {**TERMS, "photo": photo}, follow=True)
    thing = Thing.objects.get()
    assert (thing.site.key, thing.seats, thing.price, thing.hours[0], thing.hours[6]) == (
        "lanchuan-east", 6, 3550, [480, 1200], [],
    )  # fmt: skip
    assert "Mon–Fri 08:00–20:00" in text(done)
    assert made.get(url("photo", thing.public_id))["Content-Type"] == "image/jpeg"
    changed = made.post(
        url("change", thing.public_id), {**TERMS, "until_4": "23:59", "seats": "4"}, follow=True
    )
    assert "Fri 08:00–24:00" in text(changed)
    assert made.post(url("move", thing.public_id, "retire"), follow=True).status_code == 200
    assert Thing.objects.get().retired_at is not None


def test_what_makes_no_sense_stays_in_the_form_with_the_reason(cast: Cast) -> None:
    made = client(cast, "coordinator")
    for instead, said in (
        ({"name_zh": "", "name_en": ""}, "Write it in at least one language."),
        ({"until_0": ""}, "Give both hours"),
        ({"kind": "trainer"}, "Choose who it is."),
        ({"photo": SimpleUploadedFile("x.jpg", b"no picture")}, "no picture that can be read"),
        ({"since_0": "08:07"}, "whole quarters of an hour"),
    ):
        answer = made.post(url("new"), {**TERMS, **instead})
        assert answer.status_code in (409, 422)
        assert said in text(answer)
        assert "2 楼" in text(answer)
    assert not Thing.objects.exists()


def test_a_free_time_of_the_week_is_two_presses_from_booked(cast: Cast) -> None:
    thing, made = lathe(cast), client(cast)
    page = text(made.get(url("thing", thing.public_id)))
    place = f"{url('book', thing.public_id)}?day={TOMORROW.isoformat()}&amp;since=08%3A00"
    assert page.count(place) == 2  # the grid, and the list for a phone
    filled = text(made.get(place.replace("&amp;", "&")))
    assert 'value="09:00"' in filled
    done = made.post(url("book", thing.public_id), form(), follow=True)
    assert "Booked." in text(done)
    again = text(made.get(url("thing", thing.public_id)))
    assert "马建国" in again
    assert 'class="book-mine"' in again


def test_a_time_that_is_taken_keeps_what_was_typed_and_says_by_whom(cast: Cast) -> None:
    thing = lathe(cast)
    book(cast, thing, "coordinator")
    answer = client(cast).post(url("book", thing.public_id), form(since="10:00", until="12:00"))
    assert answer.status_code == 409
    assert "Taken by 何静 (Lanchuan Technician College), 09:00 to 11:00." in text(answer)
    assert 'value="试切"' in text(answer)


def test_a_partner_hears_the_organisation_and_no_name(cast: Cast) -> None:
    thing = lathe(cast, for_partners=True)
    agreed(cast)
    book(cast, thing, "coordinator")
    hr = client(cast, "hr")
    answer = text(hr.post(url("book", thing.public_id, at_place="jinheng"), form()))
    assert "Taken by Lanchuan Technician College" in answer
    week = text(hr.get(url("thing", thing.public_id, at_place="jinheng")))
    assert "何静" not in answer + week
    assert "until" in week
    done = hr.post(
        url("book", thing.public_id, at_place="jinheng"), form(since="13:00", until="14:00"), follow=True
    )
    assert "Booked." in text(done)
    row = Booking.objects.latest("pk")
    mentor = text(client(cast, "mentor").get(url("thing", thing.public_id, at_place="jinheng")))
    assert "许文静" in mentor  # a colleague, whose booking only the office opens
    assert row.public_id not in mentor
    desk = text(client(cast, "coordinator").get(url("desk")))
    assert "许文静, Jinheng Machinery" in desk


def test_a_series_shows_its_clashes_before_it_is_booked(cast: Cast) -> None:
    thing, made = lathe(cast), client(cast)
    book(cast, thing, "coordinator", at(MORNING + WEEK))
    sent = form(weeks="3")
    shown = made.post(url("book", thing.public_id), sent)
    assert shown.status_code == 200
    assert "2 of 3 times are free" in text(shown)
    assert Booking.objects.count() == 1
    refused = made.post(url("book", thing.public_id), {**sent, "step": "all"})
    assert refused.status_code == 409
    assert "Not all of these times are free." in text(refused)
    for _twice in range(2):
        done = made.post(url("book", thing.public_id), {**sent, "step": "free"}, follow=True)
    assert "2 times booked." in text(done)
    assert Booking.objects.count() == 3
    assert "Of the same series" in text(done)
    first, last = Booking.objects.exclude(series="").order_by("starts_at")
    made.post(url("booking_do", first.public_id, "cancel"), {"because": "改期", "later": "on"})
    last.refresh_from_db()
    assert (last.state, last.because) == ("cancelled", "改期")


def test_the_owner_answers_and_tells_what_was_used(cast: Cast) -> None:
    thing = lathe(cast, asks=True)
    row = book(cast, thing)
    office = client(cast, "coordinator")
    desk = text(office.get(url("desk")))
    assert url("booking_do", row.public_id, "approve") in desk
    bare = office.post(url("booking_do", row.public_id, "decline"), {"because": ""})
    assert bare.status_code == 422
    office.post(url("booking_do", row.public_id, "approve"), {"back": "desk"})
    with time_machine.travel(MORNING + 3 * HOUR, tick=False):
        assert url("booking_do", row.public_id, "use") in text(office.get(url("desk")))
        assert "Noted: used." in text(office.post(url("booking_do", row.public_id, "use"), follow=True))
    row.refresh_from_db()
    assert row.state == "used"


def test_what_is_out_of_order_stands_in_the_week(cast: Cast) -> None:
    thing, office = lathe(cast), client(cast, "coordinator")
    sent = {"starts_at": f"{TOMORROW}T09:00", "ends_at": f"{TOMORROW}T12:00", "because": "主轴检修"}
    assert office.post(url("close", thing.public_id), {**sent, "because": ""}).status_code == 422
    page = text(office.post(url("close", thing.public_id), sent, follow=True))
    assert page.count("主轴检修") == 3
    office.post(url("reopen", Closure.objects.get().public_id))
    assert "主轴检修" not in text(office.get(url("thing", thing.public_id)))


def test_a_trainer_s_days_away_and_lessons_are_not_offered(cast: Cast) -> None:
    person = cast.people["trainer"]
    thing = lathe(cast, kind="trainer", trainer=person)
    set_away(
        person, starts_on=TOMORROW, ends_on=TOMORROW + timedelta(days=1), by=cast.actor("trainer"), at=AT
    )
    plan = Plan(
        title={"zh": "识图"}, kind="lesson", mode="on_site", starts_at=MORNING + 24 * HOUR,
        ends_at=MORNING + 25 * HOUR, bucket="taught",
    )  # fmt: skip
    plan_session(
        plan, organisation=cast.college, cohorts=[cast.cohort], teachers={person: "trainer"},
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    made = client(cast, "coordinator")
    page = text(made.get(url("thing", thing.public_id)))
    assert page.count("Away") == 2
    assert page.count("Teaches") == 2
    answer = made.post(url("book", thing.public_id), form())
    assert "马建国 is away on that day." in text(answer)


def test_what_is_free_when(cast: Cast) -> None:
    thing, other = lathe(cast), lathe(cast, name={"en": "Mill"}, hours=(*[(540, 660)] * 5, (), ()))
    book(cast, other)
    page = text(client(cast).get(url("list"), {"day": TOMORROW.isoformat(), "minutes": "60"}))
    assert "1 is free on" in page
    assert url("book", thing.public_id) in page
    assert url("book", other.public_id) not in page
    assert "Nothing of this kind is free then" in text(
        client(cast).get(url("list"), {"day": "2026-09-19", "minutes": "60"})
    )


def test_who_used_what_as_a_page_and_as_a_sheet(cast: Cast) -> None:
    thing, basis = lathe(cast, for_partners=True, price=6000), agreed(cast)
    rows = [book(cast, thing, "hr"), book(cast, thing, span=at(MORNING + 3 * HOUR))]
    office = client(cast, "coordinator")
    with time_machine.travel(MORNING + WEEK, tick=False):
        for row in rows:
            actions.use_booking(row, by=cast.actor("coordinator"), at=MORNING + WEEK)
        page = text(office.get(url("used")))
        assert "CNY 120.00" in page
        assert "Jinheng Machinery" in page
        sheet = office.get(url("used_sheet", "xlsx"), {"first": "2026-09-01", "last": "2026-09-30"})
        assert sheet["Content-Type"].endswith("sheet")
        share = text(office.get(url("share", basis.public_id)))
    assert "CNC lathe" in share
    assert "Jinheng Machinery" in share
    assert office.get(url("used"), {"first": "2026-09-30", "last": "2026-09-01"}).status_code == 422


def test_everything_that_waits_can_be_reached(cast: Cast) -> None:
    """The desk and the page of an agreement list all of it, some at a time."""
    thing, basis = lathe(cast, seats=60, asks=True, for_partners=True), agreed(cast)
    office = client(cast, "coordinator")
    rows = [book(cast, thing, "hr") for _more in range(35)]

    def listed(page: str, *ids: Any, **asked: str) -> set[str]:
        told = text(office.get(url(page, *ids), asked))
        return {row.public_id for row in rows if url("booking", row.public_id) in told}

    everything = {row.public_id for row in rows}
    share = listed("share", basis.public_id), listed("share", basis.public_id, coming="2")
    assert (len(share[0]), share[0] | share[1]) == (25, everything)
    assert listed("desk") | listed("desk", asked="2") == everything
    for row in rows:
        actions.approve_booking(row, by=cast.actor("coordinator"), at=AT)
    with time_machine.travel(MORNING + 3 * HOUR, tick=False):
        office = client(cast, "coordinator")
        assert listed("desk") | listed("desk", telling="2") == everything


def test_bookings_stand_in_the_own_calendar(cast: Cast) -> None:
    thing = lathe(cast, kind="trainer", trainer=cast.people["trainer"])
    row = book(cast, thing, "coordinator")
    for who in ("coordinator", "trainer"):
        [event] = [
            one for one in events(cast.people[who], TODAY, TODAY + timedelta(days=7)) if "booking" in one.name
        ]
        assert event.starts_at == row.starts_at
    actions.cancel_booking(row, because="x", by=cast.actor("coordinator"), at=AT)
    [event] = [
        one
        for one in events(cast.people["coordinator"], TODAY, TODAY + timedelta(days=7))
        if "booking" in one.name
    ]
    assert event.cancelled


@pytest.mark.parametrize("page", ["thing", "list", "mine", "desk", "used"])
def test_a_page_asks_as_often_for_one_booking_as_for_fifty(cast: Cast, page: str) -> None:
    thing, made = lathe(cast, seats=60), client(cast, "coordinator")
    ids = [thing.public_id] if page == "thing" else []

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert made.get(url(page, *ids)).status_code == 200
        return len(counted)

    book(cast, thing, "coordinator")
    asked()
    before = asked()
    for _more in range(49):
        book(cast, thing, "coordinator")
    assert asked() <= before
