"""One's own accounts elsewhere: linked behind the password, where one has a role, and ended by oneself."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from craftpath.kernel.access import Membership, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_on.entering import Vouched, enter
from craftpath.kernel.sign_on.keeping import Settings, add_provider, change_provider, switch_provider
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from tests.cast import AT, Cast
from tests.house.visitors import signed_in
from tests.web.signon.assertions import ISSUER, Side
from tests.web.signon.ways import Ways, known, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows", "no_earlier_tries")]
PAGE = "/account/organisation/"


def test_a_link_is_made_behind_the_password(ways: Ways, cast: Cast) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.people["trainer"])
    assert client.get(PAGE).url.startswith("/account/reauthenticate/")
    assert client.post(f"{ways.root}start/").url == PAGE
    client.post("/account/reauthenticate/", {"password": "let-me-in"})
    assert "College account" in words(client.get(PAGE))
    assert ways.come(client)[1].url == PAGE
    assert "Unlink" in words(client.get(PAGE))


def test_nobody_links_an_account_of_a_house_where_one_has_no_role(ways: Ways, cast: Cast) -> None:
    """Else whoever runs a house could open the accounts of all who once press its button while signed in."""
    stranger = known(cast.people["stranger"])
    assert "College account" not in words(stranger.get(PAGE))
    answer = ways.come(stranger)[1]
    assert answer.status_code == 403
    assert "You have no role at this organisation" in words(answer)
    assert not SignOnLink.objects.exists()


def test_one_ends_one_s_own_link_and_nobody_else_s(ways: Ways, cast: Cast) -> None:
    mine = known(cast.people["trainer"])
    ways.come(mine)
    other = known(cast.people["coordinator"])
    assert other.post(f"{ways.root}unlink/").status_code == 404
    fresh = Client()
    fresh.force_login(cast.people["trainer"])
    assert fresh.post(f"{ways.root}unlink/").url == PAGE
    assert SignOnLink.objects.exists(), "it is asked for the password first"
    assert Client().post(f"{ways.root}unlink/").url.startswith("/account/login/")
    assert mine.post(f"{ways.root}unlink/").url == PAGE
    assert not SignOnLink.objects.exists()
    assert AuditEntry.objects.filter(fact="kernel.sign_on_unlinked").count() == 1


def test_the_house_that_one_has_left_opens_the_next_one_no_longer(ways: Ways, cast: Cast) -> None:
    person = cast.people["trainer"]
    ways.come(known(person))
    assert ways.come()[1].url == "/"
    Membership.objects.filter(person=person).update(ends_on=date(2026, 9, 20))
    assert ways.come()[1].url == "/", "one's own record stays open"
    join([person], cast.neighbour, Role.TRAINER, on=date(2026, 9, 21))
    assert ways.come()[1].status_code == 403


def _saml(cast: Cast, side: Side) -> tuple[SignOnProvider, Settings]:
    said = Settings("saml", "S", issuer=ISSUER, address="https://idp.example/sso", certificate=side.pem)
    by = cast.actor("administrator")
    return switch_provider(add_provider(cast.college, said, by=by, at=AT), "on", by=by, at=AT), said


def test_another_certificate_ends_the_links_of_those_who_work_elsewhere_too(cast: Cast) -> None:
    row, said = _saml(cast, Side())
    both, one = cast.people["trainer"], cast.people["coordinator"]
    join([both], cast.neighbour, Role.TRAINER, on=date(2026, 1, 1))
    for person in (both, one):
        enter(row, Vouched(person.username), itself=person, by=cast.actor("administrator"), at=AT)
    by = cast.actor("administrator")
    change_provider(row, said, by=by, at=AT)
    assert SignOnLink.objects.count() == 2, "the same once more changes nothing"
    change_provider(row, Settings(**{**said.__dict__, "certificate": Side().pem}), by=by, at=AT)
    assert SignOnLink.objects.get().person == one


def test_of_many_ways_one_is_found_by_its_name_or_its_organisation_s(cast: Cast) -> None:
    by = cast.actor("administrator")
    for number in range(9):
        said = Settings("wecom", f"Chat {number}", "id", secret="s")
        switch_provider(add_provider(cast.college, said, by=by, at=AT), "on", by=by, at=AT)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert 'type="search"' in words(client.get(PAGE))
    found = words(client.get(PAGE, {"q": "chat 7"}))
    assert ("Chat 7" in found, "Chat 6" in found) == (True, False)
    assert "Chat 6" in words(client.get(PAGE, {"q": "澜川"}))
    assert "No way to sign in has" in words(client.get(PAGE, {"q": "\0zzz"}))


def test_the_certificate_says_until_when_it_counts_and_one_that_is_over_is_refused(cast: Cast) -> None:
    row, said = _saml(cast, Side())
    browser = signed_in(cast, "administrator")
    assert "证书有效期至" in words(browser.get(f"/o/lanchuan/sign-in/{row.public_id}/"))
    typed = {
        "kind": "saml", "name": "S", "issuer": ISSUER, "address": said.address, "match": "link",
        "unknown": "refuse", "certificate": Side(over=True).pem,
    }  # fmt: skip
    answer = browser.post("/o/lanchuan/sign-in/", typed)
    assert (answer.status_code, "该证书已于" in words(answer)) == (422, True)
