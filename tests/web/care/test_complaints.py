"""The pages of complaints: each side its part, a cover until it is opened, and nothing of it anywhere else."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.domain.care import actions, queries
from craftpath.domain.care.models import Complaint
from tests.cast import Cast
from tests.domain.care.cases import complain

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")
WORDS = "师傅当众骂人。"
SEATS = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau"}


def form(cast: Cast, **values: object) -> dict[str, object]:
    return {
        "made_id": str(uuid.uuid4()),
        "about": "person",
        "named": [cast.people["mentor"].public_id],
        "matter": "treatment",
        "words": WORDS,
        "begins": "lanchuan",
    } | values


def made(cast: Cast, *named: str) -> Complaint:
    return complain(cast, *named, at=timezone.now())


def test_a_complaint_is_made_once_and_says_who_looks_after_it(cast: Cast, browse: Browse) -> None:
    client, way = browse("apprentice"), "/o/lanchuan/care/complaints/new/"
    page = client.get(way).content.decode()
    assert "Complaints without a name cannot be made here yet" in page
    given = form(cast)
    first, again = client.post(way, given), client.post(way, given)
    assert first.url == again.url == f"/o/lanchuan/care/complaints/{Complaint.objects.get().public_id}/"
    page = client.get(first.url).content.decode()
    assert WORDS in page
    assert "何静" in page


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"named": []}, "Say whom it is about"),
        ({"about": "organisation", "named": []}, "Say which organisation"),
        ({"words": "x" * 1_000_000}, "at most 4000 characters"),
        ({"words": ""}, "This field is required"),
        ({"begins": "dongling"}, "not one of the available choices"),
        ({"named": ["nobody"]}, "not one of the available choices"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_words(
    cast: Cast, browse: Browse, values: dict[str, object], says: str
) -> None:
    given = form(cast, wish="<script>alert(1)</script> 换一位师傅") | values
    answer = browse("apprentice").post("/o/lanchuan/care/complaints/new/", given)
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (422, True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 换一位师傅" in page
    assert not Complaint.objects.exists()


def test_a_handler_opens_the_cover_and_that_is_recorded(cast: Cast, browse: Browse) -> None:
    row, client = made(cast, "mentor"), browse("coordinator")
    way = f"/o/lanchuan/care/complaints/{row.public_id}/"
    desk = client.get("/o/lanchuan/").content.decode()
    assert f'href="{way}"' in desk
    cover = client.get(way).content.decode()
    assert WORDS not in cover
    assert "周国栋" not in cover
    assert client.post(f"{way}open/").status_code == 302
    assert WORDS in client.get(way).content.decode()
    assert "何静: opened it to read" in browse("apprentice").get(way).content.decode()
    history = client.get("/o/lanchuan/history/").content.decode()
    assert "omplaint" not in history.split("<main")[1]


@pytest.mark.parametrize(
    "who", ["mentor", "administrator", "hr", "officer", "auditor", "trainer", "classmate"]
)
def test_for_everybody_else_there_is_nothing(cast: Cast, browse: Browse, who: str) -> None:
    row, where = made(cast, "mentor"), SEATS.get(who, "lanchuan")
    client = browse(who)
    way = f"/o/{where}/care/complaints/{row.public_id}/"
    assert client.get(way).status_code == 404
    for verb in ("open", "say", "acknowledge", "name", "withdraw", "find", "read"):
        assert client.post(f"{way}{verb}/", {"words": "x"}).status_code == 404
    person = cast.enrolments["26001"].public_id
    pages = [
        "",
        "care/",
        "history/",
        "history/export/",
        f"cohorts/apprentices/{person}/",
        "people/",
        "cohorts/",
    ]
    for page in pages:
        text = client.get(f"/o/{where}/{page}").content.decode()
        assert row.public_id not in text, page
        assert "omplaint of" not in text, page


def test_who_is_told_reads_the_handlers_words_and_never_the_complainants(cast: Cast, browse: Browse) -> None:
    row, client, mentor = made(cast, "mentor"), browse("coordinator"), browse("mentor")
    way = f"/o/lanchuan/care/complaints/{row.public_id}/"
    theirs = f"/o/jinheng/care/complaints/{row.public_id}/"
    client.post(f"{way}acknowledge/")
    [named] = queries.named_in(row)
    told = {"named": named.public_id, "told": "请谈谈您的沟通方式。"}
    assert client.post(f"{way}tell/", told).status_code == 302
    assert f'href="{theirs}"' in mentor.get("/o/jinheng/").content.decode()
    assert mentor.post(f"{theirs}open/").status_code == 302
    page = mentor.get(theirs).content.decode()
    assert "请谈谈您的沟通方式" in page
    for hidden in (WORDS, "陈雨桐", "何静: opened"):
        assert hidden not in page
    assert mentor.post(f"{theirs}say/", {"words": "我当时话重了。", "part": "complainant"}).status_code == 302
    assert "我当时话重了" not in browse("apprentice").get(way).content.decode()
    client.post(f"{way}open/")
    assert "我当时话重了" in client.get(way).content.decode()
    for verb in ("acknowledge", "decide", "close", "withdraw", "escalate", "name", "hand-over", "call-in"):
        answer = mentor.post(f"{theirs}{verb}/", {"external": "x", "person": cast.people["hr"].public_id})
        assert answer.status_code in {403, 409}, verb
    client.post(f"{way}formalise/")
    given = {"outcome": "partly", "decision": "部分成立。", "decision_for_named": "请注意沟通。"}
    assert client.post(f"{way}decide/", given).status_code == 302
    assert client.post(f"{way}decide/", given | {"decision": "另一个"}).status_code == 409
    assert "请注意沟通" in mentor.get(theirs).content.decode()
    assert "部分成立" not in mentor.get(theirs).content.decode()
    assert "there is an answer for you" in browse("apprentice").get("/o/lanchuan/").content.decode()


def test_a_handler_who_names_somebody_they_depend_on_is_led_home(cast: Cast, browse: Browse) -> None:
    row, client = made(cast), browse("coordinator")
    way = f"/o/lanchuan/care/complaints/{row.public_id}/"
    client.post(f"{way}open/")
    answer = client.post(f"{way}name/", {"person": cast.people["administrator"].public_id})
    assert answer.url == "/o/lanchuan/care/"
    assert client.get(way).status_code == 404
    assert client.get(answer.url).status_code == 200


def test_a_refused_decision_keeps_its_words(cast: Cast, browse: Browse) -> None:
    row, client = made(cast), browse("coordinator")
    way = f"/o/lanchuan/care/complaints/{row.public_id}/"
    for verb in ("open", "acknowledge", "formalise"):
        client.post(f"{way}{verb}/")
    answer = client.post(f"{way}decide/", {"decision": "成立。"})
    assert answer.status_code == 409
    assert "成立。</textarea>" in answer.content.decode()


def test_nothing_of_it_stands_in_anybody_elses_file(cast: Cast, browse: Browse) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    from craftpath.delivery.exchange.own_record import write_record

    row = made(cast, "mentor")
    [named] = queries.named_in(row)
    actions.tell_named(row, named, words="请谈谈。", by=cast.actor("coordinator"), at=timezone.now())
    files = {}
    for who in ("apprentice", "mentor", "coordinator"):
        stream = BytesIO()
        write_record(stream, cast.people[who], at=timezone.now())
        files[who] = ZipFile(stream).read("record.json").decode()
    assert WORDS in files["apprentice"]
    assert "care.Complaint" not in files["mentor"] + files["coordinator"]
    assert row.public_id not in files["mentor"]
    assert WORDS not in files["mentor"] + files["coordinator"]


@pytest.mark.parametrize("who", ["coordinator", "administrator", "mentor"])
def test_the_list_asks_as_often_for_one_as_for_many(
    cast: Cast, browse: Browse, who: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(12):
        made(cast)
    client, where = browse(who), SEATS.get(who, "lanchuan")
    client.get("/account/settings/")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        assert client.get(f"/o/{where}/care/").status_code == 200
