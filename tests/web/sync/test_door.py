"""The door of the outbox: each write once, each with an answer, and nothing for strangers."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.logbook.models import Entry, EntryFile
from craftpath.kernel.receipts import Receipt
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.photos import picture

DOOR = "/o/lanchuan/sync/"


@pytest.fixture
def phone(browse: Callable[[str], Client]) -> Client:
    """The phone of Chen Yutong."""
    return browse("apprentice")


def save(cast: Cast, **values: Any) -> dict[str, Any]:
    """A write that saves and hands in an entry."""
    data = {
        "entry": str(uuid.uuid4()),
        "enrolment": cast.enrolments["26001"].public_id,
        "base": 0,
        "on": "2026-09-14",
    }
    data |= {"text": "没有网络时写的。", "minutes": 60, "bucket": "workplace", "submit": True} | values
    return {"key": str(uuid.uuid4()), "kind": "log.save", "data": data, "at": "2026-09-14T08:00:00+08:00"}


def send(client: Client, *writes: Any, door: str = DOOR, **files: Any) -> list[dict[str, Any]]:
    """Send a portion and give its answers."""
    answer = client.post(door, {"writes": json.dumps(writes), **files})
    assert answer.status_code == 200, answer.content
    return answer.json()["answers"]


def count(model: Any) -> int:
    with everywhere("a test looks at everything"):
        return model.objects.count()


def test_hello_gives_each_person_a_key_of_their_own(browse: Callable[[str], Client], cast: Cast) -> None:
    one, again, other = (browse(who).get(DOOR).json() for who in ("apprentice", "apprentice", "classmate"))
    assert one["person"] == cast.people["apprentice"].public_id
    assert one["key"] == again["key"] != other["key"]
    assert len(one["key"]) == 44


def test_a_write_that_arrives_twice_is_done_once(phone: Client, cast: Cast) -> None:
    write = save(cast)
    [first], [again] = send(phone, write), send(phone, write)
    assert (first["status"], again["status"]) == ("done", "again")
    assert first["outcome"] == again["outcome"]
    assert first["outcome"]["state"] == "submitted"
    assert (count(Entry), count(Receipt)) == (1, 1)


def test_twice_in_one_portion_as_well(phone: Client, cast: Cast) -> None:
    write = save(cast)
    assert [answer["status"] for answer in send(phone, write, write)] == ["done", "again"]


def test_a_refused_one_says_why_and_the_others_are_done(phone: Client, cast: Cast) -> None:
    bad, good = save(cast, minutes=5000), save(cast)
    refused, done = send(phone, bad, good)
    assert (refused["status"], refused["code"], refused["reason"]) == (
        "refused",
        "logbook.more_than_a_day",
        "A day has 24 hours; check the time.",
    )
    assert done["status"] == "done"
    assert count(Receipt) == 1


def test_a_photo_before_its_entry_is_asked_for_later(phone: Client, cast: Cast) -> None:
    entry = save(cast, text="", submit=False)
    photo = {
        "key": str(uuid.uuid4()),
        "kind": "log.file",
        "data": {
            "entry": entry["data"]["entry"],
            "enrolment": entry["data"]["enrolment"],
            "file": str(uuid.uuid4()),
            "submit": True,
        },
    }

    def shot() -> dict[str, Any]:
        return {photo["key"]: SimpleUploadedFile("file", picture(), "image/jpeg")}

    assert send(phone, photo, **shot())[0]["status"] == "later"
    send(phone, entry)
    assert send(phone, photo, **shot())[0]["status"] == "done"
    assert send(phone, photo, **shot())[0]["status"] == "again"
    assert count(EntryFile) == 1
    with everywhere("a test looks at everything"):
        assert Entry.objects.get().state == "submitted"


def test_a_clock_that_runs_ahead_is_not_believed(phone: Client, cast: Cast) -> None:
    send(phone, save(cast) | {"at": "2099-01-01T00:00:00+08:00"})
    with everywhere("a test looks at everything"):
        entry = Entry.objects.get()
    assert entry.written_at == entry.saved_at


@pytest.mark.parametrize(
    "write",
    [
        None,
        7,
        {},
        {"key": "x", "kind": "log.save", "data": {}},
        {"key": str(uuid.uuid4()), "kind": "nosuch", "data": {}},
        {"key": str(uuid.uuid4()), "kind": "log.save", "data": []},
        {"key": str(uuid.uuid4()), "kind": "log.save", "data": {"enrolment": "nosuch"}},
        {"key": str(uuid.uuid4()), "kind": "log.confirm", "data": {"read": {"a": "b"}}},
        {"key": str(uuid.uuid4()), "kind": "log.return", "data": {"entry": "nosuch", "revision": 1}},
        {"key": str(uuid.uuid4()), "kind": "log.file", "data": {"entry": "x", "enrolment": "x"}},
        {"key": str(uuid.uuid4()), "kind": ["log.save"], "data": {}},
    ],
)
def test_what_is_no_write_is_refused_with_a_sentence(phone: Client, write: Any) -> None:
    [answer] = send(phone, write)
    assert (answer["status"], answer["code"]) == ("refused", "sync.unreadable")
    assert answer["reason"]
    assert count(Receipt) == 0


@pytest.mark.parametrize(
    "values", [{"base": 10**30}, {"minutes": 10**30}, {"on": "x"}, {"entry": "x"}, {"base": "x"}]
)
def test_wild_figures_are_refused_or_bounded(phone: Client, cast: Cast, values: dict[str, Any]) -> None:
    [answer] = send(phone, save(cast, **values))
    assert answer["status"] in ("refused", "done")


@pytest.mark.parametrize("writes", ["", "{", "{}", "[" + ",".join(["0"] * 51) + "]"])
def test_what_is_no_portion_is_an_error(phone: Client, writes: str) -> None:
    assert phone.post(DOOR, {"writes": writes}).status_code == 400


def test_another_s_enrolment_cannot_be_written(browse: Callable[[str], Client], cast: Cast) -> None:
    [answer] = send(browse("classmate"), save(cast))
    assert answer["code"] == "sync.unreadable"
    assert count(Entry) == 0


def test_a_mentor_confirms_through_the_door_and_strangers_find_nothing(
    browse: Callable[[str], Client], phone: Client, cast: Cast
) -> None:
    [saved] = send(phone, save(cast))
    write = {"key": str(uuid.uuid4()), "kind": "log.confirm", "data": {"read": {saved["outcome"]["id"]: 1}}}
    assert send(browse("classmate"), write)[0]["outcome"]["done"] == []
    [answer] = send(browse("mentor"), write, door="/o/jinheng/sync/")
    assert answer["outcome"]["done"] == [saved["outcome"]["id"]]
    assert browse("stranger").get(DOOR).status_code == 404
    assert browse("").get(DOOR).status_code == 302


def test_the_worker_lies_at_the_root_and_names_what_it_keeps(client: Client) -> None:
    answer = client.get("/worker.js")
    assert (answer.status_code, answer["Service-Worker-Allowed"]) == (200, "/")
    text = answer.content.decode()
    assert 'NOWHERE = "/offline/"' in text
    assert "log.css" in text
    assert client.get("/manifest.webmanifest").json()["display"] == "standalone"
    assert client.get("/offline/").status_code == 200


def test_an_answer_says_what_the_page_would_have_said(
    browse: Callable[[str], Client], phone: Client, cast: Cast
) -> None:
    [saved] = send(phone, save(cast))
    read = {saved["outcome"]["id"]: saved["outcome"]["revision"]}
    write = {"key": str(uuid.uuid4()), "kind": "log.confirm", "data": {"read": read}}
    [answer], [again] = (send(browse("mentor"), write, door="/o/jinheng/sync/") for _ in range(2))
    assert answer["said"] == again["said"] == [{"tone": "good", "words": "Confirmed: 1 entry."}]
    assert saved["said"] == []  # a log has its own page for that
