"""Sign-on with a provider that really runs: the whole code flow, and every answer that does not fit refused."""

from __future__ import annotations

import http.client
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from craftpath.kernel.people import Person
from craftpath.kernel.signin import make_first_passwords
from craftpath.project import environment
from tests.cast import AT
from tests.web.accounts import provider as small
from tests.web.accounts import (
    sign_on_urls,
)  # read before a test names a provider, as a site without one has it

START, BACK = "/account/sign-on/start/", "/account/sign-on/college/callback/"
MAIL = "ma@lanchuan.example"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def idp(cast, settings):
    """The provider, and a site that names it; it speaks of the trainer by e-mail."""
    Person.objects.filter(pk=cast.people["trainer"].pk).update(email=MAIL)
    with small.running() as running:
        settings.SOCIALACCOUNT_PROVIDERS = environment.openid(
            running.issuer, small.CLIENT, small.SECRET, "College account"
        )
        settings.ROOT_URLCONF = sign_on_urls.__name__
        running.claims = {"email": MAIL, "email_verified": True}
        yield running


def _words(answer):
    return unescape(answer.content.decode())


def _to_provider(client):
    """Press the button; the address that the page moves on to."""
    answer = client.post(START)
    assert answer.status_code == 200
    return re.search(r'content="0; url=([^"]+)"', _words(answer))[1]


