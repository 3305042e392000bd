"""Pages of the record: the own timeline, links to it, and what whoever holds one reads."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.passport.models import Look, Share
from craftpath.domain.passport.record import SECTIONS
from tests.cast import AT, TODAY, Cast
from tests.domain.passport.world import earlier, shared, trained

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def text(response: Any) -> str:
    return str(response.content.decode())


def form(**instead: Any) -> dict[str, Any]:
    return {
        "made_id": str(uuid.uuid4()), "name": "Interview", "view": "employer", "until": "2026-10-14",
    } | instead  # fmt: skip


def test_the_timeline_is_filtered_paged_and_only_ones_own(cast: Cast) -> None:
    trained(cast)
    mine = client(cast)
    page = text(mine.get(reverse("record:record")))
    for said in ("Junior", "Jinheng Machinery", "周国栋", "80.5", "2026"):
        assert said in page
    only = text(mine.get(reverse("record:record") + "?show=masters"))
    assert "周国栋" in only
    assert "80.5" not in only
    assert "80.5" not in text(client(cast, "classmate").get(reverse("record:record")))
    earlier(cast, cast.people["apprentice"], 50)
    assert "Page 1 of" in text(mine.get(reverse("record:record")))


def test_somebody_without_anything_reads_what_will_stand_there(cast: Cast) -> None:
    assert "Nothing stands here yet" in text(client(cast, "hr").get(reverse("record:record")))


def test_a_link_is_made_shown_once_opened_by_a_press_counted_and_ended(cast: Cast) -> None:
    trained(cast)
    mine, sent = client(cast), form()
    made = text(mine.post(reverse("record:shares"), sent))
    address = re.search(r"https?://testserver(/r/[^<\"]+)", made)
    assert address is not None
    assert "made already" in text(mine.post(reverse("record:shares"), sent))
    assert Share.objects.count() == 1
    there, guest = address.group(1), Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_USER_AGENT="x MicroMessenger/8")
    closed = guest.get(there)
    assert "Open the record" in text(closed)
    assert "Jinheng Machinery" not in text(closed)
    assert not Look.objects.exists()
    assert closed.headers["X-Robots-Tag"].startswith("noindex")
    assert (
        closed.headers["Referrer-Policy"] == "same-origin"
    )  # kept from others, and a browser may press the button
    assert "14 Oct 2026" in text(closed)
    shown = text(guest.post(there, follow=True))
    assert "Jinheng Machinery" in shown
    assert "80.5" not in shown  # results were not chosen
    assert Look.objects.get().agent == "wechat"
    assert "Open the record" in text(
        Client(HTTP_ACCEPT_LANGUAGE="en").get(there)
    )  # another browser presses itself
    assert "opened 1 time" in text(mine.get(reverse("record:shares")))
    share = Share.objects.get()
    assert "WeChat" in text(mine.get(reverse("record:share", args=[share.public_id])))
    mine.post(reverse("record:revoke", args=[share.public_id]))
    gone = guest.get(there)
    assert gone.status_code == 409
    assert "has ended this link" in text(gone)
    assert "Jinheng" not in text(guest.post(there, follow=True))


def test_a_link_that_ran_out_or_never_was_says_so(cast: Cast) -> None:
    made = shared(cast.people["apprentice"], until=TODAY)
    there, guest = reverse("shown:record", args=[made.token]), Client(HTTP_ACCEPT_LANGUAGE="en")
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        assert "has run out" in text(guest.get(there))
    never = guest.get(reverse("shown:record", args=["nonsense"]))
    assert (never.status_code, "Nothing is shown" in text(never)) == (403, True)


def test_no_page_behind_a_link_is_kept_or_framed_and_none_says_what_nobody_chose(cast: Cast) -> None:
    person = trained(cast)
    person.phone, person.email, person.birth_date = "13800001111", "chen@example.org", date(2000, 3, 7)
    person.save()
    made = shared(person, sections=SECTIONS)
    there, guest = reverse("shown:record", args=[made.token]), Client(HTTP_ACCEPT_LANGUAGE="en")
    pages = [guest.get(there), guest.post(there), guest.get(there), guest.get(f"{there[:-2]}x/")]
    assert [one.status_code for one in pages] == [200, 302, 200, 403]
    for one in pages:
        assert {"no-store", "private"} <= set(one.headers["Cache-Control"].split(", "))
        assert one.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in one.headers["Content-Security-Policy"]
        for secret in (
            "13800001111",
            "chen@example.org",
            "7 Mar 2000",
            "2000-03-07",
            made.share.name,
            person.username,
        ):
            assert secret not in text(one)
    assert person.name not in text(pages[-1])


def test_what_is_typed_wrong_is_kept_with_the_reason(cast: Cast) -> None:
    mine = client(cast)
    for instead, said in (
        ({"view": "own"}, "Choose at least one thing"),
        ({"until": "2030-01-01"}, "serves from today"),
        ({"until": "soon"}, "valid date"),
        ({"name": ""}, "required"),
        ({"made_id": "x"}, "UUID"),
        ({"view": "own", "sections": ["birthday"]}, "birthday"),
    ):
        answer = mine.post(reverse("record:shares"), form(name="Interview in May") | instead)
        assert answer.status_code in (409, 422)
        assert said in text(answer)
    assert not Share.objects.exists()


def test_nobody_reaches_anothers_link(cast: Cast) -> None:
    share = shared(cast.people["apprentice"]).share
    for page in ("share", "revoke"):
        there = reverse(f"record:{page}", args=[share.public_id])
        answer = (
            client(cast, "coordinator").post(there) if page == "revoke" else client(cast, "hr").get(there)
        )
        assert answer.status_code == 404
    assert Share.objects.get().state == "open"


def test_links_cost_the_same_for_one_and_for_many(cast: Cast) -> None:
    mine, person = client(cast), cast.people["apprentice"]
    shared(person)
    few = _asked(mine)
    for _n in range(19):
        shared(person)
    assert _asked(mine) == few


def _asked(mine: Client) -> int:
    mine.get(reverse("record:shares"))
    with CaptureQueriesContext(connection) as told:
        assert mine.get(reverse("record:shares")).status_code == 200
    return len(told)
