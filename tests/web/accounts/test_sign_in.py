"""Signing in and out."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from craftpath.delivery.web.accounts.adapter import LocalAccounts

PASSWORD = "let-me-in"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


def _try(client, login, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": login, "password": password, **more})


def _words(answer) -> str:
    return unescape(answer.content.decode())


def test_it_signs_in_with_the_number_and_leads_to_the_one_desk(browse):
    client = browse("")
    answer = _try(client, "c01")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").url == "/o/lanchuan/"


def test_it_signs_in_with_the_e_mail_in_any_case(cast, browse):
    cast.people["trainer"].email = "ma@lanchuan.example"
    cast.people["trainer"].save()
    client = browse("")
    assert _try(client, "Ma@Lanchuan.example").status_code == 302
    assert client.get("/").url == "/o/lanchuan/"


@pytest.mark.parametrize(
    ("login", "password"), [("c01", "wrong"), ("nobody", PASSWORD), ("", ""), ("c01\x00", "x")]
)
def test_it_does_not_say_which_of_the_two_is_wrong(browse, login, password):
    client = browse("")
    answer = _try(client, login, password)
    assert answer.status_code == 200
    assert client.get("/o/lanchuan/").url == "/account/login/?next=/o/lanchuan/"
    if login in {"c01", "nobody"}:
        assert _words(answer).count("The number and the password do not fit together.") == 1


def test_it_has_no_way_to_sign_up_or_to_mail_a_password(browse):
    page = _words(browse("").get("/account/login/"))
    assert "signup" not in page
    assert "A coordinator of your college prints you a new slip." in page
    assert browse("").get("/account/signup/").status_code == 404
    assert browse("").get("/account/password/reset/").status_code == 404


def test_it_says_in_words_when_there_were_too_many_tries(browse):
    client = browse("")
    for _ in range(5):
        _try(client, "c01", "wrong")
    answer = _try(client, "c01")  # the right password does not help any more
    assert answer.status_code == 200
    assert "Too many attempts for this number. Wait five minutes" in _words(answer)
    assert _try(browse(""), "t01").status_code == 302  # somebody else on the same computer may still come in


def test_it_says_so_in_chinese_too(browse):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    for _ in range(6):
        answer = _try(client, "c01", "wrong")
    with translation.override("zh-hans"):
        said = str(LocalAccounts.error_messages["too_many_login_attempts"])
    assert '<html lang="zh-hans"' in _words(answer)
    assert said in _words(answer)


def test_it_rests_when_one_address_tries_without_end(browse):
    client = browse("")
    for _ in range(60):
        client.post("/account/login/", {})
    answer = client.post("/account/login/", {})
    assert answer.status_code == 429
    assert "sign-in rests for a minute" in _words(answer)


def test_it_keeps_a_disabled_person_out_and_says_why(cast, browse):
    cast.people["trainer"].is_active = False
    cast.people["trainer"].save()
    client = browse("")
    answer = _try(client, "t01")
    assert answer.status_code == 200
    assert "This account is closed." in _words(answer)
    assert client.get("/").url == "/account/login/"


def test_it_tells_a_stranger_nothing_of_a_disabled_account(cast, browse):
    cast.people["trainer"].is_active = False
    cast.people["trainer"].save()
    assert "closed" not in _words(_try(browse(""), "t01", "wrong"))


def test_somebody_disabled_while_signed_in_is_out_at_once(cast, browse):
    client = browse("trainer")
    assert client.get("/o/lanchuan/").status_code == 200
    cast.people["trainer"].is_active = False
    cast.people["trainer"].save()
    assert client.get("/o/lanchuan/").status_code == 302


def test_it_goes_on_to_where_the_reader_wanted(browse):
    assert _try(browse(""), "c01", next="/o/lanchuan/cohorts/").url == "/o/lanchuan/cohorts/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_it_does_not_lead_to_another_host(browse, target):
    assert _try(browse(""), "c01", next=target).url == "/"


@pytest.mark.parametrize(("tick", "ends_with_the_browser"), [({}, True), ({"remember": "on"}, False)])
def test_the_session_lasts_only_as_long_as_was_ticked(browse, tick, ends_with_the_browser):
    client = browse("")
    _try(client, "c01", **tick)
    assert client.session.get_expire_at_browser_close() is ends_with_the_browser


def test_somebody_without_a_password_cannot_sign_in(browse):
    assert _try(browse(""), "26001", "").status_code == 200
    assert _try(browse(""), "26001", "!").status_code == 200


def test_signing_out_takes_a_press_and_not_a_link(browse):
    client = browse("coordinator")
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/o/lanchuan/").status_code == 200
    assert client.post("/account/logout/").url == "/account/login/"
    assert client.get("/o/lanchuan/").status_code == 302


def test_an_old_form_is_refused_in_words(cast):
    client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    answer = client.post("/account/login/", {"login": "c01", "password": PASSWORD})
    assert answer.status_code == 403
    assert "This form has grown old" in _words(answer)
