"""Duties of reviews: who plans, holds, fixes and signs by when, who is told, and when it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.reviews.actions import (
    Draft,
    NewGoal,
    cancel_review,
    excuse_signer,
    hold_review,
    keep_review,
    meet_goals,
    miss_review,
    reopen_review,
    sign_review,
)
from craftpath.domain.reviews.models import Goal, Review
from craftpath.kernel.access import system
from craftpath.kernel.gathering import Offices
from craftpath.kernel.signing import parties_of
from craftpath.kernel.workdays import load_official_year
from tests.cast import AT, TODAY, Cast
from tests.domain.hearing import clock, hears, queries, rows, who_hears
from tests.domain.reviews.world import of, planned, written

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def of_one(code: str, row: Review, day: date) -> list[tuple[int, date, int]]:
    return [one[1:] for one in rows(code, day) if one[0] == row.public_id]


def names(cast: Cast, code: str, day: date) -> dict[str, bool]:
    return who_hears(cast.people, code, day)


def leaders(cast: Cast) -> list[int]:
    return sorted([cast.people["mentor"].pk, cast.people["trainer"].pk])


# ---- to plan


def test_who_has_no_review_planned_waits_by_the_weeks_of_the_programme(cast: Cast) -> None:
    starts = cast.enrolments["26001"].starts_on
    due = starts + timedelta(weeks=4)  # which the programme lays down
    while due.weekday() > 4:
        due -= DAY
    assert rows("reviews.plan", due - 15 * DAY) == []
    open_ones = rows("reviews.plan", due - 14 * DAY)
    assert {row[0] for row in open_ones} == {row.public_id for row in cast.enrolments.values()}
    assert {row[1:] for row in open_ones} == {(0, due, 0)}
    assert names(cast, "reviews.plan", due) == {"coordinator": False, "administrator": False}
    planned(cast)
    assert rows("reviews.plan", due) == []


def test_the_weeks_count_from_the_last_review_that_was_held(cast: Cast) -> None:
    row = of(cast)
    row = hold_review(row, colour="green", by=cast.actor("trainer"), at=row.starts_at)
    due = TODAY + timedelta(weeks=4)
    assert (cast.enrolments["26001"].public_id, 0, due, 0) in rows("reviews.plan", due - 14 * DAY)
    cancel_review(of(cast, "26002"), because="换班", by=cast.actor("coordinator"), at=AT)
    late = [one for one in rows("reviews.plan", TODAY) if one[0] == cast.enrolments["26002"].public_id]
    assert [one[2] < TODAY for one in late] == [True]
    cast.cohort.__class__.objects.update(state="completed")
    assert rows("reviews.plan", due) == []


def test_where_the_programme_lays_down_nothing_nobody_is_late(cast: Cast) -> None:
    cast.programme.provisions.filter(key="review_weeks").delete()
    assert rows("reviews.plan", TODAY) == []


def test_a_stranger_and_whoever_does_not_plan_hear_nothing_of_it(cast: Cast) -> None:
    late = cast.enrolments["26001"].starts_on + timedelta(weeks=20)
    assert "stranger" not in names(cast, "reviews.plan", late)
    assert hears(cast.people["administrator"], late)["reviews.plan"].overdue == 5


# ---- to hold


def test_both_who_lead_it_are_asked_from_a_week_before(cast: Cast) -> None:
    row = of(cast)
    assert of_one("reviews.hold", row, row.due_on - 8 * DAY) == []
    assert of_one("reviews.hold", row, row.due_on - 7 * DAY) == [(pk, row.due_on, 0) for pk in leaders(cast)]
    alone = of(cast, "26005")  # without a mentor the college leads
    assert of_one("reviews.hold", alone, row.due_on) == [(cast.people["trainer"].pk, row.due_on, 1)]
    assert names(cast, "reviews.hold", row.due_on) == {"mentor": False, "trainer": False}


def test_it_goes_to_whoever_runs_the_cohort_and_then_to_whoever_runs_the_organisation(cast: Cast) -> None:
    due = of(cast).due_on
    told = names(cast, "reviews.hold", due + DAY)
    assert told == {"mentor": False, "trainer": False, "coordinator": True, "administrator": True}
    # Two are asked for one review, which is one late thing all the same.
    assert hears(cast.people["coordinator"], due + DAY)["reviews.hold"].count == 5
    assert Offices(clock(due)).below("")["reviews.hold"].count == 5  # what a bot says
    # An administrator is told by both steps, and hears of five reviews and not of ten.
    assert hears(cast.people["administrator"], due + 15 * DAY)["reviews.hold"].count == 5
    steps = [of_one("reviews.hold", of(cast), due + n * DAY)[0][2] for n in (0, 1, 14, 15)]
    assert steps == [1, 2, 2, 3]


def test_the_reminder_counts_workdays_of_the_place(cast: Cast) -> None:
    row = of(cast)
    Review.objects.update(due_on=date(2026, 10, 9))  # a Friday after a week of holidays
    assert [of_one("reviews.hold", row, date(2026, 10, n))[0][2] for n in (6, 7)] == [0, 1]
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    assert of_one("reviews.hold", row, date(2026, 10, 2))[0][2:] == (
        1,
    )  # 30 September is two workdays before


@pytest.mark.parametrize("how", ["held", "cancelled", "left"])
def test_it_is_over_once_it_was_held_or_falls_away(cast: Cast, how: str) -> None:
    row = of(cast)
    if how == "held":
        hold_review(row, colour="green", by=cast.actor("trainer"), at=row.starts_at)
    elif how == "cancelled":
        cancel_review(row, because="x", by=cast.actor("coordinator"), at=AT)
    else:
        type(row.enrolment).objects.filter(pk=row.enrolment_id).update(state="ended", ended_on=TODAY)
    assert of_one("reviews.hold", row, row.due_on) == []


def test_one_that_was_missed_goes_on_waiting(cast: Cast) -> None:
    row = miss_review(of(cast), because="x", by=cast.actor("trainer"), at=of(cast).starts_at)
    assert len(of_one("reviews.hold", row, row.due_on + DAY)) == 2


# ---- to fix


def test_a_review_that_was_held_waits_for_its_text(cast: Cast) -> None:
    row = of(cast, "26002")
    row = hold_review(row, colour="green", by=cast.actor("mentor", cast.jinheng), at=row.starts_at)
    due = date(2026, 9, 17)  # the third workday after the Monday
    assert of_one("reviews.write", row, TODAY) == [(pk, due, 0) for pk in leaders(cast)]
    assert names(cast, "reviews.write", date(2026, 9, 23))["coordinator"]  # three workdays later
    assert "coordinator" not in names(cast, "reviews.write", date(2026, 9, 22))
    reopened = reopen_review(written(cast), by=cast.actor("trainer"), at=AT)
    assert len(of_one("reviews.write", reopened, TODAY)) == 2


# ---- to sign


def sign(cast: Cast, row: Review, *roles: str) -> None:
    actors = {
        "apprentice": cast.actor("apprentice"),
        "mentor": cast.actor("mentor", cast.jinheng),
        "college": cast.actor("trainer"),
    }
    assert row.document is not None
    for party in parties_of(row.document):
        if party.role in roles:
            sign_review(party, seen=row.document.sha256, by=actors[party.role], at=row.starts_at + DAY)


def test_each_of_the_three_is_asked_until_they_have_signed(cast: Cast) -> None:
    row = written(cast)
    assert rows("reviews.write", TODAY) == []
    three = sorted(cast.people[one].pk for one in ("apprentice", "mentor", "trainer"))
    due = date(2026, 9, 21)  # five workdays after the Monday
    assert of_one("reviews.sign", row, TODAY) == [(pk, due, 0) for pk in three]
    sign(cast, row, "mentor")
    assert names(cast, "reviews.sign", due) == {"apprentice": False, "trainer": False}
    told = names(cast, "reviews.sign", due + DAY)
    assert told == {"apprentice": False, "trainer": False, "coordinator": True, "administrator": True}
    sign(cast, row, "apprentice", "college")
    assert rows("reviews.sign", due) == []


def test_whoever_is_excused_is_not_asked_and_the_others_are(cast: Cast) -> None:
    row = written(cast)
    excuse_signer(row, role="mentor", because="已离职", by=cast.actor("coordinator"), at=AT)
    assert set(names(cast, "reviews.sign", TODAY)) == {"apprentice", "trainer"}


def test_a_text_that_was_taken_back_asks_nobody(cast: Cast) -> None:
    reopen_review(written(cast), by=cast.actor("trainer"), at=AT)
    assert rows("reviews.sign", TODAY) == []


def test_one_signature_is_one_line_and_no_second_one_of_papers(cast: Cast) -> None:
    written(cast)
    assert rows("kernel.signature", TODAY) == []
    lines = hears(cast.people["mentor"], TODAY)
    assert "kernel.signature" not in lines
    assert lines["reviews.sign"].count == 1


# ---- goals


def agreed(cast: Cast, owner: str, due_on: date | None) -> Goal:
    row, by = of(cast), cast.actor("mentor", cast.jinheng)
    keep_review(row, Draft(fresh=[NewGoal("独立对刀", owner, due_on)]), seen=row.revision, by=by, at=AT)
    return Goal.objects.get(owner=owner)


@pytest.mark.parametrize(
    ("owner", "who"), [("apprentice", "apprentice"), ("mentor", "mentor"), ("college", "trainer")]
)
def test_a_goal_is_asked_of_whose_it_is(cast: Cast, owner: str, who: str) -> None:
    day = TODAY + 20 * DAY
    goal = agreed(cast, owner, day)
    assert rows("reviews.goal", day - 8 * DAY) == []
    assert rows("reviews.goal", day - 7 * DAY) == [(goal.public_id, cast.people[who].pk, day, 0)]
    assert names(cast, "reviews.goal", day + 30 * DAY) == {
        who: False
    }  # the next review asks for it, nobody is told


def test_a_goal_without_a_day_has_no_deadline(cast: Cast) -> None:
    agreed(cast, "apprentice", None)
    assert rows("reviews.goal", TODAY + 400 * DAY) == []


def test_a_goal_is_over_when_it_is_settled_or_a_review_let_it_go_on(cast: Cast) -> None:
    goal, row, trainer = agreed(cast, "apprentice", TODAY), of(cast), cast.actor("trainer")
    assert len(rows("reviews.goal", TODAY)) == 1
    other = Goal(
        enrolment=row.enrolment, set_in=row, text="编程", owner="apprentice", due_on=TODAY + DAY,
        set_by=cast.people["trainer"], set_at=AT,
    )  # fmt: skip
    other.save()
    hold_review(
        row, colour="green", by=trainer, at=row.starts_at
    )  # on the goal's day, and before the other's
    assert [one[0] for one in rows("reviews.goal", TODAY)] == [other.public_id]
    meet_goals([goal, other], of(cast), by=trainer, at=AT)
    assert rows("reviews.goal", TODAY) == []


def test_a_goal_of_the_mentor_goes_over_to_the_next_mentor(cast: Cast) -> None:
    agreed(cast, "mentor", TODAY)
    party = EnrolmentParty.objects.get(enrolment=cast.enrolments["26001"], role="mentor")
    party.person = cast.people["hr"]
    party.save()
    assert [one[1] for one in rows("reviews.goal", TODAY)] == [cast.people["hr"].pk]
    party.delete()
    assert rows("reviews.goal", TODAY) == []


# ---- all kinds


@pytest.mark.parametrize("code", ["plan", "hold", "write", "sign", "goal"])
def test_one_query_for_one_and_for_twenty(cast: Cast, code: str) -> None:
    row = written(cast) if code == "sign" else of(cast)
    if code == "goal":
        agreed(cast, "apprentice", TODAY)
    later = row.due_on + 400 * DAY
    if code == "write":
        hold_review(row, colour="green", by=cast.actor("trainer"), at=row.starts_at)
    few = {who: queries(f"reviews.{code}", later, cast.people.get(who)) for who in ("", "trainer")}
    copies = [Review(**_copied(row, n)) for n in range(2, 22)]
    Review.objects.bulk_create(copies)
    if code == "goal":
        goal = Goal.objects.get()
        for one in copies:
            goal.pk, goal.public_id, goal.set_in = None, f"goal{one.round}", one
            goal.save()
    many = {who: queries(f"reviews.{code}", later, cast.people.get(who)) for who in ("", "trainer")}
    assert many == few
    assert max(few.values()) == (2 if code == "plan" else 1)


def _copied(row: Review, n: int) -> dict[str, object]:
    row.refresh_from_db()
    fields = {field.attname: getattr(row, field.attname) for field in Review._meta.concrete_fields}
    return fields | {"id": None, "public_id": f"copy{n}", "round": n}
