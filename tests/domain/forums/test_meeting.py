"""Forums that meet: who sees and hosts them, dates of a rhythm, who is invited, who was there, what came of it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.apprenticeships.models import Cohort
from craftpath.domain.forums import actions, queries
from craftpath.domain.forums.models import Attendance, Forum, Meeting
from craftpath.domain.forums.owners import OWNERS, Owner, owns
from craftpath.domain.participation.queries import acts as stands
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS, REACTIONS, Told
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.domain.forums.world import DAY, FORTNIGHTLY, HOUR, due, opened, planned, refused

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_forum_is_opened_once_and_seen_by_those_for_whom_it_is(cast: Cast) -> None:
    name = uuid.uuid4()
    college = opened(cast, made_id=name)
    assert opened(cast, made_id=name).pk == college.pk
    with refused("kernel.role_lacks"):
        opened(cast, "apprentice")
    ours = opened(cast, audience="cohort", cohort=cast.cohort)
    with looking_for(cast.actor("apprentice").scope):
        assert set(queries.forums()) == {college, ours}
    with looking_for(cast.actor("mentor", cast.jinheng).scope):
        assert set(queries.forums()) == {college, ours}
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not queries.forums().exists()


def test_the_thing_that_a_forum_belongs_to_says_who_sees_hosts_and_is_invited(
    cast: Cast,
) -> None:
    of = Ref("apprenticeships", "cohort", cast.cohort.public_id)
    with refused("forums.not_the_host"):
        opened(cast, of=of)  # nobody has said who hosts there
    me = cast.people["classmate"]

    def seen(scope):  # type: ignore[no-untyped-def]
        rows = Cohort._base_manager.order_by()
        return (rows if scope.person_id == me.pk else rows.none()).values_list("public_id", flat=True)

    owner = Owner(seen=seen, hosts=lambda actor, _name: actor.person == me, people=lambda _name: [me.pk])
    owns("apprenticeships/cohort", owner)
    try:
        forum = opened(cast, "classmate", of=of)
        assert forum.of == of
        with looking_for(cast.actor("classmate").scope):
            assert queries.forums_of("apprenticeships/cohort", cast.cohort.public_id).get() == forum
        for other in ("apprentice", "coordinator"):
            with looking_for(cast.actor(other).scope):
                assert not queries.forums().exists()
        assert [one.person for one in queries.invited(planned(cast, forum, "classmate"))] == [me]
        with refused("forums.not_the_host"):
            planned(cast, forum, "coordinator")
        with pytest.raises(TypeError, match="says twice"):
            owns("apprenticeships/cohort", replace(owner, people=lambda _name: []))
    finally:
        OWNERS.pop("apprenticeships/cohort")
    with looking_for(cast.actor("classmate").scope):
        assert not Forum.objects.exists()  # a kind that nobody has registered is seen by nobody


def test_a_rhythm_makes_the_next_dates_at_the_hour_of_the_place(cast: Cast) -> None:
    forum = opened(cast)
    assert due("forums.plan") == {cast.people["trainer"].pk}
    name = uuid.uuid4()
    series = actions.plan_series(forum, made_id=name, count=3, by=cast.actor("trainer"), at=AT)
    # Thursdays at four o'clock in Shanghai, two weeks apart.
    assert [f"{one.starts_at:%m-%d %H:%M}" for one in series] == ["09-17 16:00", "10-01 16:00", "10-15 16:00"]
    assert {one.starts_at.utcoffset() for one in series} == {8 * HOUR}
    again = actions.plan_series(forum, made_id=name, count=3, by=cast.actor("trainer"), at=AT)
    assert [one.pk for one in again] == [one.pk for one in series]
    assert due("forums.plan") == set()
    more = actions.plan_series(
        forum, made_id=uuid.uuid4(), count=1, by=cast.actor("trainer"), at=AT + 99 * DAY
    )
    assert f"{more[0].starts_at:%m-%d}" == "12-24"  # what lies behind is passed over
    plain = opened(cast, rhythm=actions.Rhythm())
    with refused("forums.no_rhythm"):
        actions.plan_series(plain, made_id=uuid.uuid4(), count=1, by=cast.actor("trainer"), at=AT)
    with refused("forums.rhythm_incomplete"):
        opened(cast, rhythm=actions.Rhythm(every=2))
    with refused("forums.no_link"):
        opened(cast, rhythm=replace(FORTNIGHTLY, link="javascript:alert(1)"))


def test_who_is_invited_says_whether_to_come_and_the_day_before_it_stands_there(cast: Cast) -> None:
    forum = opened(cast, audience="cohort", cohort=cast.cohort)
    meeting = planned(cast, forum)
    apprentice, trainer = cast.people["apprentice"].pk, cast.people["trainer"].pk
    assert apprentice in due("forums.say")
    assert trainer not in due("forums.say")  # whoever hosts comes
    actions.say_coming(meeting, coming=True, by=cast.actor("apprentice"), at=AT)
    assert apprentice not in due("forums.say")
    assert due("forums.come") == set()
    assert due("forums.come", 2) == {apprentice, trainer}
    actions.say_coming(meeting, coming=False, by=cast.actor("apprentice"), at=AT)
    assert due("forums.come", 2) == {trainer}
    actions.cancel_meeting(meeting, because="停电检修", by=cast.actor("trainer"), at=AT)
    assert due("forums.come", 2) == due("forums.say") == set()
    with refused("forums.not_planned"):
        actions.say_coming(meeting, coming=True, by=cast.actor("apprentice"), at=AT)


def test_a_changed_meeting_counts_its_changes_for_calendars(cast: Cast) -> None:
    meeting = planned(cast, opened(cast), agenda=["立焊", " ", "答疑"])
    assert meeting.agenda == ["立焊", "答疑"]
    same = {"starts_at": meeting.starts_at, "minutes": 90, "place": meeting.place, "agenda": meeting.agenda}
    by = {"by": cast.actor("trainer"), "at": AT}
    assert actions.change_meeting(meeting, **same, **by).sequence == 0
    moved = actions.change_meeting(meeting, **{**same, "starts_at": meeting.starts_at + HOUR}, **by)
    assert moved.sequence == 1
    with refused("forums.in_the_past"):
        actions.change_meeting(meeting, **{**same, "starts_at": AT - HOUR}, **by)
    with refused("forums.not_the_host"):
        actions.change_meeting(meeting, **same, by=cast.actor("apprentice"), at=AT)


def test_whom_the_host_confirms_was_there_as_a_fact_and_it_may_be_put_right(cast: Cast) -> None:
    forum = opened(cast, audience="cohort", cohort=cast.cohort)
    meeting = planned(cast, forum)
    names = {one: cast.people[one].public_id for one in ("apprentice", "classmate", "coordinator")}
    by = {"by": cast.actor("trainer"), "at": AT + 4 * DAY}
    with refused("forums.too_early"):
        actions.hold_meeting(meeting, there=[], by=cast.actor("trainer"), at=AT)
    with refused("forums.not_invited"):
        actions.hold_meeting(meeting, there=[names["coordinator"]], **by)
    with refused("forums.not_the_host"):
        actions.hold_meeting(meeting, there=[], by=cast.actor("apprentice"), at=AT + 4 * DAY)
    assert due("forums.hold", 4) == {cast.people["trainer"].pk}
    actions.hold_meeting(meeting, there=[names["apprentice"], names["classmate"]], **by)
    actions.hold_meeting(meeting, there=[names["classmate"], names["apprentice"]], **by)
    assert due("forums.hold", 4) == set()
    entry = AuditEntry.objects.get(fact="forums.attended")
    assert entry.payload["people"] == sorted([names["apprentice"], names["classmate"]])
    for _twice in range(2):
        for reaction in REACTIONS["forums.attended"]:
            reaction(Told(FACTS["forums.attended"](**entry.payload), entry))
    with everywhere("the statements of everybody"):
        said = Statement.objects.filter(verb="attended").values_list("person", flat=True)
        assert sorted(said) == sorted(cast.people[one].pk for one in ("apprentice", "classmate"))
    assert {row.enrolment.number for row in stands()} == {"26001", "26002"}
    actions.hold_meeting(meeting, there=[names["apprentice"]], **by)
    right = AuditEntry.objects.filter(fact="forums.attended").latest("pk")
    assert (right.payload["people"], right.payload["not_there"]) == (
        [names["apprentice"]],
        [names["classmate"]],
    )
    for reaction in REACTIONS["forums.attended"]:
        reaction(Told(FACTS["forums.attended"](**right.payload), right))
    assert [row.enrolment.number for row in stands()] == ["26001"]
    away = Attendance.objects.get(meeting=meeting, person=cast.people["classmate"])
    assert away.was_there is False


def test_a_take_away_appears_with_whoever_took_it_on_until_it_is_done(cast: Cast) -> None:
    forum = opened(cast, audience="cohort", cohort=cast.cohort)
    meeting = planned(cast, forum)
    by, late = cast.actor("trainer"), AT + 4 * DAY
    values = {"made_id": uuid.uuid4(), "words": "整理立焊参数表", "person": cast.people["apprentice"]}
    row = actions.add_takeaway(meeting, **values, by_on=late.date(), by=by, at=late)
    assert actions.add_takeaway(meeting, **values, by_on=late.date(), by=by, at=late).pk == row.pk
    assert due("forums.takeaway", 4) == {cast.people["apprentice"].pk}
    with refused("forums.not_the_host"):
        actions.finish_takeaway(row, by=cast.actor("classmate"), at=late)
    actions.finish_takeaway(row, by=cast.actor("apprentice"), at=late)
    assert due("forums.takeaway", 4) == set()
    note = actions.add_takeaway(meeting, made_id=uuid.uuid4(), words="下次带焊条", by=by, at=late)
    with refused("forums.nobodys"):
        actions.finish_takeaway(note, by=by, at=late)
    with refused("forums.not_invited"):
        other = {**values, "made_id": uuid.uuid4(), "person": cast.people["coordinator"]}
        actions.add_takeaway(meeting, **other, by=by, at=late)


def test_topics_stand_as_they_came_and_the_host_takes_one_onto_the_agenda(cast: Cast) -> None:
    forum = opened(cast)
    mine = actions.suggest_topic(
        forum, made_id=uuid.uuid4(), words="气孔", by=cast.actor("apprentice"), at=AT
    )
    other = actions.suggest_topic(
        forum, made_id=uuid.uuid4(), words="夹渣", by=cast.actor("classmate"), at=AT + HOUR
    )
    again = {"made_id": uuid.uuid4(), "words": "气孔"}
    assert actions.suggest_topic(forum, **again, by=cast.actor("apprentice"), at=AT).pk == mine.pk
    for who in ("apprentice", "classmate", "trainer"):
        actions.support_topic(other, by=cast.actor(who), at=AT)
    found = queries.topics(forum, cast.people["apprentice"])
    assert [(one.words, one.supported, one.mine) for one in found] == [("气孔", 0, False), ("夹渣", 2, True)]
    meeting = planned(cast, forum)
    with refused("forums.not_the_host"):
        actions.take_topic(other, meeting=meeting, by=cast.actor("classmate"), at=AT)
    actions.take_topic(other, meeting=meeting, by=cast.actor("trainer"), at=AT)
    assert queries.agenda_topics(meeting) == [other]
    with refused("forums.topic_gone"):
        actions.support_topic(other, by=cast.actor("trainer"), at=AT)
    actions.withdraw_topic(mine, by=cast.actor("apprentice"), at=AT)
    assert queries.topics(forum, cast.people["apprentice"]) == []


def test_a_closed_forum_is_read_only(cast: Cast) -> None:
    forum = opened(cast)
    by = {"by": cast.actor("coordinator"), "at": AT}
    actions.close_forum(forum, **by)
    with refused("forums.closed"):
        planned(cast, forum)
    actions.reopen_forum(forum, **by)
    assert planned(cast, forum).state == "planned"
    assert Meeting.objects.count() == 1
