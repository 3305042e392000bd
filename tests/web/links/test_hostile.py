"""Links in wrong hands or at a wrong time: a clear word, and nothing of what is behind them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from craftpath.domain.agreements.models import Agreement
from craftpath.kernel.access import Membership
from craftpath.kernel.guardians import ask_guardian
from craftpath.kernel.links import SignedLink
from craftpath.kernel.people import Person
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import GUARDIAN, sent

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
SECRETS = ("陈雨桐", "林浩然", "陈建国", "周国栋", "4,200")
KINDS = ("sign", "confirm", "consent")


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: Any) -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def links(cast: Cast, browse: Browse) -> dict[str, tuple[str, str]]:
    """One of each kind: address and code, as they were handed over."""
    with everywhere("a test"):
        row = sent(cast, born=timezone.localdate() - timedelta(days=365 * 17), guardian=GUARDIAN)
        assert isinstance(row, Agreement)
        own = next(one for one in parties_of(row.document) if one.role == "apprentice")
    person, mentor = cast.people["apprentice"], cast.people["mentor"]
    office = browse("coordinator")
    pages = {
        "sign": office.post(f"/o/lanchuan/papers/{row.document.public_id}/link/", {"party": own.public_id}),
        "confirm": office.post(f"/o/lanchuan/guests/{mentor.public_id}/"),
        "consent": office.post(
            "/o/lanchuan/guardians/ask/", {"person": person.public_id, "guardian": "陈建国"}
        ),
    }
    assert [page.status_code for page in pages.values()] == [200, 200, 200]
    return {
        kind: (page.context["address"].removeprefix("http://testserver"), page.context["code"])
        for kind, page in pages.items()
    }


def guest() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def refused(answer: Any, says: str, status: int = 409) -> None:
    said = words(answer)
    assert (answer.status_code, says in said) == (status, True), said
    assert "Nothing was changed." in said
    for secret in SECRETS:
        assert secret not in said


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_code_nothing_is_shown_and_five_wrong_ones_end_it(
    links: dict[str, tuple[str, str]], kind: str
) -> None:
    address, code = links[kind]
    first = guest().get(address)
    assert first.status_code == 200
    for secret in set(SECRETS) - ({"周国栋"} if kind == "confirm" else set()):  # who shall type the code
        assert secret not in words(first)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"
    for left in (4, 3, 2, 1):
        assert f"You can try {left} more times." in words(guest().post(address, {"code": wrong}))
    refused(guest().post(address, {"code": wrong}), "Too many wrong codes")
    refused(guest().post(address, {"code": code}), "Too many wrong codes")


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_ran_out_or_was_taken_back_says_so_even_where_it_was_opened(
    links: dict[str, tuple[str, str]], kind: str
) -> None:
    address, code = links[kind]
    for change, says in (
        ({"expires_at": timezone.now()}, "has run out"),
        (
            {"expires_at": timezone.now() + timedelta(days=1), "state": "revoked", "ended_at": AT},
            "replaced or taken back",
        ),
    ):
        device = guest()
        if "run out" in says:
            device.post(address, {"code": code})
        with everywhere("a test"):
            SignedLink.objects.update(**change)
        refused(device.get(address), says)
        refused(device.post(address, {"code": code, "do": "give", "purpose": "story"}), says)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", ["/sign/", "/m/", "/guardian/"])
def test_a_link_opens_its_own_door_only(links: dict[str, tuple[str, str]], kind: str, door: str) -> None:
    address, code = links[kind]
    own = "/" + address.split("/")[1] + "/"
    if own == door:
        return
    elsewhere = address.replace(own, door, 1)
    refused(guest().get(elsewhere), "This link leads nowhere.", 403)
    refused(guest().post(elsewhere, {"code": code}), "This link leads nowhere.", 403)
    with everywhere("a test"):
        assert set(SignedLink.objects.values_list("tries", flat=True)) == {0}


def test_a_device_trusted_by_one_link_is_not_trusted_by_another(
    cast: Cast, browse: Browse, links: dict[str, tuple[str, str]]
) -> None:
    address, code = links["confirm"]
    thief = guest()
    thief.post(address, {"code": code})
    assert thief.get("/o/jinheng/log/team/").status_code == 200
    # Another mentor's link, and the others' kinds, each ask for their own code on this device too.
    other = Person.objects.get(name="吴海燕")
    page = browse("coordinator").post(f"/o/lanchuan/guests/{other.public_id}/")
    theirs = page.context["address"].removeprefix("http://testserver")
    for closed in (theirs, links["sign"][0], links["consent"][0]):
        answer = thief.get(closed)
        assert (answer.status_code, "Your code" in words(answer)) == (200, True)
    assert thief.get("/o/qinghe/log/team/").status_code == 404
    # A session that names a link of somebody else is worth nothing.
    with everywhere("a test"):
        foreign = SignedLink.objects.get(person=other).public_id
    copied = guest()
    copied.post(address, {"code": code})
    session = copied.session
    session["light_link"] = [foreign]
    session.save()
    assert "/account/" in copied.get("/o/jinheng/log/team/").url


def test_a_session_that_opened_one_paper_opens_no_other(
    cast: Cast, browse: Browse, links: dict[str, tuple[str, str]]
) -> None:
    address, code = links["consent"]
    device = guest()
    device.post(address, {"code": code})
    assert "陈雨桐" in words(device.get(address))
    assert "陈雨桐" not in words(device.get(links["sign"][0]))
    assert device.get(links["sign"][0] + "pdf/").status_code == 404


@pytest.mark.parametrize("kind", ["sign", "confirm", "consent"])
def test_whose_link_it_is_has_left(cast: Cast, links: dict[str, tuple[str, str]], kind: str) -> None:
    address, code = links[kind]
    device = guest()
    device.post(address, {"code": code})
    person = cast.people["mentor" if kind == "confirm" else "apprentice"]
    person.is_active = False
    person.save()
    refused(device.get(address), "is not here any more")
    refused(guest().post(address, {"code": code}), "is not here any more")
    if kind == "confirm":
        assert device.get("/o/jinheng/log/team/").status_code == 302  # to sign in: nobody's device any more


def test_a_mentor_whose_role_has_ended_is_told_before_the_code(
    cast: Cast, links: dict[str, tuple[str, str]]
) -> None:
    address, code = links["confirm"]
    device = guest()
    device.post(address, {"code": code})
    Membership.objects.filter(person=cast.people["mentor"]).update(
        ends_on=timezone.localdate(), starts_on=timezone.localdate() - timedelta(days=9)
    )
    refused(guest().post(address, {"code": code}), "You are no mentor anywhere at present.", 403)
    refused(device.get(address), "You are no mentor anywhere at present.", 403)
    assert device.get("/o/jinheng/log/team/").status_code == 404


def test_a_child_that_went_to_another_college_is_asked_for_no_more(
    cast: Cast, links: dict[str, tuple[str, str]]
) -> None:
    address, code = links["consent"]
    device = guest()
    device.post(address, {"code": code})
    Membership.objects.filter(person=cast.people["apprentice"]).update(
        ends_on=timezone.localdate(), starts_on=timezone.localdate() - timedelta(days=9)
    )
    refused(device.get(address), "is not here any more")
    refused(device.post(address, {"do": "give", "purpose": "story"}), "is not here any more")


def test_an_organisation_with_links_cannot_vanish_under_them(
    cast: Cast, links: dict[str, tuple[str, str]]
) -> None:
    with everywhere("a test"), pytest.raises(ProtectedError):
        SignedLink.objects.first().organisation.delete()


def test_the_office_of_another_college_neither_asks_nor_sees(
    cast: Cast, browse: Browse, links: dict[str, tuple[str, str]]
) -> None:
    with everywhere("a test"):
        rows = list(SignedLink.objects.values_list("public_id", flat=True))
    for public_id in rows:
        assert browse("stranger").get(f"/o/dongling/links/{public_id}/mail/").status_code == 404
        assert browse("trainer").get(f"/o/lanchuan/links/{public_id}/mail/").status_code == 403
        assert browse("mentor").get(f"/o/jinheng/links/{public_id}/mail/").status_code == 404
    with everywhere("a test"), pytest.raises(Refused, match="kernel.person_of_another"):
        ask_guardian(
            cast.people["apprentice"],
            name="x",
            organisation=cast.neighbour,
            by=cast.actor("stranger", cast.neighbour),
            at=AT,
        )
