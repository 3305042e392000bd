"""WeCom and DingTalk: off until keys are entered; a code is asked about at the provider's own address only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from pydantic_core import to_json

from craftpath.delivery.exchange import outward
from craftpath.kernel.sign_on.keeping import Settings, add_provider, switch_provider
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from tests.cast import AT, Cast
from tests.web.signon.ways import known, out, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
Answers = dict[str, dict[str, Any]]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> tuple[Answers, list[str]]:
    """The net: what lies at an address, by its host and path, and what was asked of it."""
    cache.clear()
    answers: Answers = {}
    asked: list[str] = []

    def look(address: str) -> outward.Target:
        parts = urlsplit(address)
        return outward.Target("https", str(parts.hostname), 443, f"{parts.path}?{parts.query}", "192.0.2.1")

    def answer(target: outward.Target, *rest: Any) -> tuple[int, bytes]:
        asked.append(f"{target.host}{target.path} {rest}")
        return 200, to_json(answers[f"{target.host}{target.path.partition('?')[0]}"])

    for module in ("speaking", "chinese"):
        monkeypatch.setattr(f"craftpath.delivery.web.signon.{module}.target_of", look)
    monkeypatch.setattr(outward, "_asked", answer)
    return answers, asked


def _way(cast: Cast, kind: str, **said: Any) -> SignOnProvider:
    by = cast.actor("administrator")
    told = {"kind": kind, "name": kind, "client_id": "id-1", "agent_id": "7", "secret": "between-us"} | said
    return switch_provider(add_provider(cast.college, Settings(**told), by=by, at=AT), "on", by=by, at=AT)


def _come(row: SignOnProvider, client: Client, code: str = "code", key: str = "code") -> Any:
    root = f"/account/organisation/{row.public_id}/"
    found = re.search(r'content="0; url=([^"]+)"', words(client.post(f"{root}start/")))
    assert found
    there = parse_qs(urlsplit(found[1]).query)
    assert there["redirect_uri"] == [f"http://testserver{root}callback/"]
    return client.get(f"{root}callback/", {key: code, "state": there["state"][0]})


def _wecom(answers: Answers, **said: Any) -> None:
    answers["qyapi.weixin.qq.com/cgi-bin/gettoken"] = {"errcode": 0, "access_token": "key"}
    answers["qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo"] = {"errcode": 0} | said


def test_wecom_s_user_id_is_the_number(cast: Cast, net: tuple[Answers, list[str]]) -> None:
    answers, asked = net
    _wecom(answers, userid="T01")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    row = _way(cast, "wecom", match="number", number_claim="userid")
    assert _come(row, client).url == "/"
    assert client.session["_auth_user_id"] == str(cast.people["trainer"].pk)
    assert "corpsecret=between-us" in asked[0]
    assert {line.partition("/")[0] for line in asked} == {"qyapi.weixin.qq.com"}


@pytest.mark.parametrize(
    "said",
    [{"openid": "o-1"}, {"userid": ""}, {"errcode": 40029, "userid": "T01"}, {"userid": ["T01"]}],
    ids=str,
)
def test_somebody_outside_the_enterprise_or_a_wrong_code_is_refused(
    cast: Cast, net: tuple[Answers, list[str]], said: dict[str, Any]
) -> None:
    _wecom(net[0], **said)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = _come(_way(cast, "wecom", match="number", number_claim="userid"), client)
    assert (answer.status_code, out(client)) == (403, True)


def _dingtalk(answers: Answers, **said: Any) -> None:
    answers["api.dingtalk.com/v1.0/oauth2/userAccessToken"] = {"accessToken": "key"}
    answers["api.dingtalk.com/v1.0/contact/users/me"] = said


def test_dingtalk_is_linked_by_oneself_and_serves_from_then_on(
    cast: Cast, net: tuple[Answers, list[str]]
) -> None:
    answers, asked = net
    _dingtalk(answers, unionId="u-1", nick="马", email="ma@elsewhere.example")
    row = _way(cast, "dingtalk")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = _come(row, client, key="authCode")
    assert (answer.status_code, out(client)) == (403, True), "nobody is found by what was not verified"
    assert _come(row, known(cast.people["trainer"]), key="authCode").url == "/account/organisation/"
    assert SignOnLink.objects.get().subject == "u-1"
    assert _come(row, client, key="authCode").url == "/"
    assert {line.partition("/")[0] for line in asked} == {"api.dingtalk.com"}


@pytest.mark.parametrize("break_", ["token", "person", "text"])
def test_an_answer_without_somebody_is_refused(
    cast: Cast, net: tuple[Answers, list[str]], break_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, _asked = net
    _dingtalk(answers, unionId="u-1")
    if break_ == "token":
        answers["api.dingtalk.com/v1.0/oauth2/userAccessToken"] = {"code": "invalid"}
    elif break_ == "person":
        answers["api.dingtalk.com/v1.0/contact/users/me"] = {"unionId": None}
    else:
        html: Callable[..., tuple[int, bytes]] = lambda *_rest: (200, b"<html>")  # noqa: E731
        monkeypatch.setattr(outward, "_asked", html)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = _come(_way(cast, "dingtalk"), client, key="authCode")
    assert (answer.status_code, out(client)) == (403, True)


def test_both_are_off_until_somebody_enters_keys_and_switches_them_on(cast: Cast) -> None:
    by = cast.actor("administrator")
    row = add_provider(cast.college, Settings("wecom", "W", "id", secret="s"), by=by, at=AT)
    assert Client().post(f"/account/organisation/{row.public_id}/start/").status_code == 404
    assert "organisation's account" not in words(Client(HTTP_ACCEPT_LANGUAGE="en").get("/account/login/"))
