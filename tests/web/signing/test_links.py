"""A guardian signs by link and code: nothing is shown without the code, nothing serves twice, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from craftpath.domain.agreements import actions
from craftpath.domain.agreements.models import Agreement
from craftpath.kernel.links import SignedLink
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import GUARDIAN, hr, sent, sign

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: Any) -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def waiting(cast: Cast) -> Agreement:
    """An agreement of a minor that waits for everybody."""
    with everywhere("a test"):
        return sent(cast, born=date(2009, 6, 1), guardian=GUARDIAN)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def party(row: Agreement, role: str = "guardian") -> Any:
    with everywhere("a test"):
        return next(one for one in parties_of(row.document) if one.role == role)


def hand_over(browse: Browse, row: Agreement, role: str = "guardian", who: str = "hr") -> tuple[str, str]:
    """The address and the code, as the page shows them once."""
    address = f"/o/{'jinheng' if who == 'hr' else 'lanchuan'}/papers/{row.document.public_id}/link/"
    page = browse(who).post(address, {"party": party(row, role).public_id})
    assert page.status_code == 200, page.status_code
    return page.context["address"].removeprefix("http://testserver"), page.context["code"]


def guest() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def test_the_code_opens_the_text_and_the_signature_stands(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    address, code = hand_over(browse, waiting)
    father = guest()
    closed = words(father.get(address))
    for secret in ("陈雨桐", "4,200", "陈建国", "Apprenticeship agreement"):
        assert secret not in closed
    text = father.post(address, {"code": code}, follow=True)
    assert "陈雨桐" in words(text)
    assert "陈建国, you sign this as Guardian." in words(text)
    forgot = father.post(address, {"seen": waiting.document.sha256})
    assert (forgot.status_code, "Nothing is signed yet." in words(forgot)) == (422, True)
    done = father.post(address, {"seen": waiting.document.sha256, "read": "1"}, follow=True)
    assert "This link has served; keep the paper for yourself." in words(done)
    with everywhere("a test"):
        signature = party(waiting).signature
        assert (signature.name, signature.method, signature.sha256) == (
            "陈建国",
            "link",
            waiting.document.sha256,
        )
    # A second press, and the same browser later, change nothing and still show the paper.
    again = father.post(address, {"seen": waiting.document.sha256, "read": "1"})
    assert again.status_code == 200
    paper = father.get(f"{address}pdf/")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")


def test_a_used_link_serves_nobody_else(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    address, code = hand_over(browse, waiting)
    father = guest()
    father.post(address, {"code": code})
    father.post(address, {"seen": waiting.document.sha256, "read": "1"})
    other = guest()
    for answer in (other.get(address), other.post(address, {"code": code})):
        assert answer.status_code == 409
        assert "This link has been used; it serves once." in words(answer)
        assert "陈雨桐" not in words(answer)
    assert other.get(f"{address}pdf/").status_code == 404


def test_a_forwarded_link_without_the_code_shows_and_does_nothing(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    address, code = hand_over(browse, waiting)
    guest().post(address, {"code": code})  # the right one opens it in the right browser
    stranger = guest()
    assert "陈雨桐" not in words(stranger.get(address))
    blind = stranger.post(address, {"seen": waiting.document.sha256, "read": "1"})
    assert blind.status_code == 422
    assert stranger.get(f"{address}pdf/").status_code == 404
    with everywhere("a test"):
        assert not hasattr(party(waiting), "signature")


def test_five_wrong_codes_end_the_link_even_for_the_right_one(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    address, code = hand_over(browse, waiting)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"
    for left in (4, 3, 2, 1):
        answer = guest().post(address, {"code": wrong})
        assert (answer.status_code, f"You can try {left} more times." in words(answer)) == (422, True)
    assert "Too many wrong codes" in words(guest().post(address, {"code": wrong}))
    assert "Too many wrong codes" in words(guest().post(address, {"code": code}))
    page = browse("hr").get(f"/o/jinheng/agreements/{waiting.public_id}/")
    assert "the link ended by wrong codes" in words(page)
    fresh, new_code = hand_over(browse, waiting)
    assert guest().post(fresh, {"code": new_code}).status_code == 302


@pytest.mark.parametrize(
    "code", ["", "x", "１２３４５６", "\0", "9" * 5000, "' OR 1=1 --", "<script>alert(1)</script>"]
)
def test_whatever_is_typed_for_a_code_is_a_wrong_code(
    cast: Cast, browse: Browse, waiting: Agreement, code: str
) -> None:
    address, _ = hand_over(browse, waiting)
    answer = guest().post(address, {"code": code})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()


def test_an_expired_link_says_so_even_where_it_was_opened(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    address, code = hand_over(browse, waiting)
    father = guest()
    father.post(address, {"code": code})
    with everywhere("a test"):
        SignedLink.objects.update(expires_at=AT - timedelta(days=1))
    for answer in (father.get(address), father.post(address, {"read": "1", "seen": waiting.document.sha256})):
        assert (answer.status_code, "This link has run out" in words(answer)) == (409, True)
    assert father.get(f"{address}pdf/").status_code == 409


def test_a_text_that_was_taken_back_ends_its_links(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    address, code = hand_over(browse, waiting)
    father = guest()
    father.post(address, {"code": code})
    with everywhere("a test"):
        actions.recall_agreement(waiting, by=hr(cast), at=AT)
    assert "This link was replaced or taken back." in words(father.get(address))


def test_a_new_link_ends_the_old_one(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    old, old_code = hand_over(browse, waiting)
    hand_over(browse, waiting)
    assert "This link was replaced" in words(guest().post(old, {"code": old_code}))


@pytest.mark.parametrize("token", ["x", "a:b:c", "no-such-link", "%00", "…"])
def test_a_forged_link_and_none_look_alike(cast: Cast, token: str) -> None:
    answer = guest().get(f"/sign/{token}/")
    assert answer.status_code in {403, 404}


def test_a_changed_text_is_not_signed(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    address, code = hand_over(browse, waiting)
    father = guest()
    father.post(address, {"code": code})
    answer = father.post(address, {"seen": "0" * 64, "read": "1"})
    assert "The text is not the one that you have read." in words(answer)


def test_only_the_own_side_hands_over_for_an_organisation(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    address = f"/o/lanchuan/papers/{waiting.document.public_id}/link/"
    enterprise = {"party": party(waiting, "enterprise").public_id}
    assert browse("coordinator").post(address, enterprise).status_code == 403
    assert browse("apprentice").post(address, {"party": party(waiting).public_id}).status_code == 403
    assert browse("stranger").post(address.replace("lanchuan", "dongling"), enterprise).status_code == 404
    director, code = hand_over(browse, waiting, "enterprise")
    boss = guest()
    boss.post(director, {"code": code})
    boss.post(director, {"seen": waiting.document.sha256, "read": "1"})
    with everywhere("a test"):
        assert party(waiting, "enterprise").signature.method == "link"


def test_two_who_sign_at_once_sign_once(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    address, code = hand_over(browse, waiting, "apprentice")
    phone = guest()
    phone.post(address, {"code": code})
    with everywhere("a test"):
        sign(waiting.document, cast, "apprentice")
    late = phone.post(address, {"seen": waiting.document.sha256, "read": "1"})
    assert late.status_code == 200  # it is signed, and the page says so
    with everywhere("a test"):
        assert party(waiting, "apprentice").signature.method == "screen"


def test_the_link_page_is_kept_by_nobody(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    address, _ = hand_over(browse, waiting)
    assert "no-store" in guest().get(address)["Cache-Control"]
    assert guest().get(address)["Referrer-Policy"] == "same-origin"
