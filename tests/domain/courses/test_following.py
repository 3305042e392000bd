"""From a draft to done: versions, runs, progress that is true, and what a newer version keeps."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import Content, Draw, read
from craftpath.domain.courses.models import (
    Activity,
    Course,
    CourseVersion,
    Follower,
    HandIn,
    Progress,
    QuizTry,
    Tick,
)
from craftpath.domain.courses.running import looked_ahead
from craftpath.domain.participation.queries import acts as stands
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.courses.world import (
    LATER,
    assignment,
    begun,
    checklist,
    key_of,
    learner,
    mentor,
    page,
    published,
    quiz,
    refused,
    running,
    trainer,
    tried,
    written,
)
from tests.domain.exams.crowd import form, items

pytestmark = pytest.mark.usefixtures("all_rows")


def states(cast: Cast, run: object, who: str = "apprentice") -> list[str]:
    rows = Progress._base_manager.filter(run=run, person=cast.people[who]).order_by("pk")
    return [row.state for row in rows]


# ---- Versions -------------------------------------------------------------------------------------------


def test_what_was_published_never_changes_and_the_draft_goes_on_under_the_same_keys(cast: Cast) -> None:
    first = published(cast, page())
    (old,) = queries.activities_of(first)
    content = Content("page", text=Text("新的"))
    actions.keep_activity(
        first.course, old.key, title=Text("弧光"), content=content, by=trainer(cast), at=LATER
    )
    second = actions.publish_course(first.course, changes="弧光", by=trainer(cast), at=LATER)
    (new,) = queries.activities_of(second)
    assert (first.number, second.number, new.key) == (1, 2, old.key)
    assert [read(one.kind, one.content).text.zh[:2] for one in (*queries.activities_of(first), new)] == [
        "弧光",
        "新的",
    ]


def test_publishing_twice_makes_one_version(cast: Cast) -> None:
    first = published(cast, page())
    assert actions.publish_course(first.course, by=trainer(cast), at=LATER) == first
    assert CourseVersion.objects.count() == 1


def test_a_course_that_was_put_away_is_published_again_as_it_is(cast: Cast) -> None:
    first = published(cast, page())
    away = actions.archive_course(first.course, by=trainer(cast), at=LATER)
    with refused("courses.archived"):
        actions.add_units(away, [actions.NewUnit(Text("二"))], by=trainer(cast), at=LATER)
    back = actions.restore_course(away, by=trainer(cast), at=LATER)
    actions.publish_course(back, by=trainer(cast), at=LATER)
    assert Course._base_manager.get().state == "published"


@pytest.mark.parametrize(
    ("some", "reason"),
    [
        ([], "courses.unit_empty"),
        ([actions.NewActivity("page", Text("空"), Content("page"))], "courses.activity_incomplete"),
        ([actions.NewActivity("video", Text("片"), Content("video"))], "courses.activity_incomplete"),
        (
            [actions.NewActivity("quiz", Text("测"), Content("quiz", draws=(Draw("none", 2),)))],
            "courses.too_few_questions",
        ),
    ],
)
def test_what_is_not_whole_is_not_published(cast: Cast, some: list[actions.NewActivity], reason: str) -> None:
    row = begun(cast)
    actions.add_units(row, [actions.NewUnit(Text("一"), some)], by=trainer(cast), at=AT)
    with refused(reason):
        actions.publish_course(row, by=trainer(cast), at=AT)


def test_questions_of_examination_papers_stay_secret(cast: Cast) -> None:
    secret = items(cast, 2)
    form(cast, secret)
    row = begun(cast)
    new = actions.NewActivity("quiz", Text("测"), Content("quiz", items=(secret[0].public_id,)))
    actions.add_units(row, [actions.NewUnit(Text("一"), [new])], by=trainer(cast), at=AT)
    with refused("courses.question_not_open"):
        actions.publish_course(row, by=trainer(cast), at=AT)


def test_parts_move_and_an_activity_goes_on_into_the_next_unit(cast: Cast) -> None:
    row, by = begun(cast), {"by": trainer(cast), "at": AT}
    actions.add_units(row, [actions.NewUnit(Text(name), [page(name)]) for name in ("一", "二")], **by)
    one, two = queries.activities_of(queries.version_to_write(row))
    assert actions.move_part(row, one.key, up=False, **by)
    assert [each.key for each in queries.activities_of(queries.version_to_write(row))] == [one.key, two.key]
    assert Activity.objects.get(pk=one.pk).unit.title["zh"] == "二"
    assert not actions.move_part(row, two.key, up=False, **by)
    unit = Activity.objects.get(pk=two.pk).unit
    actions.move_part(row, unit.key, up=True, **by)
    assert [each.title["zh"] for each in queries.units_of(queries.version_to_write(row))] == ["二", "一"]


@pytest.mark.parametrize(
    ("who", "reason"), [("apprentice", "kernel.role_lacks"), ("stranger", "kernel.belongs_to_another")]
)
def test_only_those_who_teach_there_write(cast: Cast, who: str, reason: str) -> None:
    by = cast.actor(who) if who == "apprentice" else cast.actor(who, cast.neighbour)
    with refused(reason):
        actions.keep_details(written(cast), actions.Details(Text("x")), by=by, at=AT)


# ---- Doing ----------------------------------------------------------------------------------------------


def test_a_course_is_finished_once_everything_is_truly_done(cast: Cast) -> None:
    run, by = running(cast), {"by": learner(cast), "at": AT}
    with refused("courses.done_otherwise"):
        actions.finish_activity(run, key_of(run, "quiz"), **by)
    actions.finish_activity(run, key_of(run, "page"), **by)
    assert tried(cast, run, right=False).score == 0
    actions.tick_points(run, key_of(run, "checklist"), ["mask", "gas"], **by)
    assert states(cast, run) == ["done", "failed", "waiting"]
    tried(cast, run)
    confirmed = {"confirmed": ["mask", "gas"], "by": mentor(cast), "at": LATER}
    actions.confirm_points(run, key_of(run, "checklist"), cast.people["apprentice"], **confirmed)
    assert states(cast, run) == ["done", "done", "done"]
    follower = Follower.objects.get()
    assert (follower.finished_version, follower.score) == (1, Decimal(100))
    told = AuditEntry.objects.get(fact="courses.finished").payload
    assert (told["minutes"], told["number"], told["score"]) == (45, 1, "100")
    act = stands().get()
    assert (act.enrolment.number, act.title, act.confirmed_by) == ("26001", "焊接安全", None)


def test_a_course_that_was_only_read_is_no_confirmed_activity(cast: Cast) -> None:
    run = running(cast, page())
    actions.finish_activity(run, key_of(run, "page"), by=learner(cast), at=AT)
    assert AuditEntry.objects.filter(fact="courses.finished").count() == 1
    assert not stands().exists()


def test_a_press_twice_is_one(cast: Cast) -> None:
    run, by = running(cast, page()), {"by": learner(cast), "at": AT}
    for _ in range(2):
        actions.finish_activity(run, key_of(run, "page"), **by)
    assert AuditEntry.objects.filter(fact="courses.finished").count() == 1
    assert AuditEntry.objects.filter(fact="courses.activity_moved").count() == 1


def test_the_first_answer_counts_and_the_best_try(cast: Cast) -> None:
    run, by = running(cast, quiz(cast, 2)), {"by": learner(cast), "at": AT}
    row = actions.begin_quiz(run, key_of(run, "quiz"), made_id=uuid.uuid4(), **by)
    actions.answer_question(row, 1, ["a"], **by)
    assert actions.answer_question(row, 1, ["b"], **by).share == 0
    assert actions.begin_quiz(run, key_of(run, "quiz"), made_id=uuid.uuid4(), **by) == row
    actions.answer_question(row, 2, ["b"], **by)
    assert Progress._base_manager.get().score == 50
    tried(cast, run)
    tried(cast, run, right=False)
    assert (Progress._base_manager.get().state, Progress._base_manager.get().score) == ("done", 100)


def test_a_quiz_may_be_tried_as_often_as_its_author_says(cast: Cast) -> None:
    run = running(cast, quiz(cast, 1, tries=1))
    tried(cast, run, right=False)
    with refused("courses.no_more_tries"):
        tried(cast, run)


def test_an_assignment_waits_for_a_trainer_who_may_ask_again(cast: Cast) -> None:
    run, by = running(cast, assignment()), {"by": learner(cast), "at": AT}
    key = key_of(run, "assignment")
    with refused("courses.nothing_handed_in"):
        actions.hand_in(run, key, made_id=uuid.uuid4(), words=" ", **by)
    first = actions.hand_in(run, key, made_id=uuid.uuid4(), words="焊好了", **by)
    with refused("courses.handed_in_already"):
        actions.hand_in(run, key, made_id=uuid.uuid4(), words="再交", **by)
    with refused("courses.say_why_again"):
        actions.settle_hand_in(first, again=True, by=trainer(cast), at=LATER)
    with refused("kernel.role_lacks"):
        actions.settle_hand_in(first, again=False, by=learner(cast), at=LATER)
    actions.settle_hand_in(first, again=True, answer="焊缝再拍近些", by=trainer(cast), at=LATER)
    assert states(cast, run) == ["again"]
    second = actions.hand_in(run, key, made_id=uuid.uuid4(), words="近照", **by)
    actions.settle_hand_in(second, again=False, by=trainer(cast), at=LATER)
    assert states(cast, run) == ["done"]
    assert [row.state for row in HandIn.objects.all()] == ["again", "done"]


def test_points_are_confirmed_by_the_own_mentor_and_given_back_to_be_done_again(cast: Cast) -> None:
    run, by = running(cast, checklist()), {"by": learner(cast), "at": AT}
    key, person = key_of(run, "checklist"), cast.people["apprentice"]
    actions.tick_points(run, key, ["mask", "gas"], **by)
    with refused("courses.not_your_apprentice"):
        actions.confirm_points(run, key, person, confirmed=["mask"], by=trainer(cast), at=LATER)
    actions.confirm_points(run, key, person, confirmed=["mask"], returned=["gas"], by=mentor(cast), at=LATER)
    assert states(cast, run) == ["again"]
    assert list(Tick.objects.values_list("point", flat=True)) == ["mask"]
    actions.tick_points(run, key, ["gas"], **by)  # what was confirmed stays, though it is not sent again
    assert states(cast, run) == ["waiting"]


def test_without_the_mentors_word_ticks_are_enough(cast: Cast) -> None:
    run = running(cast, checklist(confirmed=False))
    actions.tick_points(run, key_of(run, "checklist"), ["mask", "gas"], by=learner(cast), at=AT)
    assert states(cast, run) == ["done"]


def test_whoever_is_not_in_the_class_and_whoever_is_too_late_does_nothing(cast: Cast) -> None:
    run = running(cast, page())
    with refused("courses.not_a_learner"):
        actions.finish_activity(run, key_of(run, "page"), by=trainer(cast), at=AT)
    ended = actions.end_run(run, by=trainer(cast), at=AT)
    with refused("courses.run_ended"):
        actions.finish_activity(ended, key_of(run, "page"), by=learner(cast), at=AT)


def test_everybody_who_wants_to_follows_and_only_those_who_began_have_it(cast: Cast) -> None:
    run = running(cast, page(), everybody=True)
    with looking_for(learner(cast).scope):
        assert queries.own_runs(cast.people["apprentice"], TODAY) == []
        assert queries.open_runs(cast.people["apprentice"], TODAY) == [run]
        actions.follow_run(run, by=learner(cast), at=AT)
        assert [one.run for one in queries.standings(cast.people["apprentice"], TODAY)] == [run]


# ---- A newer version ------------------------------------------------------------------------------------


def test_a_run_stays_on_its_version_until_the_office_moves_it_and_progress_is_kept(cast: Cast) -> None:
    run, by = running(cast, page("一"), page("二")), {"by": trainer(cast), "at": LATER}
    one, two = queries.activities_of(run.version)
    for each in (one, two):
        actions.finish_activity(run, each.key, by=learner(cast), at=AT)
    actions.drop_part(run.course, two.key, **by)
    actions.add_activity(run.course, one.unit.key, page("三"), **by)
    second = actions.publish_course(run.course, **by)
    run.refresh_from_db()
    assert run.version.number == 1
    found = looked_ahead(run, second)
    assert [row.title["zh"] for row in found.new] == ["三"]
    assert (found.lost, found.keeping, found.same) == ({two.key: 1}, 1, 1)
    moved = actions.update_run(run, second, **by)
    (standing,) = queries.standings(cast.people["apprentice"], TODAY)
    assert (standing.done, standing.next.title["zh"]) == (1, "三")
    actions.finish_activity(moved, standing.next.key, by=learner(cast), at=LATER)
    assert AuditEntry.objects.filter(fact="courses.finished").count() == 2


# ---- Who sees what --------------------------------------------------------------------------------------


def test_progress_is_seen_by_oneself_the_own_people_and_nobody_else(cast: Cast) -> None:
    with everywhere("a test"):
        run = running(cast, page())
        actions.finish_activity(run, key_of(run, "page"), by=learner(cast), at=AT)
    seen = {}
    for who, place in (
        ("apprentice", cast.college), ("classmate", cast.college), ("mentor", cast.jinheng), ("trainer", cast.college),
        ("stranger", cast.neighbour),
    ):  # fmt: skip
        with looking_for(cast.actor(who, place).scope):
            seen[who] = Progress.objects.count()
    assert seen == {"apprentice": 1, "classmate": 0, "mentor": 1, "trainer": 1, "stranger": 0}


@pytest.mark.django_db(transaction=False)
def test_what_is_done_sounds_as_statements(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    run = running(cast, quiz(cast, 1))
    with django_capture_on_commit_callbacks(execute=True):
        tried(cast, run)
    rows = Statement.objects.filter(person=cast.people["apprentice"], object_id__contains="/courses/")
    assert sorted(row.verb for row in rows) == ["answered", "completed", "initialized", "passed"]


def test_a_try_is_its_owners(cast: Cast) -> None:
    run = running(cast, quiz(cast, 1))
    row = actions.begin_quiz(run, key_of(run, "quiz"), made_id=uuid.uuid4(), by=learner(cast), at=AT)
    with refused("courses.not_a_learner"):
        actions.answer_question(row, 1, ["b"], by=learner(cast, "classmate"), at=AT)
    assert QuizTry.objects.get().ended_at is None
