"""Forming, coming in, leaving; the rota, and what happens to it."""

from __future__ import annotations

import uuid
from datetime import date, time

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.forums.queries import follow_of, forums_of
from craftpath.domain.groups import actions, queries
from craftpath.domain.groups.models import Member, StudyGroup
from craftpath.domain.groups.rules import next_of
from craftpath.domain.groups.talk import KIND, OWNER
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.groups.world import DAY, WEEK, form, hold, mate, met, plan, refused, sessions

pytestmark = pytest.mark.usefixtures("all_rows")


def _states(group: StudyGroup) -> dict[str, str]:
    return dict(Member.objects.filter(group=group).values_list("enrolment__number", "state"))


def test_formed_once_with_sessions_ahead_by_the_rhythm(cast: Cast) -> None:
    name = uuid.uuid4()
    by = mate(cast, "26001")
    rows = [cast.enrolments["26002"], cast.enrolments["26001"]]
    group = actions.form_group(cast.cohort, plan(), invite=rows, made_id=name, by=by, at=AT)
    assert actions.form_group(cast.cohort, plan(goal="x"), made_id=name, by=by, at=AT).pk == group.pk
    assert _states(group) == {"26001": "in", "26002": "invited"}
    first = sessions(group)[0]
    assert [one.starts_at.date() for one in sessions(group)] == [
        date(2026, 9, 16), date(2026, 9, 23), date(2026, 9, 30), date(2026, 10, 7),
    ]  # fmt: skip
    assert first.starts_at.hour == 8  # half past four at the college
    with refused("groups.form_used"):
        actions.form_group(cast.cohort, plan(), made_id=name, by=mate(cast, "26002"), at=AT)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"goal": " \x00 "}, "no_goal"),
        ({"goal": "字" * 81}, "no_goal"),
        ({"until": TODAY - DAY}, "until_unclear"),
        ({"until": TODAY + 400 * DAY}, "until_unclear"),
        ({"every_weeks": 5}, "rhythm_unclear"),
        ({"minutes": 5}, "rhythm_unclear"),
        ({"weekday": 7}, "rhythm_unclear"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, more: dict[str, object], reason: str) -> None:
    with refused(f"groups.{reason}"):
        form(cast, **more)


def test_a_trainer_forms_one_without_being_in_it_and_others_may_not(cast: Cast) -> None:
    group = form(cast, "trainer", invite=("26001", "26002"))
    assert _states(group) == {"26001": "invited", "26002": "invited"}
    assert all(one.host is None for one in sessions(group))
    for who in ("officer", "mentor"):
        place = cast.city if who == "officer" else cast.jinheng
        with refused("kernel.role_lacks"):
            actions.form_group(cast.cohort, plan(), made_id=uuid.uuid4(), by=cast.actor(who, place), at=AT)


def test_an_organisation_says_how_many_make_a_group(cast: Cast) -> None:
    office = cast.actor("coordinator")
    assert queries.bounds(cast.college) == (3, 8)
    actions.set_group_rule(cast.college, fewest=2, most=3, by=office, at=AT)
    assert queries.bounds(cast.campus) == (2, 3)
    with refused("groups.full"):
        form(cast, invite=("26002", "26003", "26004"))
    with refused("groups.rule_makes_no_sense"):
        actions.set_group_rule(cast.college, fewest=4, most=3, by=office, at=AT)
    with refused("kernel.role_lacks"):
        actions.set_group_rule(cast.college, fewest=2, most=4, by=cast.actor("trainer"), at=AT)


def test_an_invitation_is_answered_by_one_tap_and_by_nobody_else(cast: Cast) -> None:
    group = form(cast, invite=("26002",))
    with refused("groups.not_asked"):
        actions.accept_invitation(group, by=mate(cast, "26003"), at=AT)
    for _twice in range(2):
        actions.accept_invitation(group, by=mate(cast, "26002"), at=AT)
    assert _states(group)["26002"] == "in"
    other = form(cast, invite=("26002",))
    actions.decline_invitation(other, by=mate(cast, "26002"), at=AT)
    assert _states(other)["26002"] == "outside"
    actions.invite_mates(other, [cast.enrolments["26002"]], by=mate(cast, "26001"), at=AT)
    assert _states(other)["26002"] == "invited"


def test_an_open_group_is_seen_by_the_class_and_asked_to_join(cast: Cast) -> None:
    closed, group = form(cast), form(cast, open_to_join=True)
    other, by = cast.enrolments["26002"], mate(cast, "26002")
    with looking_for(by.scope):
        assert list(queries.to_join(other.person)) == [group]
        assert not queries.groups().filter(pk=closed.pk).exists()
    with refused("groups.closed"):
        actions.ask_to_join(closed, other, by=by, at=AT)
    actions.ask_to_join(group, other, by=by, at=AT)
    with refused("kernel.role_lacks"):
        actions.answer_request(group, other.person, come=True, by=by, at=AT)
    actions.answer_request(group, other.person, come=True, by=mate(cast, "26001"), at=AT)
    assert _states(group)["26002"] == "in"


def test_whose_turn_lies_longest_ago_has_the_next(cast: Cast) -> None:
    assert next_of([1, 2, 3], []) == 1
    assert next_of([1, 2, 3], [1, 2]) == 3
    assert next_of([1, 2, 3], [1, 2, 3], but=1) == 2
    assert next_of([1], [1], but=1) == 1
    assert next_of([], [1]) is None
    group = met(cast, "26002", "26003")
    hosts = [one.host_id for one in sessions(group)]
    first, second, third = (cast.enrolments[one].person_id for one in ("26001", "26002", "26003"))
    assert hosts == [first, second, third, first]
    assert all(one.host_id != one.brings_id for one in sessions(group))


