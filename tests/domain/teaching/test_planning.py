"""Laying hours: where the class is, less at peaks, within everybody's limits; set by hand; conflicts named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.pairing.actions import appoint_deputy, form_pair
from craftpath.domain.pairing.rules import Wanted as Bonded
from craftpath.domain.teaching.actions import (
    enter_taught,
    lay_hours,
    note_peak,
    pin_weeks,
    set_availability,
    set_away,
    take_back_away,
    withdraw_peak,
)
from craftpath.domain.teaching.conflicts import conflicts
from craftpath.domain.teaching.models import Availability, Away, PlannedHours, ProductionPeak, Team
from craftpath.domain.teaching.queries import planned_between, teams
from craftpath.domain.training.models import Department
from craftpath.domain.training.unit_days import stays_in_units
from craftpath.kernel.access import Actor, system
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.teaching.world import (
    DAY,
    MONDAY,
    WEEK,
    formed,
    of,
    refused,
    rotating,
    somebody,
    unit_of,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def laid(team: Team, name: str) -> dict[date, int]:
    rows = PlannedHours.objects.filter(member__team=team, member__person__name=name)
    return dict(rows.order_by("week").values_list("week", "minutes"))


def lay(cast: Cast, team: Team, at: datetime = AT) -> Team:
    return lay_hours(team, by=cast.actor("coordinator"), at=at)


def peak(cast: Cast, first: date, last: date, **more: Any) -> ProductionPeak:
    return note_peak(
        more.pop("place", cast.jinheng), starts_on=first, ends_on=last + DAY, level=more.pop("level", "nobody"),
        by=more.pop("by", None) or cast.actor("hr", cast.jinheng), at=AT, **more,
    )  # fmt: skip


def found(cast: Cast, team: Team) -> list[str]:
    return [one.reason for one in conflicts([teams().get(pk=team.pk)], TODAY)[team.pk]]


# ---- Laying ---------------------------------------------------------------------------------------


def test_minutes_are_spread_evenly_and_come_to_the_shares(cast: Cast) -> None:
    team = lay(cast, formed(cast))
    assert sum(laid(team, "马建国").values()) == 600
    assert sum(laid(team, "周国栋").values()) == 360
    assert sum(laid(team, "钱总").values()) == 240
    assert set(laid(team, "马建国")) == {MONDAY + n * WEEK for n in range(6)}
    assert max(laid(team, "马建国").values()) - min(laid(team, "马建国").values()) <= 30


def test_the_same_state_gives_the_same_plan(cast: Cast) -> None:
    team = lay(cast, formed(cast))
    before = [laid(team, one) for one in ("马建国", "周国栋", "钱总")]
    assert [laid(lay(cast, team), one) for one in ("马建国", "周国栋", "钱总")] == before


def test_a_peak_moves_the_hours_of_those_who_work_there(cast: Cast) -> None:
    peak(cast, MONDAY + WEEK, MONDAY + WEEK + 4 * DAY)
    team = lay(cast, formed(cast))
    assert MONDAY + WEEK not in laid(team, "周国栋")
    assert MONDAY + WEEK in laid(team, "马建国")
    assert sum(laid(team, "周国栋").values()) == 360


def test_a_light_peak_leaves_half_of_a_day(cast: Cast) -> None:
    unit = unit_of(cast, minutes=6000)
    for level, most in (("light", 1200), ("hard", 600)):
        row = peak(cast, MONDAY, MONDAY + 4 * DAY, level=level)
        team = lay(cast, formed(cast, [of(cast.people["mentor"], cast.jinheng, 1000, role="lead")], unit=unit,
                                ends_on=MONDAY + WEEK))  # fmt: skip
        assert laid(team, "周国栋") == {MONDAY: most}
        assert [note[0] for note in team.notes] == ["teaching.minutes_left"]
        withdraw_peak(row, by=cast.actor("hr", cast.jinheng), at=AT)


def test_hours_lie_where_the_class_is_in_the_unit(cast: Cast) -> None:
    unit = rotating(cast)
    team = lay(cast, formed(cast, unit=unit, ends_on=MONDAY + 20 * WEEK))
    stays = stays_in_units([unit.pk])[unit.pk]
    weeks = set(laid(team, "马建国"))
    assert weeks
    assert all(any(s.starts_on < week + WEEK and s.ends_on >= week for s in stays) for week in weeks)
    assert any(note[0] == "teaching.weeks_left_out_free" for note in team.notes)


def test_a_peak_where_the_class_is_leaves_a_week_out_and_says_so(cast: Cast) -> None:
    unit = rotating(cast)
    team = formed(cast, unit=unit, ends_on=MONDAY + 20 * WEEK)
    week = min(laid(lay(cast, team), "马建国"))
    for place in (cast.jinheng, cast.qinghe):
        peak(cast, week, week + 6 * DAY, place=place, by=cast.actor("coordinator"))
    team = lay(cast, team)
    assert week not in laid(team, "马建国")
    notes = [note for note in team.notes if note[0] == "teaching.week_left_out_peak"]
    assert notes[0][1]["week"] == week.isoformat()
    assert notes[0][1]["place"]["en"] in {"Jinheng Machinery", "Qinghe Electric"}


def test_a_peak_of_other_departments_changes_nothing(cast: Cast) -> None:
    unit = rotating(cast)
    team = formed(cast, unit=unit, ends_on=MONDAY + 20 * WEEK)
    before = laid(lay(cast, team), "周国栋")
    other = Department.objects.get(host=cast.jinheng, name__en="Maintenance")
    peak(cast, MONDAY, MONDAY + 100 * DAY, departments=[other])
    assert laid(lay(cast, team), "周国栋") == before


def test_hours_a_week_days_of_the_week_and_days_away_hold(cast: Cast) -> None:
    trainer = cast.people["trainer"]
    set_availability(trainer, weekly=120, weekdays=[0], by=cast.actor("trainer"), at=AT)
    set_away(trainer, starts_on=MONDAY, ends_on=MONDAY + DAY, by=cast.actor("trainer"), at=AT)
    team = lay(cast, formed(cast))
    rows = laid(team, "马建国")
    assert MONDAY not in rows
    assert max(rows.values()) <= 120
    assert sum(rows.values()) == 600


def test_what_fits_nowhere_is_named(cast: Cast) -> None:
    set_availability(cast.people["trainer"], weekly=60, weekdays=[0], by=cast.actor("trainer"), at=AT)
    team = lay(cast, formed(cast))
    assert team.notes == [["teaching.minutes_left", {"name": "马建国", "minutes": 240}]]


def test_other_teams_count(cast: Cast) -> None:
    set_availability(cast.people["trainer"], weekly=120, weekdays=range(5), by=cast.actor("trainer"), at=AT)
    first = lay(cast, formed(cast))
    unit = unit_of(cast, "machine_care", minutes=1200)
    second = lay(cast, formed(cast, unit=unit))
    for week in (MONDAY + n * WEEK for n in range(6)):
        assert laid(first, "马建国").get(week, 0) + laid(second, "马建国").get(week, 0) <= 120
    assert found(cast, second) == []


def test_whoever_is_stood_in_for_is_away(cast: Cast) -> None:
    row = cast.enrolments["26001"]
    pair = form_pair(
        "master_apprentice", [Bonded(cast.people["mentor"], row.person, cast.jinheng, row)],
        organisation=cast.college, starts_on=TODAY, by=system(cast.college), at=AT,
    )  # fmt: skip
    appoint_deputy(
        pair.bonds.get(), deputy=somebody("代理师傅"), place=cast.jinheng, starts_on=MONDAY,
        ends_on=MONDAY + 5 * DAY, by=system(cast.college), at=AT,
    )  # fmt: skip
    assert MONDAY not in laid(lay(cast, formed(cast)), "周国栋")


def test_what_was_taught_is_not_planned_again(cast: Cast) -> None:
    team = formed(cast)
    mentor = team.members.get(person=cast.people["mentor"])
    by = cast.actor("mentor", cast.jinheng)
    enter_taught(team, member=mentor, on=TODAY, minutes=200, topic="对刀", by=by, at=AT)
    lay(cast, team, AT + timedelta(weeks=1))
    assert sum(laid(team, "周国栋").values()) == 160


def test_sessions_that_are_planned_already_stay(cast: Cast) -> None:
    team = formed(cast)
    starts = AT + timedelta(weeks=2)
    unit = team.unit
    plan = Plan({"zh": "课"}, "lesson", "on_site", starts, starts + timedelta(hours=3), bucket=unit.bucket)
    plan_session(plan, organisation=cast.college, cohorts=[cast.cohort],
                 teachers={cast.people["trainer"]: "trainer"}, by=cast.actor("coordinator"), at=AT)  # fmt: skip
    lay(cast, team)
    assert laid(team, "马建国")[MONDAY + 2 * WEEK] >= 180
    assert sum(laid(team, "马建国").values()) == 600


def test_a_unit_that_is_over_has_no_weeks(cast: Cast) -> None:
    team = lay(cast, formed(cast), AT + timedelta(weeks=10))
    assert team.notes[0] == ["teaching.no_weeks", {}]


# ---- By hand --------------------------------------------------------------------------------------


def test_a_pinned_week_stays_and_the_rest_moves(cast: Cast) -> None:
    team = lay(cast, formed(cast))
    member = team.members.get(person=cast.people["trainer"])
    by = cast.actor("trainer")  # the lead
    assert pin_weeks(team, {(member.pk, MONDAY): 300}, by=by, at=AT) == 1
    assert pin_weeks(team, {(member.pk, MONDAY): 300}, by=by, at=AT) == 0
    lay(cast, team)
    assert laid(team, "马建国")[MONDAY] == 300
    assert sum(laid(team, "马建国").values()) == 600
    assert pin_weeks(team, {(member.pk, MONDAY): None}, by=by, at=AT) == 1
    assert sum(laid(lay(cast, team), "马建国").values()) == 600
    assert laid(team, "马建国")[MONDAY] < 300


@pytest.mark.parametrize(
    ("week", "minutes", "reason"),
    [
        (MONDAY - WEEK, 60, "teaching.week_outside"),
        (MONDAY + 9 * WEEK, 60, "teaching.week_outside"),
        (MONDAY, -1, "teaching.minutes_out_of_range"),
        (MONDAY, 10_081, "teaching.minutes_out_of_range"),
    ],
)
def test_a_week_that_cannot_be_is_refused(cast: Cast, week: date, minutes: int, reason: str) -> None:
    team = formed(cast)
    member = team.members.get(person=cast.people["trainer"])
    with refused(reason):
        pin_weeks(team, {(member.pk, week): minutes}, by=cast.actor("trainer"), at=AT)


def test_a_week_that_is_over_is_not_planned(cast: Cast) -> None:
    team = formed(cast)
    member = team.members.get(person=cast.people["trainer"])
    with refused("teaching.week_past"):
        pin_weeks(team, {(member.pk, MONDAY): 60}, by=cast.actor("trainer"), at=AT + timedelta(weeks=1))


def test_only_the_office_and_the_lead_plan(cast: Cast) -> None:
    team = formed(cast)
    with refused("kernel.role_lacks|teaching.not_yours_to_plan"):
        lay_hours(team, by=cast.actor("mentor", cast.jinheng), at=AT)


# ---- Conflicts ------------------------------------------------------------------------------------


def pinned(cast: Cast, name: str, minutes: int) -> Team:
    team = formed(cast)
    member = team.members.get(person__name=name)
    pin_weeks(team, {(member.pk, MONDAY): minutes}, by=cast.actor("coordinator"), at=AT)
    return team


def test_each_conflict_is_named(cast: Cast) -> None:
    team = pinned(cast, "周国栋", 600)
    assert found(cast, team) == []
    row = peak(cast, MONDAY, MONDAY + 4 * DAY)
    assert found(cast, team) == ["teaching.conflict_peak"]
    withdraw_peak(row, by=cast.actor("hr", cast.jinheng), at=AT)
    own = cast.actor("mentor", cast.jinheng)
    set_availability(cast.people["mentor"], weekly=300, weekdays=range(5), by=own, at=AT)
    assert found(cast, team) == ["teaching.conflict_over"]
    away = set_away(cast.people["mentor"], starts_on=MONDAY, ends_on=MONDAY + 5 * DAY, by=own, at=AT)
    assert set(found(cast, team)) == {"teaching.conflict_over", "teaching.conflict_away"}
    assert take_back_away(away, by=own, at=AT) is True


def test_two_sessions_at_once_are_named(cast: Cast) -> None:
    team = formed(cast)
    for title in ("甲", "乙"):
        plan = Plan({"zh": title}, "lesson", "on_site", AT + DAY, AT + DAY + timedelta(hours=2))
        plan_session(plan, organisation=cast.college, cohorts=[cast.cohort],
                     teachers={cast.people["trainer"]: "trainer"}, by=cast.actor("coordinator"), at=AT)  # fmt: skip
    assert found(cast, team) == ["teaching.conflict_twice"]


def test_conflicts_ask_the_same_of_few_and_of_many(cast: Cast) -> None:
    counts = []
    for keys in (("tools_materials",), ("basic_operations", "machine_care", "house_rules")):
        for key in keys:
            lay(cast, formed(cast, unit=unit_of(cast, key)))
        some = list(teams())
        with CaptureQueriesContext(connection) as asked:
            conflicts(some, TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


# ---- Peaks and times ------------------------------------------------------------------------------


def test_a_peak_is_noted_once_and_does_not_overlap_itself(cast: Cast) -> None:
    row = peak(cast, MONDAY, MONDAY + 4 * DAY, words="年底交付")
    assert peak(cast, MONDAY, MONDAY + 4 * DAY, words="年底交付").pk == row.pk
    with refused("teaching.peak_overlaps"):
        peak(cast, MONDAY + 4 * DAY, MONDAY + 9 * DAY)
    peak(cast, MONDAY + 5 * DAY, MONDAY + 9 * DAY)
    withdraw_peak(row, by=cast.actor("hr", cast.jinheng), at=AT)
    assert withdraw_peak(row, by=cast.actor("hr", cast.jinheng), at=AT).state == "withdrawn"
    peak(cast, MONDAY, MONDAY + 4 * DAY)


def test_peaks_of_different_departments_may_be_at_once(cast: Cast) -> None:
    unit_of(cast)
    rooms = list(Department.objects.filter(host=cast.jinheng).order_by("pk"))
    peak(cast, MONDAY, MONDAY + DAY, departments=rooms[:1])
    peak(cast, MONDAY, MONDAY + DAY, departments=rooms[1:2])
    with refused("teaching.peak_overlaps"):
        peak(cast, MONDAY, MONDAY + DAY, departments=rooms[:2])
    with refused("teaching.peak_of_another"):
        peak(
            cast,
            MONDAY + WEEK,
            MONDAY + WEEK,
            departments=list(Department.objects.filter(host=cast.qinghe))[:1],
        )


@pytest.mark.parametrize(
    ("last", "more", "reason"),
    [
        (MONDAY - DAY, {}, "teaching.ends_before_start"),
        (MONDAY, {"level": "chaos"}, "teaching.no_level"),
        (MONDAY, {"words": "字" * 301}, "teaching.words_too_long"),
    ],
)
def test_a_peak_that_cannot_be_is_refused(cast: Cast, last: date, more: dict[str, Any], reason: str) -> None:
    with refused(reason):
        peak(cast, MONDAY, last, **more)


def test_who_notes_peaks(cast: Cast) -> None:
    peak(cast, MONDAY, MONDAY, by=cast.actor("coordinator"))  # apprentices of the college learn there
    with refused("kernel.role_lacks"):
        peak(cast, MONDAY + WEEK, MONDAY + WEEK, by=cast.actor("mentor", cast.jinheng))
    stranger = Actor(cast.neighbour, cast.people["stranger"], frozenset({Role.COORDINATOR}))
    with refused("kernel.belongs_to_another"):
        peak(cast, MONDAY + WEEK, MONDAY + WEEK, by=stranger)


def test_everybody_says_for_oneself_and_the_office_for_guests(cast: Cast) -> None:
    team = formed(cast)
    office, guest = cast.actor("coordinator"), team.members.get(guest=True).person
    set_availability(guest, weekly=60, weekdays=[4], by=office, at=AT)
    with refused("teaching.not_yours_to_say"):
        set_availability(cast.people["trainer"], weekly=60, weekdays=[4], by=office, at=AT)
    with refused("teaching.not_yours_to_say"):
        set_away(cast.people["trainer"], starts_on=MONDAY, ends_on=MONDAY + DAY, by=office, at=AT)
    own = cast.actor("trainer")
    with refused("teaching.no_weekday"):
        set_availability(cast.people["trainer"], weekly=60, weekdays=[9], by=own, at=AT)
    with refused("teaching.minutes_out_of_range"):
        set_availability(cast.people["trainer"], weekly=-1, weekdays=[0], by=own, at=AT)
    for _ in range(2):
        set_away(cast.people["trainer"], starts_on=MONDAY, ends_on=MONDAY + DAY, by=own, at=AT)
    with refused("teaching.away_overlaps"):
        set_away(cast.people["trainer"], starts_on=MONDAY, ends_on=MONDAY + 2 * DAY, by=own, at=AT)
    assert (Away.objects.count(), Availability.objects.count()) == (1, 1)


def test_own_weeks_are_read_for_calendars(cast: Cast) -> None:
    lay(cast, formed(cast))
    rows = planned_between(cast.people["trainer"], TODAY + DAY, TODAY + 8 * DAY)
    assert [row.week for row in rows] == [MONDAY, MONDAY + WEEK]
