"""What the pages say of days to come: agreed changes, early endings, leave that is left; a list that stays quick."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.web.signing.doors import effect_of
from craftpath.domain.agreements import actions, queries
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, EarlyLeaving
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.programmes.actions import load_preset
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import START, active_now, draft, hr, sign, terms, written
from tests.web.agreements.test_pages import fields, rows, words

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HERE = "/o/jinheng/agreements/"
LATER = date(2027, 3, 1)


@pytest.fixture
def office(browse: Browse) -> Client:
    return browse("hr")


def agreed(cast: Cast, row: Agreement, on: date) -> Amendment:
    """A change that everybody has signed."""
    with everywhere("a test"):
        made = actions.amend_agreement(
            row, written=written(cast, terms=terms(weekly_hours="38")), enterprise=cast.jinheng,
            takes_effect_on=on, reason="缩短工时", by=hr(cast), at=AT,
        )  # fmt: skip
        assert sign(made.document, cast, "apprentice", "enterprise", "college")
        return Amendment.objects.get(pk=made.pk)


@pytest.fixture
def far() -> date:
    """A day that is to come whenever the tests run, inside the agreement's term."""
    return max(LATER, timezone.localdate() + timedelta(days=90))


def test_an_agreed_change_says_from_when_it_holds_everywhere(cast: Cast, office: Client, far: date) -> None:
    row = active_now(cast)
    made = agreed(cast, row, far)
    said = f"{far.day} {far:%b} {far.year}"
    page = words(office.get(f"{HERE}{row.public_id}/"))
    assert f"Agreed, in force from {said}" in page
    assert f"Changes on {said}" in page
    assert "Hours a week 40" in page
    assert f"Agreed, in force from {said}" in words(office.get(f"{HERE}amendments/{made.public_id}/"))
    assert f"amendment 1 agreed, in force from {said}" in words(office.get(HERE))
    effect = effect_of(made.document)
    assert (
        effect.en
        == f"Agreed: everybody had signed by 14 September 2026. In force from {far.day} {far:%B} {far.year}."
    )
    assert effect.zh.endswith(f"自{far.year}年{far.month}月{far.day}日起生效。")
    assert effect_of(row.document).both() == ""


def test_the_paper_of_an_agreed_change_says_so_too(cast: Cast, office: Client, far: date) -> None:
    pypdf = pytest.importorskip("pypdf")
    made = agreed(cast, active_now(cast), far)
    answer = office.get(f"/o/jinheng/papers/{made.document.public_id}/pdf/")
    if answer.status_code == 503:
        pytest.skip("nothing here prints papers")
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "In force from" in text.replace("\n", " ")


def test_the_form_shows_what_is_agreed_and_lays_the_next_change_on_it(
    cast: Cast, office: Client, far: date
) -> None:
    row = active_now(cast)
    agreed(cast, row, far)
    address = f"{HERE}{row.public_id}/amend/"
    page = office.get(address)
    assert "Amendment 1 is agreed and begins on" in words(page)
    form = fields(page) | {"shown_on": page.context["shown_on"].isoformat(), "reason": "多休两天"}
    assert (form["weekly_hours"], form["takes_effect_on"]) == ("38", far.isoformat())
    made = office.post(address, form | {"annual_leave_days": "7"}, follow=True)
    assert "The change is fixed" in words(made)
    assert rows(Amendment).get(number=2).changed == ["annual_leave_days"]
    again = office.post(address, form | {"annual_leave_days": "8", "shown_on": "no day"})
    assert again.status_code == 409  # one waits for signatures


def test_leaving_on_a_day_to_come_shows_it_and_is_taken_back(
    cast: Cast, office: Client, browse: Browse, far: date
) -> None:
    row = active_now(cast)
    page = f"{HERE}{row.public_id}/"
    form = {
        "because": "health", "initiator": "apprentice", "told_on": timezone.localdate().isoformat(),
        "last_day": far.isoformat(), "do": "end",
    }  # fmt: skip
    said = f"{far.day} {far:%b} {far.year}"
    done = words(office.post(f"{page}leave/", form, follow=True))
    assert f"It runs until {said} is over" in done
    assert f"Ends on {said}" in done
    assert f"Ends on {said}" in words(office.get(HERE))
    own = words(browse("apprentice").get(f"/o/lanchuan/agreements/{row.public_id}/"))
    assert f"Ends on {said}" in own
    assert "Take it back" not in own
    learner = reverse("apprenticeships:apprentice", args=["jinheng", row.enrolment.public_id])
    mentor = words(browse("mentor").get(learner))
    assert f"Ends on {said}" in mentor
    assert "Health" not in mentor
    assert office.post(f"{page}leave/", form).status_code == 409  # a second press
    assert office.get(f"{page}transfer/").status_code == 409
    assert office.post(f"{page}stay/", {"reason": " "}).status_code == 409
    back = words(office.post(f"{page}stay/", {"reason": "<b>改变主意</b>"}, follow=True))
    assert "The agreement runs on as it was signed." in back
    assert "<b>改变主意</b>" in back
    assert rows(Agreement).get(pk=row.pk).state == "active"
    assert office.post(f"{page}stay/", {"reason": "again"}).status_code == 409
    assert (
        browse("stranger").post(f"/o/dongling/agreements/{row.public_id}/stay/", {"reason": "x"}).status_code
        == 404
    )
    assert EarlyLeaving.objects.filter(taken_back_at__isnull=False).count() == 1


