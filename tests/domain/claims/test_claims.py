"""Outside certificates: claimed with evidence, verified by somebody else, counted only while they hold."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.activity.models import Statement
from craftpath.domain.certificates.holding import PROVIDERS
from craftpath.domain.claims import actions, queries
from craftpath.domain.claims.models import Claim, Evidence
from craftpath.domain.claims.rules import plain
from craftpath.kernel.access import Membership, system
from craftpath.kernel.files import KeptFile
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.claims.world import PDF, TOLD, claimed, office, refused, verified
from tests.domain.hearing import rows as due
from tests.domain.hearing import who_hears
from tests.photos import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def counts(row: Claim, on: date = TODAY) -> bool:
    """Whether requirements are offered it, by whomever."""
    asked = {"kind": "certificate", "scheme": "cn5", "level": "5"}
    offers = [one for ask in PROVIDERS["certificate"] for one in ask(asked, [row.person_id], on)]
    return str(row.ref) in [one.source for one in offers]


def test_it_counts_once_verified_and_only_while_it_holds(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    row = claimed(cast)
    assert not counts(row)
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.verify_claim(
            row, revision=1, how="register", words="查询编号一致", by=office(cast), at=AT
        )
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2027, 5, 31), date(2027, 6, 1)]
    assert [counts(row, day) for day in days] == [False, True, True, False]
    (said,) = row.decisions.all()
    assert (said.outcome, said.how, said.by, said.place) == (
        "verified", "register", cast.people["coordinator"], cast.college
    )  # fmt: skip
    told_of = Statement.objects.get(object_id__endswith=f"/claims/{row.public_id}")
    assert (told_of.person, told_of.raw["verb"]["id"][-7:]) == (row.person, "/passed")


def test_an_office_takes_nothing_back_that_one_above_has_verified(cast: Cast) -> None:
    city = cast.actor("officer", cast.city)
    row = actions.verify_claim(claimed(cast), revision=1, how="issuer", by=city, at=AT)
    assert row.verified_in == cast.city
    with refused("kernel.belongs_to_another"):
        actions.revoke_claim(row, revision=1, phrase="not_found", by=office(cast), at=AT)
    actions.verify_claim(row, revision=1, how="register", by=office(cast), at=AT)
    row.refresh_from_db()
    assert row.verified_in == cast.city
    assert row.decisions.count() == 1
    assert actions.revoke_claim(row, revision=1, phrase="not_found", by=city, at=AT).state == "revoked"


def test_states_other_than_verified_count_nowhere(cast: Cast) -> None:
    by, own = office(cast), cast.actor("apprentice")
    row = claimed(cast)
    row = actions.return_claim(row, revision=1, phrase="unreadable", by=by, at=AT)
    assert not counts(row)
    row = actions.change_claim(row, TOLD, revision=1, by=own, at=AT)
    assert (row.state, row.revision) == ("claimed", 2)
    row = actions.verify_claim(row, revision=2, how="original", by=by, at=AT)
    assert counts(row)
    row = actions.revoke_claim(row, revision=2, phrase="no_longer_valid", by=by, at=AT)
    assert not counts(row)
    again = verified(cast, number="2")
    actions.withdraw_claim(again, by=own, at=AT)
    assert not counts(again)
    last = actions.refuse_claim(claimed(cast, number="3"), revision=1, words="不是证书", by=by, at=AT)
    assert not counts(last)
    for state in (row, again, last):
        with refused("flow.not_now"):
            actions.verify_claim(state, revision=state.revision, how="original", by=by, at=AT)


def test_what_is_changed_after_it_was_verified_waits_anew(cast: Cast) -> None:
    own, row = cast.actor("apprentice"), verified(cast)
    same = actions.change_claim(row, TOLD, revision=1, by=own, at=AT)
    assert same.state == "verified"
    row = actions.change_claim(row, replace(TOLD, level="1"), revision=1, by=own, at=AT)
    assert (row.state, row.verified_in) == ("claimed", None)
    assert not counts(row)
    with refused("claims.changed_since"):  # the officer had the earlier one before the eyes
        actions.verify_claim(row, revision=1, how="original", by=office(cast), at=AT)


def test_nobody_verifies_the_own_one_and_no_other_organisation_does(cast: Cast) -> None:
    mine = claimed(cast, "coordinator")
    with refused("claims.own"):
        actions.verify_claim(mine, revision=1, how="original", by=office(cast), at=AT)
    with refused("claims.own"):
        actions.verify_claim(mine, revision=1, how="original", by=system(cast.college), at=AT)
    row = claimed(cast, number="2")
    for who, place, reason in (
        ("stranger", cast.neighbour, "kernel.belongs_to_another"),
        ("trainer", None, "kernel.role_lacks"),
        ("hr", cast.jinheng, "kernel.role_lacks"),
        ("apprentice", None, "claims.own"),
        ("classmate", None, "kernel.role_lacks"),
    ):
        for act, more in (
            (actions.verify_claim, {"how": "original"}),
            (actions.return_claim, {"phrase": "unreadable"}),
            (actions.refuse_claim, {"phrase": "not_found"}),
            (actions.revoke_claim, {"phrase": "not_found"}),
        ):
            with refused(reason):
                act(row, revision=1, by=cast.actor(who, place), at=AT, **more)
    for act, more in ((actions.withdraw_claim, {}), (actions.read_decision, {})):
        with refused("claims.not_yours"):
            act(row, by=office(cast), at=AT, **more)
    with refused("claims.not_yours"):
        actions.claim_certificate(
            cast.neighbour, TOLD, [PDF], made_id=uuid.uuid4(), by=cast.actor("apprentice"), at=AT
        )


def test_a_claim_gives_no_role_and_no_standing(cast: Cast) -> None:
    before = list(Membership.objects.order_by("pk").values_list())
    permissions = cast.actor("apprentice").permissions
    verified(cast, title="企业培训师", level="1")
    assert list(Membership.objects.order_by("pk").values_list()) == before
    assert cast.actor("apprentice").permissions == permissions


def test_one_certificate_is_never_verified_for_two(cast: Cast) -> None:
    first = claimed(cast)
    second = claimed(
        cast,
        "classmate",
        issuer="澜川市 技能鉴定中心（本部）".replace("（本部）", ""),
        number="y００１２-0350-0042",
    )
    assert (second.issuer_key, second.number_key) == (first.issuer_key, first.number_key)
    assert [one.doubled for one in queries.desk(cast.college, cast.people["coordinator"])] == [True, True]
    with refused("claims.look_at_doubles"):
        actions.verify_claim(first, revision=1, how="original", by=office(cast), at=AT)
    first = actions.verify_claim(first, revision=1, how="original", doubles=1, by=office(cast), at=AT)
    with refused("claims.held_by_another"):
        actions.verify_claim(second, revision=1, how="original", doubles=1, by=office(cast), at=AT)
    second.refresh_from_db()
    assert second.state == "claimed"
    with pytest.raises(IntegrityError), transaction.atomic():  # the table itself holds it
        Claim.objects.filter(pk=second.pk).update(state="verified", verified_in=cast.college)
    actions.revoke_claim(first, revision=1, phrase="other_person", by=office(cast), at=AT)
    second = actions.verify_claim(second, revision=1, how="original", by=office(cast), at=AT)
    assert [counts(row) for row in (first, second)] == [False, True]


def test_a_double_of_another_organisation_is_seen_too(cast: Cast) -> None:
    stranger = actions.claim_certificate(
        cast.neighbour, TOLD, [PDF], made_id=uuid.uuid4(), by=cast.actor("stranger", cast.neighbour), at=AT
    )
    row = claimed(cast)
    assert list(queries.doubles_of(row)) == [stranger]
    with refused("claims.look_at_doubles"):
        actions.verify_claim(row, revision=1, how="original", by=office(cast), at=AT)


@pytest.mark.parametrize(
    ("instead", "reason"),
    [
        ({"title": " "}, "incomplete"),
        ({"issuer": "——"}, "incomplete"),
        ({"number": "x" * 121}, "incomplete"),
        ({"number": "㍿" * 120}, "incomplete"),  # four signs each once they are made plain
        ({"scheme": "cn5", "level": "advanced"}, "level_unknown"),
        ({"scheme": "", "level": "3"}, "level_unknown"),
        ({"issued_on": TODAY + timedelta(days=1)}, "not_issued_yet"),
        ({"valid_until": date(2025, 5, 31)}, "days_unclear"),
        ({"valid_until": TODAY - timedelta(days=1)}, "expired"),
        ({"files": []}, "no_evidence"),
        ({"files": [(b"<svg/>", "x.svg")]}, None),
        ({"files": [(b'{"a": 1}', "x.json")]}, "wrong_evidence"),
        ({"files": [(b"{" * 9000, "x.json")]}, "wrong_evidence"),
        ({"files": [(b"just words", "x.txt")]}, "wrong_evidence"),
        ({"files": [PDF] * 7}, "too_many"),
    ],
)
def test_bad_claims_are_refused_whole(cast: Cast, instead: dict[str, Any], reason: str | None) -> None:
    with refused(f"claims.{reason}" if reason else "kernel.file_not_known"):
        claimed(cast, **instead)
    assert not Claim.objects.exists()
    assert not KeptFile.objects.exists()


def test_the_same_press_twice_and_the_same_certificate_twice(cast: Cast) -> None:
    made_id = uuid.uuid4()
    row = claimed(cast, made_id=made_id)
    assert claimed(cast, made_id=made_id) == row
    with refused("claims.claimed_already"):
        claimed(cast, number="y00120350-0042")
    other = claimed(cast, number="2")
    with refused("claims.claimed_already"):
        actions.change_claim(other, TOLD, revision=1, by=cast.actor("apprentice"), at=AT)
    actions.withdraw_claim(row, by=cast.actor("apprentice"), at=AT)
    claimed(cast)  # what was withdrawn may be claimed again
    verified(cast, "classmate", number="3")
    assert Evidence.objects.count() == 3


def test_evidence_is_added_and_taken_out_while_it_waits_and_forgotten_after(cast: Cast) -> None:
    own, row = cast.actor("apprentice"), claimed(cast)
    (first,) = row.evidence.all()
    with refused("claims.no_evidence"):
        actions.drop_evidence(first, by=own, at=AT)
    photo = actions.add_evidence(row, (picture(), "照片.jpg"), by=own, at=AT)
    assert photo.media_type == "image/jpeg"
    assert b"Exif" not in photo.kept.bytes()[:400]
    assert actions.drop_evidence(first, by=own, at=AT)
    assert not actions.drop_evidence(first, by=own, at=AT)
    with refused("claims.not_yours"):
        actions.add_evidence(row, PDF, by=cast.actor("classmate"), at=AT)
    row.refresh_from_db()
    assert row.revision == 3
    row = actions.verify_claim(row, revision=3, how="original", by=office(cast), at=AT)
    for act in (
        lambda: actions.add_evidence(row, PDF, by=own, at=AT),
        lambda: actions.drop_evidence(photo, by=own, at=AT),
    ):
        with refused("claims.not_open"):
            act()
    actions.withdraw_claim(row, by=own, at=AT)
    assert not KeptFile.objects.exists()


def test_evidence_of_what_is_long_over_is_forgotten(cast: Cast) -> None:
    kept = verified(cast)
    gone = actions.refuse_claim(
        claimed(cast, number="2"), revision=1, phrase="not_found", by=office(cast), at=AT
    )
    later = AT + timedelta(days=181)
    with refused("kernel.role_own"):
        actions.forget_evidence(by=office(cast), at=later)
    assert actions.forget_evidence(by=system(), at=AT + timedelta(days=180)) == 0
    assert actions.forget_evidence(by=system(), at=later) == 1
    assert actions.forget_evidence(by=system(), at=later) == 0
    assert [row.evidence.count() for row in (kept, gone)] == [1, 0]


def test_reasons_are_of_the_bank_or_ones_own(cast: Cast) -> None:
    row, by = claimed(cast), office(cast)
    for act, phrase in ((actions.return_claim, "not_found"), (actions.refuse_claim, "unreadable")):
        with refused("claims.say_why"):
            act(row, revision=1, phrase=phrase, by=by, at=AT)
    with refused("claims.say_why"):
        actions.return_claim(row, revision=1, phrase="unreadable", words="x" * 401, by=by, at=AT)
    with refused("claims.say_how"):
        actions.verify_claim(row, revision=1, how="guessed", by=by, at=AT)
    late = AT + timedelta(days=300)
    with refused("claims.expired"):
        actions.verify_claim(row, revision=1, how="original", by=by, at=late)


def test_both_sides_hear_of_it(cast: Cast) -> None:
    people = {one: cast.people[one] for one in ("apprentice", "coordinator", "trainer", "hr", "stranger")}
    row = claimed(cast)
    assert who_hears(people, "claims.answer", TODAY) == {"coordinator": False}
    ((_subject, _who, on, _steps),) = due("claims.answer", TODAY)
    assert on == date(2026, 9, 21)  # five workdays
    row = actions.return_claim(row, revision=1, phrase="unreadable", by=office(cast), at=AT)
    assert who_hears(people, "claims.answer", TODAY) == {}
    assert who_hears(people, "claims.returned", TODAY) == {"apprentice": False}
    row = actions.change_claim(row, TOLD, revision=1, by=cast.actor("apprentice"), at=AT)
    row = actions.verify_claim(row, revision=2, how="original", by=office(cast), at=AT)
    assert who_hears(people, "claims.read", TODAY) == {"apprentice": False}
    actions.read_decision(row, by=cast.actor("apprentice"), at=AT)
    assert who_hears(people, "claims.read", TODAY) == {}
    days = (91, 90, 84, 83, 31, 30, 23, 8, 7, 0, -1)
    heard = [
        days_before
        for days_before in days
        if who_hears(people, "claims.expires", date(2027, 5, 31) - timedelta(days=days_before))
    ]
    assert heard == [90, 84, 30, 7, 0]


def test_people_see_their_own_and_offices_those_of_their_house(cast: Cast) -> None:
    row = claimed(cast)

    def sees(who: str, place: Any = None) -> bool:
        with looking_for(cast.actor(who, place).scope):
            return Claim.objects.filter(pk=row.pk).exists()

    assert sees("apprentice")
    assert sees("coordinator")
    assert sees("officer", cast.city)
    assert not sees("classmate")
    assert not sees("hr", cast.jinheng)
    assert not sees("stranger", cast.neighbour)


def test_numbers_are_compared_without_signs_width_and_case() -> None:
    assert plain(" Ｙ００12-03／5 x ") == "y0012035x"
    assert plain("ß") == plain("SS")
    assert plain("——") == ""


def test_issuers_are_trusted_for_a_time_by_an_office_for_those_below(cast: Cast) -> None:
    city, key = cast.actor("officer", cast.city), "z6Mk" + "1" * 44
    row = actions.trust_issuer(cast.city, did="did:web:x.cn", name="省鉴定中心", public=key, by=city, at=AT)
    assert (
        actions.trust_issuer(cast.city, did="did:web:x.cn", name="省鉴定中心", public=key, by=city, at=AT)
        == row
    )
    for values, reason in (
        ({"did": "did:web:x.cn", "name": "别的", "public": key}, "issuer_known"),
        ({"did": "did:web:y.cn", "name": "别的", "public": ""}, "issuer_unclear"),
        ({"did": "https://y.cn", "name": "别的", "public": key}, "issuer_unclear"),
        ({"did": "did:key:z6MkX", "name": "", "public": ""}, "issuer_unclear"),
    ):
        with refused(f"claims.{reason}"):
            actions.trust_issuer(cast.city, by=city, at=AT, **values)
    with refused("kernel.belongs_to_another"):
        actions.trust_issuer(cast.city, did="did:key:z6MkX", name="x", by=office(cast), at=AT)
    assert list(queries.issuers(cast.campus, TODAY)) == [row]
    assert list(queries.issuers(cast.neighbour, TODAY)) == []
    with refused("kernel.belongs_to_another"):
        actions.drop_issuer(row, by=office(cast), at=AT)
    assert actions.drop_issuer(row, by=city, at=AT)
    assert not actions.drop_issuer(row, by=city, at=AT)
    assert list(queries.issuers(cast.campus, TODAY)) == []
