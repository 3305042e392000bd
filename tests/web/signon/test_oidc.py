"""Sign-on by rows with a provider that really runs: the whole code flow, and every answer that does not fit refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from craftpath.kernel.access import Membership, join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_on.keeping import (
    groups_preview,
    keep_meanings,
    let_groups_count,
    switch_provider,
)
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from craftpath.kernel.signin import make_first_passwords
from tests.cast import AT, Cast
from tests.web.accounts import provider as small
from tests.web.signon.ways import Ways, at_provider, held, known, out, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows", "no_earlier_tries")]


def test_the_whole_flow_leads_to_the_desk(ways: Ways, cast: Cast) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "College account" in words(client.get("/account/organisation/"))
    assert "/account/organisation/" in words(client.get("/account/login/"))
    client, answer = ways.come(client)
    assert answer.url == "/"
    assert client.get("/o/lanchuan/").status_code == 200
    assert client.session.get_expire_at_browser_close() is True
    link = SignOnLink.objects.get()
    assert (link.person, link.subject, link.by_self) == (cast.people["trainer"], "s-1", False)
    assert small.SECRET not in SignOnProvider.objects.get().secret
    assert cast.people["trainer"].check_password("let-me-in"), "the password stays"


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_it_leads_to_no_other_site(ways: Ways, next_: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.get(at_provider(ways.there(client)), {"next": next_}).status_code == 403
    back = at_provider(ways.there(client))
    assert client.get(f"{back}&next={next_}").url == "/"


def test_later_the_link_counts_and_not_the_address(ways: Ways) -> None:
    ways.come()
    ways.idp.claims = {"email": "new@lanchuan.example", "email_verified": False}
    assert ways.come()[1].url == "/"


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "https://evil.example"}, {"iss": None}, {"aud": "other"},
        {"aud": None}, {"aud": ["craftpath", "other"]}, {"azp": "other"}, {"exp": 1}, {"exp": None}, {"iat": None},
        {"iat": 9_999_999_999}, {"nbf": 9_999_999_999}, {"sub": None}, {"sub": ""}, {"sub": "x" * 300},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_does_not_fit_is_refused(ways: Ways, lie: dict[str, Any]) -> None:
    ways.idp.lie = lie
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert "does not fit what was asked" in words(answer)
    assert not SignOnLink.objects.exists()


@pytest.mark.parametrize("forge", ["key", "none", "kid", "missing"])
def test_a_token_that_the_provider_did_not_sign_is_refused(ways: Ways, forge: str) -> None:
    ways.idp.forge = forge
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert not SignOnLink.objects.exists()


def test_a_token_that_is_signed_with_the_public_key_as_a_secret_is_refused(
    ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RS256 turned into HS256: what is public is no secret."""

    def signed(nonce: str) -> str:
        now = int(timezone.now().timestamp())
        said = {
            "iss": ways.idp.issuer,
            "aud": small.CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            "sub": "s",
        }
        return jwt.encode(said, str(ways.idp.keys()), algorithm="HS256", headers={"kid": "1"})

    monkeypatch.setattr(ways.idp, "sign", signed)
    assert ways.come()[1].status_code == 403


def test_a_wrong_state_and_none_are_refused(ways: Ways) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    path = f"{ways.root}callback/"
    for bent in (back + "x", re.sub(r"&state=[\w-]+", "", back), path, f"{path}?error=server_error"):
        assert client.get(bent).status_code == 403
        assert out(client)


def test_an_answer_serves_once_and_only_the_browser_that_asked(ways: Ways) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    thief = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert thief.get(back).status_code == 403
    assert out(thief)
    assert client.get(back).url == "/"
    assert client.get(back).status_code == 403
    assert not out(client), "the second answer ends nothing"


def test_a_state_of_one_provider_does_not_serve_at_another(ways: Ways, cast: Cast) -> None:
    other = Ways(cast, ways.idp, name="Second")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    assert client.get(back.replace(ways.row.public_id, other.row.public_id)).status_code == 403
    assert out(client)


