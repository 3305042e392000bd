"""What proves something in a record: certificates as they stand, verified ones of elsewhere, credits."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from craftpath.domain.certificates import actions as certifying
from craftpath.domain.passport import actions
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.record import Entry
from craftpath.kernel.people import Person
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import issued, kind, passed
from tests.domain.claims.world import TOLD, claimed, verified
from tests.domain.credits.world import Reached, account, earning, reached
from tests.domain.passport.world import oneself

__all__ = ["reached"]
pytestmark = pytest.mark.usefixtures("all_rows")


def entries(person: Person, key: str) -> list[Entry]:
    return [entry for _key, entry in record_of(person, TODAY, (key,)).entries()]


def carried(person: Person) -> list[dict[str, object]]:
    document = json.loads(actions.carry_record(person, by=oneself(person), at=AT))
    return document["credentialSubject"]["verifiableCredential"]  # type: ignore[no-any-return]


def test_a_certificate_as_it_stands_and_goes_along_as_it_was_signed(cast: Cast) -> None:
    passed(cast, "26001")
    person = cast.people["apprentice"]
    (row,) = [one for one in issued(cast, kind(cast)) if one.person == person]
    (entry,) = entries(person, "certificates")
    assert (entry.title.zh, entry.state) == ("初级工匠证书", "valid")
    assert entry.lines[0].value == row.number
    assert row.credential in carried(person)
    certifying.revoke_certificate(row, because="误发", by=cast.actor("coordinator"), at=AT)
    assert entries(person, "certificates")[0].state == "revoked"
    assert row.credential not in carried(person)


def test_what_an_officer_verified_says_who_did_and_what_waits_is_left_out(cast: Cast) -> None:
    person = cast.people["apprentice"]
    claimed(cast, number="other")
    assert not entries(person, "certificates")
    verified(cast)
    (entry,) = entries(person, "certificates")
    assert (entry.title.zh, entry.where, entry.state) == (TOLD.title, (Text.of(TOLD.issuer),), "valid")
    assert entry.lines[1].value == Text.of(cast.college.name)
    assert TOLD.valid_until is not None
    late = record_of(person, TOLD.valid_until + timedelta(days=1), ("certificates",))
    assert [one.state for _key, one in late.entries()] == ["expired"]


def test_credits_by_area(cast: Cast, reached: Reached) -> None:  # noqa: F811
    person = cast.people["apprentice"]
    assert not entries(person, "credits")
    earning(cast)
    reached.add(person, "welder")
    account(cast)
    (entry,) = entries(person, "credits")
    assert [one.value for one in entry.lines] == [Decimal(8), Decimal(0), Decimal(8)]
