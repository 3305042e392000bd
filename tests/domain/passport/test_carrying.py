"""A record goes along as a signed file and is read at another site: verified, kept apart, once, and never silently."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.claims.actions import trust_issuer
from craftpath.domain.claims.models import TrustedIssuer
from craftpath.domain.passport import actions, wording
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.models import Arrival
from craftpath.domain.passport.queries import known_keys
from craftpath.domain.passport.record import Line
from craftpath.engines.credentials import SigningKey, check, sign
from craftpath.kernel.people import Person
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.passport.world import oneself, refused, trained

pytestmark = pytest.mark.usefixtures("all_rows")


def carried(person: Person, **instead: Any) -> bytes:
    return actions.carry_record(person, **{"by": oneself(person), "at": AT} | instead).encode()


def brought(person: Person, content: bytes, **instead: Any) -> Arrival:
    return actions.bring_record(person, content=content, **{"by": oneself(person), "at": AT} | instead)


def elsewhere(cast: Cast) -> tuple[bytes, Person]:
    """The file of the apprentice's record, and at "another site" somebody of that name who did nothing of it here."""
    content = carried(trained(cast))
    other = Person.objects.create_user("elsewhere", name="陈雨桐")
    return content, other


def test_the_file_is_signed_whole_and_says_what_the_record_says(cast: Cast) -> None:
    person = trained(cast)
    person.email, person.phone = "chen@example.org", "13800001111"
    person.save()
    content = carried(person)
    document = json.loads(content)
    assert document["type"] == ["VerifiableCredential", "ClrCredential"]
    assert check(document, at=AT)["proof"].ok
    inside = document["credentialSubject"]["verifiableCredential"]
    assert len(inside) == len(list(record_of(person, TODAY).entries()))
    assert all(check(one, at=AT)["proof"].ok for one in inside)
    for secret in (b"chen@example.org", b"13800001111", b"2006", b"pay"):
        assert secret not in content


def test_a_campus_signs_under_the_name_of_its_college_too(cast: Cast) -> None:
    person = trained(cast)
    Cohort.objects.update(organisation=cast.campus)
    issuer = json.loads(carried(person))["issuer"]["name"]
    assert issuer == "澜川技师学院东校区 East Campus, Lanchuan Technician College"


def test_it_is_read_at_another_site_apart_from_what_happened_there(cast: Cast) -> None:
    content, other = elsewhere(cast)
    row = brought(other, content)
    assert (row.state, row.verdict, row.issuer_name["zh"]) == (
        "kept", "key_only", "澜川技师学院 Lanchuan Technician College",
    )  # fmt: skip
    before = Enrolment.objects.count()
    told = record_of(other, TODAY)
    assert Enrolment.objects.count() == before
    (result,) = [entry for key, entry in told.entries() if key == "results"]
    assert result.origin is not None
    assert {one.label.zh: one.value for one in result.lines}["总评"] == Text("80.5", "80.5")
    (master,) = [entry for key, entry in told.entries() if key == "masters"]
    assert master.lines[0] == Line(wording.ROLE, wording.MASTERS["mentor"])  # in both languages, as here
    assert result.state == "passed"
    assert "澜川" in result.where[0].zh


def test_the_same_file_is_taken_once_and_a_newer_one_follows_it(cast: Cast) -> None:
    content, other = elsewhere(cast)
    first = brought(other, content)
    assert brought(other, content) == first
    newer = carried(cast.people["apprentice"], at=AT + timedelta(days=30))
    second = brought(other, newer, at=AT + timedelta(days=30))
    first.refresh_from_db()
    assert (first.state, second.state, second.replaces) == ("replaced", "kept", first)
    older = carried(cast.people["apprentice"], at=AT + timedelta(days=10))
    with refused("passport.older"):
        brought(other, older, at=AT + timedelta(days=30))
    assert len({entry.origin.on for _key, entry in record_of(other, TODAY).entries() if entry.origin}) == 1