def test_two_providers_at_once(ways: Ways, cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["coordinator"].pk).update(email="c@lanchuan.example")
    with small.running() as second:
        second.claims = {"email": "c@lanchuan.example", "email_verified": True}
        other = Ways(cast, second, name="Second")
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        first, then = ways.there(client), other.there(client)
        client.get(at_provider(first))
        assert client.session["_auth_user_id"] == str(cast.people["trainer"].pk)
        client.logout()
        fresh, answer = other.come()
        assert answer.url == "/"
        assert fresh.session["_auth_user_id"] == str(cast.people["coordinator"].pk)
        assert then.startswith(second.issuer)


def test_whoever_stops_there_is_told_so(ways: Ways) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    state = parse_qs(urlsplit(ways.there(client)).query)["state"][0]
    answer = client.get(f"{ways.root}callback/?error=access_denied&state={state}")
    assert "You stopped the sign-in there." in words(answer)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_provider_did_not_verify_is_nobody_s(ways: Ways, verified: Any) -> None:
    ways.idp.claims["email_verified"] = verified
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert "nobody of this organisation is known" in words(answer)


def test_an_address_counts_only_where_the_administrator_allows_it(ways: Ways) -> None:
    ways.change(match="link")
    assert ways.come()[1].status_code == 403


def test_a_number_counts_where_the_administrator_names_its_claim(ways: Ways) -> None:
    ways.idp.claims = {"staff_number": "T01"}
    assert ways.come()[1].status_code == 403
    ways.change(match="number", number_claim="staff_number")
    assert ways.come()[1].url == "/"


def test_somebody_of_another_organisation_is_not_opened(ways: Ways, cast: Cast) -> None:
    Person.objects.filter(pk=cast.people["stranger"].pk).update(email="xb@neighbour.example")
    ways.idp.claims = {"email": "xb@neighbour.example", "email_verified": True}
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)


def test_whoever_works_elsewhere_too_links_the_account_oneself(ways: Ways, cast: Cast) -> None:
    person = cast.people["trainer"]
    join([person], cast.neighbour, Role.TRAINER, on=date(2026, 1, 1))
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert "one organisation's account opens no other" in words(answer)
    assert ways.come(known(person))[1].url == "/account/organisation/"
    assert SignOnLink.objects.get().by_self
    assert ways.come()[1].url == "/"


def test_a_link_that_was_made_while_somebody_else_was_signed_in_is_nobody_s(ways: Ways, cast: Cast) -> None:
    """Whoever began signed in as one and comes back as another links nothing to either."""
    ways.come(known(cast.people["coordinator"]))
    assert SignOnLink.objects.get().person == cast.people["coordinator"]
    _client, answer = ways.come(known(cast.people["classmate"]))
    assert answer.status_code == 403
    assert SignOnLink.objects.count() == 1


def test_a_closed_account_stays_closed(ways: Ways, cast: Cast) -> None:
    ways.come()
    Person.objects.filter(pk=cast.people["trainer"].pk).update(is_active=False)
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert "This account is closed." in words(answer)


def test_an_address_given_to_somebody_else_there_does_not_open_the_old_account(ways: Ways) -> None:
    ways.come()
    ways.idp.claims["sub"] = "s-2"
    client, answer = ways.come()
    assert (answer.status_code, out(client)) == (403, True)
    assert "linked to another account there" in words(answer)


def test_a_slip_that_ends_second_factors_ends_the_link_too(ways: Ways, cast: Cast) -> None:
    ways.come()
    make_first_passwords([cast.people["trainer"]], factors=True, by=cast.actor("coordinator"), at=AT)
    assert not SignOnLink.objects.exists()
    assert ways.come()[1].url == "/"


def test_another_issuer_ends_all_links(ways: Ways) -> None:
    ways.come()
    ways.change(client_id="another")
    assert not SignOnLink.objects.exists()


def test_what_is_switched_off_leads_nowhere_and_passwords_serve_as_before(ways: Ways, cast: Cast) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    switch_provider(ways.row, "off", by=ways.by, at=AT)
    assert client.get(back).status_code == 404
    assert client.post(f"{ways.root}start/").status_code == 404
    signed = client.post("/account/login/", {"login": "adm", "password": "let-me-in"})
    assert signed.status_code == 302
    assert not out(client)


