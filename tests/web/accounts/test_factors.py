"""The second factor: an app and its codes, recovery codes, who is asked for one, and how a lost one ends."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere

INDEX, ON, OFF = "/account/safer/", "/account/safer/app/on/", "/account/safer/app/off/"
CODES, LOGIN = "/account/safer/codes/", "/account/login/"
PASSWORD = "let-me-in"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db):
    cache.clear()
    yield
    cache.clear()


def _words(answer) -> str:
    return unescape(answer.content.decode())


def _code(secret: str, steps: int = 0) -> str:
    """What the app shows: computed here from the secret alone."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def _again(client, target=INDEX):
    return client.post("/account/reauthenticate/", {"password": PASSWORD, "next": target})


def _turn_on(client) -> str:
    """Turn the app on as a person does; returns the secret."""
    asked = client.get(ON)
    assert asked.url.startswith("/account/reauthenticate/?next=")
    assert _again(client, ON).url == ON
    page = client.get(ON)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', _words(page))[1]
    assert "data:image/svg+xml;base64," in _words(page)
    wrong = client.post(ON, {"code": "000000" if _code(secret) != "000000" else "111111"})
    assert "This does not fit." in _words(wrong)
    done = client.post(ON, {"code": _code(secret)})
    assert done.url == CODES
    cache.clear()  # half a minute later: the code that turned it on has been used
    return secret


def _password(client, login="c01"):
    return client.post(LOGIN, {"login": login, "password": PASSWORD})


def test_a_code_is_asked_for_at_sign_in_and_serves_once(browse, cast):
    secret = _turn_on(browse("coordinator"))
    client = browse("")
    assert _password(client).url == "/account/safer/code/"
    assert client.get("/o/lanchuan/").url.startswith(LOGIN)  # the password alone opens nothing
    page = _words(client.get("/account/safer/code/"))
    assert "Now show that it is you." in page
    code = _code(secret)
    wrong = "000000" if code != "000000" else "111111"
    assert "This does not fit." in _words(client.post("/account/safer/code/", {"code": wrong}))
    assert client.post("/account/safer/code/", {"code": code}).url == "/"
    assert client.get("/o/lanchuan/").status_code == 200
    assert client.session.get_expire_at_browser_close() is True  # the tick of the first step still holds
    second = browse("")
    _password(second)
    assert "This does not fit." in _words(second.post("/account/safer/code/", {"code": code}))


def test_a_telephone_half_a_minute_off_still_serves_and_one_further_off_does_not(browse, cast):
    secret = _turn_on(browse("coordinator"))
    for steps, fits in ((-3, False), (-1, True)):
        client = browse("")
        _password(client)
        answer = client.post("/account/safer/code/", {"code": _code(secret, steps)})
        assert (answer.status_code == 302) is fits


def test_the_page_of_the_code_is_for_those_who_have_shown_a_password(browse):
    assert browse("").get("/account/safer/code/").url == LOGIN
    assert browse("").post("/account/safer/code/", {"code": "123456"}).url == LOGIN


def test_guessing_codes_is_throttled(browse, cast):
    secret = _turn_on(browse("coordinator"))
    client = browse("")
    _password(client)
    for _ in range(5):
        client.post("/account/safer/code/", {"code": "000000"})
    answer = client.post("/account/safer/code/", {"code": _code(secret)})
    assert answer.status_code == 200
    assert "Too many attempts" in _words(answer)


def test_a_recovery_code_serves_once(browse, cast):
    owner = browse("coordinator")
    _turn_on(owner)
    codes = re.findall(r"<li><code>(\d{8})</code></li>", _words(owner.get(CODES)))
    assert len(set(codes)) == 10
    for answers in ("/", None):
        client = browse("")
        _password(client)
        answer = client.post("/account/safer/code/", {"code": codes[0]})
        assert (answer.url if answer.status_code == 302 else None) == answers
    assert "9 codes are left." in _words(owner.get(INDEX))
    assert owner.post("/account/safer/codes/new/").url == CODES
    fresh = re.findall(r"<li><code>(\d{8})</code></li>", _words(owner.get(CODES)))
    assert not set(fresh) & set(codes)


def test_recovery_codes_are_shown_after_the_password_only(browse, cast):
    _turn_on(browse("coordinator"))
    other = browse("coordinator")
    assert other.get(CODES).url.startswith("/account/reauthenticate/")
    assert browse("trainer").get(CODES).status_code == 404


def test_turning_it_off_asks_again_and_ends_the_recovery_codes(browse, cast):
    _turn_on(browse("coordinator"))
    other = browse("coordinator")
    assert other.get(OFF).url.startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(user=cast.people["coordinator"]).count() == 2
    _again(other, OFF)
    assert other.get(OFF).status_code == 200
    third = browse("coordinator")
    assert third.post(OFF).url.startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(user=cast.people["coordinator"]).count() == 2
    assert _again(third, OFF).url == INDEX  # the press that waited is carried out
    assert not Authenticator.objects.exists()
    assert _password(browse("")).url == "/"


def test_a_code_serves_to_show_again_that_it_is_oneself(browse, cast):
    secret = _turn_on(browse("coordinator"))
    other = browse("coordinator")
    page = _words(other.get("/account/reauthenticate/"))
    assert "With a code instead" in page
    assert other.post("/account/safer/code/again/", {"code": _code(secret), "next": OFF}).url == OFF


def test_the_settings_say_whether_it_is_on(browse, cast):
    client = browse("coordinator")
    assert "Safer sign-in" in _words(client.get("/account/settings/"))
    _turn_on(client)
    page = _words(client.get(INDEX))
    assert "Turn off the app" in page
    assert "None yet." in page


