"""Who taught what: sessions taken over once, hours entered and confirmed, and what allowances read."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.learning.actions import Plan, Said, plan_session, take_roll
from craftpath.domain.learning.models import Session
from craftpath.domain.teaching.actions import (
    confirm_taught,
    correct_taught,
    enter_taught,
    return_taught,
    take_over_session,
    take_over_sessions,
    withdraw_taught,
)
from craftpath.domain.teaching.hours import sort_sessions
from craftpath.domain.teaching.models import TaughtHours, Team
from craftpath.domain.teaching.queries import taught_by_kind, taught_minutes, to_confirm
from craftpath.kernel.access import Actor
from tests.cast import AT, TODAY, Cast
from tests.domain.teaching.world import DAY, WEEK, formed, refused, unit_of

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = AT + timedelta(days=3)
FROM = TODAY - 2 * WEEK


def running(cast: Cast, **more: Any) -> Team:
    return formed(cast, starts_on=FROM, ends_on=FROM + 10 * WEEK, **more)


def held(cast: Cast, days_ago: int = 2, *, bucket: str | None = None, minutes: int = 90) -> Session:
    """A session of the trainer whose roll was called."""
    starts = AT - timedelta(days=days_ago)
    key = unit_of(cast).bucket if bucket is None else bucket
    plan = Plan(
        {"zh": f"课 {days_ago}"}, "lesson", "on_site", starts, starts + timedelta(minutes=minutes), bucket=key
    )
    by = cast.actor("coordinator")
    [row] = plan_session(plan, organisation=cast.college, cohorts=[cast.cohort],
                         teachers={cast.people["trainer"]: "trainer"}, by=by, at=AT - timedelta(days=30))  # fmt: skip
    marks = {one.public_id: Said("present") for one in enrolments().filter(cohort=cast.cohort)}
    take_roll(row, marks, made_id=uuid.uuid4(), base=0, by=by, at=starts + timedelta(minutes=5))
    return row


def entered(cast: Cast, team: Team, **more: Any) -> TaughtHours:
    member = team.members.get(person=cast.people["mentor"])
    values: dict[str, Any] = {"on": TODAY, "minutes": 120, "topic": "对刀", "made_id": "a"} | more
    return enter_taught(team, member=member, by=cast.actor("mentor", cast.jinheng), at=LATER, **values)


def test_a_held_session_is_taken_over_once(cast: Cast) -> None:
    team = running(cast)
    session = held(cast)
    [row] = take_over_sessions(team, by=cast.actor("trainer"), at=AT)
    assert (row.minutes, row.state, row.source, row.person) == (
        90,
        "confirmed",
        "session",
        cast.people["trainer"],
    )
    assert take_over_sessions(team, by=cast.actor("trainer"), at=AT) == []
    assert take_over_session(team, session=session.public_id, by=cast.actor("trainer"), at=AT) == []
    assert taught_minutes([row.person_id], TODAY) == {row.person_id: 90}


def test_a_session_without_a_roll_or_outside_of_the_days_does_not_count(cast: Cast) -> None:
    team = running(cast)
    starts = AT - timedelta(days=1)
    plan = Plan(
        {"zh": "课"}, "lesson", "on_site", starts, starts + timedelta(hours=1), bucket=team.unit.bucket
    )
    plan_session(plan, organisation=cast.college, cohorts=[cast.cohort],
                 teachers={cast.people["trainer"]: "trainer"}, by=cast.actor("coordinator"), at=AT)  # fmt: skip
    held(cast, days_ago=20)
    assert take_over_sessions(team, by=cast.actor("coordinator"), at=AT) == []


def test_a_session_that_may_be_of_two_units_waits_for_somebody_to_say(cast: Cast) -> None:
    team = running(cast)
    other = running(cast, unit=unit_of(cast, "machine_care"))
    assert other.unit.bucket == team.unit.bucket
    session = held(cast)
    members = list(team.members.select_related("person"))
    assert [len(some) for some in sort_sessions(team, members)] == [0, 1]
    assert take_over_sessions(team, by=cast.actor("coordinator"), at=AT) == []
    assert len(take_over_session(team, session=session.public_id, by=cast.actor("coordinator"), at=AT)) == 1
    with refused("teaching.session_elsewhere"):
        take_over_session(other, session=session.public_id, by=cast.actor("coordinator"), at=AT)


def test_a_session_of_other_hours_is_never_sure(cast: Cast) -> None:
    team = running(cast)
    held(cast, bucket="")
    assert take_over_sessions(team, by=cast.actor("coordinator"), at=AT) == []


def test_what_a_member_enters_waits_for_the_lead(cast: Cast) -> None:
    team = running(cast)
    row = entered(cast, team)
    assert entered(cast, team).pk == row.pk
    assert row.state == "entered"
    assert taught_minutes([row.person_id], TODAY) == {}
    assert list(to_confirm()) == [row]
    assert confirm_taught([row], by=cast.actor("trainer"), at=LATER) == 1
    assert confirm_taught([row], by=cast.actor("trainer"), at=LATER) == 0
    assert taught_minutes([row.person_id], TODAY) == {row.person_id: 120}
    assert taught_minutes([row.person_id], TODAY - timedelta(days=40)) == {}
    assert taught_by_kind([cast.cohort.pk]) == {cast.cohort.pk: {"enterprise_mentor": 120}}


def test_nobody_confirms_the_own_hours(cast: Cast) -> None:
    team = running(cast)
    lead = team.members.get(role="lead")
    row = enter_taught(
        team, member=lead, on=TODAY, minutes=60, topic="课", by=cast.actor("trainer"), at=LATER
    )
    with refused("teaching.own_hours"):
        confirm_taught([row], by=cast.actor("trainer"), at=LATER)
    with refused("teaching.not_yours_to_confirm"):
        confirm_taught([row], by=cast.actor("mentor", cast.jinheng), at=LATER)
    assert confirm_taught([row], by=cast.actor("coordinator"), at=LATER) == 1


def test_hours_go_back_are_corrected_and_taken_back(cast: Cast) -> None:
    team = running(cast)
    row, mentor = entered(cast, team), cast.actor("mentor", cast.jinheng)
    with refused("teaching.no_reason"):
        return_taught(row, because="", by=cast.actor("trainer"), at=LATER)
    for _ in range(2):
        assert return_taught(row, because="那天停产", by=cast.actor("trainer"), at=LATER).state == "sent_back"
    with refused("flow.not_now"):
        confirm_taught([row], by=cast.actor("trainer"), at=LATER)
    changed = {"on": TODAY - DAY, "minutes": 90, "topic": "对刀与试切"}
    for _ in range(2):
        row = correct_taught(row, **changed, by=mentor, at=LATER)
    assert (row.state, row.minutes, row.because) == ("entered", 90, "")
    for _ in range(2):
        assert withdraw_taught(row, by=mentor, at=LATER).state == "withdrawn"
    with refused("flow.not_now"):
        correct_taught(row, **changed, by=mentor, at=LATER)


def test_confirmed_hours_stay(cast: Cast) -> None:
    team = running(cast)
    row = entered(cast, team)
    confirm_taught([row], by=cast.actor("trainer"), at=LATER)
    with refused("flow.not_now"):
        withdraw_taught(row, by=cast.actor("mentor", cast.jinheng), at=LATER)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"minutes": 0}, "teaching.minutes_out_of_range"),
        ({"minutes": -5}, "teaching.minutes_out_of_range"),
        ({"minutes": 1441}, "teaching.minutes_out_of_range"),
        ({"topic": " "}, "teaching.no_topic"),
        ({"topic": "字" * 201}, "teaching.no_topic"),
        ({"on": FROM - DAY}, "teaching.day_outside"),
        ({"on": date(2026, 9, 18)}, "teaching.day_ahead"),
    ],
)
def test_hours_that_cannot_be_are_refused(cast: Cast, more: dict[str, Any], reason: str) -> None:
    team = running(cast)
    with refused(reason):
        entered(cast, team, **more)
    assert not TaughtHours.objects.exists()


def test_a_day_has_twenty_four_hours(cast: Cast) -> None:
    team = running(cast)
    entered(cast, team, minutes=1000)
    with refused("teaching.day_full"):
        entered(cast, team, minutes=500, made_id="b")


def test_only_oneself_enters_and_the_office_for_guests(cast: Cast) -> None:
    team = running(cast)
    guest, mentor = team.members.get(guest=True), team.members.get(person=cast.people["mentor"])
    values: dict[str, Any] = {"on": TODAY, "minutes": 60, "topic": "创业", "at": LATER}
    row = enter_taught(team, member=guest, by=cast.actor("coordinator"), **values)
    assert confirm_taught([row], by=cast.actor("trainer"), at=LATER) == 1
    with refused("teaching.not_own"):
        enter_taught(team, member=mentor, by=cast.actor("coordinator"), **values)
    with refused("teaching.not_own"):
        enter_taught(team, member=guest, by=Actor(cast.college, cast.people["apprentice"]), **values)


def test_a_proposal_teaches_nothing(cast: Cast) -> None:
    team = running(cast, ask=True)
    with refused("teaching.not_teaching"):
        entered(cast, team)
