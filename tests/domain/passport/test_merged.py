"""Two records of one person become one: certificates, claims and files come along, links do not, an undo parts all."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from craftpath.domain.certificates.actions import issue_certificates
from craftpath.domain.certificates.models import Certificate, Kind
from craftpath.domain.certificates.queries import certificates_of
from craftpath.domain.claims.actions import refuse_claim
from craftpath.domain.claims.models import Claim
from craftpath.domain.passport import rules
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.models import Arrival, Share
from craftpath.kernel.access import system
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.twins.merging import undo_merge
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import due, kind, passed
from tests.domain.claims.world import claimed, office, verified
from tests.domain.passport.world import refused, shared
from tests.kernel.twins import a_record, merged

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def double(cast: Cast) -> Person:
    return a_record("陈雨桐", cast.college, Role.MENTOR)


def certified(cast: Cast, row: Kind) -> Certificate:
    """The apprentice's own."""
    person = cast.people["apprentice"]
    by = cast.actor("coordinator")
    ((made,), _left) = issue_certificates(row, due(row, [person]), on=TODAY, by=by, at=AT)
    assert made.person == person
    return made


def numbers(person: Person) -> set[str]:
    rows = record_of(person, TODAY, ["certificates"]).entries()
    return {one.lines[0].value for _key, one in rows}  # type: ignore[misc]


def test_certificates_of_both_are_shown_checked_and_given_back(cast: Cast) -> None:
    person, other = cast.people["apprentice"], double(cast)
    passed(cast, "26001")
    rows = [certified(cast, kind(cast, title={"zh": name, "en": name})) for name in ("甲", "乙")]
    Certificate.objects.filter(pk=rows[1].pk).update(person=other)
    pages = [reverse("verify:page", args=[one.public_id]) for one in rows]
    before = [Client().get(one).content for one in pages]
    merge = merged(person, other)
    both = {one.number for one in rows}
    assert {one.number for one in certificates_of(person)} == numbers(person) == both
    holder = Client(HTTP_ACCEPT_LANGUAGE="en")
    holder.force_login(person)
    mine = holder.get(reverse("mine:certificates")).content.decode()
    assert all(one in mine for one in both)
    assert [Client().get(one).content for one in pages] == before
    undo_merge(merge, because="two after all", by=system(), at=AT)
    assert numbers(person) == {rows[0].number}
    assert numbers(other) == {rows[1].number}
    assert [Client().get(one).content for one in pages] == before


def test_one_certificate_that_stands_in_both_is_shown_once(cast: Cast) -> None:
    """Of the same kind on the same ground: the second stays where it was, and its own page says what it said."""
    person, other = cast.people["apprentice"], double(cast)
    passed(cast, "26001")
    row = kind(cast)
    first = certified(cast, row)
    Certificate.objects.filter(pk=first.pk).update(person=other)
    second = certified(cast, row)
    there = reverse("verify:page", args=[first.public_id])
    before = Client().get(there).content
    merge = merged(person, other)
    assert merge.left == {"certificates.Certificate": 1}
    assert numbers(person) == {second.number}
    assert Client().get(there).content == before
    undo_merge(merge, because="two after all", by=system(), at=AT)
    assert numbers(other) == {first.number}


def test_a_link_ends_with_the_record_that_it_shows(cast: Cast) -> None:
    """It would show what the other record brings, to whoever was shown only this one."""
    person, other = cast.people["apprentice"], double(cast)
    mine, gone = shared(person), shared(other)
    there = reverse("shown:record", args=[gone.token])
    assert Client().post(there, follow=True).status_code == 200
    merge = merged(person, other)
    assert Share.objects.get(pk=gone.share.pk).person == other
    answer = Client().get(there)
    assert answer.status_code == 409
    assert person.name not in answer.content.decode()
    assert rules.serves(Share.objects.get(pk=mine.share.pk), AT)
    undo_merge(merge, because="two after all", by=system(), at=AT)
    assert Client().post(there, follow=True).status_code == 200


def test_a_verified_claim_comes_along_and_is_never_left_behind(cast: Cast) -> None:
    person, mate = cast.people["apprentice"], cast.people["classmate"]
    other = double(cast)
    row = verified(cast, "classmate")
    Claim.objects.filter(person=mate).update(person=other)
    open_one = claimed(cast)
    with refused("twins.verified_there"):
        merged(person, other)
    refuse_claim(open_one, revision=open_one.revision, phrase="", words="同一证书", by=office(cast), at=AT)
    merge = merged(person, other)
    assert numbers(person) == {row.number}
    undo_merge(merge, because="two after all", by=system(), at=AT)
    assert (numbers(person), numbers(other)) == (set(), {row.number})


def test_the_record_that_stays_keeps_what_was_verified(cast: Cast) -> None:
    person, other = cast.people["apprentice"], double(cast)
    row, again = verified(cast), claimed(cast, "classmate", made_id=uuid.uuid4())
    Claim.objects.filter(pk=again.pk).update(person=other)
    merge = merged(person, other)
    assert merge.left == {"claims.Claim": 1}
    assert numbers(person) == {row.number}


def test_what_was_brought_along_comes_along(cast: Cast) -> None:
    person, other = cast.people["apprentice"], double(cast)
    entry = {
        "section": "works",
        "title": "样件",
        "first": "",
        "last": "",
        "where": "",
        "state": "",
        "lines": [],
    }
    Arrival.objects.create(
        person=other, digest="1", source="1", issuer="x", issuer_name={"zh": "x"}, issued_at=AT,
        verdict="key_only", holder="陈雨桐", content=[entry], brought_at=AT, state="kept",
    )  # fmt: skip
    merge = merged(person, other)
    assert [one.title.zh for _key, one in record_of(person, TODAY).entries() if one.origin] == ["样件"]
    undo_merge(merge, because="two after all", by=system(), at=AT)
    assert Arrival.objects.get().person == other
