"""Certificates and keys that end: what holds afterwards, and who is told before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings

from craftpath.domain.activity.queries import statements
from craftpath.domain.certificates import actions, keys, queries
from craftpath.domain.certificates.duties import of_ones_people, to_be_told, to_renew
from craftpath.domain.certificates.models import Certificate, IssuerKey
from craftpath.engines.credentials import SigningKey
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.test_holding import taught
from tests.domain.certificates.world import issued, kind, passed

pytestmark = pytest.mark.usefixtures("all_rows")


def one(cast: Cast, **more: Any) -> Certificate:
    passed(cast, "26001")
    return issued(cast, kind(cast, **more))[0]


def gone(cast: Cast) -> list[int]:
    return queries.revoked_places(queries.status_lists(cast.college).order_by("number")[0])


def standing(row: Certificate, on: date = TODAY) -> str:
    return queries.standing(queries.certificates().get(pk=row.pk), on)


def test_a_revoked_one_holds_no_more_and_says_why(cast: Cast) -> None:
    row, by = one(cast), cast.actor("coordinator")
    for because in (" ", "x" * 201):
        with pytest.raises(Refused, match="because_missing"):
            actions.revoke_certificate(row, because=because, by=by, at=AT)
    for _press in range(2):
        actions.revoke_certificate(row, because="误发", by=by, at=AT)
    row.refresh_from_db()
    assert (standing(row), row.because, row.ended_at, gone(cast)) == (
        "revoked",
        "误发",
        AT,
        [row.status_place],
    )
    wanted = [(row.person, row.ground, [])]
    made, left = actions.issue_certificates(row.kind, wanted, on=TODAY, by=by, at=AT)
    assert (made, left[0].verdict.reason) == ([], "certificates.revoked_before")


def test_one_that_was_revoked_by_mistake_is_issued_again_once_and_stays_revoked(cast: Cast) -> None:
    row, by = one(cast, valid_months=12), cast.actor("coordinator")
    actions.revoke_certificate(row, because="误撤", by=by, at=AT)
    made = [
        actions.replace_certificate(row, because=f"误撤，重发{press}", on=TODAY, by=by, at=AT)
        for press in (1, 2)
    ]
    new = made[0]
    assert made == [new, new]
    row.refresh_from_db()
    assert (standing(row), row.because, standing(new), new.replaces) == ("revoked", "误撤", "valid", row)
    assert (new.ground, new.valid_until, gone(cast)) == (row.ground, row.valid_until, [row.status_place])
    told = AuditEntry.objects.get(fact="certificates.issued_again", subject=str(row.ref))
    assert told.payload == {"number": row.number, "by": new.number, "because": "误撤，重发1"}
    wanted = [(row.person, row.ground, [])]
    _made, left = actions.issue_certificates(row.kind, wanted, on=TODAY, by=by, at=AT)
    assert left[0].verdict.reason == "certificates.held_already"
    actions.revoke_certificate(new, because="也误", by=by, at=AT)
    assert actions.replace_certificate(row, because="x", on=TODAY, by=by, at=AT) == new
    third = actions.replace_certificate(new, because="x", on=TODAY, by=by, at=AT)
    assert (standing(third), third.replaces) == ("valid", new)


def test_a_revoked_one_is_not_issued_again_where_the_record_does_not_have_it_any_more(cast: Cast) -> None:
    row, by = one(cast), cast.actor("coordinator")
    actions.revoke_certificate(row, because="误发", by=by, at=AT)
    Certificate._base_manager.filter(pk=row.pk).update(ground="apprenticeships/enrolment/none")
    with pytest.raises(Refused, match="not_due"):
        actions.replace_certificate(row, because="x", on=TODAY, by=by, at=AT)
    assert not Certificate._base_manager.filter(replaces=row).exists()


def test_a_corrected_name_is_a_new_certificate_that_ends_on_the_same_day(cast: Cast) -> None:
    row, by = one(cast, valid_months=12), cast.actor("coordinator")
    row.person.name = "陈宇桐"
    row.person.save()
    later = AT + timedelta(days=10)
    made = actions.replace_certificate(row, because="更正", on=TODAY + timedelta(days=9), by=by, at=later)
    assert actions.replace_certificate(row, because="更正", on=TODAY, by=by, at=later) == made
    assert (made.content["holder"]["name"], made.valid_until) == ("陈宇桐", row.valid_until)
    assert made.content["lines"] == row.content["lines"]
    assert made.number != row.number
    assert made.credential["credentialSubject"]["licenseNumber"] == made.number
    assert (standing(row), standing(made), gone(cast)) == ("replaced", "valid", [row.status_place])


def test_a_renewed_one_begins_again(cast: Cast) -> None:
    row, by = one(cast, valid_months=12), cast.actor("coordinator")
    assert standing(row, date(2027, 9, 14)) == "valid"
    assert standing(row, date(2027, 9, 15)) == "expired"
    at = AT + timedelta(days=380)
    made = actions.replace_certificate(row, because="复训", on=at.date(), renew=True, by=by, at=at)
    assert made.valid_until == date(2028, 9, 29)
    assert standing(made, at.date()) == "valid"


def test_a_rotated_key_signs_nothing_new_and_a_revoked_one_takes_all_with_it(cast: Cast) -> None:
    row, by, keeper = one(cast), cast.actor("coordinator"), cast.actor("administrator")
    old = row.key
    new = actions.rotate_key(cast.college, seen=old.public_id, by=by, at=AT)
    assert actions.rotate_key(cast.college, seen=old.public_id, by=by, at=AT) == new
    passed(cast, "26002")
    second = issued(cast, row.kind)[0]
    assert (second.key, standing(row)) == (new, "valid")
    assert queries.keys_that_hold(cast.college) == [new.public, old.public]
    with pytest.raises(Refused, match="kernel.role_lacks"):
        actions.revoke_key(old, because="x", by=by, at=AT)
    for _press in range(2):
        actions.revoke_key(old, because="外泄", by=keeper, at=AT)
    assert queries.keys_that_hold(cast.college) == [new.public]
    assert (standing(row), standing(second)) == ("revoked", "valid")
    assert gone(cast) == sorted(old.certificates.values_list("status_place", flat=True))
    again = actions.replace_certificate(row, because="密钥撤销", on=TODAY, by=by, at=AT)
    assert (standing(again), again.key) == ("valid", new)


def test_a_revoked_active_key_is_followed_by_itself(cast: Cast) -> None:
    row = one(cast)
    actions.revoke_key(row.key, because="外泄", by=cast.actor("administrator"), at=AT)
    passed(cast, "26002")
    assert issued(cast, row.kind)[0].key != row.key
    assert IssuerKey._base_manager.filter(state="active").count() == 1


def test_a_key_that_the_site_cannot_open_signs_nothing(cast: Cast) -> None:
    row, by = one(cast), cast.actor("coordinator")
    with override_settings(SECRET_KEY="another"), pytest.raises(Refused, match="key_not_opened"):
        actions.signing_key(row.organisation, by=by, at=AT)


@pytest.mark.parametrize(
    ("address", "issuer"),
    [
        ("https://craft.example", "did:web:craft.example:at:lanchuan"),
        ("https://craft.example:8443", "did:web:craft.example%3A8443:at:lanchuan"),
        ("https://craftpath.invalid", ""),
        ("http://localhost:8000", ""),
    ],
)
def test_an_issuer_is_named_by_its_address_where_others_reach_it(
    cast: Cast, address: str, issuer: str
) -> None:
    key = SigningKey.of(bytes(range(32)))
    with override_settings(ADDRESS=address):
        assert keys.issuer_id(cast.college, key) == (issuer or key.did_key)


@pytest.mark.parametrize(
    ("days", "told"),
    [(91, False), (90, True), (84, True), (83, False), (31, False), (30, True), (24, True), (8, False), (7, True),
     (1, True), (0, True), (-1, False)],
)  # fmt: skip
def test_holders_hear_of_the_last_day_three_times(cast: Cast, days: int, told: bool) -> None:
    row = one(cast, valid_months=12)
    today = (row.valid_until or TODAY) - timedelta(days=days)
    found = to_be_told(Asked(AT, today)).filter(public_id=row.public_id)
    assert found.exists() is told


def test_offices_hear_of_what_they_issued_and_of_their_people(cast: Cast) -> None:
    row, by = one(cast, valid_months=12), cast.actor("coordinator")
    taught(cast, "26001", 6)
    service = kind(cast, purpose="service", ground={"unit": "months", "at_least": 6}, valid_months=12)
    master = issued(cast, service)[0]
    asked = Asked(AT, (row.valid_until or TODAY) - timedelta(days=60))

    def places() -> set[tuple[str, int]]:
        return {(subject, place) for subject, _day, place, _who in of_ones_people(asked)}

    jinheng = cast.jinheng.pk
    assert {(row.public_id, jinheng), (master.public_id, jinheng)} <= places()
    assert to_renew(asked).filter(public_id=row.public_id).exists()
    actions.replace_certificate(row, because="复训", on=TODAY, renew=True, by=by, at=AT)
    assert row.public_id not in {subject for subject, _place in places()}
    assert not to_renew(asked).filter(public_id=row.public_id).exists()


def test_a_certificate_is_a_statement_once(cast: Cast) -> None:
    row = one(cast)
    actions.replace_certificate(row, because="遗失", on=TODAY, by=cast.actor("coordinator"), at=AT)
    found = statements().filter(person=row.person, object_id__contains="/c/")
    assert [told.raw["object"]["definition"]["name"]["zh-Hans"] for told in found] == [
        row.content["title"]["zh"]
    ]
