"""Who comes in, in which version and writing; and that every refusal is one of the standard's."""

from __future__ import annotations

import json
from base64 import b64encode
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client as Browser
from django.utils import timezone

from craftpath.delivery.lrs.bodies import whole
from craftpath.domain.activity import taking
from craftpath.domain.activity.models import Statement
from craftpath.kernel.clients import PREFIX
from tests.cast import Cast
from tests.engines.xapi.samples import ACTIVITY, AGENT, short
from tests.lrs.asking import SECRET, Program, token_of

pytestmark = pytest.mark.django_db
RESOURCES = (
    "statements", "activities", "activities/state", "activities/profile", "agents", "agents/profile", "about",
    "nowhere",
)  # fmt: skip
VERSION = "X-Experience-API-Version"


# ---- who -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"])
def test_nobody_gets_anything_but_about(db: Any, resource: str, method: str) -> None:
    answer = Browser().generic(method, f"/xapi/{resource}", headers={VERSION: "2.0.0"})
    if resource == "about" and method in ("GET", "HEAD"):
        assert answer.status_code == 200
        return
    if answer.status_code == 405:
        assert method not in answer["Allow"].split(", ")
        return
    assert answer.status_code == 401
    assert method in ("GET", "HEAD", "PUT", "POST", "DELETE")
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert answer[VERSION] == "2.0.0"
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("token", ["", "Bearer x", "Basic Og=="])
@pytest.mark.parametrize(
    ("version", "told"),
    [
        (None, ["2.0.0", "1.0.3"]),
        ("2.0.0", ["2.0.0", "1.0.3"]),
        ("1.0.3", ["1.0.3"]),
        ("0.9", ["2.0.0", "1.0.3"]),
    ],
)
def test_everybody_is_told_which_versions_are_spoken(
    db: Any, django_assert_num_queries: Any, token: str, version: str | None, told: list[str]
) -> None:
    headers = {name: text for name, text in (("Authorization", token), (VERSION, version)) if text}
    with nullcontext() if token else django_assert_num_queries(0):  # a wrong token is counted
        answer = Browser().get("/xapi/about", headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"version": told})
    assert answer[VERSION] == ("1.0.3" if version == "1.0.3" else "2.0.0")
    assert Browser().get("/xapi/about?x=1", headers=headers).status_code == 400


def test_a_page_of_another_origin_may_ask_with_a_token(newer: Program) -> None:
    origin = {"Origin": "https://weld.example", "Access-Control-Request-Method": "PUT"}
    answer = Browser().options("/xapi/statements", headers=origin)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT"
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer
    told = newer.get()
    assert told["Access-Control-Allow-Origin"] == "*"
    assert VERSION in told["Access-Control-Expose-Headers"]


def test_a_session_is_no_token(browse: Any) -> None:
    assert browse("coordinator").get("/xapi/statements", headers={VERSION: "2.0.0"}).status_code == 401


def test_a_token_that_ended_or_is_wrong_opens_nothing(newer: Program) -> None:
    token = newer.token
    bearer = {"Authorization": f"Bearer {PREFIX}{token.public_id}_{SECRET}"}
    assert newer.ask("GET", "statements", headers=bearer).status_code == 200
    for header in (
        "Bearer x",
        "Basic x",
        "Basic " + b64encode(f"{token.public_id}:no".encode()).decode(),
        "Og==",
    ):
        assert newer.ask("GET", "statements", headers={"Authorization": header}).status_code == 401
    token.revoked_at = timezone.now()
    token.save()
    assert newer.get().status_code == 401
    token.revoked_at, token.made_at = None, timezone.now() - timedelta(days=1)
    token.expires_at = timezone.now() - timedelta(seconds=1)
    token.save()
    assert newer.get().status_code == 401


def test_too_many_wrong_tokens_are_told_so(newer: Program) -> None:
    wrong = {"Authorization": "Bearer x"}
    told = {newer.ask("GET", "statements", headers=wrong).status_code for _ in range(80)}
    assert told == {401, 429}


def test_scopes_narrow(cast: Cast) -> None:
    reads, writes = (
        Program(token_of(cast.college, "xapi:read")),
        Program(token_of(cast.college, "xapi:write")),
    )
    other = Program(token_of(cast.college, "read", "write"))
    assert reads.get().status_code == 200
    assert writes.get().status_code == 403
    assert other.get().status_code == 403
    assert reads.post(short()).status_code == 403
    assert other.post(short()).status_code == 403
    assert writes.post(short()).status_code == 200
    state = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"}
    for method in ("PUT", "POST", "DELETE"):
        assert reads.ask(method, "activities/state", {"x": 1}, **state).status_code == 403
    assert "xapi:write" in reads.post(short()).json()["error"]


def test_only_whoever_sees_the_whole_organisation(cast: Cast) -> None:
    wide = Program(token_of(cast.college))
    narrow = Program(token_of(cast.college, role="assessor"))
    assert wide.get().status_code == 200
    answer = narrow.get()
    assert (answer.status_code, bool(answer.json()["error"])) == (403, True)
    assert narrow.post(short()).status_code == 403


