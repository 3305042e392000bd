"""Pages of tokens: made once and shown once, revoked at once, and nobody else's are there."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.kernel.clients import Client, authenticate
from tests.cast import Cast
from tests.house.making import make_client
from tests.kernel.test_clients import own

OWN, NEW = "/account/tokens/", "/account/tokens/new/"
HERE = "/o/lanchuan/tokens/"
ASKED = {"name": "Script", "place": "lanchuan", "areas": ["log:read", "log:write"], "life": "30"}
SERVICE = {
    "name": "Board",
    "roles": ["auditor"],
    "wide": ["read"],
    "protocols": ["xapi:write"],
    "life": "365",
}


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def _words(answer: Any) -> str:
    return unescape(answer.content.decode())


def _value(answer: Any, name: str) -> str:
    found = re.search(rf'<code class="secret-code" id="{name}"[^>]*>([^<]*)</code>', _words(answer))
    assert found, name
    return found[1]


def _by_password(username: str) -> Browser:
    client = Browser(HTTP_ACCEPT_LANGUAGE="en")
    assert client.post("/account/login/", {"login": username, "password": "let-me-in"}).status_code == 302
    again = client.post("/account/reauthenticate/", {"password": "let-me-in", "next": NEW})
    assert (again.status_code, again.url) == (302, NEW)
    return client


def test_one_s_own_is_made_shown_once_and_serves(cast: Cast) -> None:
    trainer = _by_password("t01")
    assert trainer.get(NEW).status_code == 200
    made = trainer.post(NEW, ASKED)
    token = _value(made, "token")
    come = authenticate(f"Bearer {token}", timezone.now())
    assert come is not None
    assert come.actor.person == cast.people["trainer"]
    assert come.client.scopes == ["log:read", "log:write"]
    assert "no-store" in made.headers["Cache-Control"]
    secret = _value(made, "secret")
    listing = _words(trainer.get(OWN))
    assert secret not in listing
    assert token not in listing
    for said in ("Script", "Read training logs", "last used"):
        assert said in listing


def test_making_one_asks_for_the_password_again(browse: Any) -> None:
    answer = browse("trainer").get(NEW)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/reauthenticate/")
    assert browse("trainer").post(NEW, ASKED).status_code == 302
    assert not Client._base_manager.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""}, {"name": "\0"}, {"areas": []}, {"areas": ["everything"]}, {"place": "dongling"},
        {"life": "3650"}, {"life": ""}, {"wide": ["scim"]}, {"name": "x" * 10_000},
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_shown_again(cast: Cast, change: dict[str, Any]) -> None:
    answer = _by_password("t01").post(NEW, ASKED | change)
    assert answer.status_code == 422
    assert "field-errors" in _words(answer) or "form-errors" in _words(answer)
    assert not Client._base_manager.exists()


def test_it_is_revoked_and_renamed_by_its_person_only(cast: Cast, browse: Any) -> None:
    token = own(cast, "trainer").client
    page = f"{OWN}{token.public_id}/"
    assert browse("coordinator").post(page, {"do": "revoke"}).status_code == 404
    trainer = browse("trainer")
    assert trainer.post(page, {"do": "rename", "name": " Tab\0let "}).status_code == 302
    assert trainer.post(page, {"do": "dance"}).status_code == 302
    token.refresh_from_db(from_queryset=Client._base_manager.all())
    assert (token.name, token.revoked_at) == ("Tablet", None)
    assert trainer.post(page, {"do": "revoke"}).status_code == 302
    token.refresh_from_db(from_queryset=Client._base_manager.all())
    assert token.revoked_at is not None
    assert "revoked" in _words(trainer.get(OWN))


def test_a_service_token_is_made_by_whoever_runs_the_organisation(cast: Cast, browse: Any) -> None:
    answer = browse("administrator").post(HERE, SERVICE)
    come = authenticate(f"Bearer {_value(answer, 'token')}", timezone.now())
    assert come is not None
    assert come.client.is_service
    assert come.client.scopes == ["read", "xapi:write"]
    for who in ("coordinator", "trainer", "apprentice"):
        assert browse(who).post(HERE, SERVICE).status_code == 403
    assert browse("stranger").get(HERE).status_code == 404
    assert Client._base_manager.count() == 1


@pytest.mark.parametrize("change", [{"roles": []}, {"roles": ["apprentice"]}, {"wide": [], "protocols": []}])
def test_a_service_token_asked_wrongly_is_shown_again(
    cast: Cast, browse: Any, change: dict[str, Any]
) -> None:
    assert browse("administrator").post(HERE, SERVICE | change).status_code == 422
    assert not Client._base_manager.exists()


def test_the_organisation_revokes_its_own_and_its_people_s(cast: Cast, browse: Any) -> None:
    board, mine = make_client(cast), own(cast, "trainer").client
    administrator = browse("administrator")
    assert "Tokens of your people" in _words(administrator.get(HERE))
    for token in (board, mine):
        page = f"{HERE}{token.public_id}/"
        assert browse("coordinator").post(page, {"do": "revoke"}).status_code == 403
        assert browse("stranger").post(page, {"do": "revoke"}).status_code == 404
        assert administrator.post(page, {"do": "revoke"}).status_code == 302
    assert not Client._base_manager.filter(revoked_at=None).exists()
    elsewhere = f"/o/dongling/tokens/{board.public_id}/"
    assert browse("stranger").post(elsewhere, {"do": "revoke"}).status_code == 404


def test_as_many_questions_for_one_token_as_for_many(cast: Cast, browse: Any) -> None:
    administrator, asked = browse("administrator"), []
    for more in (1, 9):
        for _ in range(more):
            own(cast, "trainer")
        administrator.get(HERE)
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(HERE).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_history_says_who_made_it_and_by_which_token_something_came(cast: Cast, browse: Any) -> None:
    browse("administrator").post(HERE, SERVICE)
    page = _words(browse("administrator").get("/o/lanchuan/history/"))
    assert "made the token “Board”" in page
