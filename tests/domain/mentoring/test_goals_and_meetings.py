"""Goals and meetings: who says what, which days hold, what is kept of corrections, and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError

from craftpath.domain.mentoring import actions, rules
from craftpath.domain.mentoring.actions import Met
from craftpath.domain.mentoring.models import Goal, Meeting, MeetingRule, MeetingVersion
from craftpath.domain.mentoring.queries import meeting_rule
from craftpath.domain.pairing.actions import appoint_deputy, replace_teacher
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, TODAY, Cast
from tests.domain.mentoring.world import BEGAN, DAY, acting, goal, met, taught, together
from tests.domain.pairing.world import refused, somebody

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_goal_is_reached_by_the_teacher_s_word_and_objected_to_by_the_learner(cast: Cast) -> None:
    pair = taught(cast)
    mentor, learner = (acting(cast, cast.people[who]) for who in ("mentor", "apprentice"))
    row = goal(pair, cast.people["apprentice"], learner)
    with refused("mentoring.teacher_says"):
        actions.reach_goal(row, by=learner, at=AT)
    for _ in range(2):
        assert actions.reach_goal(row, by=mentor, at=AT).state == "reached"
    with refused("mentoring.learner_objects"):
        actions.object_to_goal(row, because="x", by=mentor, at=AT)
    with refused("mentoring.no_words"):
        actions.object_to_goal(row, because=" ", by=learner, at=AT)
    for _ in range(2):
        row = actions.object_to_goal(row, because="还不会换刀", by=learner, at=AT)
    assert (row.state, row.objection, row.settled_at) == ("open", "还不会换刀", None)
    for _ in range(2):
        row = actions.drop_goal(row, because="改学铣床", by=cast.actor("coordinator"), at=AT)
    assert (row.state, row.because) == ("dropped", "改学铣床")
    told = list(AuditEntry.objects.filter(fact__startswith="mentoring.goal").values_list("fact", flat=True))
    assert sorted(told) == sorted(
        f"mentoring.goal_{verb}" for verb in ("set", "reached", "objected", "dropped")
    )
    assert "换刀" not in str(list(AuditEntry.objects.values_list("payload", flat=True)))


def test_a_goal_has_somebody_who_learns_words_and_a_day_of_the_pair(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 30 * DAY)
    mentor, learner = acting(cast, cast.people["mentor"]), cast.people["apprentice"]
    with refused("mentoring.goal_for_whom"):
        goal(pair, cast.people["mentor"], mentor)
    with refused("mentoring.goal_says_nothing"):
        goal(pair, learner, mentor, " ")
    with refused("mentoring.goal_says_nothing"):
        goal(pair, learner, mentor, "长" * 201)
    for day in (BEGAN - DAY, TODAY + 30 * DAY):
        with refused("mentoring.goal_outside"):
            goal(pair, learner, mentor, due_on=day)
    goal(pair, learner, mentor, due_on=TODAY + 29 * DAY, made_id="a")
    goal(pair, learner, mentor, due_on=TODAY + 29 * DAY, made_id="a")
    assert Goal.objects.count() == 1
    with refused("kernel.role_lacks"):
        goal(pair, learner, cast.actor("assessor"))


def test_both_sides_lack_a_goal_until_each_has_one(cast: Cast) -> None:
    pair = together(cast)
    one, two = cast.people["mentor"], cast.people["trainer"]

    def lacking() -> list[int]:
        return rules.lacking(Goal.objects.filter(pair=pair), [one.pk, two.pk], pair.kind)

    assert lacking() == [one.pk, two.pk]
    goal(pair, one, acting(cast, one))
    assert lacking() == [two.pk]
    goal(pair, two, acting(cast, one))
    assert lacking() == []
    assert rules.lacking([], [one.pk], "master_apprentice") == []


def test_a_meeting_is_written_once_and_confirmed_by_the_other(cast: Cast) -> None:
    pair = taught(cast)
    mentor, learner = (acting(cast, cast.people[who]) for who in ("mentor", "apprentice"))
    touched = goal(pair, cast.people["apprentice"], mentor)
    rows = [
        met(pair, learner, cast.people["mentor"], goals=[touched.public_id], next_own="练 10 件")
        for _ in range(2)
    ]
    assert rows[0].pk == rows[1].pk
    assert Meeting.objects.get().goals == [touched.public_id]
    with refused("mentoring.other_answers"):
        actions.confirm_meeting(rows[0], seen=1, by=learner, at=AT)
    with refused("mentoring.other_answers"):
        actions.confirm_meeting(rows[0], seen=1, by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        assert actions.confirm_meeting(rows[0], seen=1, by=mentor, at=AT).state == "confirmed"
    assert AuditEntry.objects.filter(fact="mentoring.meeting_confirmed").count() == 1


def test_days_ahead_and_outside_of_the_pair_are_refused(cast: Cast) -> None:
    pair = taught(cast)
    learner, mentor = acting(cast, cast.people["apprentice"]), cast.people["mentor"]
    with refused("mentoring.ahead"):
        met(pair, learner, mentor, on=TODAY + DAY)
    with refused("mentoring.outside_pair"):
        met(pair, learner, mentor, on=BEGAN - DAY)
    with refused("mentoring.other_not_in_it"):
        met(pair, learner, cast.people["trainer"])
    with refused("mentoring.not_in_it"):
        met(pair, cast.actor("coordinator"), mentor)
    with refused("mentoring.minutes"):
        met(pair, learner, mentor, minutes=0)
    with refused("mentoring.mode_unknown"):
        met(pair, learner, mentor, mode="pub")
    with refused("mentoring.meeting_says_nothing"):
        met(pair, learner, mentor, words="  ")
    with refused("mentoring.goal_of_another"):
        met(pair, learner, mentor, goals=["nothing"])
    assert not Meeting.objects.exists()


def test_who_was_replaced_met_before_and_a_deputy_while_standing_in(cast: Cast) -> None:
    pair, other = taught(cast), somebody("李师傅")
    bond, learner = pair.bonds.get(), acting(cast, cast.people["apprentice"])
    appoint_deputy(
        bond, deputy=other, place=cast.jinheng, starts_on=TODAY - 9 * DAY, ends_on=TODAY - 5 * DAY,
        by=system(), at=AT,
    )  # fmt: skip
    met(pair, learner, other, on=TODAY - 6 * DAY, made_id="a")
    with refused("mentoring.outside_pair"):
        met(pair, learner, other, on=TODAY - 5 * DAY, made_id="b")
    third = somebody("钱师傅")
    replace_teacher(
        bond, teacher=third, place=cast.jinheng, on=TODAY - 2 * DAY, because="调岗", by=system(), at=AT
    )
    met(pair, learner, cast.people["mentor"], on=TODAY - 3 * DAY, made_id="c")
    with refused("mentoring.outside_pair"):
        met(pair, learner, cast.people["mentor"], on=TODAY - 2 * DAY, made_id="d")


def test_a_correction_is_another_version_and_the_one_before_stays(cast: Cast) -> None:
    pair = taught(cast)
    mentor, learner = (acting(cast, cast.people[who]) for who in ("mentor", "apprentice"))
    row = met(pair, learner, cast.people["mentor"])
    better = Met(TODAY, 90, "bench", "对刀和试切")
    with refused("mentoring.no_words"):
        actions.correct_meeting(row, better, because="", seen=1, by=mentor, at=AT)
    with refused("mentoring.not_in_it"):
        actions.correct_meeting(row, better, because="x", seen=1, by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        row = actions.correct_meeting(row, better, because="时间更长", seen=1, by=mentor, at=AT)
    assert (row.minutes, row.version, row.state, row.asked) == (
        90,
        2,
        "written",
        cast.people["apprentice"].pk,
    )
    assert [one.content["minutes"] for one in MeetingVersion.objects.order_by("number")] == [30, 90]
    with refused("mentoring.changed_meanwhile"):
        actions.confirm_meeting(row, seen=1, by=learner, at=AT)
    with refused("mentoring.changed_meanwhile"):
        actions.correct_meeting(row, Met(TODAY, 60, "bench", "x"), because="y", seen=1, by=learner, at=AT)
    with refused("mentoring.nothing_changed"):
        actions.correct_meeting(row, better, because="z", seen=2, by=learner, at=AT)
    with refused("mentoring.other_answers"):
        actions.confirm_meeting(row, seen=2, by=mentor, at=AT)
    actions.confirm_meeting(row, seen=2, by=learner, at=AT)
    with pytest.raises(TypeError):
        MeetingVersion.objects.all()[0].save()


def test_who_never_answers_leaves_it_unconfirmed(cast: Cast) -> None:
    pair = taught(cast)
    row = met(pair, acting(cast, cast.people["apprentice"]), cast.people["mentor"])
    mentor = acting(cast, cast.people["mentor"])
    edge = AT + timedelta(days=14)
    assert not rules.unanswered(row, edge)
    assert rules.unanswered(row, edge + timedelta(seconds=1))
    with refused("mentoring.too_late"):
        actions.confirm_meeting(row, seen=1, by=mentor, at=edge + timedelta(seconds=1))
    assert actions.confirm_meeting(row, seen=1, by=mentor, at=edge).state == "confirmed"


def test_rules_come_from_the_nearest_above_and_are_kept_once(cast: Cast) -> None:
    who = {"by": cast.actor("coordinator"), "at": AT}
    assert meeting_rule(cast.campus).every_days == 14
    for _ in range(2):
        actions.set_meeting_rule(
            cast.college, every_days=7, talk_after_percent=40, needs_agreement=True, **who
        )
    assert meeting_rule(cast.campus).every_days == 7
    assert MeetingRule.objects.count() == AuditEntry.objects.filter(fact="mentoring.rules_set").count() == 1
    for days, percent, reason in ((0, 50, "days"), (400, 50, "days"), (7, 95, "percent")):
        with refused(f"mentoring.{reason}_out_of_range"):
            actions.set_meeting_rule(
                cast.college, every_days=days, talk_after_percent=percent, needs_agreement=False, **who
            )
    with refused("kernel.belongs_to_another"):
        actions.set_meeting_rule(
            cast.neighbour, every_days=7, talk_after_percent=50, needs_agreement=False, **who
        )


def test_the_database_itself_refuses_what_has_no_sense(cast: Cast) -> None:
    pair = taught(cast)
    row = met(pair, acting(cast, cast.people["apprentice"]), cast.people["mentor"])
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=row.pk).update(minutes=0)
