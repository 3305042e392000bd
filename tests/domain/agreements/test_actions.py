"""Each verb on an agreement, with its refusals: drafting, waiving, signing, amending, pausing, leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.agreements import actions, queries
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, EarlyLeaving, Pause, Waiver
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.actions import plan_cohort, start_cohort
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty, StageProgress
from craftpath.kernel.access import Actor, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import Document, parties_of, sign_document
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.agreements.agreed import (
    END,
    GUARDIAN,
    START,
    active,
    draft,
    floor,
    hr,
    sent,
    sign,
    signed,
    terms,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
MINOR = date(2009, 6, 1)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def fresh(row: Any) -> Any:
    return type(row)._base_manager.get(pk=row.pk)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def told(code: str) -> list[dict[str, Any]]:
    return list(AuditEntry.objects.filter(fact=code).order_by("pk").values_list("payload", flat=True))


# ---- Drafting -----------------------------------------------------------------------------------------


def test_a_draft_becomes_a_text_that_waits_and_then_binds(cast: Cast) -> None:
    row = sent(cast)
    assert row.state == "awaiting_signatures"
    assert row.document is not None
    assert row.document.is_intact
    assert "陈雨桐" in row.document.text["zh"]
    assert "Jinheng Machinery" in row.document.text["en"]
    assert [party.role for party in parties_of(row.document)] == ["apprentice", "enterprise", "college"]
    assert not sign(row.document, cast, "college", "enterprise")
    with refused("agreements.blocked"):
        actions.activate_agreement(row, by=hr(cast), at=AT)
    assert sign(row.document, cast, "apprentice")
    done = actions.activate_agreement(row, by=hr(cast), at=AT)
    assert (done.state, done.active_on) == ("active", START)
    assert fresh(cast.enrolments["26001"]).state == "active"
    assert [one["state"] for one in told("agreements.agreement_moved")] == [
        "checked", "awaiting_signatures", "signed", "active",
    ]  # fmt: skip


def test_an_apprentice_has_one_agreement_at_a_time(cast: Cast) -> None:
    row = draft(cast)
    with pytest.raises(Refused) as caught:
        draft(cast)
    assert caught.value.verdict.reason == "agreements.under_way"
    assert caught.value.verdict.facts["agreement"] == row.public_id
    actions.void_agreement(row, by=hr(cast), at=AT)
    second = draft(cast)
    copy = fresh(second)
    copy.pk, copy.public_id = None, "another"
    # SQLite names the columns, PostgreSQL the constraint.
    with pytest.raises(IntegrityError, match="enrolment_id|agreement_under_way_once"), transaction.atomic():
        copy.save(force_insert=True)


def test_the_database_keeps_a_second_active_agreement_out(cast: Cast) -> None:
    copy = fresh(active(cast))
    copy.pk, copy.public_id = None, "another"
    with pytest.raises(IntegrityError, match="enrolment_id|agreement_active_once"), transaction.atomic():
        copy.save(force_insert=True)


def test_nobody_writes_one_s_own_and_no_stranger_writes_any(cast: Cast) -> None:
    row = draft(cast)
    other = written(cast, terms=terms(weekly_hours="38"))
    with refused("kernel.belongs_to_another"):
        actions.save_agreement(row, written=other, by=cast.actor("stranger", cast.neighbour), at=AT)
    with refused("kernel.role_lacks"):
        actions.save_agreement(row, written=other, by=cast.actor("trainer"), at=AT)
    own = Actor(cast.college, cast.people["apprentice"], frozenset({Role.COORDINATOR}))
    with refused("agreements.own"):
        actions.save_agreement(row, written=other, by=own, at=AT)
    assert Terms.from_json(fresh(row).terms).weekly_hours == 40
    assert told("agreements.agreement_saved") == []


@pytest.mark.parametrize(
    ("first", "last"),
    [(END, START), (date(1999, 1, 1), END), (START, date(2101, 1, 1))],
)
def test_days_that_do_not_fit_are_refused(cast: Cast, first: date, last: date) -> None:
    with refused("agreements.dates_unsound"):
        draft(cast, starts_on=first, ends_on=last)
    assert not Agreement.objects.exists()


def test_two_who_save_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    row = draft(cast)
    seen = actions.stamp(row)
    actions.save_agreement(
        row, written=written(cast, terms=terms(weekly_hours="38")), seen=seen, by=hr(cast), at=AT
    )
    with refused("agreements.changed_meanwhile"):
        actions.save_agreement(row, written=written(cast), seen=seen, by=hr(cast), at=AT)
    assert Terms.from_json(fresh(row).terms).weekly_hours == 38


def test_saving_a_checked_draft_makes_it_a_draft_again(cast: Cast) -> None:
    floor(cast)
    row = actions.check_agreement(draft(cast), by=hr(cast), at=AT)
    assert row.state == "checked"
    row = actions.save_agreement(
        row, written=written(cast, terms=terms(weekly_hours="39")), by=hr(cast), at=AT
    )
    assert row.state == "draft"
    assert told("agreements.agreement_saved")[-1]["changed"] == ["weekly_hours"]


def test_what_waits_is_taken_back_before_it_changes(cast: Cast) -> None:
    row = sent(cast)
    document = row.document
    assert document is not None
    sign(document, cast, "college")
    with refused("agreements.sent"):
        actions.save_agreement(row, written=written(cast), by=hr(cast), at=AT)
    row = actions.recall_agreement(row, by=hr(cast), at=AT)
    assert (row.state, row.document) == ("draft", None)
    with refused("kernel.document_not_open"):
        sign(fresh(document), cast, "enterprise")
    again = actions.send_agreement(row, by=hr(cast), at=AT)
    assert again.document != document
    assert [hasattr(one, "signature") for one in parties_of(again.document)] == [False] * 3


def test_a_newcomer_gets_a_place_that_opens_with_the_agreement(cast: Cast) -> None:
    floor(cast)
    row = actions.draft_for_newcomer(
        cast.cohort,
        actions.Newcomer("周芷若", date(2006, 5, 5), "Zhou Zhiruo"),
        number=queries_number(cast),
        enterprise=cast.jinheng,
        written=written(cast),
        by=hr(cast),
        at=AT,
    )
    assert (row.enrolment.state, row.enrolment.number) == ("enrolled", "26006")
    row = actions.send_agreement(row, by=hr(cast), at=AT)
    sign(row.document, cast, "apprentice", "enterprise", "college")
    actions.activate_agreement(row, by=hr(cast), at=AT)
    place = fresh(row.enrolment)
    assert (place.state, place.starts_on) == ("active", START)
    assert list(StageProgress.objects.filter(enrolment=place).values_list("stage__key", "state")) == [
        ("junior_craftsman", "open")
    ]
    assert EnrolmentParty.objects.filter(
        enrolment=place, person=cast.people["mentor"], role="mentor"
    ).exists()


def queries_number(cast: Cast) -> str:
    from craftpath.domain.apprenticeships.queries import next_number

    return next_number(cast.cohort)


def test_a_number_or_a_person_stands_in_a_cohort_once(cast: Cast) -> None:
    newcomer = actions.Newcomer("周芷若", date(2006, 5, 5))
    with refused("apprenticeships.number_taken"):
        actions.draft_for_newcomer(
            cast.cohort, newcomer, number="26001", enterprise=cast.jinheng, written=written(cast),
            by=hr(cast), at=AT,
        )  # fmt: skip
    assert not Person.objects.filter(name="周芷若").exists()


# ---- The checklist holds up ----------------------------------------------------------------------------


def test_a_block_holds_up_until_somebody_waives_it_by_name(cast: Cast) -> None:
    floor(cast)
    row = draft(cast, terms=terms(mentor_qualification=""))
    with pytest.raises(Refused) as caught:
        actions.send_agreement(row, by=hr(cast), at=AT)
    assert caught.value.verdict.facts == {"count": 1}
    assert fresh(row).state == "draft"
    with refused("agreements.waiver_without_reason"):
        actions.waive_item(row, "std-supervision", reason="  ", by=hr(cast), at=AT)
    actions.waive_item(row, "std-supervision", reason="证书换发中", by=hr(cast), at=AT)
    waiver = Waiver.objects.get(agreement=row)
    assert (waiver.made_by, waiver.made_at, waiver.reason) == (cast.people["hr"], AT, "证书换发中")
    assert actions.send_agreement(row, by=hr(cast), at=AT).state == "awaiting_signatures"


@pytest.mark.parametrize(
    ("item", "instead", "reason"),
    [
        ("prot-remuneration", {"wage": [{"starts_on": "2026-09-21", "amount": 1}]}, "not_waivable"),
        ("tk-probation", {"probation_end": "2027-09-20"}, "not_waivable"),
        ("prot-hours", {"weekly_hours": "50"}, "not_waivable"),
        ("agr-written", {}, "not_waivable"),
        ("def-paid", {}, "nothing_to_waive"),
        ("no-such-item", {}, "nothing_to_waive"),
    ],
)
def test_nobody_waives_what_the_law_forbids(
    cast: Cast, item: str, instead: dict[str, Any], reason: str
) -> None:
    floor(cast)
    row = draft(cast, terms=terms(**instead))
    with refused(f"agreements.{reason}"):
        actions.waive_item(row, item, reason="because", by=hr(cast), at=AT)
    assert not Waiver.objects.exists()


def test_a_child_never_comes_to_the_text(cast: Cast) -> None:
    floor(cast)
    row = draft(cast, born=date(2011, 1, 1), guardian=GUARDIAN)
    with refused("agreements.not_waivable"):
        actions.waive_item(row, "std-min-age", reason="because", by=hr(cast), at=AT)
    with refused("agreements.blocked"):
        actions.send_agreement(row, by=hr(cast), at=AT)
    assert not Waiver.objects.exists()
    assert (fresh(row).state, fresh(row).document) == ("draft", None)


# ---- Signing ------------------------------------------------------------------------------------------


def test_a_guardian_signs_for_whoever_is_a_minor_on_the_first_day(cast: Cast) -> None:
    row = sent(cast, born=MINOR, guardian=GUARDIAN)
    assert row.document is not None
    assert [party.role for party in parties_of(row.document)] == [
        "apprentice", "guardian", "enterprise", "college",
    ]  # fmt: skip
    assert not sign(row.document, cast, "apprentice", "enterprise", "college")
    assert fresh(row).state == "awaiting_signatures"
    assert sign(row.document, cast, "guardian")
    signature = parties_of(row.document)[1].signature
    assert (signature.name, signature.method, signature.person) == ("陈建国", "link", None)
    assert signature.link.state == "used"


def test_turning_eighteen_later_makes_nothing_void(cast: Cast) -> None:
    row = active(cast, born=MINOR, guardian=GUARDIAN)
    assert fresh(row).document.completed_at is not None
    assert queries.holding_up(row, "send", "activate") == []


def test_only_the_party_signs(cast: Cast) -> None:
    row = sent(cast)
    assert row.document is not None
    for party in parties_of(row.document):
        stranger = cast.actor("stranger", cast.neighbour)
        with pytest.raises(Refused):
            actions.sign_agreement(party, seen=row.document.sha256, by=stranger, at=AT)
    own, enterprise, _ = parties_of(row.document)
    with refused("kernel.signing_for_another"):
        actions.sign_agreement(own, seen=row.document.sha256, by=hr(cast), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.sign_agreement(enterprise, seen=row.document.sha256, by=cast.actor("coordinator"), at=AT)


def test_what_was_not_read_is_not_signed(cast: Cast) -> None:
    row = sent(cast)
    assert row.document is not None
    with refused("kernel.document_differs"):
        actions.sign_agreement(
            parties_of(row.document)[2], seen="0" * 64, by=cast.actor("coordinator"), at=AT
        )
    Document._base_manager.filter(pk=row.document.pk).update(text={"zh": "别的", "en": "something else"})
    with refused("kernel.document_differs"):
        sign(row.document, cast, "college")


def test_a_text_and_a_signature_are_never_altered(cast: Cast) -> None:
    row = signed(cast)
    assert row.document is not None
    with pytest.raises(TypeError):
        row.document.save()
    with pytest.raises(TypeError):
        parties_of(row.document)[0].signature.save()
    with refused("agreements.fixed"):
        actions.save_agreement(row, written=written(cast), by=hr(cast), at=AT)


def test_a_second_press_signs_nothing_twice(cast: Cast) -> None:
    row = sent(cast)
    assert row.document is not None
    sign(row.document, cast, "college")
    assert sign(row.document, cast, "college") is False
    assert len(told("kernel.document_signed")) == 1
    other = Actor(cast.college, cast.people["administrator"], frozenset({Role.ADMINISTRATOR}))
    with refused("kernel.signed_already"):
        sign_document(parties_of(row.document)[2], seen=row.document.sha256, by=other, at=AT)


def test_a_roster_brings_people_who_are_active_without_an_agreement(cast: Cast) -> None:
    assert {row.number for row in queries.without_agreement()} == {
        "26001",
        "26002",
        "26003",
        "26004",
        "26005",
    }
    draft(cast)
    assert "26001" not in {row.number for row in queries.without_agreement()}


def test_registration_is_noted_before_or_after_the_start(cast: Cast) -> None:
    row = actions.register_agreement(signed(cast), number=" 2026-117 ", on=TODAY, by=hr(cast), at=AT)
    assert (row.state, row.registration_no) == ("registered", "2026-117")
    row = actions.activate_agreement(row, by=hr(cast), at=AT)
    assert actions.register_agreement(row, number="118", on=TODAY, by=hr(cast), at=AT).state == "active"


# ---- Amending -----------------------------------------------------------------------------------------


def amend(cast: Cast, row: Agreement, **more: Any) -> Amendment:
    values: dict[str, Any] = {
        "written": written(cast, terms=terms(weekly_hours="38")), "enterprise": cast.jinheng,
        "takes_effect_on": date(2027, 1, 1), "reason": "缩短工时",
    }  # fmt: skip
    return actions.amend_agreement(row, **values | more, by=hr(cast), at=AT)


def test_a_change_is_signed_by_the_same_parties_and_holds_only_what_changes(cast: Cast) -> None:
    row = active(cast)
    amendment = amend(cast, row)
    assert amendment.document is not None
    assert amendment.changed == ["weekly_hours"]
    assert "was “40 hours”, becomes “38 hours”" in amendment.document.text["en"]
    assert "年休假" not in amendment.document.text["zh"]
    assert [one.role for one in parties_of(amendment.document)] == ["apprentice", "enterprise", "college"]
    sign(amendment.document, cast, "apprentice", "enterprise")
    assert Terms.from_json(fresh(row).terms).weekly_hours == 40
    sign(amendment.document, cast, "college")
    assert fresh(amendment).state == "agreed"
    assert Terms.from_json(fresh(row).terms).weekly_hours == 40  # it begins on its day
    assert actions.settle_agreement(row, by=system(), at=noon(date(2027, 1, 1)))
    assert Terms.from_json(fresh(row).terms).weekly_hours == 38
    assert fresh(amendment).state == "in_force"
    assert fresh(row).document == row.document  # what was signed first stays what it was


def test_a_change_of_employer_is_signed_by_both_and_moves_the_apprentice(cast: Cast) -> None:
    row = active(cast)
    floor(cast, place=cast.qinghe)
    new_mentor = Person.objects.get(name="吴海燕")
    before = fresh(row).document.sha256
    amendment = amend(
        cast, row, enterprise=cast.qinghe, written=written(cast, mentor=new_mentor), reason="金恒停产"
    )
    assert amendment.document is not None
    assert amendment.changed == ["enterprise", "mentor"]
    roles = [one.role for one in parties_of(amendment.document)]
    assert roles == ["apprentice", "enterprise", "former_enterprise", "college"]
    assert sign(amendment.document, cast, *roles)
    assert fresh(row).enterprise == cast.jinheng
    assert actions.settle_agreement(row, by=system(), at=noon(date(2027, 1, 1)))
    row = fresh(row)
    assert (row.enterprise, row.mentor, row.document.sha256) == (cast.qinghe, new_mentor, before)
    assert fresh(cast.enrolments["26001"]).enterprise == cast.qinghe
    open_ones = EnrolmentParty.objects.filter(enrolment=row.enrolment, role="mentor", ends_on__isnull=True)
    assert [(one.person, one.starts_on) for one in open_ones] == [(new_mentor, date(2027, 1, 1))]


def test_the_guardian_signs_a_change_while_the_apprentice_is_a_minor(cast: Cast) -> None:
    row = active(cast, born=MINOR, guardian=GUARDIAN)
    guarded = replace(written(cast, terms=terms(weekly_hours="38")), guardian=GUARDIAN)
    young = amend(cast, row, written=guarded, takes_effect_on=date(2027, 5, 31))
    assert young.document is not None
    assert "guardian" in {one.role for one in parties_of(young.document)}
    actions.withdraw_amendment(young, by=hr(cast), at=AT)
    grown = amend(cast, row, written=guarded, takes_effect_on=date(2027, 6, 1))
    assert grown.document is not None
    assert "guardian" not in {one.role for one in parties_of(grown.document)}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reason": " "}, "agreements.amendment_without_reason"),
        ({"takes_effect_on": date(2026, 1, 1)}, "agreements.outside_term"),
        ({"written": None}, "agreements.nothing_changes"),
        ({"written": "low"}, "agreements.blocked"),
    ],
)
def test_what_is_no_sound_change_is_refused(cast: Cast, more: dict[str, Any], reason: str) -> None:
    row = active(cast)
    if "written" in more:
        low = terms(wage=[{"starts_on": START.isoformat(), "amount": 1}])
        more["written"] = written(cast, terms=low) if more["written"] else written(cast)
    with refused(reason):
        amend(cast, row, **more)
    assert not Amendment.objects.exists()
    assert Terms.from_json(fresh(row).terms).weekly_hours == 40


def test_one_change_after_the_other(cast: Cast) -> None:
    row = active(cast)
    first = amend(cast, row)
    with refused("agreements.amendment_waits"):
        amend(cast, row)
    actions.withdraw_amendment(first, by=hr(cast), at=AT)
    assert amend(cast, row).number == 2
    with refused("flow.not_now"):
        actions.withdraw_amendment(first, by=hr(cast), at=AT)


# ---- Pausing, absences --------------------------------------------------------------------------------


def test_a_pause_suspends_and_ends(cast: Cast) -> None:
    row = active(cast)
    actions.pause_apprenticeship(row, on=START, until=None, because="illness", by=hr(cast), at=AT)
    assert fresh(row.enrolment).state == "suspended"
    with refused("agreements.paused_already"):
        actions.pause_apprenticeship(fresh(row), on=START, until=None, because="illness", by=hr(cast), at=AT)
    with refused("agreements.dates_unsound"):
        actions.resume_apprenticeship(row, on=START - timedelta(days=1), by=hr(cast), at=AT)
    actions.resume_apprenticeship(row, on=date(2026, 12, 1), by=hr(cast), at=AT)
    assert fresh(row.enrolment).state == "active"
    assert Pause.objects.get().resumed_on == date(2026, 12, 1)
    with refused("agreements.not_paused"):
        actions.resume_apprenticeship(row, on=date(2026, 12, 1), by=hr(cast), at=AT)


def ask(cast: Cast, row: Agreement, first: date, last: date, who: str = "apprentice") -> Absence:
    by = cast.actor("apprentice") if who == "apprentice" else hr(cast)
    return actions.request_absence(
        row, kind="illness", starts_on=first, ends_on=last, reason="发烧", by=by, at=AT
    )


def test_an_absence_is_asked_for_and_decided_by_somebody_else(cast: Cast) -> None:
    row = active(cast)
    absence = ask(cast, row, date(2026, 10, 8), date(2026, 10, 9))
    with refused("agreements.absence_overlaps"):
        ask(cast, row, date(2026, 10, 9), date(2026, 10, 10))
    with refused("agreements.own"):
        actions.approve_absence(absence, by=cast.actor("apprentice"), at=AT)
    with refused("agreements.refusal_without_reason"):
        actions.refuse_absence(absence, answer="", by=hr(cast), at=AT)
    assert actions.approve_absence(absence, by=hr(cast), at=AT).state == "approved"
    with refused("flow.not_now"):
        actions.withdraw_absence(absence, by=cast.actor("apprentice"), at=AT)
    later = ask(cast, row, date(2026, 11, 2), date(2026, 11, 2))
    assert actions.withdraw_absence(later, by=cast.actor("apprentice"), at=AT).state == "withdrawn"
    assert ask(cast, row, date(2026, 11, 2), date(2026, 11, 2), "hr").state == "requested"


@pytest.mark.parametrize(
    ("first", "last"),
    [(START - timedelta(days=1), START), (END, END + timedelta(days=1)), (END, START)],
)
def test_days_outside_the_agreement_are_refused(cast: Cast, first: date, last: date) -> None:
    row = active(cast)
    with refused("agreements.outside_term"):
        ask(cast, row, first, last)
    assert not Absence.objects.exists()


def test_the_reason_is_opened_by_who_decides_and_that_is_told(cast: Cast) -> None:
    absence = ask(cast, active(cast), date(2026, 10, 8), date(2026, 10, 9))
    assert "发烧" not in str(told("agreements.absence_requested"))
    with refused("kernel.belongs_to_another"):
        actions.open_reason(absence, by=cast.actor("stranger", cast.neighbour), at=AT)
    assert actions.open_reason(absence, by=cast.actor("apprentice"), at=AT) == "发烧"
    assert told("agreements.absence_reason_read") == []
    assert actions.open_reason(absence, by=hr(cast), at=AT) == "发烧"
    assert told("agreements.absence_reason_read") == [{"absence": absence.public_id}]


# ---- Ending -------------------------------------------------------------------------------------------


def leave(cast: Cast, row: Agreement, told_on: date, last: date) -> EarlyLeaving:
    later = AT + timedelta(days=400)
    return actions.terminate_agreement(
        row,
        because="other_work",
        initiator="apprentice",
        told_on=told_on,
        last_day=last,
        by=hr(cast),
        at=later,
    )


def test_leaving_early_keeps_reason_wish_and_what_follows(cast: Cast) -> None:
    row = active(cast, terms=terms(bond_cost=1200000, bond_months=24))
    waiting = amend(
        cast, row, written=written(cast, terms=terms(weekly_hours="38", bond_cost=1, bond_months=24))
    )
    leaving = leave(cast, row, date(2027, 8, 20), date(2027, 9, 20))
    assert leaving.consequences["owed"] == 600000
    assert leaving.consequences["notice_ends"] == "2027-09-19"
    row = fresh(row)
    assert (row.state, row.ended_on) == ("terminated", date(2027, 9, 20))
    place = fresh(row.enrolment)
    assert (place.state, place.ended_on, place.ended_because) == ("ended", date(2027, 9, 21), "other_work")
    assert fresh(waiting).state == "withdrawn"
    with refused("agreements.not_active"):
        leave(cast, row, date(2027, 8, 20), date(2027, 9, 20))


@pytest.mark.parametrize(
    ("told_on", "last"),
    [
        (date(2027, 3, 2), date(2027, 3, 1)),
        (START - timedelta(days=9), START - timedelta(days=1)),
        (date(2027, 3, 1), END + timedelta(days=1)),
        (date(2028, 3, 1), date(2028, 4, 1)),  # not said yet
    ],
)
def test_days_of_leaving_that_do_not_fit_are_refused(cast: Cast, told_on: date, last: date) -> None:
    row = active(cast)
    with refused("agreements.leaving_dates"):
        leave(cast, row, told_on, last)
    assert not EarlyLeaving.objects.exists()
    assert (fresh(row).state, fresh(row.enrolment).state) == ("active", "active")


def test_going_on_in_another_cohort_begins_a_draft_with_the_same_terms(cast: Cast) -> None:
    row = active(cast)
    by = cast.actor("coordinator")
    other = plan_cohort(
        organisation=cast.college, programme=cast.programme, name={"en": "Welders 2027/1"}, occupation={},
        starts_on=date(2027, 3, 1), by=by, at=AT,
    )  # fmt: skip
    other = start_cohort(other, by=by, at=AT)
    with refused("agreements.same_cohort"):
        actions.transfer_agreement(
            row, cohort=cast.cohort, number="1", last_day=date(2026, 12, 31), by=by, at=AT
        )
    following = actions.transfer_agreement(
        row, cohort=other, number="27001", last_day=date(2026, 12, 31), by=by, at=AT
    )
    assert (following.state, following.starts_on) == ("draft", date(2027, 3, 1))
    assert following.terms == fresh(row).terms
    assert (fresh(row).state, row.enrolment.person) == ("active", following.enrolment.person)
    actions.settle_agreement(row, by=system(), at=noon(date(2027, 1, 1)))
    assert (fresh(row).state, fresh(row).ended_on) == ("terminated", date(2026, 12, 31))


def test_completed_and_expired(cast: Cast) -> None:
    row = active(cast)
    with refused("agreements.not_over"):
        actions.expire_agreement(row, on=END, by=hr(cast), at=AT)
    done = actions.complete_agreement(row, on=date(2028, 9, 1), by=hr(cast), at=AT)
    assert (done.state, fresh(row.enrolment).state) == ("completed", "ended")
    other = active_other(cast)
    assert actions.expire_agreement(other, on=END + timedelta(days=1), by=hr(cast), at=AT).ended_on == END


def active_other(cast: Cast) -> Agreement:
    row = actions.send_agreement(draft(cast, "26002"), by=hr(cast), at=AT)
    sign(row.document, cast, "apprentice", "enterprise", "college")
    return actions.activate_agreement(row, by=hr(cast), at=AT)


# ---- Applications and floors --------------------------------------------------------------------------


def test_from_an_application_to_a_draft(cast: Cast) -> None:
    by, newcomer = hr(cast), actions.Newcomer("周芷若", date(2006, 5, 5), email="zhou@example.org")
    row = actions.apply_for_place(cast.cohort, newcomer, enterprise=cast.jinheng, by=by, at=AT)
    with refused("agreements.applied_already"):
        actions.apply_for_place(cast.cohort, newcomer, enterprise=cast.jinheng, by=by, at=AT)
    with refused("flow.not_now"):
        actions.accept_offer(row, number="26006", by=by, at=AT)
    assert Enrolment.objects.filter(number="26006").exists() is False
    actions.offer_place(row, by=by, at=AT)
    agreement = actions.accept_offer(row, number="26006", by=by, at=AT)
    assert (fresh(row).state, fresh(row).enrolment) == ("accepted", agreement.enrolment)
    assert agreement.enrolment.person.birth_date == date(2006, 5, 5)
    assert Terms.from_json(agreement.terms).probation_end is not None
    with refused("flow.not_now"):
        actions.withdraw_application(row, by=by, at=AT)


@pytest.mark.parametrize(
    ("verb", "state"),
    [(actions.decline_application, "declined"), (actions.withdraw_application, "withdrawn")],
)
def test_an_application_that_ends_frees_the_name(cast: Cast, verb: Any, state: str) -> None:
    by, newcomer = cast.actor("coordinator"), actions.Newcomer("周芷若")
    row = actions.apply_for_place(cast.cohort, newcomer, enterprise=None, by=by, at=AT)
    verb(row, by=by, at=AT)
    again = actions.apply_for_place(cast.cohort, newcomer, enterprise=None, by=by, at=AT)
    actions.offer_place(again, by=by, at=AT)
    with refused("agreements.no_enterprise"):
        actions.accept_offer(again, number="26006", by=by, at=AT)
    assert (fresh(row).state, fresh(again).state) == (state, "offered")
    assert not Enrolment.objects.filter(number="26006").exists()


def test_a_floor_is_entered_once_a_day_and_confirmed(cast: Cast) -> None:
    row = floor(cast)
    assert row.confirmed_by == cast.people["hr"]
    with refused("agreements.floor_there"):
        floor(cast)
    with refused("kernel.belongs_to_another"):
        actions.enter_floor(
            cast.city, amount=1, currency="CNY", per="month", valid_from=TODAY, source="x", by=hr(cast), at=AT
        )


def test_a_new_agreement_starts_from_what_was_agreed_last(cast: Cast) -> None:
    start = date(2026, 10, 5)
    end, first = queries.suggested(cast.cohort, cast.jinheng, start)
    assert end == date(2028, 10, 4)
    assert (first.weekly_hours, first.probation_end, first.wage) == (40, date(2026, 12, 4), ())
    draft(cast)
    _, again = queries.suggested(cast.cohort, cast.jinheng, start)
    assert [(step.starts_on, step.amount) for step in again.wage] == [
        (start, 420000),
        (date(2027, 10, 5), 480000),
    ]
    assert again.mentor_qualification == "技师"


def test_who_sees_an_agreement(cast: Cast) -> None:
    row = draft(cast)
    for who, place, sees in (
        ("hr", cast.jinheng, True),
        ("coordinator", cast.college, True),
        ("apprentice", cast.college, True),
        ("auditor", cast.city, True),
        ("mentor", cast.jinheng, False),
        ("classmate", cast.college, False),
        ("stranger", cast.neighbour, False),
    ):
        with looking_for(cast.actor(who, place).scope):
            assert (Agreement.objects.filter(pk=row.pk).exists(), who) == (sees, who)
