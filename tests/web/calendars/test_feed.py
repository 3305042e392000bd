"""The feed: read by a secret, in its owner's language, with whole days and the state in the title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from icalendar import Calendar

from craftpath.domain.training.actions import cancel_stay
from craftpath.domain.training.models import Stay, TrainingPlan
from craftpath.kernel.calendars import CalendarAddress, close_calendar, open_calendar, person_by
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.training.world import planned, publish, shift

Browse = Callable[[str], Client]


@pytest.fixture
def stays(cast: Cast) -> list[Stay]:
    """The apprentice's stays, from next week on."""
    with everywhere("a rotation around today"):
        pattern = publish(cast, planned(cast))
        shift(pattern, localdate() + timedelta(days=7))
        rows = Stay.objects.filter(enrolment=cast.enrolments["26001"]).order_by("starts_on")
        return list(rows.select_related("enrolment__cohort__organisation"))


def secret_of(cast: Cast, who: str) -> str:
    return open_calendar(by=cast.actor(who, cast.jinheng if who == "mentor" else None), at=AT)


def read(secret: str, **headers: str) -> Any:
    return Client().get(f"/calendar/{secret}.ics", headers=headers)


def events(secret: str) -> list[Any]:
    answer = read(secret)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_each_stay_is_one_event_of_whole_days_whose_end_is_the_day_after(
    cast: Cast, stays: list[Stay]
) -> None:
    found = events(secret_of(cast, "apprentice"))
    assert [(e["dtstart"].dt, e["dtend"].dt) for e in found] == [
        (row.starts_on, row.ends_on + timedelta(days=1)) for row in stays
    ]
    assert len({str(e["uid"]) for e in found}) == len(stays)
    assert {str(e["status"]) for e in found} == {"CONFIRMED"}


def test_it_speaks_its_owner_s_language(cast: Cast, stays: list[Stay]) -> None:
    secret = secret_of(cast, "apprentice")
    assert str(events(secret)[1]["summary"]) == "工具间 · 工具、量具与材料"
    Person.objects.filter(pk=cast.people["apprentice"].pk).update(language="en")
    assert str(events(secret)[1]["summary"]) == "Tool room · Tools, gauges and materials"


def test_the_state_stands_in_the_title(cast: Cast, stays: list[Stay]) -> None:
    Person.objects.filter(pk=cast.people["apprentice"].pk).update(language="en")
    secret = secret_of(cast, "apprentice")
    before = {str(e["uid"]) for e in events(secret)}
    with everywhere("a test cancels"):
        cancel_stay(
            stays[1], because="Rebuilt; see <b>, \\ and 换行\nhere", by=cast.actor("coordinator"), at=AT
        )
        Stay.objects.filter(pk=stays[2].pk).update(moved=True)
    found = events(secret)
    assert {str(e["uid"]) for e in found} == before
    assert str(found[1]["summary"]).startswith("[cancelled] Tool room")
    assert str(found[1]["status"]) == "CANCELLED"
    assert "换行\nhere" in str(found[1]["description"])
    assert str(found[2]["summary"]).startswith("[changed] ")


def test_a_mentor_reads_who_comes(cast: Cast, stays: list[Stay]) -> None:
    names = [str(e["summary"]) for e in events(secret_of(cast, "mentor"))]
    assert {name.split(" · ")[0] for name in names} == {"陈雨桐", "林浩然"}


def test_nobody_reads_what_the_owner_does_not_see(cast: Cast, stays: list[Stay]) -> None:
    assert events(secret_of(cast, "trainer")) == []
    own = events(secret_of(cast, "classmate"))
    assert len(own) == len(stays)
    assert not {str(e["uid"]) for e in own} & {f"stay-{row.public_id}@craftpath.invalid" for row in stays}


def test_what_has_not_changed_is_not_sent_again(cast: Cast, stays: list[Stay]) -> None:
    secret = secret_of(cast, "apprentice")
    first = read(secret)
    again = read(secret, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert read(secret, **{"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    assert read(secret).content == first.content
    with everywhere("a test moves a stay"):
        Stay.objects.filter(pk=stays[0].pk).update(ends_on=stays[0].ends_on - timedelta(days=1))
    assert read(secret, **{"If-None-Match": first.headers["ETag"]}).status_code == 200
    with everywhere("a test renames a unit"):
        TrainingPlan.objects.update(changed_at=AT + timedelta(days=1))
    assert read(secret, **{"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 200


def test_a_new_address_ends_the_old_and_closing_ends_it_for_good(cast: Cast) -> None:
    first, second = secret_of(cast, "apprentice"), secret_of(cast, "apprentice")
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    assert close_calendar(by=cast.actor("apprentice"), at=AT)
    assert not close_calendar(by=cast.actor("apprentice"), at=AT)
    assert read(second).status_code == 404
    assert CalendarAddress.objects.filter(ended_at=None).count() == 0


@pytest.mark.parametrize("junk", ["x", "%00", "a" * 4000, "..%2F", "%ED%A0%80", "1 or 1=1"])
def test_a_wrong_address_is_404(cast: Cast, junk: str) -> None:
    assert read(junk).status_code == 404


def test_the_secret_is_kept_nowhere_and_serves_no_inactive_person(cast: Cast) -> None:
    secret = secret_of(cast, "apprentice")
    assert secret not in str(list(CalendarAddress.objects.values()))
    assert person_by(secret) is not None
    Person.objects.filter(pk=cast.people["apprentice"].pk).update(is_active=False)
    assert read(secret).status_code == 404


def test_it_opens_nothing_else(cast: Cast) -> None:
    answer = read(secret_of(cast, "apprentice"))
    assert "sessionid" not in answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_page_shows_a_new_address_once(cast: Cast, browse: Browse) -> None:
    client = browse("apprentice")
    assert b"You have none" in client.get("/account/calendar/").content
    made = client.post("/account/calendar/", {"do": "open"})
    link = made.context["link"]
    assert link.endswith(".ics")
    assert Client().get(link).status_code == 200
    assert link not in client.get("/account/calendar/").content.decode()
    client.post("/account/calendar/", {"do": "close"})
    assert Client().get(link).status_code == 404