def test_with_a_slip_the_lost_telephone_is_forgotten_and_told(browse, cast):
    trainer = cast.people["trainer"]
    _turn_on(browse("trainer"))
    slips = "/o/lanchuan/people/slips/"
    kept = browse("coordinator").post(slips, {"person": trainer.public_id})
    assert Authenticator.objects.filter(user=trainer).exists()
    first = kept.context["slips"][0].password
    client = browse("")
    assert client.post(LOGIN, {"login": "t01", "password": first}).url == "/account/safer/code/"
    made = browse("coordinator").post(slips, {"person": trainer.public_id, "factors": "1"})
    assert not Authenticator.objects.filter(user=trainer).exists()
    client = browse("")
    second = made.context["slips"][0].password
    assert client.post(LOGIN, {"login": "t01", "password": second}).url == "/"
    with everywhere("a test looks at the history"):
        told = AuditEntry.objects.get(fact="kernel.second_factors_reset")
    assert told.payload == {"people": [trainer.public_id]}


def test_nobody_of_another_organisation_loses_a_factor_through_here(browse, cast):
    _turn_on(browse("hr"))
    answer = browse("coordinator").post(
        "/o/lanchuan/people/slips/", {"person": cast.people["hr"].public_id, "factors": "1"}
    )
    assert answer.status_code == 404
    assert Authenticator.objects.filter(user=cast.people["hr"]).exists()


def _ask(browse, asked="1", who="administrator"):
    return browse(who).post("/o/lanchuan/people/second-factor/", {"asked": asked})


def test_an_organisation_may_ask_its_staff_and_never_apprentices_or_mentors(browse, cast):
    assert _ask(browse).url == "/o/lanchuan/people/"
    _ask(browse)
    with everywhere("a test looks at the history"):
        assert AuditEntry.objects.filter(fact="kernel.second_factor_asked").count() == 1
    for who in ("coordinator", "trainer", "assessor", "administrator"):
        assert browse(who).get("/o/lanchuan/").url == "/account/safer/?asked=lanchuan"
        assert browse(who).get("/o/lanchuan-east/").url == "/account/safer/?asked=lanchuan-east"
        assert browse(who).post("/o/lanchuan/people/slips/").status_code == 302
    assert browse("apprentice").get("/o/lanchuan/").status_code == 200
    assert browse("hr").get("/o/jinheng/").status_code == 200
    assert browse("officer").get("/o/lanchuan-bureau/").status_code == 200
    client = browse("trainer")
    assert "Your organisation asks for a second factor" in _words(
        client.get("/account/safer/?asked=lanchuan")
    )
    _turn_on(client)
    assert client.get("/o/lanchuan/").status_code == 200
    assert 'href="/o/lanchuan/"' in _words(client.get("/account/safer/?asked=lanchuan"))


def test_mentors_are_never_asked(browse, cast):
    Organisation.objects.filter(pk=cast.jinheng.pk).update(second_factor=True)
    assert browse("mentor").get("/o/jinheng/").status_code == 200
    assert browse("hr").get("/o/jinheng/").status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 403), ("trainer", 403), ("stranger", 404), ("", 302)]
)
def test_only_an_administrator_asks(browse, cast, who, status):
    assert _ask(browse, who=who).status_code == status
    assert not Organisation.objects.filter(second_factor=True).exists()


def test_it_is_asked_no_longer(browse, cast):
    _turn_on(browse("administrator"))
    _ask(browse)
    assert _ask(browse, "0").url == "/o/lanchuan/people/"
    assert browse("trainer").get("/o/lanchuan/").status_code == 200


def test_where_it_is_not_asked_a_page_costs_no_query_more(browse, cast):
    client = browse("trainer")
    client.get("/o/lanchuan/")
    with CaptureQueriesContext(connection) as before:
        client.get("/o/lanchuan/")
    _turn_on(client)
    Organisation.objects.filter(pk=cast.college.pk).update(second_factor=True)
    with CaptureQueriesContext(connection) as after:
        assert client.get("/o/lanchuan/").status_code == 200
    assert len(after) == len(before) + 1


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"id": 1}',
        '{"id": "MQ", "rawId": "MQ", "response": 7, "type": "public-key"}',
        '{"response": {"userHandle": "MQ"}}',
        "x",
    ],
)
def test_a_made_up_passkey_opens_nothing(browse, cast, credential):
    client = browse("")
    client.get("/account/safer/passkeys/sign-in/", HTTP_ACCEPT="application/json")
    answer = client.post("/account/safer/passkeys/sign-in/", {"credential": credential})
    assert answer.status_code == 302
    assert client.get("/o/lanchuan/").url.startswith(LOGIN)


def test_somebody_else_s_passkey_is_not_found(browse, cast):
    owner = Person.objects.get(username="c01")
    row = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "x", "credential": {}})
    client = browse("trainer")
    _again(client)
    for verb in ("name", "remove"):
        answer: Any = client.post(f"/account/safer/passkeys/{row.pk}/{verb}/", {"name": "y"})
        assert answer.status_code == 404
    assert Authenticator.objects.get(pk=row.pk).data["name"] == "x"


@pytest.mark.parametrize("credential", ['{"id": "MQ"}', '{"id": "MQ", "rawId": "MQ", "response": {}}', "7"])
def test_a_made_up_registration_adds_nothing(browse, cast, credential):
    client = browse("coordinator")
    _again(client)
    client.get("/account/safer/passkeys/add/")
    answer = client.post("/account/safer/passkeys/add/", {"name": "x", "credential": credential})
    assert "This does not fit." in _words(answer)
    assert not Authenticator.objects.exists()
