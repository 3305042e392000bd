"""First password and later ones."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.cache import cache

from craftpath.kernel.signin import make_first_passwords
from tests.cast import AT

NEW = "Kupfer-und-Zinn-7"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def slip(cast):
    return make_first_passwords([cast.people["apprentice"]], by=cast.actor("coordinator"), at=AT)[0]


@pytest.fixture
def first_time(browse, slip):
    """Somebody who has just signed in with a slip."""
    client = browse("")
    client.post("/account/login/", {"login": slip.person.username, "password": slip.password})
    return client


def _change(client, old, new, again=None):
    return client.post(
        "/account/password/", {"oldpassword": old, "password1": new, "password2": again or new}
    )


@pytest.mark.parametrize(
    "path", ["/", "/o/lanchuan/", "/account/settings/", "/o/lanchuan/cohorts/", "/nowhere/"]
)
def test_a_first_password_leads_to_the_change_and_nowhere_else(first_time, path):
    assert first_time.get(path).url == "/account/password/"


def test_after_the_change_the_desk_opens_and_the_slip_is_spent(first_time, slip, browse):
    page = unescape(first_time.get("/account/password/").content.decode())
    assert "The password on the slip serves once." in page
    assert _change(first_time, slip.password, NEW).url == "/"
    assert first_time.get("/").url == "/o/lanchuan/"
    assert first_time.get("/o/lanchuan/").status_code == 200
    slip.person.refresh_from_db()
    assert slip.person.must_change_password is False
    again = browse("")
    assert again.post("/account/login/", {"login": "26001", "password": slip.password}).status_code == 200
    assert again.post("/account/login/", {"login": "26001", "password": NEW}).status_code == 302


@pytest.mark.parametrize("new", ["short", "password123", "12345678", ""])
def test_a_weak_password_is_refused_and_the_slip_still_waits(first_time, slip, new):
    assert _change(first_time, slip.password, new).status_code == 200
    assert first_time.get("/").url == "/account/password/"


def test_the_slip_does_not_serve_twice(first_time, slip):
    answer = _change(first_time, slip.password, slip.password)
    assert "Choose another password than the present one." in unescape(answer.content.decode())
    assert first_time.get("/").url == "/account/password/"


def test_the_two_must_be_the_same_and_the_old_one_right(first_time, slip):
    assert _change(first_time, slip.password, NEW, NEW + "x").status_code == 200
    assert "This is not your present password." in unescape(
        _change(first_time, "wrong", NEW).content.decode()
    )


def test_somebody_with_a_first_password_may_sign_out_and_choose_a_language(first_time):
    assert first_time.post("/theme/", {"theme": "dark"}).url == "/"
    assert first_time.post("/language/", {"language": "zh-hans"}).url == "/"
    assert first_time.post("/account/logout/").url == "/account/login/"


def test_a_change_of_ones_own_leads_back_and_ends_other_sessions(browse):
    here, elsewhere = browse("coordinator"), browse("coordinator")
    assert _change(here, "let-me-in", NEW).url == "/account/settings/"
    assert here.get("/o/lanchuan/").status_code == 200
    assert elsewhere.get("/o/lanchuan/").status_code == 302


def test_somebody_without_a_password_is_told_so(browse):
    client = browse("apprentice")
    assert client.get("/account/password/").url == "/account/settings/"
    page = unescape(client.get("/account/settings/").content.decode())
    assert "You have no password here." in page
    assert "/account/password/" not in page


def test_the_password_once_more_page_answers(browse):
    client = browse("coordinator")
    assert client.get("/account/reauthenticate/").status_code == 200
    wrong = client.post("/account/reauthenticate/", {"password": "wrong"})
    assert "This is not your present password." in unescape(wrong.content.decode())
    assert client.post("/account/reauthenticate/", {"password": "let-me-in"}).status_code == 302
    assert browse("apprentice").get("/account/reauthenticate/").status_code == 403
