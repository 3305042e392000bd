"""What is kept about me: consents by one press either way, notices, the own record; and the list of an office."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import ConsentEvent, may_use
from craftpath.kernel.notices import Notice, NoticeRead, load_notice
from craftpath.kernel.purposes import PURPOSES
from tests.cast import AT, Cast

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")
WAY = "/account/privacy/"


def test_saying_yes_and_taking_it_back_are_one_press_each(cast: Cast, browse: Browse) -> None:
    client, person = browse("apprentice"), cast.people["apprentice"]
    for press, holds in (("give", True), ("withdraw", False)):
        page = client.get(WAY).content.decode()
        forms = re.findall(r'name="purpose" value="story">.*?name="do" value="(\w+)"', page, re.S)
        assert forms == [press]
        client.post(WAY + "consent/", {"purpose": "story", "do": press})
        assert bool(may_use(person, "story")) is holds
    assert list(
        AuditEntry.objects.filter(person=person).order_by("pk").values_list("fact", "organisation")
    ) == [
        ("kernel.consent_given", cast.college.pk),
        ("kernel.consent_withdrawn", cast.college.pk),
    ]


def test_purposes_of_contract_and_law_have_no_button(cast: Cast, browse: Browse) -> None:
    client = browse("apprentice")
    page = client.get(WAY).content.decode()
    asked = set(re.findall(r'name="purpose" value="(\w+)"', page))
    assert asked == {key for key, purpose in PURPOSES.items() if purpose.asks}
    assert "Record of the apprenticeship" in page
    for key in ("training_record", "no-such-purpose", ""):
        assert client.post(WAY + "consent/", {"purpose": key, "do": "give"}).status_code == 409
    assert not ConsentEvent.objects.exists()


def test_a_notice_is_shown_until_it_is_read_and_keeps_nobody_from_work(cast: Cast, browse: Browse) -> None:
    load_notice(by=system(), at=AT)
    notice, client = Notice.objects.get(), browse("apprentice")
    said = "The privacy notice has a version 1"
    assert said in client.get("/o/lanchuan/").content.decode()
    assert client.get("/o/lanchuan/sessions/mine/").status_code == 200
    answer = client.post(f"{WAY}notice/{notice.public_id}/", {"next": "/o/lanchuan/"})
    assert answer.url == "/o/lanchuan/"
    assert said not in client.get("/o/lanchuan/").content.decode()
    assert NoticeRead.objects.get().person == cast.people["apprentice"]
    form = {
        "zh": "新告知书",
        "en": "A new notice",
        "new_en": "Research was added.",
        "valid_from": "2026-01-02",
    }
    assert browse("coordinator").post("/o/lanchuan/people/privacy/", form).status_code == 403
    assert browse("administrator").post("/o/lanchuan/people/privacy/", form).status_code == 302
    page = client.get("/o/lanchuan/").content.decode()
    assert "The privacy notice has a version 2" in page
    assert "Research was added." in page


def test_the_button_of_a_notice_leads_to_no_other_site(cast: Cast, browse: Browse) -> None:
    load_notice(by=system(), at=AT)
    way = f"{WAY}notice/{Notice.objects.get().public_id}/"
    assert browse("apprentice").post(way, {"next": "https://evil.example/"}).url == "/"


def test_the_own_record_comes_as_one_file(cast: Cast, browse: Browse) -> None:
    answer = browse("apprentice").get(WAY + "record.zip")
    assert "attachment" in answer.headers["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    record = json.loads(archive.read("record.json"))
    assert record["about"] == "陈雨桐"
    assert {row["enrolment"] for row in record["tables"]["evaluation.Mark"]} == {"26001"}


def test_an_office_sees_who_has_read_and_who_agreed(cast: Cast, browse: Browse) -> None:
    load_notice(by=system(), at=AT)
    apprentice, classmate = browse("apprentice"), browse("classmate")
    apprentice.post(f"{WAY}notice/{Notice.objects.get().public_id}/", {"next": "/"})
    for client, press in ((apprentice, "give"), (classmate, "give"), (classmate, "withdraw")):
        client.post(WAY + "consent/", {"purpose": "research", "do": press})
    page = browse("coordinator").get("/o/lanchuan/people/privacy/")
    counts = {purpose.key: dict(found) for purpose, found in page.context["asked"]}
    assert counts["research"] == {"given": 1, "withdrawn": 1}
    assert page.context["read"] == 1
    unread = browse("coordinator").get("/o/lanchuan/people/privacy/?state=unread").context["lines"]
    assert cast.people["apprentice"] not in [line.person for line in unread]
    agreed = browse("coordinator").get("/o/lanchuan/people/privacy/?purpose=research").context["lines"]
    assert [line.person for line in agreed] == [cast.people["apprentice"]]
    assert browse("trainer").get("/o/lanchuan/people/privacy/").status_code == 403


def test_a_guardian_s_paper_is_noted_for_one_s_own_people_only(cast: Cast, browse: Browse) -> None:
    form = {
        "person": cast.people["apprentice"].public_id,
        "purpose": "story",
        "guardian": "陈建军",
        "do": "give",
    }
    assert browse("stranger").post("/o/dongling/people/privacy/guardian/", form).status_code == 404
    assert (
        browse("coordinator")
        .post("/o/lanchuan/people/privacy/guardian/", form | {"guardian": " "})
        .status_code
        == 403
    )
    assert browse("coordinator").post("/o/lanchuan/people/privacy/guardian/", form).status_code == 302
    assert ConsentEvent.objects.get().guardian == "陈建军"
    assert "by your guardian 陈建军" in browse("apprentice").get(WAY).content.decode()