def test_a_page_shows_an_end_that_no_worker_has_settled_yet(cast: Cast, office: Client) -> None:
    row, today = active_now(cast), timezone.localdate()
    rows(Agreement).filter(pk=row.pk).update(starts_on=today - timedelta(days=90))
    with everywhere("a test"):
        actions.terminate_agreement(
            row, because="health", initiator="apprentice", told_on=today - timedelta(days=30),
            last_day=today - timedelta(days=1), by=hr(cast), at=datetime.now(UTC) - timedelta(days=10),
        )  # fmt: skip
    assert rows(Agreement).get(pk=row.pk).state == "active"
    page = words(office.get(f"{HERE}{row.public_id}/"))
    assert "Ended early" in page
    assert "Pause" not in page.split("Checklist")[0].split("What can be done")[-1]
    assert office.get(f"{HERE}{row.public_id}/pause/").status_code == 409


# ---- Leave --------------------------------------------------------------------------------------------


def test_asking_for_more_than_is_left_warns_and_a_second_press_asks(
    cast: Cast, office: Client, browse: Browse
) -> None:
    row, own = active_now(cast), browse("apprentice")
    page = f"/o/lanchuan/agreements/{row.public_id}/"
    year = max(timezone.localdate(), START).year
    assert f"days left in {year}" in words(own.get(page))
    form = {"kind": "annual_leave", "starts_on": "2027-04-05", "ends_on": "2027-04-12", "reason": "婚礼"}
    warned = own.post(f"{page}absence/", form)
    assert warned.status_code == 422
    assert "6 working days of annual leave in 2027, and 5 are left." in words(warned)
    assert "Ask all the same" in words(warned)
    assert 'value="2027-04-12"' in warned.content.decode()
    asked = own.post(f"{page}absence/", form | {"beyond": "1"}, follow=True)
    assert "On its way." in words(asked)
    absence = rows(Absence).get()

    listed = words(office.get(f"{HERE}absences/"))
    assert "6 working days" in listed
    assert "5 of 5 days left in 2027" in listed  # what is left before the answer; the kind stays closed
    held = office.post(f"{HERE}absences/{absence.public_id}/", {"do": "approve"}, follow=True)
    assert "Not approved yet: open it first" in words(held)
    assert rows(Absence).get().state == "requested"
    opened = office.post(f"{HERE}absences/{absence.public_id}/reason/")
    assert "This asks for more than is left." in words(opened)
    assert 'name="beyond" value="1"' in opened.content.decode()
    office.post(f"{HERE}absences/{absence.public_id}/", {"do": "approve", "beyond": "1"})
    assert rows(Absence).get().state == "approved"


def test_who_answers_does_not_learn_from_the_balance_what_was_asked_for(
    cast: Cast, office: Client, browse: Browse
) -> None:
    row = active_now(cast)
    form = {"kind": "annual_leave", "starts_on": "2027-04-05", "ends_on": "2027-04-06", "reason": ""}
    browse("apprentice").post(f"/o/lanchuan/agreements/{row.public_id}/absence/", form)
    assert "asked for and not taken off" not in words(office.get(f"{HERE}{row.public_id}/"))
    own = words(browse("apprentice").get(f"/o/lanchuan/agreements/{row.public_id}/"))
    assert "asked for and not taken off" in own


# ---- The list -----------------------------------------------------------------------------------------


def many(cast: Cast, count: int) -> None:
    """Drafts for people of a roster."""
    entries = [RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng) for n in range(count)]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    numbers = [entry.number for entry in entries]
    for enrolment in Enrolment.objects.filter(number__in=numbers).select_related(
        "person", "cohort__programme"
    ):
        actions.draft_agreement(enrolment, enterprise=cast.jinheng, written=written(cast), by=hr(cast), at=AT)


