"""One's own certificates and the paper: whose it is, who else may print it, and a batch of them in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.certificates.actions import revoke_certificate
from craftpath.domain.certificates.models import Certificate
from craftpath.kernel.people import Person
from tests.cast import AT, Cast
from tests.domain.certificates.world import issued, kind, passed
from tests.exchange.printed import letters, pages

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def one(cast: Cast) -> Certificate:
    passed(cast, "26001")
    return issued(cast, kind(cast, valid_months=12))[0]


def as_(person: Person) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person)
    return client


def mine(person: Person) -> str:
    answer = as_(person).get("/me/certificates/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_holder_finds_it_with_paper_link_and_files(one: Certificate) -> None:
    page = mine(one.person)
    for address in ("", "paper.pdf", "credential.json", "credential.jwt"):
        assert f'href="/c/{one.public_id}/{address}"' in page
    assert f">http://testserver/c/{one.public_id}/<" in page
    assert "days left" not in page


def test_nobody_elses_stand_there(cast: Cast, one: Certificate) -> None:
    assert one.number not in mine(cast.enrolments["26002"].person)


def test_soon_over_and_revoked_are_told(cast: Cast, one: Certificate) -> None:
    assert one.valid_until is not None
    with time_machine.travel(AT + (one.valid_until - AT.date()) - timedelta(days=30), tick=False):
        assert "30 days left" in mine(one.person)
    revoke_certificate(one, because="wrong person", by=cast.actor("coordinator"), at=AT)
    page = mine(one.person)
    assert "wrong person" in page
    assert "days left" not in page


def test_one_and_twenty_cost_the_same_questions(cast: Cast, one: Certificate) -> None:
    client = as_(one.person)
    client.get("/me/certificates/")
    with CaptureQueriesContext(connection) as few:
        client.get("/me/certificates/")
    for n in range(2, 21):
        again = Certificate.objects.get(pk=one.pk)
        again.pk, again.public_id, again.number, again.ground = None, f"another{n}", f"X-{n}", f"a/b/{n}"
        again.status_place = n
        again.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/me/certificates/").content.decode()
    assert page.count("paper.pdf") == 20
    assert len(many) == len(few)


def paper(person: Person, one: Certificate) -> Any:
    return as_(person).get(f"/c/{one.public_id}/paper.pdf")


def test_the_paper_is_for_the_holder_and_the_offices_that_see_it(cast: Cast, one: Certificate) -> None:
    there = f"/c/{one.public_id}/paper.pdf"
    assert Client().get(there).status_code == 302
    for person in (cast.enrolments["26002"].person, cast.people["stranger"]):
        assert paper(person, one).status_code == 404
    own = paper(one.person, one)
    assert own.headers["Content-Type"] == "application/pdf"
    assert one.number in own.headers["Content-Disposition"]
    assert letters(one.person.name) in pages(own.content)[0]
    assert paper(cast.people["coordinator"], one).content == own.content


def test_a_name_that_cannot_be_printed_is_refused_with_its_character(one: Certificate) -> None:
    one.content["holder"]["name"] = "王👩"
    one.save()
    answer = paper(one.person, one)
    assert answer.status_code == 409
    assert "👩" in answer.content.decode()


def test_a_batch_is_printed_without_what_does_not_hold_any_more(cast: Cast) -> None:
    from craftpath.domain.certificates import actions
    from craftpath.domain.certificates.models import Batch
    from craftpath.kernel.printruns import PrintRun

    passed(cast, "26001", "26002")
    row = kind(cast)
    made = issued(cast, row)
    batch = Batch.objects.create(
        organisation=row.organisation, kind=row, issued_on=AT.date(), made_at=AT, state="done", ended_at=AT,
        made_id="7b0c7a44-96d7-4a8a-9d52-0a3bd4dcf9ad",
    )  # fmt: skip
    Certificate.objects.filter(pk__in=[one.pk for one in made]).update(batch=batch)
    actions.revoke_certificate(made[0], because="wrong", by=cast.actor("coordinator"), at=AT)
    client = as_(cast.people["coordinator"])
    answer = client.post(reverse("certificates:print", args=["lanchuan", batch.public_id]))
    assert answer.status_code == 302
    run = PrintRun.objects.get()
    assert (run.state, run.made, run.left) == ("done", len(made) - 1, [])
    assert run.together is not None
    sheets = pages(run.together.bytes())
    assert len(sheets) == len(made) - 1
    assert letters(made[0].number) not in "".join(sheets)
    assert letters(made[1].person.name) in sheets[0]
    page = client.get(answer.url).content.decode()
    assert reverse("certificates:batch", args=["lanchuan", batch.public_id]) in page
