"""Drafts grow, keep their cards, stand still once proposed, and are told apart from others."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.occupations.models import Chart, Occupation
from craftpath.domain.occupations.queries import board_of as board_of_chart
from craftpath.domain.standards.models import Framework, Skill
from craftpath.domain.studio import actions, queries
from craftpath.domain.studio.comparing import compare
from craftpath.domain.studio.content import PARTS, Content, board_of, fingerprint
from craftpath.domain.studio.matching import closeness, match
from craftpath.domain.studio.models import Comment, Draft, DraftVersion
from craftpath.domain.studio.writing import grown_from_chart
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.occupations.world import drawn
from tests.domain.studio.world import (
    NAME,
    TASKS,
    begun,
    decided,
    newest,
    office,
    proposed,
    published,
    refused,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_draft_is_begun_once_with_members_that_may_join(cast: Cast) -> None:
    made_id = uuid.uuid4()
    first = begun(cast, made_id=made_id)
    assert begun(cast, made_id=made_id) == first
    assert [one.key for one in queries.members_of(first)] == ["jinheng"]
    with refused("studio.member_unknown"):
        begun(cast, members=[cast.neighbour])
    with refused("studio.unnamed"):
        begun(cast, name={"zh": "  "})
    with refused("kernel.role_lacks"):
        actions.start_draft(
            cast.college, made_id=uuid.uuid4(), name=NAME, by=cast.actor("mentor", cast.jinheng), at=AT
        )


def test_it_grows_from_a_chart_whose_cards_stay_the_same(cast: Cast) -> None:
    chart = drawn(cast)
    content, origin = grown_from_chart(chart)
    row = newest(begun(cast, content=content, origin=origin))
    found = compare(board_of_chart(chart), board_of(Content.of(row.content).duties))
    assert (found.share, found.counts["same"], found.counts["added"]) == (100, 6, 0)
    assert row.draft.origin["kind"] == "chart"
    assert Content.of(row.content).code_isco == "7223"


def test_a_task_worded_anew_or_moved_keeps_its_card(cast: Cast) -> None:
    draft = begun(cast)
    before = written(cast, draft)
    keys = {
        task.statement["zh"]: task.key for duty in Content.of(before.content).duties for task in duty.tasks
    }
    other = [
        ({"zh": "建立模型"}, [{"zh": "校准设备的数字孪生模型"}]),
        ({"zh": "维护机器人"}, [{"zh": "校验机器人零点"}, {"zh": "采集设备数据"}, {"zh": "编写维护报告"}]),
    ]
    after = written(cast, draft, other)
    said = {
        task.statement["zh"]: task.key for duty in Content.of(after.content).duties for task in duty.tasks
    }
    assert said["校准设备的数字孪生模型"] == keys["校准数字孪生模型"]
    assert said["采集设备数据"] == keys["采集设备数据"]
    assert said["编写维护报告"] not in keys.values()
    found = compare(board_of(Content.of(before.content).duties), board_of(Content.of(after.content).duties))
    assert dict(found.counts) == {"same": 1, "reworded": 1, "moved": 1, "added": 1, "dropped": 1}
    assert (found.common, found.whole, found.share) == (3, 5, 60)


def test_lists_are_matched_by_words_that_are_close_and_say_how_close() -> None:
    assert closeness(Text(zh="校验机器人零点"), Text(zh="校验机器人零点")) == 100
    assert closeness(Text(en="Check the robot"), Text(zh="校验机器人")) == 0
    left = [("a", Text(en="Calibrate the robot arm")), ("b", Text(en="Write a report"))]
    right = [("x", Text(en="Write a report")), ("y", Text(en="Calibrate the robot"))]
    assert {(one.one, one.other, one.by) for one in match(left, right)} == {
        ("b", "x", "words"),
        ("a", "y", "close"),
    }
    assert match([("a", Text())], [("b", Text(zh="对刀"))]) == []


def test_nothing_of_a_proposed_version_changes_and_the_next_one_copies_it(cast: Cast) -> None:
    draft = begun(cast)
    with refused("studio.incomplete"):
        actions.propose_version(newest(draft), **office(cast))
    row = proposed(cast, draft)
    assert row.sha256 == fingerprint(row.content)
    with refused("studio.not_writing"):
        actions.write_part(row, "tasks", revision=row.revision, duties=(), **office(cast))
    second = actions.begin_version(row, why="试用后修订", **office(cast))
    assert (second.number, second.content, second.follows) == (2, row.content, row)
    assert actions.begin_version(row, why="", **office(cast)) == second
    actions.write_part(second, "tasks", revision=0, duties=(), **office(cast))
    row.refresh_from_db()
    assert Content.of(row.content).tasks == 4


def test_whoever_writes_behind_somebody_else_is_told(cast: Cast) -> None:
    row = newest(begun(cast))
    both = {"new_skills": (), "skills": ()}
    row = actions.write_part(
        row, "skills", revision=0, **(both | {"new_skills": ({"zh": "甲"},)}), **office(cast)
    )
    with refused("studio.written_meanwhile"):
        actions.write_part(row, "skills", revision=0, **both, **office(cast))
    assert actions.write_part(row, "skills", revision=1, **both, **office(cast)).revision == 2
    with refused("studio.too_many_lines"):
        many = tuple({"zh": f"技能{n}"} for n in range(41))
        actions.write_part(row, "skills", revision=2, skills=(), new_skills=many, **office(cast))


def test_members_see_it_and_comment_and_others_do_not(cast: Cast) -> None:
    row = proposed(cast)
    hr = cast.actor("hr", cast.jinheng)
    for who, seen in (
        (hr, True),
        (cast.actor("officer", cast.city), True),
        (cast.actor("stranger", cast.neighbour), False),
    ):
        with looking_for(who.scope):
            assert queries.drafts().exists() is seen, who
    made_id = uuid.uuid4()
    for _twice in range(2):
        actions.comment(row, made_id=made_id, words="少了安全任务", by=hr, at=AT)
    assert Comment.objects.get().organisation == cast.jinheng
    with refused("studio.form_used"):
        actions.comment(row, made_id=made_id, words="x", **office(cast))
    with refused("kernel.role_lacks"):
        actions.comment(row, made_id=uuid.uuid4(), words="x", by=cast.actor("apprentice"), at=AT)
    actions.set_draft(row.draft, name=NAME, members=[], **office(cast))
    with looking_for(hr.scope):
        assert not queries.drafts().exists()


def test_votes_decide_and_a_decision_stays(cast: Cast) -> None:
    row = proposed(cast)
    with refused("studio.votes_say_otherwise"):
        decided(cast, row, votes=(2, 2, 0))
    with refused("studio.votes"):
        decided(cast, row, votes=(0, 0, 0))
    with refused("studio.decision_day"):
        decided(cast, row, on=TODAY + timedelta(days=1))
    with refused("studio.not_adopted"):
        actions.publish_project(row, audience={"zh": "a"}, licence="CC BY 4.0", **office(cast))
    row = decided(cast, row, "reject")
    assert (row.state, row.decision["votes"]) == ("rejected", [1, 5, 0])
    with refused("flow.not_now"):
        decided(cast, row)


def test_an_adopted_version_becomes_occupation_chart_list_and_curriculum(cast: Cast) -> None:
    project = published(cast)
    assert project.version.state == "published"
    assert Occupation.objects.get(pk=project.occupation_id).code_isco == "7233"
    chart = Chart.objects.get(occupation=project.occupation)
    assert [[task.statement.zh for task in duty.tasks] for duty in board_of_chart(chart)] == [
        [words["zh"] for words in tasks] for _duty, tasks in TASKS
    ]
    framework = Framework.objects.get(pk=project.framework_id)
    assert framework.state == "published"
    assert [one.name for one in Skill.objects.filter(framework=framework)] == [{"zh": "校准孪生模型"}]
    assert project.curriculum is not None
    assert len(project.stages) == project.curriculum.programme.stages.count()
    again = actions.publish_project(project.version, audience={}, licence="", **office(cast))
    assert again == project


def test_another_place_takes_a_project_over_and_says_where_it_is_from(cast: Cast) -> None:
    project = published(cast)
    there = {"by": cast.actor("stranger", cast.neighbour), "at": AT}
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert queries.projects().get() == project
        assert not queries.drafts().exists()
    draft = actions.take_over(project, cast.neighbour, made_id=uuid.uuid4(), **there)
    assert (draft.organisation, draft.taken_from) == (cast.neighbour, project)
    assert draft.origin["licence"] == "CC BY 4.0"
    assert newest(draft).content == project.version.content
    with everywhere("a test looks at everything"):
        assert queries.projects().get().taken_count == 1
    with refused("studio.own_project"):
        actions.take_over(project, cast.college, made_id=uuid.uuid4(), **office(cast))
    actions.withdraw_project(project, **office(cast))
    with refused("studio.project_gone"):
        actions.take_over(project, cast.neighbour, made_id=uuid.uuid4(), **there)
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not queries.projects().exists()


def test_two_versions_are_never_written_at_once(cast: Cast) -> None:
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    draft = begun(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftVersion.objects.create(draft=draft, number=2, made_at=AT)
    assert Draft.objects.get() == draft


def test_a_code_that_no_occupation_takes_is_refused_while_it_is_written(cast: Cast) -> None:
    """Else an adopted version could never be published: it stands still, and no occupation has such a code."""
    row = newest(begun(cast))
    values = {name: getattr(Content.of(row.content), name) for name in PARTS["about"]}
    with refused("occupations.code"):
        actions.write_part(
            row, "about", revision=row.revision, **{**values, "code_cn": "焊工 6-18"}, **office(cast)
        )
