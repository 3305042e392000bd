"""Consents of a child: asked of the guardian by link and code, an own yes does not count, and either takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import ConsentEvent, give_consent, may_use
from craftpath.kernel.links import SignedLink
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.agreements.agreed import GUARDIAN, sent

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
OWN = "/account/privacy/"
ASK = "/o/lanchuan/guardians/ask/"


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: Any) -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def child(cast: Cast) -> Person:
    """The apprentice, thirteen years old."""
    return born(cast, 13)


def born(cast: Cast, years: int) -> Person:
    person = cast.people["apprentice"]
    today = timezone.localdate()
    person.birth_date = date(today.year - years, 1, 1)
    person.save()
    return person


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def ask(browse: Browse, child: Person, **form: str) -> Any:
    form = {"person": child.public_id, "guardian": "陈建国"} | form
    return browse("coordinator").post(ASK, form)


def opened(page: Any) -> tuple[Client, str]:
    address = page.context["address"].removeprefix("http://testserver")
    parent = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert parent.post(address, {"code": page.context["code"]}).status_code == 302
    return parent, address


def test_a_child_is_told_kindly_and_its_own_yes_is_not_taken(browse: Browse, child: Person) -> None:
    page = browse("apprentice").get(OWN)
    assert "Under 14, your guardian decides this with you." in words(page)
    assert 'value="give"' not in page.content.decode()
    answer = browse("apprentice").post(OWN + "consent/", {"purpose": "research", "do": "give"})
    assert (answer.status_code, "a guardian says yes to this" in words(answer)) == (409, True)
    assert not may_use(child, "research")
    assert not ConsentEvent.objects.exists()


def test_what_needs_a_guardian_depends_on_age_and_purpose(browse: Browse, cast: Cast) -> None:
    handed_on = {
        "training_partner",
        "outside_partner",
        "story",
        "public_page",
        "record_sharing",
        "bulletin_voice",
    }
    for years, asked in (
        (13, handed_on | {"voice_notes", "voice_answers", "health_in_absence", "research"}),
        (16, handed_on),
        (18, set()),
    ):
        born(cast, years)
        said = browse("apprentice").get(OWN).context["asked"]
        assert {one.purpose.key for one in said if one.by_guardian} == asked


def test_the_guardian_agrees_by_link_and_code_and_takes_it_back(browse: Browse, child: Person) -> None:
    parent, address = opened(ask(browse, child))
    page = parent.get(address)
    assert "陈建国, you answer as guardian." in words(page)
    assert "What may be done with the data of 陈雨桐" in words(page)
    assert len(page.context["said"]) == 10
    for _ in range(2):
        assert parent.post(address, {"purpose": "research", "do": "give"}).status_code == 302
    assert may_use(child, "research")
    assert not may_use(child, "story")
    event = ConsentEvent.objects.get()
    assert (event.guardian, event.said_by, event.link) == ("陈建国", None, SignedLink.objects.get())
    assert "by your guardian 陈建国" in words(browse("apprentice").get(OWN))
    parent.post(address, {"purpose": "research", "do": "withdraw"})
    assert may_use(child, "research").reason == "kernel.consent_withdrawn"
    facts = AuditEntry.objects.filter(fact__contains="consent").order_by("pk")
    assert list(facts.values_list("fact", "payload__by_guardian")) == [
        ("kernel.consent_given", True),
        ("kernel.consent_withdrawn", True),
    ]


def test_the_child_takes_it_back_by_one_press_too(browse: Browse, child: Person) -> None:
    parent, address = opened(ask(browse, child))
    parent.post(address, {"purpose": "story", "do": "give"})
    assert 'value="withdraw"' in browse("apprentice").get(OWN).content.decode()
    browse("apprentice").post(OWN + "consent/", {"purpose": "story", "do": "withdraw"})
    assert may_use(child, "story").reason == "kernel.consent_withdrawn"
    parent.post(address, {"purpose": "story", "do": "give"})
    assert may_use(child, "story")


def test_a_yes_of_before_does_not_count_once_the_age_is_known(browse: Browse, cast: Cast) -> None:
    person = cast.people["apprentice"]
    browse("apprentice").post(OWN + "consent/", {"purpose": "research", "do": "give"})
    assert may_use(person, "research")  # nobody knows an age
    born(cast, 13)
    assert may_use(person, "research").reason == "kernel.consent_missing"
    page = browse("apprentice").get(OWN)
    assert "Your own yes does not count yet." in words(page)
    office = browse("coordinator").get("/o/lanchuan/people/privacy/?purpose=research")
    assert [line.person for line in office.context["lines"]] == []


def test_a_guardian_s_yes_holds_when_the_child_has_grown(browse: Browse, cast: Cast, child: Person) -> None:
    parent, address = opened(ask(browse, child))
    parent.post(address, {"purpose": "research", "do": "give"})
    born(cast, 15)
    assert may_use(cast.people["apprentice"], "research")
    # Not asked any more, and what was given stays where it can be taken back.
    keys = {one.purpose.key for one in parent.get(address).context["said"]}
    handed_on = {
        "training_partner",
        "outside_partner",
        "story",
        "public_page",
        "record_sharing",
        "bulletin_voice",
    }
    assert keys == handed_on | {"research"}
    answer = parent.post(address, {"purpose": "voice_notes", "do": "give"})
    assert (answer.status_code, "answered in person" in words(answer)) == (409, True)
    assert parent.post(address, {"purpose": "research", "do": "withdraw"}).status_code == 302
    born(cast, 18)
    assert "old enough to answer in person" in words(parent.get(address))


@pytest.mark.parametrize("purpose", ["training_record", "no-such", "", "\0"])
def test_what_asks_no_consent_takes_none(browse: Browse, child: Person, purpose: str) -> None:
    parent, address = opened(ask(browse, child))
    assert parent.post(address, {"purpose": purpose, "do": "give"}).status_code == 409
    assert not ConsentEvent.objects.exists()


def test_one_child_s_link_says_nothing_for_another(browse: Browse, cast: Cast, child: Person) -> None:
    ask(browse, child)
    link = SignedLink.objects.get()
    other = cast.people["classmate"]
    with pytest.raises(Refused, match="kernel.link_unknown"):
        give_consent(other, "story", link=link, by=Actor(link.organisation), at=timezone.now())


def test_nobody_of_age_is_spoken_for(browse: Browse, cast: Cast) -> None:
    for years in (18, 40):
        answer = ask(browse, born(cast, years))
        assert answer.status_code == 409
    paper = {"person": cast.people["apprentice"].public_id, "purpose": "story", "guardian": "x", "do": "give"}
    assert browse("coordinator").post("/o/lanchuan/people/privacy/guardian/", paper).status_code == 409


@pytest.mark.parametrize("who", ["trainer", "apprentice", "stranger", "hr"])
def test_only_who_looks_after_people_asks(browse: Browse, child: Person, who: str) -> None:
    place = {"stranger": "dongling", "hr": "jinheng"}.get(who, "lanchuan")
    form = {"person": child.public_id, "guardian": "x"}
    assert browse(who).post(f"/o/{place}/guardians/ask/", form).status_code in (403, 404)
    assert not SignedLink.objects.exists()


def test_the_agreement_s_guardian_is_asked_by_mail(browse: Browse, cast: Cast) -> None:
    row = sent(cast, born=timezone.localdate() - timedelta(days=365 * 17), guardian=GUARDIAN)
    row.guardian_contact = "father@example.com"
    row.save()
    page = browse("coordinator").get("/o/lanchuan/people/privacy/?state=child")
    (line,) = page.context["children"]
    assert (line.person.name, line.guardian) == ("陈雨桐", GUARDIAN.name)
    ask(browse, line.person, guardian="")
    (letter,) = mail.outbox
    assert letter.to == ["father@example.com"]
    assert "陈雨桐" not in letter.body + letter.subject
    assert "sent to father@example.com" in words(browse("coordinator").get("/o/lanchuan/people/privacy/"))
    ask(browse, line.person, guardian="外婆")  # somebody else, whose address nobody knows
    assert len(mail.outbox) == 1


def test_a_guardian_without_a_name_is_asked_for(browse: Browse, child: Person) -> None:
    answer = ask(browse, child, guardian=" ")
    assert (answer.status_code, "Name the guardian" in words(answer)) == (409, True)


def test_the_list_asks_as_often_for_many_children(browse: Browse, cast: Cast) -> None:
    client, counts = browse("coordinator"), []
    client.get("/o/lanchuan/people/privacy/")  # what is asked for once and kept is asked for here
    young = date(timezone.localdate().year - 15, 1, 1)
    for number in (1, 5):
        ids = [row.person_id for row in cast.enrolments.values()][:number]
        Person.objects.filter(pk__in=ids).update(birth_date=young)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/o/lanchuan/people/privacy/")
        counts.append(len(seen))
    assert counts[0] == counts[1]