def asked(client: Client, address: str) -> int:
    client.get(address)  # what is remembered for a while is remembered now
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_asks_as_often_for_twenty_drafts_as_for_one(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        draft(cast)
    one = asked(office, f"{HERE}?state=draft")
    with everywhere("a test"):
        many(cast, 19)
    assert asked(office, f"{HERE}?state=draft") == one
    page = words(office.get(f"{HERE}?state=draft"))
    assert page.count("items hold it up") == 19
    assert rows(Agreement).count() == 20


def test_the_waiting_absences_ask_as_often_for_many_as_for_one(cast: Cast, office: Client) -> None:
    row = active_now(cast)
    numbers = []
    for n in range(6):
        with everywhere("a test"):
            day = date(2027, 4 + n, 5)
            actions.request_absence(
                row,
                kind="annual_leave",
                starts_on=day,
                ends_on=day,
                by=cast.actor("apprentice"),
                at=AT,
                beyond=True,
            )
        numbers.append(asked(office, f"{HERE}absences/"))
    assert numbers[0] == numbers[-1]


# ---- The checklist and Australia ----------------------------------------------------------------------


def test_what_is_not_of_an_agreement_stands_apart_once_with_its_reason(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        row = draft(cast)
    page = words(office.get(f"{HERE}{row.public_id}/edit/"))
    assert "Not of an agreement: 7 items" in page
    assert page.count("Preparation comes before an agreement and is a programme of its own.") == 1


def test_empty_clauses_are_filled_with_the_model_s_words_on_demand(cast: Cast, office: Client) -> None:
    with everywhere("a test"):
        row = draft(cast, terms=terms(clauses={"roles": {"zh": "另行约定", "en": "as agreed apart"}}))
    address = f"{HERE}{row.public_id}/edit/"
    page = office.get(address)
    assert "Fill empty clauses" in words(page)
    form = fields(page) | {"seen": page.context["seen"], "weekly_hours": "39"}
    filled = office.post(address, form | {"do": "model"})
    assert filled.status_code == 200
    given = fields(filled)
    assert (given["clause-roles-en"], given["weekly_hours"]) == ("as agreed apart", "39")
    assert given["clause-complaints-zh"].startswith("学徒可随时")
    assert Terms.from_json(rows(Agreement).get().terms).weekly_hours == 40  # nothing is saved yet
    office.post(address, given | {"seen": page.context["seen"], "do": "save"})
    assert Terms.from_json(rows(Agreement).get().terms).has("complaints")


def test_an_australian_agreement_starts_from_the_national_standards(
    cast: Cast, office: Client, browse: Browse
) -> None:
    from craftpath.domain.apprenticeships.actions import plan_cohort, start_cohort

    with everywhere("a test"):
        by = cast.actor("coordinator")
        programme = load_preset("au_cert3", by=system(), at=AT)
        cohort = start_cohort(
            plan_cohort(organisation=cast.college, programme=programme, name={"en": "Welders AU"},
                        occupation={"en": "Welder"}, starts_on=date(2026, 9, 1), by=by, at=AT), by=by, at=AT,
        )  # fmt: skip
    form = {
        "name": "Mia Nguyen", "birth_date": "2010-02-03", "contact": "", "number": "", "enterprise": "jinheng",
        "cohort": cohort.public_id, "starts_on": "2027-02-01",
    }  # fmt: skip
    page = browse("coordinator").post("/o/lanchuan/agreements/new/", form, follow=True)
    said = words(page)
    row = rows(Agreement).get()
    stands = Terms.from_json(row.terms)
    assert (row.jurisdiction, stands.currency, stands.per, stands.pay_frequency) == (
        "AU",
        "AUD",
        "week",
        "biweekly",
    )
    assert (stands.weekly_hours, stands.annual_leave_days) == (38, 20)
    assert row.ends_on == date(2031, 1, 31)
    assert stands.probation_end == date(2027, 4, 30)
    assert "superannuation" in stands.clause("social_security").en
    assert "A minor: name the guardian who signs." in said
    with everywhere("a test"):
        short = queries.case_of(row, terms=Terms.from_json(row.terms | {"annual_leave_days": "19"}))
        found = {one.key: one for one in actions_check(short)}
    assert (found["prot-leave"].reason, found["prot-leave"].waivable) == ("agreements.leave_too_short", False)


def actions_check(case: Any) -> Any:
    from craftpath.domain.agreements.checking import check

    return check(case)