def test_who_leaves_leaves_the_turns_to_others_and_the_last_one_ends_it(cast: Cast) -> None:
    group = met(cast, "26002")
    task = actions.add_task(
        group,
        words="抄题",
        person=cast.enrolments["26002"].person,
        made_id=uuid.uuid4(),
        by=mate(cast, "26001"),
        at=AT,
    )
    for _twice in range(2):
        actions.leave_group(group, by=mate(cast, "26002"), at=AT + DAY)
    task.refresh_from_db()
    assert task.person is None
    assert {one.host_id for one in sessions(group)} == {cast.enrolments["26001"].person_id}
    actions.leave_group(group, by=mate(cast, "26001"), at=AT + DAY)
    group.refresh_from_db()
    assert group.state == "dissolved"
    assert not sessions(group)
    with refused("groups.over"):
        actions.invite_mates(group, [], by=mate(cast, "26001"), at=AT)


def test_whoever_leaves_the_college_is_in_no_group_any_more(cast: Cast) -> None:
    group = met(cast, "26002")
    office = cast.actor("coordinator")
    end_enrolments([cast.enrolments["26002"]], because="moved", on=TODAY, by=office, at=AT)
    assert _states(group) == {"26001": "in", "26002": "outside"}


def test_another_rhythm_moves_what_is_planned_and_keeps_what_it_is(cast: Cast) -> None:
    group = met(cast, "26002")
    before = [one.public_id for one in sessions(group)]
    wanted = plan(weekday=3, time=time(18, 0), every_weeks=2)
    for _twice in range(2):
        group = actions.change_group(group, wanted, by=mate(cast, "26001"), at=AT)
    after = sessions(group)
    assert [one.public_id for one in after] == before
    assert [one.starts_at.date() for one in after][:2] == [date(2026, 9, 17), date(2026, 10, 1)]
    assert all(one.sequence for one in after)
    with refused("kernel.role_lacks"):
        actions.change_group(group, plan(), by=mate(cast, "26004"), at=AT)


def test_three_rhythms_without_a_session_and_a_group_is_stuck(cast: Cast) -> None:
    group = met(cast, "26002")
    assert not queries.stuck(TODAY + 20 * DAY)
    assert list(queries.stuck(TODAY + 21 * DAY)) == [group]
    hold(cast, sessions(group)[0])
    assert not queries.stuck(TODAY + 21 * DAY)
    assert list(queries.stuck(TODAY + 2 * DAY + 3 * WEEK)) == [group]


def test_nobody_is_in_more_groups_than_one_can_serve(cast: Cast) -> None:
    for _ in range(5):
        form(cast)
    with refused("groups.too_many"):
        form(cast)


def test_who_sees_a_group(cast: Cast) -> None:
    group = form(cast, invite=("26002",))
    seen = {}
    for who, place in (
        ("apprentice", None), ("classmate", None), ("trainer", None), ("coordinator", None), ("hr", cast.jinheng),
        ("mentor", cast.jinheng), ("stranger", cast.neighbour),
    ):  # fmt: skip
        with looking_for(cast.actor(who, place).scope):
            seen[who] = StudyGroup.objects.filter(pk=group.pk).exists()
    assert seen == {
        "apprentice": True, "classmate": True, "trainer": True, "coordinator": True, "hr": False, "mentor": False,
        "stranger": False,
    }  # fmt: skip


def test_coming_in_and_attending_are_statements(cast: Cast) -> None:
    group = met(cast, "26002")
    hold(cast, sessions(group)[0], away=("26002",))
    said = set(
        Statement._base_manager.filter(object_id__contains=group.public_id).values_list("verb", "person_id")
    )
    assert said == {
        ("registered", cast.enrolments["26002"].person_id), ("attended", cast.enrolments["26001"].person_id),
    }  # fmt: skip


def test_what_is_said_in_a_group_is_for_its_members_and_the_college(cast: Cast) -> None:
    group = met(cast, "26002", open_to_join=True)
    seen = {}
    for who in ("26001", "26002", "26003"):
        with looking_for(mate(cast, who).scope):
            seen[who] = forums_of(KIND, group.public_id).exists()
    for who in ("trainer", "stranger"):
        with looking_for(cast.actor(who, cast.neighbour if who == "stranger" else None).scope):
            seen[who] = forums_of(KIND, group.public_id).exists()
    assert seen == {"26001": True, "26002": True, "26003": False, "trainer": True, "stranger": False}
    forum = forums_of(KIND, group.public_id).get()
    other = mate(cast, "26002")
    assert OWNER.people(group.public_id) == [cast.enrolments[one].person_id for one in ("26001", "26002")]
    assert follow_of(forum, cast.enrolments["26002"].person)
    actions.change_group(group, plan(goal="读懂电路图"), by=other, at=AT)
    forum.refresh_from_db()
    assert forum.title == "读懂电路图"
    actions.leave_group(group, by=other, at=AT)
    assert not follow_of(forum, cast.enrolments["26002"].person)
    assert not OWNER.hosts(other, group.public_id)
    actions.dissolve_group(group, by=mate(cast, "26001"), at=AT)
    forum.refresh_from_db()
    assert forum.state == "closed"