def test_whoever_is_called_otherwise_is_put_before_an_office(cast: Cast) -> None:
    content, other = elsewhere(cast)
    mate = cast.people["classmate"]
    row = brought(mate, content)
    assert row.state == "waiting"
    assert not [one for one in record_of(mate, TODAY).entries() if one[1].origin]
    office = cast.actor("coordinator")
    with refused("kernel.role_lacks"):
        actions.accept_arrival(row, because="x", by=cast.actor("trainer"), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.accept_arrival(row, because="x", by=cast.actor("stranger", cast.neighbour), at=AT)
    with refused("passport.say_why"):
        actions.accept_arrival(row, because=" ", by=office, at=AT)
    assert actions.refuse_arrival(row, because="身份证核对不符", by=office, at=AT).state == "refused"
    with refused("passport.refused_before"):
        brought(mate, content)
    assert brought(other, content).state == "kept"
    cast.people["hr"].name = "陈雨桐"
    assert (
        brought(cast.people["hr"], content).state == "waiting"
    )  # the name fits, and somebody else has it already
    with refused("passport.nobody_to_ask"):
        brought(Person.objects.create_user("third", name="陈雨桐"), content)


def test_the_mail_recognises_somebody_under_another_name(cast: Cast) -> None:
    person = trained(cast)
    person.email = "Chen@example.org"
    person.save()
    content = carried(person)
    Person.objects.filter(pk=person.pk).update(email=None)
    wed = Person.objects.create_user("wed", email="chen@example.org", name="Yutong Meyer")
    assert brought(wed, content).state == "kept"


def test_a_file_that_was_changed_cut_or_never_signed_leaves_nothing(cast: Cast) -> None:
    content, other = elsewhere(cast)
    document = json.loads(content)
    changed = json.loads(content)
    changed["credentialSubject"]["verifiableCredential"][0]["credentialSubject"]["achievement"]["name"] = "x"
    bare = {name: value for name, value in document.items() if name != "proof"}
    inside = document["credentialSubject"]["verifiableCredential"][0]
    for wrong, reason in (
        (json.dumps(changed).encode(), "file_changed"),
        (content[:-200], "file_cut"),
        (json.dumps(bare).encode(), "not_signed"),
        (json.dumps(inside).encode(), "no_record"),
        (b"[" * 5000 + b"]" * 5000, "file_tangled"),
        (b"\xff\xfe\x00", "no_record"),
        (b"{" + b" " * (2 * 2**20) + b"}", "file_too_large"),
    ):
        with refused(f"passport.{reason}"):
            brought(other, wrong)
    assert not Arrival.objects.exists()


def test_an_office_that_knows_the_key_makes_it_valid_and_a_forged_issuer_is_not(cast: Cast) -> None:
    content, _other = elsewhere(cast)
    issuer = json.loads(content)["issuer"]["id"]
    person = cast.people["apprentice"]
    trust_issuer(cast.college, did=issuer, name="Elsewhere", by=cast.actor("coordinator"), at=AT)
    assert brought(person, content).verdict == "valid"
    forger, document = SigningKey.of(b"x" * 32), json.loads(content)
    forged = sign(document | {"id": "urn:uuid:0"}, forger, method=forger.did_key_method, created=AT)
    with refused("passport.file_of_another"):  # it says that the college issued it, and the key is another
        brought(person, json.dumps(forged).encode())


def test_offices_that_know_different_keys_of_one_issuer_count_each(cast: Cast) -> None:
    """A key was rotated: the campus knows the new one, the college above it still the old one."""
    did, person = "did:web:a.example", cast.people["apprentice"]
    keys = [SigningKey.of(letter * 32).public_multikey for letter in (b"p", b"q")]
    for place, public in zip((cast.college, cast.city), keys, strict=True):
        TrustedIssuer.objects.create(
            organisation=place, did=did, name="A", public=public, starts_on=TODAY, made_at=AT
        )
    known = known_keys(person, AT)
    assert [known(f"{did}#{one}") for one in keys] == keys
    assert known(f"did:web:b.example#{keys[0]}") is None


def test_a_record_with_somebody_elses_certificate_in_it_is_refused(cast: Cast) -> None:
    content, other = elsewhere(cast)
    key, document = SigningKey.of(b"y" * 32), json.loads(content)
    theirs = document["credentialSubject"]["verifiableCredential"][0]
    document["issuer"]["id"] = key.did_key
    named = {"type": "IdentityObject", "hashed": False, "identityHash": "别人", "identityType": "name"}
    document["credentialSubject"]["identifier"] = [named]
    forged = sign(document, key, method=key.did_key_method, created=AT)
    assert check(theirs, at=AT).valid
    with refused("passport.of_two_persons"):
        brought(other, json.dumps(forged).encode())


def test_what_is_taken_out_leaves_its_words_behind(cast: Cast) -> None:
    content, other = elsewhere(cast)
    row = brought(other, content)
    with refused("passport.own_only"):
        actions.remove_arrival(row, by=cast.actor("coordinator"), at=AT)
    assert actions.remove_arrival(row, by=oneself(other), at=AT).content == []
    assert not list(record_of(other, TODAY).entries())
    assert brought(other, content).state == "kept"  # changed one's mind


def test_whoever_is_nowhere_has_nobody_to_sign(cast: Cast) -> None:
    with refused("passport.nobody_to_sign"):
        carried(Person.objects.create_user("nowhere", name="无"))
    with refused("passport.nothing_to_carry"):
        carried(cast.people["hr"])
