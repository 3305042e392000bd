"""Planning reviews of a cohort: what was seen is what is written, once; moving, missing, cancelling one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.reviews.actions import (
    Manner,
    cancel_review,
    miss_review,
    move_review,
    offer,
    plan_reviews,
)
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.queries import kept, overdue, standings, weeks_laid_down
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.workdays import Day, load_official_year, save_calendar_year
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.reviews.world import PATTERN, manner, of, planned

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def test_everybody_is_planned_once_and_those_with_one_mentor_sit_together(cast: Cast) -> None:
    rows = planned(cast)
    assert [row.enrolment.number for row in rows] == ["26001", "26002", "26003", "26004", "26005"]
    assert {row.round for row in rows} == {1}
    assert rows[0].starts_at == AT + timedelta(hours=5)
    assert {row.mentor.name if row.mentor else None for row in rows} == {"周国栋", "吴海燕", None}
    assert AuditEntry.objects.filter(fact="reviews.planned").count() == 1


def test_a_due_day_is_the_last_workday_of_its_round(cast: Cast) -> None:
    load_official_year(None, "CN", 2026, by=system(), at=AT)
    pattern = replace(PATTERN, every_weeks=3)
    assert {row.due_on.isoformat() for row in planned(cast, pattern)} == {"2026-09-30"}


def test_the_second_press_is_told_and_plans_nothing(cast: Cast) -> None:
    found = offer(cast.cohort, PATTERN, manner(cast), today=TODAY)
    by = cast.actor("coordinator")
    plan_reviews(cast.cohort, PATTERN, manner(cast), seen=found.fingerprint, by=by, at=AT)
    with refused("reviews.planned_already"):
        plan_reviews(cast.cohort, PATTERN, manner(cast), seen=found.fingerprint, by=by, at=AT)
    assert Review.objects.count() == 5


def test_what_has_changed_since_the_preview_is_not_published(cast: Cast) -> None:
    found = offer(cast.cohort, PATTERN, manner(cast), today=TODAY)
    end_enrolments([cast.enrolments["26002"]], because="other", on=TODAY, by=cast.actor("coordinator"), at=AT)
    with refused("reviews.changed_meanwhile"):
        plan_reviews(
            cast.cohort, PATTERN, manner(cast), seen=found.fingerprint, by=cast.actor("coordinator"), at=AT
        )
    assert Review.objects.count() == 0


def test_sessions_of_the_class_and_of_the_trainer_are_passed_over(cast: Cast) -> None:
    start = AT + timedelta(hours=5)
    plan = Plan({"zh": "识图", "en": "Drawings"}, "lesson", "on_site", start, start + timedelta(hours=1))
    teachers = {cast.people["trainer"]: "trainer"}
    plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers=teachers,
        by=cast.actor("trainer"),
        at=AT,
    )
    found = offer(cast.cohort, PATTERN, manner(cast), today=TODAY)
    assert found.reviews[0].starts_at == start + timedelta(hours=1)
    assert found.placed.passed_over


def test_a_holiday_is_no_day_for_a_review(cast: Cast) -> None:
    save_calendar_year(cast.college, TODAY.year, [Day(TODAY, False, {})], announced=True, by=system(), at=AT)
    found = offer(cast.cohort, PATTERN, manner(cast), today=TODAY)
    assert found.reviews[0].starts_at == AT + timedelta(days=1, hours=5)
    assert found.assumed == []


def test_only_those_who_are_ticked_are_planned(cast: Cast) -> None:
    only = [cast.enrolments["26003"].public_id]
    found = offer(cast.cohort, PATTERN, manner(cast), only=only, today=TODAY)
    assert [row.enrolment.number for row in found.reviews] == ["26003"]


def test_who_has_no_mentor_is_named(cast: Cast) -> None:
    found = offer(cast.cohort, PATTERN, manner(cast), today=TODAY)
    assert [row.number for row in found.without_mentor] == ["26005"]


@pytest.mark.parametrize("who", ["trainer", "mentor", "hr", "apprentice"])
def test_reviews_are_planned_by_whoever_plans_the_training(who: str, cast: Cast) -> None:
    by = cast.actor(who, cast.jinheng if who in {"mentor", "hr"} else None)
    with pytest.raises(Refused):
        plan_reviews(cast.cohort, PATTERN, manner(cast), seen="x", by=by, at=AT)


def test_a_stranger_cannot_speak_for_the_college(cast: Cast) -> None:
    strange = Manner(cast.people["stranger"])
    found = offer(cast.cohort, PATTERN, strange, today=TODAY)
    with refused("reviews.trainer_unknown"):
        plan_reviews(
            cast.cohort, PATTERN, strange, seen=found.fingerprint, by=cast.actor("coordinator"), at=AT
        )


def test_the_questions_do_not_grow_with_people_or_rounds(cast: Cast) -> None:
    counts = []
    for pattern, only in ((PATTERN, ["26001"]), (replace(PATTERN, rounds=6), list(cast.enrolments))):
        ids = [cast.enrolments[number].public_id for number in only]
        with CaptureQueriesContext(connection) as asked:
            offer(cast.cohort, pattern, manner(cast), only=ids, today=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_review_is_moved_with_a_reason(cast: Cast) -> None:
    row = of(cast)
    start = row.starts_at + timedelta(days=2)
    by = cast.actor("mentor", cast.jinheng)
    moved = move_review(
        row, starts_at=start, ends_at=start + timedelta(minutes=30), because="设备检修", by=by, at=AT
    )
    assert (moved.starts_at, moved.because, moved.state) == (start, "设备检修", "scheduled")
    with refused("reviews.no_reason"):
        move_review(row, starts_at=start, ends_at=start + timedelta(minutes=30), because=" ", by=by, at=AT)


def test_it_is_not_moved_to_where_the_mentor_has_another_one(cast: Cast) -> None:
    row, other = of(cast), of(cast, "26002")
    with refused("reviews.somebody_busy"):
        move_review(
            row,
            starts_at=other.starts_at,
            ends_at=other.ends_at,
            because="x",
            by=cast.actor("coordinator"),
            at=AT,
        )


def test_the_apprentice_does_not_move_it(cast: Cast) -> None:
    row = of(cast)
    with refused("reviews.led_by_others"):
        move_review(
            row,
            starts_at=row.starts_at + timedelta(days=2),
            ends_at=row.ends_at + timedelta(days=2),
            because="x",
            by=cast.actor("apprentice"),
            at=AT,
        )


def test_what_did_not_take_place_gets_another_moment(cast: Cast) -> None:
    row, by = of(cast), cast.actor("trainer")
    with refused("reviews.still_ahead"):
        miss_review(row, because="x", by=by, at=AT)
    missed = miss_review(row, because="师傅出差", by=by, at=row.ends_at)
    assert missed.state == "missed"
    start = row.starts_at + timedelta(days=3)
    again = move_review(
        row, starts_at=start, ends_at=start + timedelta(minutes=30), because="改期", by=by, at=row.ends_at
    )
    assert again.state == "scheduled"


def test_cancelling_is_the_planner_s(cast: Cast) -> None:
    row = of(cast)
    with pytest.raises(Refused):
        cancel_review(row, because="x", by=cast.actor("trainer"), at=AT)
    assert cancel_review(row, because="班级合并", by=cast.actor("coordinator"), at=AT).state == "cancelled"


def test_overdue_is_a_question_of_the_day(cast: Cast) -> None:
    rows = planned(cast)
    due = rows[0].due_on
    assert overdue(due).count() == 0
    assert overdue(due + timedelta(days=1)).count() == 5
    [one] = standings([cast.enrolments["26001"]])
    assert one.overdue(due + timedelta(days=1))
    assert kept([one.enrolment.pk], TODAY, due) == {}  # that day is not over
    assert kept([one.enrolment.pk], TODAY, due + timedelta(days=1))[one.enrolment.pk].missing == 1


def test_the_programme_says_how_often(cast: Cast) -> None:
    assert weeks_laid_down(cast.programme.pk, TODAY) == 4
