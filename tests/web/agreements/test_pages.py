"""Agreements on the web: from a row of the roster to a signature, and everything that comes after."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.domain.agreements import actions
from craftpath.domain.agreements.calendar import add_months
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, Application, WageFloor
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.partnership.models import Cooperation
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import END, START, active_now, draft, floor, hr, sent, terms, written

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HERE = "/o/jinheng/agreements/"


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def rows(model: Any) -> Any:
    return model._base_manager


def fields(answer: Any) -> dict[str, str]:
    """What a browser would send of the form that the page shows."""
    form = answer.context["form"]
    found = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in found.items()}


@pytest.fixture
def office(browse: Browse) -> Client:
    return browse("hr")


def test_four_presses_and_three_screens_where_everything_is_known(cast: Cast, office: Client) -> None:
    active_now(cast, number="26002")  # what was agreed last time
    person = cast.enrolments["26001"].person
    person.birth_date = date(2006, 1, 1)
    person.save()
    page = office.get(HERE)  # screen 1
    assert "No agreement in the record" in words(page)
    enrolment = cast.enrolments["26001"].public_id
    edit = office.post(
        f"{HERE}new/", {"enrolment": enrolment, "do": "start"}, follow=True
    )  # press 1, screen 2
    assert "Ready for signatures." in words(edit)
    sent_form = fields(edit) | {"do": "send", "seen": edit.context["seen"]}
    own = office.post(edit.request["PATH_INFO"], sent_form, follow=True)  # press 2, screen 3
    assert "The text is fixed and waits for signatures." in words(own)
    row = rows(Agreement).get(enrolment=cast.enrolments["26001"])
    assert row.state == "awaiting_signatures"
    address = f"/o/jinheng/papers/{row.document.public_id}/"
    assert "I have read the text and agree to it." in words(office.get(address))  # press 3
    done = office.post(address, {"seen": row.document.sha256, "read": "1"}, follow=True)  # press 4
    assert "Signed. The others sign in any order." in words(done)


def test_a_second_press_of_start_leads_to_the_same_draft(cast: Cast, office: Client) -> None:
    form = {"enrolment": cast.enrolments["26001"].public_id, "do": "start"}
    first = office.post(f"{HERE}new/", form)
    assert first.status_code == 302
    assert office.post(f"{HERE}new/", form).status_code == 404  # it has an agreement now
    assert rows(Agreement).count() == 1


def test_somebody_new_gets_a_place_and_a_draft(cast: Cast, office: Client) -> None:
    form = {
        "name": "周芷若", "birth_date": "2006-05-05", "contact": "zhou@example.org", "number": "",
        "cohort": cast.cohort.public_id, "enterprise": "jinheng", "starts_on": "2026-10-05",
    }  # fmt: skip
    edit = office.post(f"{HERE}new/", form, follow=True)
    row = rows(Agreement).get()
    assert (row.enrolment.number, row.enrolment.state) == ("26006", "enrolled")
    assert edit.request["PATH_INFO"] == f"{HERE}{row.public_id}/edit/"
    assert "No mentor is named." in words(edit)
    wrong = office.post(f"{HERE}new/", form | {"name": "", "birth_date": "3026-01-01"})
    assert wrong.status_code == 422
    assert "This day cannot be right." in words(wrong)


def test_the_checklist_follows_what_is_typed_without_saving(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        floor(cast)
        row = draft(cast)
    address = f"{HERE}{row.public_id}/edit/"
    form = fields(office.get(address)) | {"do": "check", "weekly_hours": "60", "wage-0-amount": "100"}
    live = office.post(address, form, HTTP_HX_REQUEST="true")
    assert "60 hours a week; at most 44 are allowed." in words(live)
    assert "the floor is CNY 2,300.00" in words(live)
    assert "<html" not in live.content.decode()
    plain = office.post(address, form)
    assert plain.status_code == 200
    assert 'value="60"' in plain.content.decode()
    assert rows(Agreement).get().terms == row.terms


def test_what_is_wrong_stays_in_the_form(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        row = draft(cast)
    address = f"{HERE}{row.public_id}/edit/"
    page = office.get(address)
    form = fields(page) | {
        "seen": page.context["seen"],
        "do": "save",
        "ends_on": "2020-01-01",
        "wage-3-amount": "5",
    }
    answer = office.post(address, form)
    assert answer.status_code == 422
    assert "The last day lies before the first one." in words(answer)
    assert "A step of pay has a day and an amount." in words(answer)
    with everywhere("a test"):
        actions.save_agreement(row, written=written(cast, terms=terms(weekly_hours="39")), by=hr(cast), at=AT)
    form |= {"ends_on": END.isoformat(), "wage-3-amount": ""}
    late = office.post(address, form)
    assert late.status_code == 422
    assert "Somebody else saved this agreement meanwhile." in words(late)
    assert Terms.from_json(rows(Agreement).get().terms).weekly_hours == 39


def test_a_minor_needs_a_guardian_before_anything_is_sent(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        floor(cast)
        row = draft(cast)
    address = f"{HERE}{row.public_id}/edit/"
    page = office.get(address)
    form = fields(page) | {"seen": page.context["seen"], "do": "send", "birth_date": "2009-06-01"}
    held = office.post(address, form)
    assert held.status_code == 422
    assert "A minor: name the guardian who signs." in words(held)
    page = office.get(address)
    form |= {"guardian_name": "陈建国", "guardian_relation": "父亲", "seen": page.context["seen"]}
    office.post(address, form)
    assert [one.role for one in rows(Agreement).get().document.parties.all()] == [
        "apprentice", "guardian", "enterprise", "college",
    ]  # fmt: skip


def test_an_item_is_waived_from_the_page_with_a_reason(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        floor(cast)
        row = draft(cast, terms=terms(mentor_qualification=""))
    form = {"item": "std-supervision", "reason": "<script>证书换发中</script>"}
    page = office.post(f"{HERE}{row.public_id}/waive/", form, follow=True)
    assert "Waived under your name." in words(page)
    assert "<script>证" not in page.content.decode()
    assert "许文静" in words(page)
    none = office.post(f"{HERE}{row.public_id}/waive/", {"item": "std-min-age", "reason": "x"})
    assert none.status_code == 409


def test_the_list_says_what_is_missing(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        sent(cast)
    page = office.get(HERE, {"missing": "signatures"})
    assert "Apprentice, Enterprise, College" in words(page)
    assert "陈雨桐" not in words(office.get(HERE, {"state": "active"}))
    assert "陈雨桐" in words(office.get(HERE, {"q": "Yutong"}))


def test_an_apprentice_reads_the_own_agreement_and_no_other(cast: Cast, browse: Browse) -> None:
    row = active_now(cast)
    own = browse("apprentice")
    page = own.get("/o/lanchuan/agreements/mine/", follow=True)
    assert "What is agreed" in words(page)
    assert "CNY 4,200.00" in words(page)
    assert "What can be done" not in words(page)
    other = browse("classmate")
    assert other.get(f"/o/lanchuan/agreements/{row.public_id}/").status_code == 404
    assert "Your papers may lie elsewhere." in words(other.get("/o/lanchuan/agreements/mine/"))


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("coordinator", "lanchuan", 200), ("auditor", "lanchuan-bureau", 200), ("officer", "lanchuan-bureau", 403),
        ("trainer", "lanchuan", 403), ("mentor", "jinheng", 404), ("assessor", "lanchuan", 404),
        ("stranger", "dongling", 404),
    ],
)  # fmt: skip
def test_pay_is_read_by_those_who_look_after_agreements(
    cast: Cast, browse: Browse, who: str, place: str, status: int
) -> None:
    row = active_now(cast)
    client = browse(who)
    assert client.get(f"/o/{place}/agreements/{row.public_id}/").status_code == status
    paper = client.get(f"/o/{place}/papers/{row.document.public_id}/")
    assert paper.status_code == status


def test_from_the_last_signature_to_the_start(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        from tests.domain.agreements.agreed import signed

        row = signed(cast)
    page = f"{HERE}{row.public_id}/"
    office.post(f"{page}register/", {"number": "2026-117", "on": "2026-09-20"})
    assert rows(Agreement).get().registration_no == "2026-117"
    done = office.post(f"{page}do/activate/", follow=True)
    assert "Active from its first day." in words(done)
    assert office.post(f"{page}do/activate/").status_code == 409
    assert office.post(f"{page}do/no-such-verb/").status_code == 404


def test_amending_shows_what_changes(cast: Cast, office: Client, browse: Browse) -> None:
    row = active_now(cast)
    with everywhere("a test"):
        floor(cast, place=cast.qinghe)
    address = f"{HERE}{row.public_id}/amend/"
    form = fields(office.get(address)) | {"takes_effect_on": "2027-01-01", "reason": "缩短工时"}
    same = office.post(address, form)
    assert "Nothing differs from what is agreed." in words(same)
    page = office.post(address, form | {"weekly_hours": "38"}, follow=True)
    assert "Hours of work and learning a week 40 hours 38 hours" in words(page)
    assert "stays as it was signed; nobody signs it again" in words(page)
    amendment = rows(Amendment).get()
    office.post(f"{HERE}amendments/{amendment.public_id}/withdraw/")
    assert rows(Amendment).get().state == "withdrawn"
    mentor = next(key for key, _ in office.post(address, form | {"enterprise": "qinghe", "do": "places"})
                  .context["form"].fields["mentor"].choices if key)  # fmt: skip
    moved = office.post(address, form | {"enterprise": "qinghe", "mentor": mentor}, follow=True)
    assert "Former enterprise" in words(moved)
    last = rows(Amendment).get(number=2)
    assert browse("stranger").get(f"/o/dongling/agreements/amendments/{last.public_id}/").status_code == 404


def test_pausing_and_going_on(cast: Cast, office: Client) -> None:
    row = active_now(cast)
    page = f"{HERE}{row.public_id}/"
    form = {"on": START.isoformat(), "until": "2026-12-01", "because": "illness"}
    assert "Paused. What was agreed stays." in words(office.post(f"{page}pause/", form, follow=True))
    assert office.get(f"{page}pause/").status_code == 409
    wrong = office.post(f"{page}resume/")  # today lies before the pause in the cast's calendar, or after it
    assert wrong.status_code in {302, 409}


def test_leave_is_asked_for_and_answered_and_its_reason_stays_closed(
    cast: Cast, office: Client, browse: Browse
) -> None:
    row = active_now(cast)
    own = browse("apprentice")
    ask = f"/o/lanchuan/agreements/{row.public_id}/absence/"
    form = {"kind": "illness", "starts_on": "2026-10-08", "ends_on": "2026-10-09", "reason": "腰伤复查"}
    assert "On its way." in words(own.post(ask, form, follow=True))
    again = own.post(ask, form)
    assert again.status_code == 422
    assert "an absence is asked for or approved already" in words(again)
    outside = own.post(ask, form | {"starts_on": "2036-10-08", "ends_on": "2036-10-09"})
    assert "The days lie outside the agreement" in words(outside)
    for page in (office.get(f"{HERE}absences/"), office.get(f"{HERE}{row.public_id}/")):
        assert "腰伤复查" not in words(page)
        assert "Illness" not in words(page).split("Note leave or an absence")[0]
    absence = rows(Absence).get()
    opened = office.post(f"{HERE}absences/{absence.public_id}/reason/")
    assert "腰伤复查" in words(opened)
    with everywhere("a test"):
        assert AuditEntry.objects.filter(fact="agreements.absence_reason_read").count() == 1
    assert (
        office.post(f"{HERE}absences/{absence.public_id}/", {"do": "refuse", "answer": ""}).status_code == 409
    )
    office.post(f"{HERE}absences/{absence.public_id}/", {"do": "approve"})
    assert rows(Absence).get().state == "approved"
    assert (
        browse("classmate").post(f"/o/lanchuan/agreements/absences/{absence.public_id}/reason/").status_code
        == 404
    )


def test_leaving_early_shows_first_what_follows(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        from tests.domain.agreements.agreed import active

        row = active(cast, terms=terms(bond_cost=1200000, bond_months=24))
    today = timezone.localdate()
    began = add_months(today, -14)
    rows(Agreement).filter(pk=row.pk).update(starts_on=began, ends_on=add_months(began, 24))
    address = f"{HERE}{row.public_id}/leave/"
    form = {
        "because": "other_work",
        "initiator": "apprentice",
        "told_on": (today - timedelta(days=7)).isoformat(),
        "last_day": (today - timedelta(days=1)).isoformat(),
    }
    look = office.post(address, form | {"do": "look"})
    for sentence in ("30 days, until", "not kept", "CNY 5,000.00"):
        assert sentence in words(look)
    assert rows(Agreement).get().state == "active"
    done = office.post(address, form | {"do": "end"}, follow=True)
    assert "What was learned and earned stays in the record." in words(done)
    assert rows(Agreement).get().state == "terminated"
    assert office.post(address, form | {"do": "end"}).status_code == 409


def test_applications_and_floors(cast: Cast, office: Client) -> None:
    form = {
        "name": "周芷若",
        "birth_date": "2006-05-05",
        "cohort": cast.cohort.public_id,
        "enterprise": "jinheng",
    }
    assert "周芷若" in words(office.post(f"{HERE}applications/", form, follow=True))
    assert office.post(f"{HERE}applications/", form).status_code == 422
    one = f"{HERE}applications/{rows(Application).get().public_id}/"
    office.post(one, {"do": "offer"})
    edit = office.post(one, {"do": "accept"}, follow=True)
    assert edit.request["PATH_INFO"].endswith("/edit/")
    assert office.post(one, {"do": "offer"}).status_code == 409
    entered = {
        "place": "jinheng", "amount": "2300", "currency": "CNY", "per": "month", "valid_from": "2026-01-01",
        "source": "市人社局通知",
    }  # fmt: skip
    assert "2,300.00" in words(office.post(f"{HERE}floors/", entered, follow=True))
    assert office.post(f"{HERE}floors/", entered).status_code == 422
    office.post(f"{HERE}floors/", {"confirm": rows(WageFloor).get().public_id})
    assert rows(WageFloor).get().confirmed_at is not None


def test_a_cooperation_agreement_is_written_signed_and_filed(
    cast: Cast, office: Client, browse: Browse
) -> None:
    page = office.get("/o/jinheng/cooperation/new/")
    form = fields(page) | {"enterprise": "jinheng", "college": "lanchuan", "starts_on": "2026-01-01"}
    del form["further"]  # a list in which nothing is chosen
    made = office.post("/o/jinheng/cooperation/new/", form | {"ends_on": "2028-12-31"}, follow=True)
    row = rows(Cooperation).get()
    address = f"/o/jinheng/cooperation/{row.public_id}/"
    assert "联合培养" in words(made)
    office.post(f"{address}edit/", form | {"ends_on": "2029-12-31"})
    office.post(f"{address}do/send/")
    document = rows(Cooperation).get().document
    for client, place in ((office, "jinheng"), (browse("coordinator"), "lanchuan")):
        client.post(f"/o/{place}/papers/{document.public_id}/", {"seen": document.sha256, "read": "1"})
    assert rows(Cooperation).get().state == "in_force"
    office.post(f"{address}do/file/", {"number": "澜人社备 12"})
    assert "澜人社备 12" in words(office.get("/o/jinheng/cooperation/"))
    assert browse("stranger").get(f"/o/dongling/cooperation/{row.public_id}/").status_code == 404


def test_transfer_leads_to_the_new_draft(cast: Cast, browse: Browse) -> None:
    from craftpath.domain.apprenticeships.actions import plan_cohort, start_cohort

    row = active_now(cast)
    with everywhere("a test"):
        by = cast.actor("coordinator")
        other = plan_cohort(organisation=cast.college, programme=cast.programme, name={"en": "Welders 2027/1"},
                            occupation={}, starts_on=date(2027, 3, 1), by=by, at=AT)  # fmt: skip
        start_cohort(other, by=by, at=AT)
    office = browse("coordinator")
    page = f"/o/lanchuan/agreements/{row.public_id}/transfer/"
    assert "Welders 2027/1" in words(office.get(page))
    moved = office.post(
        page, {"cohort": other.public_id, "number": "", "last_day": "2026-12-31"}, follow=True
    )
    assert moved.request["PATH_INFO"].endswith("/edit/")
    assert rows(Agreement).get(pk=row.pk).state == "active"  # until its last day is over
    assert "Ends on 31 Dec 2026" in words(office.get(f"/o/lanchuan/agreements/{row.public_id}/"))