def _at_provider(address):
    """Sign in there; the path on our side that the browser is sent back to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def _sign_on(client=None):
    client = client or Client(HTTP_ACCEPT_LANGUAGE="en")
    return client, client.get(_at_provider(_to_provider(client)))


def _out(client):
    return client.get("/o/lanchuan/").url.startswith("/account/login/")


def test_the_whole_flow_leads_to_the_desk(idp, cast):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "Sign in with College account" in _words(client.get("/account/login/"))
    client, answer = _sign_on(client)
    assert answer.url == "/"
    assert client.get("/").url == "/o/lanchuan/"
    assert client.session.get_expire_at_browser_close() is True
    link = SocialAccount.objects.get()
    assert (link.user, link.uid) == (cast.people["trainer"], "s-1")
    cast.people["trainer"].refresh_from_db()
    assert cast.people["trainer"].check_password("let-me-in")  # the password stays
    assert idp.asked[0]["code_verifier"]


def test_later_the_link_counts_and_not_the_address(idp, cast):
    _sign_on()
    idp.claims = {"email": "new@lanchuan.example", "email_verified": False}
    client, answer = _sign_on()
    assert answer.url == "/"
    assert client.get("/o/lanchuan/").status_code == 200


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_provider_did_not_verify_is_nobody_s(idp, verified):
    idp.claims["email_verified"] = verified
    client, answer = _sign_on()
    assert (answer.status_code, _out(client)) == (403, True)
    assert "nobody of this site is known under that account" in _words(answer)
    assert not SocialAccount.objects.exists()


def test_a_claim_names_the_sign_in_name(idp, settings):
    settings.OIDC_CLAIM = "staff_number"
    idp.claims = {"staff_number": "T01"}
    assert _sign_on()[1].url == "/"


def test_a_claim_that_no_setting_names_is_not_listened_to(idp):
    idp.claims = {"staff_number": "T01", "preferred_username": "t01", "sub": "t01"}
    assert _sign_on()[1].status_code == 403


@pytest.mark.parametrize("claim", ["", None, 7, ["t01"], {"$ne": ""}, "nobody"])
def test_a_strange_claim_is_nobody(idp, settings, claim):
    settings.OIDC_CLAIM = "staff_number"
    idp.claims = {"staff_number": claim}
    assert _sign_on()[1].status_code == 403


def test_unknown_people_are_refused_and_nobody_is_made(idp):
    people = Person.objects.count()
    idp.claims["email"] = "stranger@elsewhere.example"
    client, answer = _sign_on()
    assert (answer.status_code, _out(client), Person.objects.count()) == (403, True, people)
    assert "invite you" in _words(answer)


def test_a_closed_account_stays_closed(idp, cast):
    _sign_on()
    Person.objects.filter(pk=cast.people["trainer"].pk).update(is_active=False)
    client, answer = _sign_on()
    assert (answer.status_code, _out(client)) == (403, True)
    assert "This account is closed." in _words(answer)


def test_an_address_given_to_somebody_else_there_does_not_open_the_old_account(idp):
    _sign_on()
    idp.claims["sub"] = "s-2"
    client, answer = _sign_on()
    assert (answer.status_code, _out(client)) == (403, True)
    assert "linked to another account there" in _words(answer)


def test_a_slip_that_ends_second_factors_ends_the_link_too(idp, cast):
    _sign_on()
    make_first_passwords([cast.people["trainer"]], factors=True, by=cast.actor("coordinator"), at=AT)
    assert not SocialAccount.objects.exists()
    client, answer = _sign_on()
    assert answer.url == "/"
    assert client.get("/o/lanchuan/").status_code == 200  # the slip in the drawer has served its turn
    cast.people["trainer"].refresh_from_db()
    assert not cast.people["trainer"].has_usable_password()


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "https://evil.example"}, {"iss": None}, {"aud": "other"},
        {"aud": None}, {"exp": 1}, {"sub": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_does_not_fit_is_refused(idp, lie):
    idp.lie = lie
    client, answer = _sign_on()
    assert (answer.status_code, _out(client)) == (403, True)
    assert "does not fit what was asked" in _words(answer)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("forge", ["key", "none", "kid", "missing"])
def test_a_token_that_the_provider_did_not_sign_is_refused(idp, forge):
    idp.forge = forge
    client, answer = _sign_on()
    assert (answer.status_code, _out(client)) == (403, True)
    assert not SocialAccount.objects.exists()


def test_a_wrong_state_and_none_are_refused(idp):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = _at_provider(_to_provider(client))
    for bent in (back + "x", re.sub(r"&state=\w+", "", back), BACK, f"{BACK}?error=server_error"):
        assert client.get(bent).status_code == 403
        assert _out(client)


def test_an_answer_serves_once_and_only_the_browser_that_asked(idp):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = _at_provider(_to_provider(client))
    thief = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert thief.get(back).status_code == 403
    assert _out(thief)
    assert client.get(back).url == "/"
    assert client.get(back).status_code == 403
    assert client.get("/o/lanchuan/").status_code == 200  # the second answer ends nothing


def test_whoever_stops_there_is_told_so(idp):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    state = parse_qs(urlsplit(_to_provider(client)).query)["state"][0]
    answer = client.get(f"{BACK}?error=access_denied&state={state}")
    assert "You stopped the sign-in there." in _words(answer)


def test_a_provider_that_does_not_answer_is_said(idp, settings):
    settings.SOCIALACCOUNT_PROVIDERS = environment.openid("http://127.0.0.1:9", "x", "y", "Gone")
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(START)
    assert (answer.status_code, "does not answer" in _words(answer)) == (502, True)


def test_it_takes_a_press_and_another_provider_does_not_exist(idp):
    client = Client()
    assert client.get(START).status_code == 405
    assert client.get("/account/sign-on/other/callback/?state=x").status_code in {403, 404}
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


def test_it_is_throttled(idp):
    client = Client()
    assert [client.get(BACK).status_code for _ in range(31)][-1] == 429


def test_without_settings_there_is_no_such_address_and_no_button(cast):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_start")
    assert "sign-on" not in _words(client.get("/account/login/"))


@pytest.mark.parametrize(("server", "client"), [("https://sso.example", "")])
def test_half_a_provider_is_said_at_the_start(server, client):
    with pytest.raises(ValueError, match="CRAFTPATH_OIDC_CLIENT_ID"):
        environment.openid(server, client, "", "")
    assert environment.openid("", "", "", "") == {}


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://me:p%40ss@mail.example/?from=a@b.example", 587, False, True),
        ("smtps://mail.example", 465, True, False),
        ("smtp+plain://localhost:25", 25, False, False),
    ],
)
def test_a_mail_server_is_read_from_one_address(url, port, ssl, tls):
    read = environment.mail(url)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, tls)
    if "me:" in url:
        assert (read["EMAIL_HOST_PASSWORD"], read["DEFAULT_FROM_EMAIL"]) == ("p@ss", "a@b.example")


def test_a_mail_address_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="smtp"):
        environment.mail("mail.example")
