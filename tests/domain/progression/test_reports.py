"""How each condition is read from the record, for whole cohorts with constant questions."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.agreements.actions import approve_absence, request_absence
from craftpath.domain.apprenticeships.models import EnrolmentParty, StageProgress
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.learning.actions import Plan, Said, plan_session, take_roll
from craftpath.domain.logbook.actions import Content, confirm_entries, save_entry, submit_entry
from craftpath.domain.progression.actions import give_evidence
from craftpath.domain.progression.conditions import KINDS
from craftpath.domain.progression.queries import reports
from craftpath.domain.reviews.actions import hold_review
from craftpath.domain.training.actions import Posting, post_hours
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.agreements.agreed import active, hr
from tests.domain.progression.world import asks, finding, report, stage
from tests.domain.reviews.world import of

pytestmark = pytest.mark.usefixtures("all_rows")
BY = "college"


def since(cast: Cast, days: int) -> None:
    """Let everybody be in the first stage for so many days."""
    StageProgress.objects.filter(stage=stage(cast)).update(opened_on=TODAY - timedelta(days=days))


def test_the_preset_asks_eight_things_and_says_who_supplies_each(cast: Cast) -> None:
    found = report(cast)
    kinds = [one.condition.kind for one in found.findings]
    assert set(kinds) == {"agreement", "mentor", "hours", "log", "attendance", "reviews", "colour", "result"}
    assert not found.ready
    assert {one.condition.kind for one in found.missing} >= {"agreement", "hours", "result"}


def test_without_an_agreement_nobody_is_ready(cast: Cast) -> None:
    asks(cast, {"kind": "agreement", "by": BY})
    assert (finding(cast, "agreement").met, finding(cast, "agreement").detail) == (False, "no_agreement")


def test_a_mentor_of_today_counts(cast: Cast) -> None:
    asks(cast, {"kind": "mentor", "by": BY})
    assert finding(cast, "mentor").met
    EnrolmentParty.objects.filter(enrolment=cast.enrolments["26001"]).update(ends_on=TODAY)
    assert not finding(cast, "mentor").met


def test_hours_are_those_of_the_ledger_since_the_stage_began(cast: Cast) -> None:
    asks(cast, {"kind": "hours", "share": "0.5", "by": BY})
    since(cast, 30)
    before = {one.name: one for one in report(cast).findings}
    name, line = next(iter(before.items()))
    bucket, want = name.removeprefix("hours-"), line.want or 0
    enrolment = cast.enrolments["26001"].pk
    source = Ref("tests", "made", "1")
    days = [TODAY - timedelta(days=n) for n in range(1, 31)]
    postings = [Posting(enrolment, bucket, day, 1440, source, f"in/{day}") for day in days]
    postings.append(Posting(enrolment, bucket, TODAY - timedelta(days=40), 1440, source, "before"))
    post_hours(postings, by=cast.actor("coordinator"), at=AT)
    after = finding(cast, name)
    assert (after.have, after.want) == (30 * 1440, want)
    assert after.met == (want <= 30 * 1440)


def _entry(cast: Cast, day: datetime, *, confirmed: bool, number: str = "26001") -> None:
    by = cast.actor("apprentice")
    content = Content(on=day.date(), text="车外圆。", minutes=60, bucket="workplace")
    saved = save_entry(cast.enrolments[number], made_id=uuid.uuid4(), content=content, by=by, at=AT)
    submit_entry(saved.entry, by=by, at=AT)
    if confirmed:
        saved.entry.refresh_from_db()
        confirm_entries(
            {saved.entry.public_id: saved.entry.revision}, by=cast.actor("mentor", cast.jinheng), at=AT
        )


def test_a_week_counts_when_an_entry_of_it_is_confirmed(cast: Cast) -> None:
    asks(cast, {"kind": "log", "share": "1", "by": "apprentice"})
    since(cast, 28)  # four whole weeks
    _entry(cast, AT - timedelta(days=28), confirmed=True)
    _entry(cast, AT - timedelta(days=27), confirmed=False)
    _entry(cast, AT - timedelta(days=21), confirmed=True)
    _entry(cast, AT - timedelta(days=14), confirmed=False)
    found = finding(cast, "log")
    assert (found.have, found.want, found.met) == (2, 4, False)


def test_a_week_of_leave_is_not_asked_for(cast: Cast) -> None:
    asks(cast, {"kind": "log", "share": "1", "by": "apprentice"})
    since(cast, 28)
    monday = TODAY - timedelta(days=14 + TODAY.weekday())
    agreement = active(cast)
    agreement.starts_on = monday
    agreement.save(update_fields=["starts_on"])
    ill = request_absence(
        agreement, kind="illness", starts_on=monday, ends_on=monday + timedelta(days=6), by=hr(cast), at=AT
    )
    assert finding(cast, "log").want == 4
    approve_absence(ill, by=hr(cast), at=AT)
    assert finding(cast, "log").want == 3


def test_no_number_of_entries_makes_up_for_a_week(cast: Cast) -> None:
    asks(cast, {"kind": "log", "share": "0.5", "by": "apprentice"})
    since(cast, 28)
    for hour in range(3):
        _entry(cast, AT - timedelta(days=7) + timedelta(minutes=hour), confirmed=True)
    found = finding(cast, "log")
    assert (found.have, found.want) == (1, 2)


@pytest.mark.parametrize(("status", "rate"), [("present", 100), ("absent", 0), ("excused", None)])
def test_attendance_leaves_out_whom_was_excused(status: str, rate: int | None, cast: Cast) -> None:
    asks(cast, {"kind": "attendance", "share": "0.8", "by": "apprentice"})
    since(cast, 28)
    plan = Plan({"zh": "识图", "en": "x"}, "lesson", "on_site", AT, AT + timedelta(hours=1))
    [session] = plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers={cast.people["trainer"]: "trainer"},
        by=cast.actor("trainer"),
        at=AT,
    )
    said = {
        row.public_id: Said(status if number == "26001" else "present")
        for number, row in cast.enrolments.items()
    }
    take_roll(session, said, taken_at=AT, made_id=uuid.uuid4(), base=0, by=cast.actor("trainer"), at=AT)
    found = finding(cast, "attendance")
    assert (found.have, found.met) == (rate, rate != 0)


def test_a_review_that_was_due_and_not_held_is_missing_and_a_red_one_holds_back(cast: Cast) -> None:
    asks(cast, {"kind": "reviews", "by": BY}, {"kind": "colour", "by": "mentor"})
    row = of(cast)
    after = row.due_on + timedelta(days=1)
    people = [cast.enrolments["26001"]]

    def now() -> dict[str, bool]:
        found = reports(cast.cohort, stage(cast), "stage", people, after)[people[0].pk]
        return {one.name: one.met for one in found.findings}

    assert now() == {"reviews": False, "colour": True}
    hold_review(row, colour="red", because="常缺勤", by=cast.actor("trainer"), at=row.starts_at)
    assert now() == {"reviews": True, "colour": False}


def test_a_result_has_to_be_decided_and_a_stage_on_paper_says_so(cast: Cast) -> None:
    asks(cast, {"kind": "result", "by": BY})
    assert finding(cast, "result").detail == "undecided"
    Evaluation.objects.filter(pk=cast.evaluation.pk).update(stage=cast.programme.stages.get(order=3))
    assert (finding(cast, "result").met, finding(cast, "result").detail) == (True, "on_paper")


@pytest.mark.parametrize(("days", "met"), [(370, True), (300, False)])
def test_months_in_the_stage_are_full_ones(days: int, met: bool, cast: Cast) -> None:
    asks(cast, {"kind": "months", "months": 12, "by": BY})
    since(cast, days)
    assert finding(cast, "months").met is met


def test_a_paper_is_there_once_somebody_has_noted_it(cast: Cast) -> None:
    asks(
        cast, {"kind": "document", "key": "form", "by": "apprentice", "name": {"zh": "申报表", "en": "Form"}}
    )
    assert finding(cast, "form").detail == "no_paper"
    by = cast.actor("coordinator")
    give_evidence(cast.enrolments["26001"], stage(cast), "stage", "form", by=by, at=AT)
    assert (finding(cast, "form").met, finding(cast, "form").noted) == (True, "何静")
    assert not finding(cast, "form", "26002").met


def test_who_is_not_in_the_stage_has_no_report(cast: Cast) -> None:
    assert reports(cast.cohort, stage(cast), "stage", [cast.enrolments["26005"]], TODAY) == {}


def test_the_questions_do_not_grow_with_people(cast: Cast) -> None:
    rows = [{"kind": kind, "by": BY, "share": "0.5", "months": 3, "name": {"zh": "x"}} for kind in KINDS]
    asks(cast, *rows)
    counts = []
    for numbers in (["26001"], ["26001", "26002", "26003", "26004"]):
        with CaptureQueriesContext(connection) as asked:
            found = reports(cast.cohort, stage(cast), "stage", [cast.enrolments[n] for n in numbers], TODAY)
        assert len(found) == len(numbers)
        counts.append(len(asked))
    assert counts[0] == counts[1]
