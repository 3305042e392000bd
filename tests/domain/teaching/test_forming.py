"""Teams: each rule refuses by its own code, shares and minutes agree, nothing is made twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.teaching.actions import (
    agree_to_team,
    change_team,
    decline_team,
    end_team,
    enter_taught,
    form_team,
    lay_hours,
    withdraw_team,
)
from craftpath.domain.teaching.models import PlannedHours, Team, TeamMember
from craftpath.domain.teaching.queries import open_teams, parts_of, teams
from craftpath.domain.teaching.rules import MOST, Guest, Wanted
from craftpath.domain.teaching.sharing import WHOLE, minutes_of, shares_left
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.teaching.world import DAY, KEY, WEEK, formed, guest, mixed, of, refused, somebody, unit_of

pytestmark = pytest.mark.usefixtures("all_rows")


@given(st.integers(0, 60_000), st.lists(st.integers(1, WHOLE), max_size=12))
def test_minutes_of_shares_lose_nothing(whole: int, shares: list[int]) -> None:
    if sum(shares) > WHOLE:
        with pytest.raises(ValueError, match="at most"):
            minutes_of(whole, shares)
        return
    parts = minutes_of(whole, shares)
    assert sum(parts) == whole if sum(shares) == WHOLE else sum(parts) <= whole
    assert all(abs(part * WHOLE - whole * share) < WHOLE for part, share in zip(parts, shares, strict=True))


@given(st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=1, max_size=6))
def test_what_no_share_is_said_for_gets_what_is_left(shares: list[int | None]) -> None:
    given_ = shares_left(shares)
    said = sum(share or 0 for share in shares)
    assert sum(given_) == (max(said, WHOLE) if None in shares else said)


def test_a_team_has_members_with_minutes_and_a_guest_who_cannot_sign_in(cast: Cast) -> None:
    team = formed(cast, unit=unit_of(cast, minutes=1001))
    assert (team.state, team.agreed_at) == ("active", AT)
    [parts] = parts_of(teams()).values()
    assert [(part.member.person.name, part.planned) for part in parts] == [
        ("马建国", 501), ("周国栋", 300), ("钱总", 200),
    ]  # fmt: skip
    row = team.members.get(guest=True)
    assert not row.person.has_usable_password()
    assert (row.place, row.affiliation, row.contact) == (None, "澜川创业园", "13800000000")


def test_what_shares_lack_to_the_whole_is_open(cast: Cast) -> None:
    team = formed(cast, mixed(cast)[:2])
    assert sum(part.planned for part in parts_of([teams().get(pk=team.pk)])[team.pk]) == 960


WRONG: dict[str, Any] = {
    "teaching.nobody": lambda c: [],
    "teaching.one_lead": lambda c: [of(c.people["trainer"], c.college, 500)],
    "teaching.shares_over": lambda c: [
        of(c.people["trainer"], c.college, 800, role="lead"), of(c.people["mentor"], c.jinheng, 300),
    ],
    "teaching.share_out_of_range": lambda c: [of(c.people["trainer"], c.college, 0, role="lead")],
    "teaching.twice_in_it": lambda c: [
        of(c.people["trainer"], c.college, 300, role="lead"), of(c.people["trainer"], c.college, 300),
    ],
    "teaching.kind_unknown": lambda c: [of(c.people["trainer"], c.college, 300, kind="wizard", role="lead")],
    "teaching.guest_unnamed": lambda c: [Wanted("entrepreneur", 300, guest=Guest(" "), role="lead")],
    "teaching.words_too_long": lambda c: [
        of(c.people["trainer"], c.college, 300, role="lead", topics="字" * 201)
    ],
    "teaching.member_outside": lambda c: [
        of(c.people["trainer"], c.college, 300, role="lead", starts_on=TODAY - DAY)
    ],
    "teaching.ends_before_start": lambda c: [
        of(c.people["trainer"], c.college, 300, role="lead", ends_on=TODAY)
    ],
    "teaching.too_many": lambda c: [guest(f"客 {n}", 10) for n in range(MOST + 1)],
}  # fmt: skip


@pytest.mark.parametrize("reason", sorted(WRONG))
def test_a_team_that_cannot_be_is_refused(cast: Cast, reason: str) -> None:
    with refused(reason):
        form_team(
            unit_of(cast), WRONG[reason](cast), cohort=cast.cohort, starts_on=TODAY, ends_on=TODAY + WEEK,
            by=cast.actor("coordinator"), at=AT,
        )  # fmt: skip
    assert not Team.objects.exists()


def test_days_and_minutes_of_the_team_itself(cast: Cast) -> None:
    with refused("teaching.ends_before_start"):
        formed(cast, ends_on=TODAY)
    with refused("teaching.too_long"):
        formed(cast, ends_on=TODAY + timedelta(days=2000))
    with refused("teaching.no_minutes"):
        formed(cast, unit=unit_of(cast, minutes=0))


def test_a_unit_has_one_team_at_a_time_and_the_same_press_makes_one(cast: Cast) -> None:
    team = formed(cast)
    assert formed(cast).pk == team.pk
    assert Person.objects.filter(name="钱总").count() == 1
    with refused("teaching.team_already"):
        formed(cast, mixed(cast)[:2])
    with pytest.raises(IntegrityError):
        Team.objects.create(
            unit=team.unit, cohort=cast.cohort, organisation=cast.college, starts_on=TODAY,
            ends_on=TODAY + WEEK, made_at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["trainer", "hr", "mentor", "apprentice"])
def test_only_whoever_plans_training_forms_teams(cast: Cast, who: str) -> None:
    seat = cast.jinheng if who in ("hr", "mentor") else cast.college
    unit_of(cast)
    with refused("kernel.role_lacks"):
        formed(cast, by=cast.actor(who, seat))


def test_a_proposal_waits_for_everybody_with_an_account(cast: Cast) -> None:
    team = formed(cast, ask=True)
    trainer, mentor = cast.actor("trainer"), cast.actor("mentor", cast.jinheng)
    assert team.state == "proposed"
    assert team.members.get(guest=True).accepted_at == AT
    agree_to_team(team, by=trainer, at=AT)
    assert agree_to_team(team, by=trainer, at=AT).state == "proposed"
    assert agree_to_team(team, by=mentor, at=AT).state == "active"
    assert agree_to_team(team, by=mentor, at=AT).state == "active"
    with refused("teaching.not_in_it"):
        agree_to_team(team, by=cast.actor("coordinator"), at=AT)


def test_a_no_and_a_proposal_taken_back_leave_the_unit_free(cast: Cast) -> None:
    team = formed(cast, ask=True)
    with refused("teaching.no_reason"):
        decline_team(team, because=" ", by=cast.actor("trainer"), at=AT)
    assert decline_team(team, because="排不开", by=cast.actor("trainer"), at=AT).state == "declined"
    assert decline_team(team, because="排不开", by=cast.actor("trainer"), at=AT).because == "排不开"
    other = formed(cast, ask=True)
    assert other.pk != team.pk
    assert withdraw_team(other, because="重新安排", by=cast.actor("coordinator"), at=AT).state == "withdrawn"
    assert open_teams([cast.cohort.pk]) == {}


def test_an_ended_team_keeps_what_was_and_plans_nothing(cast: Cast) -> None:
    team = lay_hours(formed(cast), by=cast.actor("coordinator"), at=AT)
    assert PlannedHours.objects.filter(member__team=team).exists()
    assert end_team(team, because="单元提前结束", by=cast.actor("coordinator"), at=AT).state == "ended"
    assert not PlannedHours.objects.filter(member__team=team).exists()
    assert team.members.count() == 3


def test_members_change_shares_move_and_the_lead_too(cast: Cast) -> None:
    team = formed(cast)
    master = somebody("孙师傅")
    known = team.members.get(guest=True)
    wanted = [
        of(cast.people["trainer"], cast.college, 200),
        of(master, cast.jinheng, 600, kind="skilled_master", role="lead"),
        Wanted("entrepreneur", 200, person=known.person, guest=Guest("钱总", "自己的公司")),
    ]
    days = {"starts_on": team.starts_on, "ends_on": team.ends_on}
    by = cast.actor("coordinator")
    change_team(team, wanted, **days, by=by, at=AT)
    change_team(team, wanted, **days, by=by, at=AT)
    told = team.members.order_by("share", "pk").values_list("person__name", "role", "share", "affiliation")
    assert sorted(told) == [
        ("孙师傅", "lead", 600, ""), ("钱总", "member", 200, "自己的公司"), ("马建国", "member", 200, ""),
    ]  # fmt: skip
    assert TeamMember.objects.get(person=master).accepted_at == AT


def test_whoever_has_taught_is_not_taken_out(cast: Cast) -> None:
    team = formed(cast)
    mentor = team.members.get(person=cast.people["mentor"])
    by = cast.actor("mentor", cast.jinheng)
    enter_taught(team, member=mentor, on=TODAY, minutes=60, topic="对刀", by=by, at=AT)
    with refused("teaching.has_taught"):
        change_team(
            team, [of(cast.people["trainer"], cast.college, 500, role="lead")],
            starts_on=team.starts_on, ends_on=team.ends_on, by=cast.actor("coordinator"), at=AT,
        )  # fmt: skip


def test_who_sees_a_team(cast: Cast) -> None:
    team = formed(cast)
    stranger = Actor(cast.neighbour, cast.people["stranger"], frozenset({Role.COORDINATOR}))
    master = Actor(cast.qinghe, somebody("外人"), frozenset({Role.MENTOR}))
    for actor, sees in (
        (cast.actor("coordinator"), True), (cast.actor("trainer"), True), (stranger, False), (master, False),
        (cast.actor("mentor", cast.jinheng), True), (cast.actor("hr", cast.jinheng), True),
    ):  # fmt: skip
        with looking_for(actor.scope):
            assert teams().filter(pk=team.pk).exists() is sees


def test_reading_teams_asks_the_same_of_few_and_of_many(cast: Cast) -> None:
    counts = []
    for some in (1, 4):
        for n in range(some):
            unit = unit_of(cast, ["tools_materials", KEY, "machine_care", "house_rules"][n])
            if not Team.objects.filter(unit=unit).exists():
                formed(cast, unit=unit)
        with CaptureQueriesContext(connection) as asked:
            parts_of(open_teams([cast.cohort.pk]).values())
        counts.append(len(asked))
    assert counts[0] == counts[1]
