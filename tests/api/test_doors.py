"""Who comes in and how: tokens, scopes, limits, languages, and whatever else somebody may send."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.exchange import budgets
from craftpath.kernel.clients import Client
from craftpath.kernel.roles import Role
from tests.api.caller import Caller, board, caller, token
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def test_a_token_says_who_it_is(cast: Cast) -> None:
    me = caller(cast, "mentor", ["log:read"]).get("/me")
    assert (me["person"]["name"], me["organisation_key"], me["roles"]) == ("周国栋", "jinheng", ["mentor"])
    assert (me["scopes"], me["service"], me["organisation"]["name"]["en"]) == (
        ["log:read"], False, "Jinheng Machinery",
    )  # fmt: skip
    program = board(cast, [Role.AUDITOR]).get("/me")
    assert (program["person"], program["service"], program["roles"]) == (None, True, ["auditor"])


def test_user_name_and_password_will_do(cast: Cast) -> None:
    made = token(cast, "apprentice")
    pair = b64encode(f"{made.client.public_id}:{made.secret}".encode()).decode()
    assert Caller(f"Basic {pair}").get("/me")["token"]["id"] == made.client.public_id


def test_nobody_comes_in_by_a_session(cast: Cast) -> None:
    browser = Browser(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(cast.people["coordinator"])
    answer = browser.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "api.token_missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic x", "Bearer craftpath_aaaaaaaaaaaa_x", "x" * 5000]
)
def test_without_a_token_that_serves_there_is_nothing(cast: Cast, header: str) -> None:
    for method, path in (
        ("GET", "/me"),
        ("GET", "/log/entries"),
        ("POST", "/log/entries"),
        ("PUT", "/log/entries/x"),
    ):
        answer = Caller(header)(method, path, {} if method != "GET" else None)
        assert answer.status_code == 401
        assert answer.json()["code"] == ("api.token_wrong" if header else "api.token_missing")


def test_whoever_tries_too_many_wrong_tokens_is_told_to_wait(cast: Cast) -> None:
    forger, honest = Caller("Bearer craftpath_aaaaaaaaaaaa_x"), caller(cast, "apprentice")
    statuses = [forger("GET", "/me").status_code for _ in range(32)]
    assert statuses == [401] * 30 + [429] * 2
    assert forger("GET", "/me").headers["Retry-After"] == "60"
    assert honest.get("/me")  # who has a token that serves is not kept out by others


def test_it_ends_for_the_api_as_it_ends_everywhere(cast: Cast) -> None:
    made = token(cast, "apprentice")
    who, rows = Caller(f"Bearer {made.token}"), Client._base_manager.filter(pk=made.client.pk)
    assert who.get("/me")
    now = timezone.now()
    for column, value in (("revoked_at", now), ("expires_at", now - timedelta(seconds=1))):
        before = rows.values_list(column, flat=True).get()
        rows.update(**{column: value, "made_at": now - timedelta(days=2)})
        assert who("GET", "/me").status_code == 401
        rows.update(**{column: before})
    assert who.get("/me")


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [
        (["read"], 200, 403), (["write"], 200, 201), (["log:read"], 200, 403), (["log:write"], 200, 201),
        (["figures:read"], 403, 403), (["xapi:all", "scim"], 403, 403),
    ],
)  # fmt: skip
def test_a_scope_narrows(cast: Cast, scopes: list[str], read: int, write: int) -> None:
    who = caller(cast, "apprentice", scopes)
    assert who("GET", "/log/entries").status_code == read
    answer = who("POST", "/log/entries", {"on": "2026-09-14", "text": "x"})
    assert answer.status_code == write
    if write == 403:
        assert answer.json()["code"] == "kernel.client_scope_lacks"
        assert answer.json()["facts"] == {"scope": "log:write"}


def test_a_scope_never_widens(cast: Cast) -> None:
    answer = caller(cast, "hr", ["write"])("POST", "/log/entries", {"on": "2026-09-14"})
    assert (answer.status_code, answer.json()["code"]) == (403, "kernel.role_lacks")


def test_so_many_requests_in_a_minute_and_no_more(cast: Cast, settings: Any, monkeypatch: Any) -> None:
    settings.API_A_MINUTE = 20
    now = timezone.now().replace(second=10)
    monkeypatch.setattr("craftpath.delivery.exchange.programs.timezone.now", lambda: now)
    who, other = caller(cast, "apprentice"), caller(cast, "classmate")
    answers = [who("GET", "/me") for _ in range(22)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 2
    left = [int(answer.headers["RateLimit-Remaining"]) for answer in answers]
    assert left == [*range(19, -1, -1), 0, 0]
    over = answers[-1]
    assert (over.headers["RateLimit-Limit"], over.headers["Retry-After"]) == ("20", "50")
    assert over.json()["facts"] == {"limit": 20, "seconds": 50}
    assert other.get("/me")
    now += timedelta(seconds=50)
    assert who.get("/me")


def test_processes_share_one_budget(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = 20
    client, now, done = token(cast, "apprentice").client, timezone.now(), []
    for _ in range(30):
        budgets._drawn.clear()  # each request by a process of its own: what the one before drew is lost
        done.append(budgets.spend(client, now).over)
    assert done.count(False) == 10  # portions of two
    assert done == sorted(done)


def test_a_request_costs_few_questions(cast: Cast) -> None:
    who = caller(cast, "apprentice")
    who.get("/me")
    with CaptureQueriesContext(connection) as asked:
        who.get("/me")
    assert len(asked) == 2  # the token with its person and place, and the roles
    program = board(cast, [Role.AUDITOR])
    program.get("/me")
    with CaptureQueriesContext(connection) as asked:
        program.get("/me")
    assert len(asked) == 1


def test_what_goes_wrong_is_said_in_the_caller_s_language(cast: Cast) -> None:
    body = {"on": "2026-13-40", "minutes": 2000, "more": 1}
    found = {}
    for language in ("en", "zh-hans"):
        answer = caller(cast, "apprentice", language=language)("POST", "/log/entries", body)
        assert answer.status_code == 422
        assert answer.headers["Content-Language"] == language
        found[language] = {wrong["at"]: wrong["detail"] for wrong in answer.json()["errors"]}
    assert found["en"] == {
        "body.on": "This is a day: 2026-09-14.",
        "body.minutes": "At most 1440.",
        "body.more": "This is not asked for.",
    }
    assert found["zh-hans"]["body.minutes"] == "最多 1440。"
    refused = caller(cast, "apprentice", language="zh-hans")("POST", "/log/entries", {"on": "2026-01-05"})
    assert (refused.status_code, refused.json()["code"]) == (409, "logbook.before_start")
    assert "早于" in refused.json()["detail"] or "之前" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("text/plain", b'{"on": "2026-09-14"}', 415, "api.not_json"),
        ("application/x-www-form-urlencoded", b"on=2026-09-14", 415, "api.not_json"),
        ("multipart/form-data; boundary=x", b"--x--", 415, "api.not_json"),
        ("", b"{}", 415, "api.not_json"),
        ("application/json", b"", 422, "api.invalid"),
        ("application/json", b"{", 400, "api.unreadable"),
        ("application/json", b"\xff\xfe", 400, "api.unreadable"),
        ("application/json", b"null", 422, "api.invalid"),
        ("application/json", b"[]", 422, "api.invalid"),
        ("application/json", b"[" * 100_000, 400, "api.unreadable"),
        ("application/json", b'{"on": "2026-09-14", "minutes": 1' + b"0" * 5000 + b"}", 400, "api.unreadable"),
        ("application/json", b'{"on": "2026-09-14", "minutes": NaN}', 400, "api.unreadable"),
        ("application/json", b'{"on": "2026-09-14", "minutes": 99999999999}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "minutes": -1}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "minutes": "\xe4\xb8\x80"}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "text": "a\\u0000b"}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "text": "\\ud800"}', 400, "api.unreadable"),
        ("application/json", b'{"on": "2026-09-14", "text": "' + b"a" * 10_000 + b'"}', 422, "api.invalid"),
        ("application/json", b'{"on": "0001-01-01"}', 422, "api.invalid"),
        ("application/json", b'{"on": "9999-12-31"}', 422, "api.invalid"),
        ("application/json", b'{"on": 1e400}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "made_id": "x"}', 422, "api.invalid"),
        ("application/json", b'{"on": "2026-09-14", "text": "' + b"a" * 1_100_000 + b'"}', 413, "api.too_large"),
        ("application/json", b'{"on": "2026-09-14", "text": "' + b"a" * 6_000_000 + b'"}', 413, "api.too_large"),
    ],
)  # fmt: skip
def test_bodies_that_are_none(cast: Cast, kind: str, body: bytes, status: int, code: str) -> None:
    who = caller(cast, "apprentice")
    answer = who.browser.generic("POST", "/api/v1/log/entries", body, content_type=kind, headers=who.headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=9" + "9" * 50, "first=x", "first=0000-00-00", "state=x",
     "enrolment=%00", "enrolment=' OR 1=1", "enrolment=" + "a" * 10_000, "last=9999-12-31", "first=1e9"],
)  # fmt: skip
def test_queries_that_are_none(cast: Cast, query: str) -> None:
    answer = caller(cast, "apprentice")("GET", f"/log/entries?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.invalid")


@pytest.mark.parametrize(
    "name", ["x", "%00", "a%00b", "..", "%2e%2e%2f", "a" * 10_000, "令牌", "0", "-1", "null"]
)
def test_names_of_nothing(cast: Cast, name: str) -> None:
    who = caller(cast, "coordinator")
    for method in ("GET", "PUT"):
        answer = who(method, f"/log/entries/{name}", {"on": "2026-09-14"} if method == "PUT" else None)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_addresses_that_are_none_answer_as_the_others(cast: Cast) -> None:
    who = caller(cast, "coordinator")
    for path in ("", "/", "/nothing", "/log", "/log/entries/", "/docs"):
        answer = who("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (404, "api.not_there")
    for method, path in (("DELETE", "/me"), ("PATCH", "/log/entries"), ("POST", "/me"), ("TRACE", "/me")):
        answer = who(method, path)
        assert (answer.status_code, answer.json()["code"]) == (405, "api.not_done")
        assert answer.headers["Allow"]


def test_an_answer_is_kept_by_nobody_else(cast: Cast) -> None:
    who = caller(cast, "apprentice")
    assert who("GET", "/me").headers["Cache-Control"] == "private, no-cache"
    assert who("GET", "/log/entries/x").headers["Cache-Control"] == "no-store"