def test_each_organisation_has_a_store_of_its_own(cast: Cast) -> None:
    here, there = Program(token_of(cast.college)), Program(token_of(cast.jinheng))
    own = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
    about = {"objectType": "StatementRef", "id": own}
    assert here.post(short(id=own)).status_code == 200
    assert there.get(statementId=own).status_code == 404
    assert there.get().json()["statements"] == []
    assert (
        there.post(short(id=own, result={"success": True})).status_code == 200
    )  # no conflict tells of the other
    there.post(short(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object=about))
    assert here.get(statementId=own).status_code == 200
    state = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"}
    here.put({"x": 1}, "activities/state", **state)
    assert there.get("activities/state", **state).status_code == 404
    here.post(short(object=ACTIVITY | {"definition": {"name": {"en": "secret"}}}))
    assert "definition" not in there.get("activities", activityId=ACTIVITY["id"]).json()


# ---- which version ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("2.0.0", "2.0.0"), ("2.0", "2.0.0"), ("2.0.7", "2.0.0"), ("1.0", "1.0.3"), ("1.0.0", "1.0.3"),
     ("1.0.3", "1.0.3"), ("1.0.9", "1.0.3")],
)  # fmt: skip
def test_versions_that_are_spoken(newer: Program, asked: str, answered: str) -> None:
    newer.headers[VERSION] = asked
    for answer in (newer.get(), newer.post(short()), newer.get(verb="bad"), newer.get("agents", agent=AGENT)):
        assert answer[VERSION] == answered
        assert answer.status_code in (200, 400)
    assert newer.get().status_code == 200


@pytest.mark.parametrize("asked", ["", "0.9", "0.95", "1.1.0", "1", "2", "2.1.0", "3.0.0", "1.0.x", "two"])
@pytest.mark.parametrize("resource", [one for one in RESOURCES if one not in ("about", "nowhere")])
def test_versions_that_are_not(newer: Program, asked: str, resource: str) -> None:
    newer.headers[VERSION] = asked
    for method in ("GET", "PUT", "POST", "DELETE"):
        answer = newer.ask(method, resource, short())
        assert answer.status_code in (400, 405)
        assert answer[VERSION] == "2.0.0"
    before = Statement._base_manager.count()
    assert newer.post(short()).status_code == 400
    assert Statement._base_manager.count() == before


# ---- which method, which address -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resource", "allowed"),
    [
        ("statements", "GET, HEAD, POST, PUT"),
        ("activities", "GET, HEAD"),
        ("agents", "GET, HEAD"),
        ("about", "GET, HEAD"),
        ("agents/profile", "DELETE, GET, HEAD, POST, PUT"),
    ],
)
def test_methods_that_are_not_meant(program: Program, resource: str, allowed: str) -> None:
    for method in {"DELETE", "PATCH", "OPTIONS", "TRACE", "PUT", "POST"} - set(allowed.split(", ")):
        answer = program.ask(method, resource)
        assert (answer.status_code, answer["Allow"]) == (405, allowed)


def test_addresses(newer: Program) -> None:
    assert newer.get("/statements").status_code == 200  # /xapi//statements
    assert newer.get("statements/").status_code == 200
    for resource in ("", "nowhere", "statements/more", "Statements"):
        answer = newer.get(resource)
        assert (answer.status_code, answer[VERSION]) == (404, "2.0.0")


def test_head_is_get_without_its_body(program: Program) -> None:
    own = program.post(short()).json()[0]
    for given in (
        {},
        {"statementId": own},
        {"attachments": "true"},
        {"verb": "bad"},
        {"statementId": own, "limit": "1"},
    ):
        told, head = program.get(**given), program.ask("HEAD", "statements", **given)
        assert (head.status_code, head.content) == (told.status_code, b"")
        assert head["Content-Type"].split(";")[0] == told["Content-Type"].split(";")[0]
        assert head[VERSION] == told[VERSION]
        assert head["X-Experience-API-Consistent-Through"]
        if not told.streaming:
            assert head["Content-Length"] == str(len(told.content))


# ---- the old syntax for browsers that can set no header --------------------------------------------------


def form(program: Program, method: str, resource: str = "statements", *, tail: str = "", **told: str) -> Any:
    headers = {name: program.headers[name] for name in ("Authorization", VERSION)}
    body = urlencode(headers | told).encode()
    return Browser().generic(
        "POST",
        f"/xapi/{resource}?method={method}{tail}",
        body,
        content_type="application/x-www-form-urlencoded",
    )


