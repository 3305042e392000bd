"""A week by the API: the apprentice writes and hands in, the mentor confirms and sends back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.logbook.models import Entry
from craftpath.kernel.audit import AuditEntry, told_through
from craftpath.kernel.receipts import Receipt
from tests.api.caller import Caller, board, caller
from tests.cast import Cast

DAY = "2026-09-14"
ENTRY = {"on": DAY, "text": "Turned a shaft on the lathe.", "minutes": 240, "bucket": "workplace"}


@pytest.fixture
def apprentice(cast: Cast) -> Caller:
    return caller(cast, "apprentice")


@pytest.fixture
def mentor(cast: Cast) -> Caller:
    return caller(cast, "mentor")


def write(who: Caller, **change: Any) -> dict[str, Any]:
    answer = who("POST", "/log/entries", ENTRY | change)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_an_entry_is_written_handed_in_and_confirmed(apprentice: Caller, mentor: Caller) -> None:
    made = write(apprentice)
    assert (made["state"], made["revision"], made["minutes"]) == ("draft", 1, 240)
    assert mentor.get("/log/entries")["items"] == []
    assert mentor("GET", f"/log/entries/{made['id']}").status_code == 404  # a draft is its writer's alone
    handed = apprentice("POST", f"/log/entries/{made['id']}/submit")
    assert handed.json()["state"] == "submitted"
    waiting = mentor.get("/log/waiting")["items"]
    assert [row["id"] for row in waiting] == [made["id"]]
    done = mentor("POST", "/log/confirm", {"entries": [{"id": made["id"], "revision": 1}]})
    assert done.json() == {"confirmed": [made["id"]], "refused": []}
    read = apprentice.get(f"/log/entries/{made['id']}")
    assert (read["state"], read["confirmed_by"]["name"]) == ("confirmed", "周国栋")
    assert mentor.get("/log/waiting")["items"] == []


def test_the_history_names_the_token(apprentice: Caller) -> None:
    made = write(apprentice, submit=True)
    entry = AuditEntry._base_manager.get(fact="logbook.entry_submitted")
    assert told_through([entry]) == {entry.pk: "apprentice"}
    assert made["state"] == "submitted"


def test_one_that_goes_back_says_why_and_comes_again(apprentice: Caller, mentor: Caller) -> None:
    made = write(apprentice, submit=True)
    back = mentor("POST", f"/log/entries/{made['id']}/return", {"revision": 1, "words": "Which lathe?"})
    assert back.json()["state"] == "returned"
    assert back.json()["remarks"][0]["words"] == "Which lathe?"
    change = apprentice(
        "PUT", f"/log/entries/{made['id']}", ENTRY | {"text": "The old lathe."}, If_Match='"1"'
    )
    assert (change.json()["revision"], change.headers["ETag"]) == (2, '"2"')
    assert apprentice("POST", f"/log/entries/{made['id']}/submit").json()["state"] == "submitted"
    late = mentor("POST", "/log/confirm", {"entries": [{"id": made["id"], "revision": 1}]}).json()
    assert late["refused"][0]["code"] == "logbook.changed_meanwhile"
    assert "changed this entry" in late["refused"][0]["detail"]


def test_what_changed_meanwhile_is_not_written_over(apprentice: Caller) -> None:
    made = write(apprentice)
    page = f"/log/entries/{made['id']}"
    assert apprentice("PUT", page, ENTRY | {"minutes": 10}, If_Match='"1"').status_code == 200
    late = apprentice("PUT", page, ENTRY | {"minutes": 20}, If_Match='"1"')
    assert (late.status_code, late.json()["code"], late.json()["facts"]) == (
        412,
        "api.changed",
        {"revision": 2},
    )
    assert apprentice.get(page)["minutes"] == 10
    assert apprentice.get(page)["versions"] == 0
    for any_one in ("*", '"1", "2"'):
        assert apprentice("PUT", page, ENTRY | {"minutes": 10}, If_Match=any_one).status_code == 200


def test_what_has_not_changed_is_not_sent_again(apprentice: Caller) -> None:
    made = write(apprentice)
    for page in (f"/log/entries/{made['id']}", "/log/entries", "/me"):
        first = apprentice("GET", page)
        again = apprentice("GET", page, If_None_Match=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
    apprentice("PUT", f"/log/entries/{made['id']}", ENTRY | {"minutes": 1})
    assert apprentice("GET", "/log/entries", If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_write_with_a_key_is_done_once(apprentice: Caller) -> None:
    first = apprentice("POST", "/log/entries", ENTRY, Idempotency_Key="monday-1")
    again = apprentice("POST", "/log/entries", ENTRY, Idempotency_Key="monday-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    other = apprentice("POST", "/log/entries", ENTRY | {"minutes": 5}, Idempotency_Key="monday-1")
    assert (other.status_code, other.json()["code"]) == (422, "api.key_used")
    assert Entry._base_manager.count() == 1


def test_what_was_refused_under_a_key_may_come_again(apprentice: Caller, cast: Cast) -> None:
    early = apprentice("POST", "/log/entries", ENTRY | {"on": "2026-01-05"}, Idempotency_Key="k")
    assert (early.status_code, early.json()["code"]) == (409, "logbook.before_start")
    assert early.json()["facts"]["starts_on"] == "2026-03-02"
    assert not Receipt.objects.exists()
    assert apprentice("POST", "/log/entries", ENTRY, Idempotency_Key="k").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "ü", "令牌"])
def test_a_key_is_plain(apprentice: Caller, key: str) -> None:
    answer = apprentice("POST", "/log/entries", ENTRY, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "api.key")
    assert not Entry._base_manager.exists()


def test_two_people_s_keys_are_two(cast: Cast, apprentice: Caller) -> None:
    other = caller(cast, "classmate")
    for who in (apprentice, other):
        assert who("POST", "/log/entries", ENTRY, Idempotency_Key="same").status_code == 201
    assert Entry._base_manager.count() == 2


def test_nobody_reads_or_writes_another_s_log(cast: Cast, apprentice: Caller) -> None:
    made = write(apprentice, submit=True)
    classmate, stranger, mentor = caller(cast, "classmate"), caller(cast, "stranger"), caller(cast, "mentor")
    for who in (classmate, stranger):
        assert who.get("/log/entries")["items"] == []
        for method, page, body in (
            ("GET", "", None), ("PUT", "", ENTRY), ("POST", "/submit", None), ("POST", "/return", {"revision": 1}),
        ):  # fmt: skip
            assert who(method, f"/log/entries/{made['id']}{page}", body).status_code == 404
    assert mentor("PUT", f"/log/entries/{made['id']}", ENTRY).status_code == 403
    own = apprentice("POST", "/log/confirm", {"entries": [{"id": made["id"], "revision": 1}]})
    assert own.status_code == 403
    coordinator = caller(cast, "coordinator")
    assert coordinator.get(f"/log/entries/{made['id']}")["id"] == made["id"]
    back = coordinator("POST", f"/log/entries/{made['id']}/return", {"revision": 1, "words": "x"})
    assert (back.status_code, back.json()["code"]) == (403, "logbook.not_your_apprentice")


def test_a_service_token_reads_and_writes_nothing(cast: Cast, apprentice: Caller) -> None:
    made = write(apprentice, submit=True)
    program = board(cast, ["coordinator"], ["write"])
    assert program.get(f"/log/entries/{made['id']}")["text"] == ENTRY["text"]
    for page, body in (
        ("/log/entries", ENTRY),
        ("/log/confirm", {"entries": [{"id": made["id"], "revision": 1}]}),
    ):
        answer = program("POST", page, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "kernel.client_needs_person")
    assert program("GET", "/log/waiting").status_code == 403


def test_a_list_comes_in_pages_that_miss_nothing_and_repeat_nothing(apprentice: Caller) -> None:
    made = [write(apprentice, on=f"2026-09-{day:02}", minutes=day)["id"] for day in (3, 1, 2, 2, 2, 4, 5)]
    found = apprentice.every("/log/entries")
    assert sorted(row["id"] for row in found) == sorted(made)
    assert [row["on"] for row in found] == sorted((row["on"] for row in found), reverse=True)
    page = apprentice.get("/log/entries?limit=2")
    write(apprentice, on="2026-09-14")  # before the page that was read: the next one is as it was
    rest = apprentice.get(f"/log/entries?limit=200&cursor={page['next']}")["items"]
    assert [row["id"] for row in rest] == [row["id"] for row in found[2:]]


def test_filters_and_cursors_of_other_lists(cast: Cast, apprentice: Caller) -> None:
    for day in (1, 2, 3):
        write(apprentice, on=f"2026-09-{day:02}", submit=day == 2)
    assert [row["on"] for row in apprentice.get("/log/entries?state=submitted")["items"]] == ["2026-09-02"]
    assert len(apprentice.get("/log/entries?first=2026-09-02&last=2026-09-02")["items"]) == 1
    enrolment = cast.enrolments["26001"].public_id
    assert len(apprentice.get(f"/log/entries?enrolment={enrolment}")["items"]) == 3
    cursor = apprentice.get("/log/entries?limit=1")["next"]
    others = [caller(cast, "mentor"), apprentice]
    for who, page in zip(others, ("?", "?state=draft&"), strict=True):
        answer = who("GET", f"/log/entries{page}cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "api.cursor")


@pytest.mark.parametrize(
    "cursor", ["x", "令牌", "%00", "a" * 1999, "gAAAAABm", "bnVsbA==", "-1", "' OR 1=1 --", "%F0%9F%94%A5"]
)
def test_a_forged_cursor_opens_nothing(apprentice: Caller, cursor: str) -> None:
    answer = apprentice("GET", f"/log/entries?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.cursor")


def test_as_many_questions_for_one_entry_as_for_many(apprentice: Caller) -> None:
    asked = []
    for days in ((1,), range(2, 20)):
        for day in days:
            write(apprentice, on=f"2026-09-{day:02}" if day < 15 else f"2026-08-{day:02}", submit=True)
        with CaptureQueriesContext(connection) as queries:
            apprentice.get("/log/entries")
        asked.append(len(queries))
    assert asked[0] == asked[1]
