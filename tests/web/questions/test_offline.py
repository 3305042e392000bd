"""What the outbox brings to questions: asked once, photos in any order, and nothing of what cannot be read."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.questions.models import Attachment, Question
from tests.cast import Cast
from tests.domain.questions.world import SAID
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def phone(cast: Cast) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people["apprentice"])
    return made


def write(kind: str, **data: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "kind": f"questions.{kind}",
        "data": data,
        "at": "2026-09-14T08:00:00+08:00",
    }


def asking(**more: Any) -> dict[str, Any]:
    data = {"question": str(uuid.uuid4()), "text": SAID, "name_to": "staff", "photo": str(uuid.uuid4())}
    return write("ask", **(data | more))


def send(client: Client, *writes: Any, **photos: bytes) -> list[dict[str, Any]]:
    files = {key: SimpleUploadedFile("IMG_1.jpg", one, "image/jpeg") for key, one in photos.items()}
    answer = client.post("/o/lanchuan/sync/", {"writes": json.dumps(writes), **files})
    return list(answer.json()["answers"])


def test_asked_on_the_way_home_with_three_photos_arrives_once(phone: Client) -> None:
    question = str(uuid.uuid4())
    more = [write("photo", question=question, photo=str(uuid.uuid4())) for _n in range(2)]
    photos = {one["key"]: picture(size=(40 + n, 30)) for n, one in enumerate(more)}
    assert [one["status"] for one in send(phone, *more, **photos)] == ["later", "later"]
    first = asking(question=question)
    [done] = send(phone, first, **{first["key"]: picture()})
    assert done["status"] == "done"
    assert "An answer is promised by" in done["said"][0]["words"]
    assert phone.get(done["outcome"]["url"]).status_code == 200
    assert [one["status"] for one in send(phone, first, *more, **photos)] == ["again", "done", "done"]
    assert [one["status"] for one in send(phone, *more, **photos)] == ["again", "again"]
    row = Question.objects.get()
    assert (row.name_to, row.public_id) == ("staff", done["outcome"]["question"])
    assert Attachment.objects.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"name_to": "me"}, {"question": "x"}, {"text": "长" * 5000}, {"skill": "nothing"}]
)
def test_what_cannot_be_read_is_refused_and_nothing_is_asked(phone: Client, wrong: dict[str, Any]) -> None:
    [answer] = send(phone, asking(**wrong))
    assert (answer["status"], answer["code"]) == ("refused", "sync.unreadable")
    assert not Question.objects.exists()


def test_nobody_puts_a_photo_to_another_s_question(phone: Client, cast: Cast) -> None:
    question = str(uuid.uuid4())
    send(phone, asking(question=question))
    other = Client()
    other.force_login(cast.people["classmate"])
    more = write("photo", question=question, photo=str(uuid.uuid4()))
    assert [one["status"] for one in send(other, more, **{more["key"]: picture()})] == ["later"]
    assert not Attachment.objects.exists()