def test_everything_may_stand_in_a_form(older: Program) -> None:
    own = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"
    content = json.dumps(short(result={"response": "焊 & = ä"}))
    answer = form(older, "PUT", statementId=own, content=content, **{"Content-Type": "application/json"})
    assert (answer.status_code, answer[VERSION]) == (204, "1.0.3")
    answer = form(older, "GET", statementId=own)
    assert answer.json()["result"] == {"response": "焊 & = ä"}
    assert form(older, "GET", agent=json.dumps(AGENT), limit="1").json()["statements"][0]["id"] == own
    assert form(older, "POST", content=content).status_code == 200
    state = {"activityId": ACTIVITY["id"], "agent": json.dumps(AGENT), "stateId": "s"}
    assert (
        form(
            older, "PUT", "activities/state", **state, content="plain", **{"Content-Type": "text/plain"}
        ).status_code
        == 204
    )
    kept = form(older, "GET", "activities/state", **state)
    assert (kept.content, kept["Content-Type"]) == (b"plain", "text/plain")
    changed = {"If-Match": '"no"', "Content-Type": "text/plain"}
    assert form(older, "PUT", "activities/state", **state, content="x", **changed).status_code == 412
    assert form(older, "DELETE", "activities/state", **state).status_code == 204
    assert form(older, "GET", "activities/state", **state).status_code == 404


def test_a_form_adds_to_the_headers_that_came(older: Program) -> None:
    """Version and token may stand where they belong; what the form says as well counts more."""
    own, kind = "fd41c918-b88b-4b20-a0a5-a4c32391aaa0", "application/x-www-form-urlencoded"
    body = urlencode({"statementId": own, "content": json.dumps(short())}).encode()
    assert older.ask("POST", "statements?method=PUT", body, kind=kind).status_code == 204
    answer = older.ask("POST", "statements?method=GET", b"limit=1", kind=kind)
    assert (answer.status_code, answer[VERSION]) == (200, "1.0.3")
    assert [one["id"] for one in answer.json()["statements"]] == [own]
    for name, text in ((VERSION, "0.8"), (VERSION.lower(), "1.0.3"), ("Authorization", "Basic Og==")):
        told = urlencode({"limit": "1", name: text}).encode()
        answer = older.ask("POST", "statements?method=GET", told, kind=kind)
        assert answer.status_code == {"0.8": 400, "1.0.3": 400, "Basic Og==": 401}[text]
    lower = {name.lower(): text for name, text in older.headers.items()}
    answer = Browser().generic(
        "POST", "/xapi/statements?method=GET", b"limit=1", content_type=kind, headers=lower
    )
    assert answer.status_code == 200


def test_in_2_0_nothing_stands_in_a_form(newer: Program) -> None:
    assert form(newer, "GET").status_code == 400
    assert newer.ask("POST", "statements?method=GET", short()).status_code == 400


def test_forms_that_are_none(older: Program) -> None:
    assert form(older, "GET", tail="&limit=1").status_code == 400
    assert form(older, "PATCH").status_code == 405
    assert form(older, "get").status_code == 405
    assert form(older, "GET", foo="bar").status_code == 400
    assert form(older, "POST", content="{").status_code == 400
    assert (
        older.ask(
            "POST", "statements?method=GET", b"%ff=%ff", kind="application/x-www-form-urlencoded"
        ).status_code
        == 400
    )
    older.headers["Authorization"] = "Basic Og=="
    assert form(older, "GET").status_code == 401
    del older.headers[VERSION]
    older.headers[VERSION] = ""
    assert form(older, "GET").status_code == 400


# ---- what comes at the same moment, and what is too much -------------------------------------------------


def test_whoever_writes_the_same_at_the_same_moment_finds_it_there(
    newer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert, tried = taking._insert, []

    def late(*given: Any) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise IntegrityError("somebody else was quicker")
        insert(*given)

    monkeypatch.setattr(taking, "_insert", late)
    assert newer.post(short()).status_code == 200
    assert len(tried) == 2

    def busy(*given: Any) -> None:
        raise OperationalError("locked")

    monkeypatch.setattr(taking, "_insert", busy)
    assert newer.post(short()).status_code == 503


def test_what_is_too_large_is_refused_and_not_read(
    newer: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "__defaults__", (1000,))
    large = short(result={"response": "x" * 2000})
    state = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"}
    assert newer.post(large).status_code == 413
    assert newer.put({"x": "y" * 2000}, "activities/state", **state).status_code == 413
    assert newer.post(short()).status_code == 200
    settings.XAPI_LIMIT = 0
    assert newer.post(short()).status_code == 413


@pytest.mark.parametrize(
    "address",
    ["statements?%ff", "statements?a=%00", "statements?" + "a=1&" * 200,
     "statements?agent=%7B%22mbox%22%3A%22%5Cud800%22%7D",
     "agents?agent=" + "[" * 5000, "activities?activityId=urn:x&activityId=urn:y",
     "statements?limit=99999999999999999999",
     "statements?limit=%D9%A1", "statements?since=0001-01-01T00:00:00%2B14:00", "statements?from=AAAA",
     "statements?until=9999-12-31T23:59:59-14:00"],
)  # fmt: skip
def test_hostile_questions_are_refused(program: Program, address: str) -> None:
    assert program.ask("GET", address).status_code == 400
