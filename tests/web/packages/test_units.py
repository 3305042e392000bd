"""Units of cmi5 on the pages: taken in, opened by a press, left again; and what those see who look after them."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.packages.models import Attempt, Package, Registration, UnitSession
from tests.cast import Cast
from tests.domain.packages.world import taken
from tests.exchange.courses.made import cmi5, packed, unit
from tests.lrs.unit import speaker

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _origin(settings: Any) -> None:
    settings.CONTENT_ADDRESS = "https://content.example"


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any) -> str:
    return reverse(f"packages:{page}", args=["lanchuan", *ids])


def text(response: Any) -> str:
    return unescape(response.content.decode())


def course(cast: Cast, *, attributes: str = 'moveOn="Completed"', address: str = "a.html") -> Package:
    units = unit("u1", address, attributes=attributes) + unit("u2", attributes='moveOn="Passed"')
    return taken(cast, {"cmi5.xml": cmi5(units), "a.html": "<p>"})


def launched(page: str) -> dict[str, list[str]]:
    found = re.search(r'(?:src|href)="(https://[^"]*[?&]endpoint=[^"]*)"', page)
    assert found is not None, page
    return parse_qs(urlsplit(found[1]).query)


def test_a_trainer_takes_a_course_in_and_only_looks_at_it(cast: Cast) -> None:
    made = client(cast, "trainer")
    content = packed({"cmi5.xml": cmi5(unit()), "a.html": "<p>"})
    page = text(
        made.post(
            url("new"), {"made_id": uuid.uuid4(), "file": SimpleUploadedFile("x.zip", content)}, follow=True
        )
    )
    row = Package.objects.get()
    for words in ("Turning", "cmi5", "Unit", "Try it", "Who is how far"):
        assert words in page
    opened = made.post(url("open", row.public_id, "1"))
    assert "nothing counts" in text(opened)
    assert "Nobody has opened this package yet" in text(made.get(url("part", row.public_id, "1")))
    assert UnitSession.objects.get().mode == "Browse"
    assert Attempt.objects.count() == 0


def test_a_course_with_faults_is_refused_with_each_of_them(cast: Cast) -> None:
    content = packed(
        {"cmi5.xml": cmi5(unit(url="lost.html") + unit("u2", "a.html?fetch=1")), "a.html": "<p>"}
    )
    file = SimpleUploadedFile("x.zip", content)
    page = text(
        client(cast, "trainer").post(url("new"), {"made_id": uuid.uuid4(), "file": file}, follow=True)
    )
    for words in ("Places where it does: 2", "The file “lost.html” is not in the package", "uses a name"):
        assert words in page


def test_a_unit_opens_in_a_frame_and_leads_back(cast: Cast) -> None:
    row = course(cast)
    made = client(cast)
    assert f'action="{url("open", row.public_id, "1")}"' in text(made.get(url("package", row.public_id)))
    answer = made.post(url("open", row.public_id, "1"))
    page = text(answer)
    assert "frame-src https://content.example" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    asked = launched(page)
    assert asked["endpoint"] == ["http://testserver/xapi/"]
    session = UnitSession.objects.get()
    assert (session.mode, str(session.registration.registration)) == ("Normal", asked["registration"][0])
    assert Attempt.objects.get().state == "incomplete"
    assert "Go on" in text(made.get(url("package", row.public_id)))
    assert made.get(url("play", row.public_id, "1")).headers["Location"] == url("package", row.public_id)
    assert made.get(url("open", row.public_id, "1")).status_code == 405


@pytest.mark.parametrize(
    ("attributes", "address"), [('launchMethod="OwnWindow"', "a.html"), ("", "https://units.example/x?y=1")]
)
def test_what_needs_the_whole_window_gets_it(cast: Cast, attributes: str, address: str) -> None:
    row = course(cast, attributes=attributes, address=address)
    page = text(client(cast).post(url("open", row.public_id, "1")))
    assert "<iframe" not in page
    assert "It opens in the whole window" in page
    assert launched(page)["actor"]


def test_what_is_done_is_opened_to_be_looked_at_again(cast: Cast) -> None:
    row = course(cast)
    one = speaker(cast, row)
    one.say("completed")
    one.say("terminated")
    made = client(cast)
    page = text(made.get(url("package", row.public_id)))
    assert "1 of 2 parts" in page
    assert "again" in text(made.post(url("open", row.public_id, "1")))
    assert UnitSession.objects.order_by("-pk").first().mode == "Review"  # type: ignore[union-attr]


def test_a_course_tells_its_learner_s_progress_to_the_page_around(cast: Cast) -> None:
    """A failed unit that has to be passed is not done, and can be gone on with."""
    row = course(cast, attributes='moveOn="NotApplicable"')
    one = speaker(cast, row)
    page = text(client(cast).get(url("package", row.public_id)))
    assert "1 of 2 parts" in page
    one.say("terminated")
    other = client(cast).post(url("open", row.public_id, "2"))
    assert other.status_code == 200
    held = Registration.objects.get()
    held.said = {"2": ["failed"]}
    held.save()
    Attempt.objects.filter(entry="2").update(state="failed")
    assert "1 of 2 parts" in text(client(cast).get(url("package", row.public_id)))


def test_those_who_look_after_it_see_who_is_how_far_and_may_waive(cast: Cast) -> None:
    row = course(cast)
    one = speaker(cast, row)
    made = client(cast, "trainer")
    where = url("part", row.public_id, "1")
    page = text(made.get(where))
    for words in (cast.people["apprentice"].name, "under way", "End the session", "Waive", "to complete it"):
        assert words in page
    ended = made.post(url("abandon", row.public_id, one.launch.session), follow=True)
    assert "can be opened anew" in text(ended)
    assert "End the session" not in text(made.get(where))
    waive = url("waive", row.public_id, "1", one.launch.registration)
    assert "needs a reason" in text(made.post(waive, {"because": "  "}, follow=True))
    assert "Waived for" in text(made.post(waive, {"because": "Passed elsewhere"}, follow=True))
    assert Attempt.objects.get().state == "completed"
    assert "Waived" in text(made.get(where))
    assert Registration.objects.get().said == {"1": ["waived"]}
    for who, status in (("apprentice", 403), ("mentor", 404)):
        assert client(cast, who).get(where).status_code == status
        assert client(cast, who).post(waive, {"because": "x"}).status_code == status


def test_one_learner_costs_as_many_questions_as_three(cast: Cast) -> None:
    row = course(cast)
    made = client(cast, "trainer")
    counts = []
    for name in ("26001", "26002", "26003"):
        speaker(cast, row, who=cast.enrolments[name].person)
        made.get(url("part", row.public_id, "1"))
        with CaptureQueriesContext(connection) as queries:
            made.get(url("part", row.public_id, "1"))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_without_an_origin_nothing_is_opened(cast: Cast, settings: Any) -> None:
    settings.CONTENT_ADDRESS = ""
    row = course(cast)
    answer = client(cast).post(url("open", row.public_id, "1"))
    assert answer.status_code == 409
    assert "CRAFTPATH_CONTENT_ADDRESS" in text(answer)
    assert UnitSession.objects.count() == 0