def test_groups_give_and_end_roles_once_somebody_has_looked(ways: Ways, cast: Cast) -> None:
    person = cast.people["trainer"]
    ways.change(groups_claim="groups")
    keep_meanings(ways.row, {"审计": "auditor"}, by=ways.by, at=AT)
    ways.idp.claims["groups"] = ["审计", "unknown"]
    ways.come()
    assert held(person) == {"trainer"}, "what a group means counts only once it was looked at"
    now = timezone.now()
    seen = groups_preview(ways.row, now)
    assert [(who.pk, comes, goes) for who, comes, goes in seen.changes] == [(person.pk, [Role.AUDITOR], [])]
    let_groups_count(ways.row, on=True, seen=seen.digest, by=ways.by, at=now)
    ways.come()
    assert held(person) == {"trainer", "auditor"}
    ways.idp.claims["groups"] = []
    ways.come()
    assert held(person) == {"trainer"}, "and the role that was given by hand stays"


def test_the_last_administrator_signs_in_and_keeps_the_role_whatever_the_groups_say(
    ways: Ways, cast: Cast
) -> None:
    person = cast.people["trainer"]
    ways.mean(Admins="administrator")
    ways.idp.claims["groups"] = ["Admins"]
    ways.come()
    Membership.objects.filter(person=cast.people["administrator"]).update(ends_on=None)
    assert "administrator" in held(person)
    ways.idp.claims["groups"] = []
    administrator = Membership.objects.filter(person=cast.people["administrator"], role="administrator")
    administrator.update(starts_on=timezone.localdate(), ends_on=date(2027, 1, 1))  # an end is in sight
    _client, answer = ways.come()
    assert answer.url == "/"
    assert "administrator" in held(person)


def test_groups_count_no_longer_once_who_let_them_may_not_give_the_role(ways: Ways, cast: Cast) -> None:
    ways.mean(Audit="auditor")
    Membership.objects.filter(person=cast.people["administrator"]).update(ends_on=date(2026, 9, 20))
    ways.idp.claims["groups"] = ["Audit"]
    assert ways.come()[1].url == "/"
    assert held(cast.people["trainer"]) == {"trainer"}


def test_unknown_people_become_an_invitation_where_the_row_says_so(ways: Ways) -> None:
    ways.idp.claims = {
        "email": "new@lanchuan.example",
        "email_verified": True,
        "name": "新人",
        "groups": ["T"],
    }
    people = Person.objects.count()
    assert ways.come()[1].status_code == 403
    ways.change(unknown="invite")
    assert ways.come()[1].status_code == 403, "no group counts yet"
    ways.mean(T="trainer")
    client, answer = ways.come()
    assert answer.url.startswith("/account/invitation/")
    assert "新人" in words(client.get(answer.url))
    assert (Person.objects.count(), out(client)) == (people, True)


@pytest.mark.parametrize("address", ["http://169.254.169.254", "http://localhost:1", "http://10.0.0.1"])
def test_an_address_inside_the_network_is_not_asked(ways: Ways, settings: Any, address: str) -> None:
    settings.HOOK_HOSTS = []
    SignOnProvider.objects.filter(pk=ways.row.pk).update(issuer=address.replace("http:", "https:"))
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(f"{ways.root}start/")
    assert (answer.status_code, "does not answer" in words(answer)) == (502, True)


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_an_address_inside_that_the_provider_names_is_not_asked(
    ways: Ways, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from craftpath.delivery.web.signon import oidc

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    real = oidc.described
    monkeypatch.setattr(oidc, "described", lambda row: real(row) | {name: "https://169.254.169.254/latest"})
    assert client.get(back).status_code == 502
    assert out(client)


def test_a_provider_that_calls_itself_otherwise_is_refused(ways: Ways) -> None:
    SignOnProvider.objects.filter(pk=ways.row.pk).update(
        issuer=ways.idp.issuer.replace("127.0.0.1", "localhost")
    )
    assert Client().post(f"{ways.root}start/").status_code == 502


def test_it_takes_a_press_and_another_provider_does_not_exist(ways: Ways) -> None:
    client = Client()
    assert client.get(f"{ways.root}start/").status_code == 405
    assert client.post("/account/organisation/nothing/start/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"{ways.root}start/").status_code == 403


def test_it_is_throttled(ways: Ways, settings: Any) -> None:
    client = Client()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"sign_on": "3/m/ip"}
    assert [client.get(f"{ways.root}callback/").status_code for _ in range(4)] == [403, 403, 403, 429]
