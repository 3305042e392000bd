"""Pages of reading: a licence on each text, notes of one's own, a record, what is confirmed, and the table."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from craftpath.domain.forums.models import Forum, Thread
from craftpath.domain.reading import actions
from craftpath.domain.reading.models import Note, ReadingList, ReadingRecord, ReadingText
from tests.cast import AT, Cast
from tests.domain.reading.world import added, listed, noted

pytestmark = pytest.mark.usefixtures("all_rows")


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any) -> str:
    return reverse(f"reading:{page}", args=["lanchuan", *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_trainer_opens_a_list_adds_texts_with_licences_and_a_club(cast: Cast) -> None:
    host = client(cast, "trainer")
    sent = {"made_id": str(uuid.uuid4()), "title": "读《天工开物》", "audience": "college"}
    host.post(url("new"), sent)
    row = ReadingList.objects.get()
    said = {
        "made_id": str(uuid.uuid4()),
        "title": "锤锻",
        "licence": "public_domain",
        "body": "金木**受攻**。",
    }
    assert host.post(url("add_text", row.public_id), {**said, "licence": ""}).status_code == 422
    assert host.post(url("add_text", row.public_id), {**said, "licence": "linked"}).status_code == 409
    host.post(url("add_text", row.public_id), said)
    page = text(client(cast).get(url("text", ReadingText.objects.get().public_id)))
    assert "<strong>受攻</strong>" in page
    assert "Licence: Public domain" in page
    club = {"made_id": str(uuid.uuid4()), "every": "2", "weekday": "2", "at": "18:30"}
    host.post(url("club", row.public_id), club)
    assert Forum.objects.get().of == row.ref
    assert client(cast).get(url("edit", row.public_id)).status_code == 403
    assert client(cast, "stranger").get(url("list", row.public_id)).status_code in (403, 404)


def test_a_note_stays_ones_own_until_it_is_shared(cast: Cast) -> None:
    row = listed(cast)
    one = added(cast, row)
    actions.open_club(row, made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT)
    me, mate = client(cast), client(cast, "classmate")
    sent = {"made_id": str(uuid.uuid4()), "quote": "物象曲成", "words": "和我们锻打一样"}
    me.post(url("note", one.public_id), sent)
    assert "和我们锻打一样" not in text(mate.get(url("text", one.public_id)))
    note = Note.objects.get()
    assert mate.post(url("note_do", note.public_id, "share")).status_code == 404
    me.post(url("note_do", note.public_id, "share"))
    assert "和我们锻打一样" in text(mate.get(url("text", one.public_id)))
    assert Thread.objects.get().starter == cast.people["apprentice"]
    assert me.post(url("note", one.public_id), {**sent, "words": ""}).status_code == 422


def test_what_is_finished_is_confirmed_by_whoever_leads_and_stands_in_the_table(cast: Cast) -> None:
    row = listed(cast)
    one = added(cast, row)
    me, host = client(cast), client(cast, "trainer")
    me.post(url("do", row.public_id, "join"))
    me.post(
        url("record", one.public_id), {"pages": "2", "minutes": "30", "sentence": "=火候", "finished": "on"}
    )
    record = ReadingRecord.objects.get()
    assert "=火候" in text(host.get(url("list", row.public_id)))
    assert me.post(url("confirm", record.public_id, "confirm")).status_code == 403
    host.post(url("confirm", record.public_id, "confirm"))
    record.refresh_from_db()
    assert record.state == "confirmed"
    assert "confirmed" in text(me.get(url("mine")))
    sheet = load_workbook(BytesIO(host.get(url("table", row.public_id)).content)).active
    assert [cell.value for cell in sheet[2]][:5] == ["陈雨桐", "锤锻", "confirmed", 2, 30]
    assert me.get(url("table", row.public_id)).status_code == 403


def test_others_learn_nothing_of_what_one_has_read(cast: Cast) -> None:
    row = listed(cast)
    one = added(cast, row)
    actions.keep_record(one, sentence="只给自己", finished=True, by=cast.actor("apprentice"), at=AT)
    noted(cast, one)
    for page in (url("list", row.public_id), url("text", one.public_id), url("mine")):
        assert "只给自己" not in text(client(cast, "classmate").get(page))
