"""Planning, overlaps, cancelling, the share that is online."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from craftpath.domain.apprenticeships.actions import plan_cohort
from craftpath.domain.learning.actions import Plan, cancel_session, plan_session
from craftpath.domain.learning.models import Session
from craftpath.domain.learning.overlaps import Overlap, overlapping
from craftpath.domain.learning.queries import online_shares, sessions
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.learning.conftest import Classroom

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_row_of_weeks_keeps_the_hour_of_the_clock_through_summer_time(classroom: Classroom) -> None:
    Organisation.objects.filter(pk=classroom.cast.college.pk).update(time_zone="Europe/Berlin")
    classroom.cast.college.refresh_from_db()
    begins = datetime(2026, 10, 21, 6, 0, tzinfo=UTC)  # eight in Berlin, where clocks change on the 25th
    rows = classroom.plan(weeks=3, starts_at=begins, ends_at=begins + timedelta(hours=2))
    assert [row.starts_at for row in Session.objects.order_by("starts_at")] == [
        begins,
        begins + timedelta(weeks=1, hours=1),
        begins + timedelta(weeks=2, hours=1),
    ]
    assert {row.minutes for row in rows} == {120}


def test_a_second_press_plans_nothing(classroom: Classroom) -> None:
    classroom.plan(weeks=2)
    with pytest.raises(Refused) as caught:
        classroom.plan(weeks=2)
    assert caught.value.verdict.reason == "learning.session_exists"
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ends_at": AT}, "learning.ends_before_start"),
        ({"ends_at": AT + timedelta(hours=25)}, "learning.ends_before_start"),
        ({"weeks": 61}, "learning.too_many_weeks"),
        ({"weeks": 0}, "learning.too_many_weeks"),
        ({"bucket": "sailing"}, "learning.bucket_unknown"),
    ],
)
def test_what_cannot_be_is_refused(classroom: Classroom, values: dict, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        classroom.plan(**values)
    assert caught.value.verdict.reason == reason
    assert not Session.objects.exists()


def test_a_stranger_cannot_be_made_a_teacher_and_so_see_the_class(classroom: Classroom, cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        classroom.plan(teachers={cast.people["stranger"]: "trainer"})
    assert caught.value.verdict.reason == "learning.teacher_unknown"


@pytest.mark.parametrize("who", ["mentor", "hr", "assessor", "apprentice", "auditor", "officer"])
def test_who_does_not_hold_sessions_plans_none(classroom: Classroom, cast: Cast, who: str) -> None:
    seats = {"mentor": cast.jinheng, "hr": cast.jinheng, "auditor": cast.city, "officer": cast.city}
    with pytest.raises(Refused) as caught:
        classroom.plan(by=cast.actor(who, seats.get(who)))
    assert caught.value.verdict.who


def test_a_session_is_seen_by_its_class_its_teacher_and_its_college(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session()
    for who, where in (
        ("apprentice", None),
        ("mentor", cast.jinheng),
        ("hr", cast.jinheng),
        ("auditor", cast.city),
    ):
        with looking_for(cast.actor(who, where).scope):
            assert list(sessions()) == [session], who
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not sessions().exists()


def test_sessions_at_one_time_for_one_class_are_named(classroom: Classroom) -> None:
    first = classroom.session()
    second = classroom.session(
        title={"en": "Welding"},
        starts_at=AT + timedelta(hours=1),
        ends_at=AT + timedelta(hours=3),
        place="B-1",
        teachers={},
    )
    classroom.session(
        title={"en": "Afterwards"}, starts_at=AT + timedelta(hours=3), ends_at=AT + timedelta(hours=4)
    )
    assert overlapping(first) == [Overlap(second, ("people",))]
    cancel_session([second], because="ill", by=classroom.coordinator, at=AT)
    assert overlapping(first) == []


def test_one_teacher_and_one_room_at_one_time_are_named(classroom: Classroom, cast: Cast) -> None:
    first = classroom.session()
    other = plan_cohort(
        organisation=cast.college,
        programme=cast.programme,
        name={"en": "Turners"},
        occupation={"en": "Turner"},
        starts_on=AT.date(),
        by=classroom.coordinator,
        at=AT,
    )
    rest = {"organisation": cast.college, "cohorts": [other], "by": classroom.coordinator, "at": AT}
    plans = [
        Plan({"en": "Taught"}, "lesson", "on_site", AT, AT + timedelta(hours=1), "B-1"),
        Plan({"en": "There"}, "lesson", "on_site", AT, AT + timedelta(hours=1), " a-301 ".strip()),
        Plan({"en": "Online"}, "lesson", "online", AT, AT + timedelta(hours=1), "A-301"),
    ]
    taught = plan_session(plans[0], teachers={cast.people["trainer"]: "trainer"}, **rest)[0]
    there = plan_session(plans[1], teachers={}, **rest)[0]
    plan_session(plans[2], teachers={}, **rest)
    assert overlapping(first) == [Overlap(taught, ("teacher",)), Overlap(there, ("place",))]


def test_a_session_that_was_held_is_not_cancelled(classroom: Classroom) -> None:
    session = classroom.session()
    with pytest.raises(Refused) as caught:
        cancel_session([session], because=" ", by=classroom.coordinator, at=AT)
    assert caught.value.verdict.reason == "learning.no_reason"
    classroom.roll(session)
    with pytest.raises(Refused):
        cancel_session([session], because="ill", by=classroom.coordinator, at=AT)


def test_the_share_online_is_told_as_held_and_as_planned(classroom: Classroom, cast: Cast) -> None:
    day = timedelta(days=1)
    held = [
        classroom.session(),
        classroom.session(
            mode="online", starts_at=AT + day, ends_at=AT + day + timedelta(hours=1), recorded=True
        ),
    ]
    classroom.session(
        mode="mixed", online_minutes=90, starts_at=AT + 2 * day, ends_at=AT + 2 * day + timedelta(hours=3)
    )
    classroom.session(
        mode="online", bucket="", starts_at=AT + 3 * day, ends_at=AT + 3 * day + timedelta(hours=3)
    )
    for row in held:
        classroom.roll(row, at=row.starts_at)
    share = online_shares([cast.cohort])[cast.cohort.pk]
    assert (share.taught, share.online, share.recorded) == (180, 60, 60)
    assert share.percent == Fraction(100, 3)
    assert share.planned_percent == Fraction(100 * 150, 360)
    assert share.cap == Fraction(1, 2)  # 80 of 160 hours
    assert not share.over
    assert not share.near
