"""The pages of incidents: report on a phone, classify, notify, end; what is refused loses nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.domain.care.models import Incident, Measure
from craftpath.domain.training.actions import Posting, post_hours
from craftpath.kernel.access import system
from craftpath.values.ref import Ref
from tests.cast import Cast
from tests.domain.care.cases import report
from tests.photos import picture

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")
WAY = "/o/lanchuan/care/report/"


def form(**values: object) -> dict[str, object]:
    moment = timezone.localtime() - timedelta(hours=1)
    return {
        "made_id": str(uuid.uuid4()),
        "what": "换刀时划伤手指。",
        "severity": "lost_time",
        "hurt": "apprentice",
        "occurred_at": f"{moment:%Y-%m-%dT%H:%M}",
    } | values


def now(cast: Cast, **values: object) -> Incident:
    at = timezone.now()
    return report(cast, at=at, occurred_at=at - timedelta(hours=1), **values)


def test_an_apprentice_reports_in_one_form_and_a_second_press_is_the_same(cast: Cast, browse: Browse) -> None:
    client = browse("apprentice")
    assert "26001" in client.get(WAY).content.decode()
    given = form(who=cast.enrolments["26001"].public_id)
    first = client.post(WAY, given | {"photo": SimpleUploadedFile("a.png", picture(size=(64, 64)))})
    again = client.post(WAY, given)
    assert first.url == again.url == f"/o/lanchuan/care/{Incident.objects.get().public_id}/"
    page = client.get(first.url).content.decode()
    assert "换刀时划伤手指" in page
    assert "To be notified" not in page  # that is for those who look after it
    assert client.get(f"{first.url}photo/").headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"what": "x" * 1_000_000}, "at most 4000 characters"),
        ({"what": ""}, "This field is required"),
        ({"occurred_at": "2999-01-01T00:00"}, "lies in the future"),
        ({"occurred_at": "yesterday"}, "valid date/time"),
        ({"photo": SimpleUploadedFile("a.jpg", b"no picture")}, "no picture that can be read"),
        ({"severity": "bad"}, "not one of the available choices"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_words(
    browse: Browse, cast: Cast, values: dict[str, object], says: str
) -> None:
    given = form(who=cast.enrolments["26001"].public_id, place="一号车间 <script>alert(1)</script>") | values
    answer = browse("apprentice").post(WAY, given)
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (422, True)
    assert "一号车间 &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert not Incident.objects.exists()


def test_nobody_reports_of_somebody_whom_they_do_not_see(cast: Cast, browse: Browse) -> None:
    for number in ("26002", "26003"):
        answer = browse("apprentice").post(WAY, form(who=cast.enrolments[number].public_id))
        if answer.status_code == 302:  # the own one was offered and nothing else
            raise AssertionError(number)
        assert answer.status_code == 422
    answer = browse("mentor").post("/o/jinheng/care/report/", form(who=cast.enrolments["26003"].public_id))
    assert answer.status_code == 422
    assert not Incident.objects.exists()


def test_hr_brings_it_to_its_end_and_the_apprentice_reads_it(cast: Cast, browse: Browse) -> None:
    made = now(cast)
    hr, way = browse("hr"), f"/o/jinheng/care/{made.public_id}/"
    assert f'href="{way}"' in hr.get("/o/jinheng/").content.decode()  # one tap from the desk
    assert "Work-injury application" in hr.get(way).content.decode()
    today = timezone.localdate().isoformat()
    owner = cast.people["mentor"].public_id
    steps: list[tuple[str, dict[str, str]]] = [
        ("triage", {"severity": "lost_time", "absence_days": "3"}),
        ("investigate", {}),
        ("act", {"findings": "护罩松动。"}),
        ("measure", {"what": "更换护罩", "owner": owner, "due_on": today}),
        ("notify", {"key": "cn_injury_application", "on": today, "number": "17"}),
    ]
    for verb, given in steps:
        assert hr.post(f"{way}do/{verb}/", given).status_code == 302, verb
    refused = hr.post(f"{way}do/close/", {"outcome": "护罩已换。"})
    assert refused.status_code == 409
    assert "1 measures are still to be carried out" in refused.content.decode()
    assert "护罩已换。</textarea>" in refused.content.decode()
    mentor = browse("mentor")
    assert "更换护罩" in mentor.get("/o/jinheng/").content.decode()
    assert mentor.post(f"/o/jinheng/care/measures/{Measure.objects.get().public_id}/done/").status_code == 302
    assert hr.post(f"{way}do/close/", {"outcome": "护罩已换。"}).status_code == 302
    assert hr.post(f"{way}do/close/", {"outcome": "again"}).status_code == 409
    apprentice, own = browse("apprentice"), f"/o/lanchuan/care/{made.public_id}/"
    assert f'href="{own}"' in apprentice.get("/o/lanchuan/").content.decode()
    page = apprentice.get(own).content.decode()
    assert "护罩已换。" in page
    assert "护罩松动" not in page
    assert apprentice.post(f"{own}do/read/").status_code == 302
    assert f'href="{own}"' not in apprentice.get("/o/lanchuan/").content.decode()


def test_an_overdue_notification_stands_first_on_the_desk(cast: Cast, browse: Browse) -> None:
    at = timezone.now() - timedelta(days=2)
    made = report(cast, severity="serious", at=at, occurred_at=at)
    page = browse("coordinator").get("/o/lanchuan/").content.decode()
    first = re.findall(r'home-first-act" href="([^"]+)"', page)[0]
    assert first == f"/o/lanchuan/care/{made.public_id}/"
    assert "notification overdue" in page


@pytest.mark.parametrize("who", ["classmate", "auditor", "officer", "stranger"])
def test_others_find_no_incident(cast: Cast, browse: Browse, who: str) -> None:
    made = now(cast)
    client = browse(who)
    where = {"auditor": "lanchuan-bureau", "officer": "lanchuan-bureau", "stranger": "dongling"}.get(
        who, "lanchuan"
    )
    for path in ("", "photo/"):
        assert client.get(f"/o/{where}/care/{made.public_id}/{path}").status_code == 404
    assert (
        client.post(f"/o/{where}/care/{made.public_id}/do/triage/", {"severity": "fatal"}).status_code == 404
    )


def test_the_list_asks_as_often_for_one_as_for_many(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    client.get("/account/settings/")
    counts = []
    for more in (1, 15):
        for _ in range(more):
            now(cast)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/o/lanchuan/care/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_rates_say_when_they_are_not_available(cast: Cast, browse: Browse) -> None:
    now(cast)
    client = browse("coordinator")
    assert client.get("/o/lanchuan/care/rates/").content.decode().count("not available") == 2
    today = timezone.localdate()
    lines = [
        Posting(cast.enrolments["26001"].pk, "workplace", today, 600, Ref("logbook", "entry", "x"), "x"),
        Posting(cast.enrolments["26003"].pk, "workplace", today, 600, Ref("logbook", "entry", "y"), "y"),
    ]
    post_hours(lines, by=system(), at=timezone.now())
    page = client.get("/o/lanchuan/care/rates/").content.decode()
    assert "10000.00" in page.replace(",", "")  # 1 × 200,000 / 20
    assert browse("hr").get("/o/jinheng/care/rates/?since=junk").status_code == 200
    assert browse("trainer").get("/o/lanchuan/care/rates/").status_code == 403
