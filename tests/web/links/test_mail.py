"""Handing a link over: by mail where the site has a server, in a chat, as a picture; a failure can be tried again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from craftpath.domain.agreements.models import Agreement
from craftpath.kernel.links import SignedLink
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.agreements.agreed import GUARDIAN, sent

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
PART = {"HX-Request": "true"}
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture
def waiting(cast: Cast) -> Agreement:
    """A minor's agreement that waits for everybody."""
    with everywhere("a test"):
        return sent(cast, born=date(2009, 6, 1), guardian=GUARDIAN)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def hand_over(browse: Browse, row: Agreement, role: str = "guardian") -> Any:
    with everywhere("a test"):
        party = next(one for one in parties_of(row.document) if one.role == role)
    return browse("hr").post(f"/o/jinheng/papers/{row.document.public_id}/link/", {"party": party.public_id})


def the_link() -> SignedLink:
    with everywhere("a test"):
        return SignedLink.objects.get(state="open")


def test_a_typed_address_gets_the_link_and_the_page_says_so(
    cast: Cast, browse: Browse, waiting: Agreement
) -> None:
    page = hand_over(browse, waiting)
    assert mail.outbox == []  # the guardian is known by telephone only
    form = {"token": page.context["token"], "to": "father@example.com", "language": "zh-hans"}
    way = f"/o/jinheng/links/{the_link().public_id}/mail/"
    part = browse("hr").post(way, form, headers=PART)
    assert "Sent to father@example.com" in words(part)
    assert "<html" not in part.content.decode()
    browse("hr").post(way, form, headers=PART)  # a second press
    (letter,) = mail.outbox
    assert page.context["address"] in letter.body
    assert "请您" in letter.subject
    assert page.context["code"].replace(" ", "") not in letter.body.replace(" ", "")
    agreement = browse("hr").get(f"/o/jinheng/agreements/{waiting.public_id}/")
    assert "sent to father@example.com" in words(agreement)
    whole = browse("hr").post(way, form)  # without JavaScript: a page of its own in another tab
    assert "<html" in whole.content.decode()


def test_a_known_address_gets_it_at_once(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    person = cast.people["apprentice"]
    person.email, person.language = "yutong@example.com", "en"
    person.save()
    page = hand_over(browse, waiting, "apprentice")
    assert "Sent to yutong@example.com" in words(page)
    assert [letter.to for letter in mail.outbox] == [["yutong@example.com"]]
    assert "asks you to read a text and sign it" in mail.outbox[0].subject
    with everywhere("a test"):
        Agreement.objects.filter(pk=waiting.pk).update(guardian_contact="mother@example.com")
    hand_over(browse, waiting)
    assert mail.outbox[1].to == ["mother@example.com"]


def test_a_failure_is_seen_where_the_link_was_made_and_sent_again(
    cast: Cast, browse: Browse, waiting: Agreement, settings: Any
) -> None:
    page = hand_over(browse, waiting)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.jobs.servers.Down"
    way = f"/o/jinheng/links/{the_link().public_id}/mail/"
    part = browse("hr").post(way, {"token": page.context["token"], "to": "f@example.com"}, headers=PART)
    assert "The mail server did not take the mail to f@example.com" in words(part)
    settings.EMAIL_BACKEND = works
    where = f"/o/jinheng/agreements/{waiting.public_id}/"
    agreement = browse("hr").get(where)
    assert "mail to f@example.com failed" in words(agreement)
    assert "Send again" in words(agreement)
    answer = browse("hr").post(way, {"next": where})
    assert (answer.status_code, answer.url) == (302, where)
    browse("hr").post(way, {"next": where})
    assert len(mail.outbox) == 1


def test_without_a_mail_server_there_is_no_form_and_no_door(
    cast: Cast, browse: Browse, waiting: Agreement, settings: Any
) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    page = hand_over(browse, waiting)
    said = page.content.decode()
    assert "Mail address" not in said
    assert 'data-copy="chat"' in said
    assert page.context["picture"] in said
    way = f"/o/jinheng/links/{the_link().public_id}/mail/"
    form = {"token": page.context["token"], "to": "f@example.com"}
    assert browse("hr").post(way, form).status_code == 404


def test_the_message_for_a_chat_says_all_but_the_code(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    page = hand_over(browse, waiting)
    chat = page.context["chat"]
    for part in ("陈建国", "Jinheng Machinery", "read a text and sign it", page.context["address"]):
        assert part in chat
    assert page.context["code"].replace(" ", "") not in chat.replace(" ", "")
    assert "陈雨桐" not in chat


@pytest.mark.parametrize("token", ["x", "a:b", "\0"])
def test_a_token_of_another_link_sends_nothing(
    cast: Cast, browse: Browse, waiting: Agreement, token: str
) -> None:
    hand_over(browse, waiting)
    way = f"/o/jinheng/links/{the_link().public_id}/mail/"
    assert browse("hr").post(way, {"token": token, "to": "f@example.com"}).status_code == 404
    assert mail.outbox == []


def test_a_wrong_address_says_so_and_keeps_the_page(cast: Cast, browse: Browse, waiting: Agreement) -> None:
    page = hand_over(browse, waiting)
    way = f"/o/jinheng/links/{the_link().public_id}/mail/"
    answer = browse("hr").post(way, {"token": page.context["token"], "to": "nobody"}, headers=PART)
    assert (answer.status_code, "This is no mail address." in words(answer)) == (409, True)
    assert answer["HX-Retarget"] == "#toasts"
    assert mail.outbox == []
