"""What waits for whom: assignments, points to confirm, units with a day."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import Content, Draw, read
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.courses.world import assignment, checklist, key_of, learner, mentor, page, running, trainer
from tests.domain.exams.crowd import items
from tests.domain.hearing import rows

pytestmark = pytest.mark.usefixtures("all_rows")


def test_an_assignment_waits_for_the_office_until_somebody_has_looked(cast: Cast) -> None:
    run = running(cast, assignment())
    made = actions.hand_in(
        run, key_of(run, "assignment"), made_id=uuid.uuid4(), words="焊好了", by=learner(cast), at=AT
    )
    assert [row[:2] for row in rows("courses.hand_in", TODAY)] == [(made.public_id, 0)]
    actions.settle_hand_in(made, again=False, by=trainer(cast), at=AT)
    assert rows("courses.hand_in", TODAY) == []


def test_points_wait_for_the_own_mentor(cast: Cast) -> None:
    run = running(cast, checklist())
    key, person = key_of(run, "checklist"), cast.people["apprentice"]
    actions.tick_points(run, key, ["mask", "gas"], by=learner(cast), at=AT)
    enrolment = cast.enrolments["26001"].public_id
    assert [row[:2] for row in rows("courses.confirm", TODAY)] == [(enrolment, cast.people["mentor"].pk)]
    actions.confirm_points(run, key, person, confirmed=["mask", "gas"], by=mentor(cast), at=AT)
    assert rows("courses.confirm", TODAY) == []


def test_a_unit_without_a_day_is_no_duty_and_with_one_it_ends_once_it_is_done(cast: Cast) -> None:
    run = running(cast, page())
    assert rows("courses.unit", TODAY) == []
    (unit,) = queries.units_of(run.version)
    actions.set_due_days(run, {unit.key: date(2026, 9, 20)}, by=trainer(cast), at=AT)
    mine = cast.people["apprentice"].pk
    assert {row[1] for row in rows("courses.unit", TODAY)} >= {mine, cast.people["classmate"].pk}
    actions.finish_activity(run, key_of(run, "page"), by=learner(cast), at=AT)
    assert mine not in {row[1] for row in rows("courses.unit", TODAY)}
    actions.set_due_days(run, {unit.key: None}, by=trainer(cast), at=AT)
    assert rows("courses.unit", TODAY) == []


def test_so_many_of_a_skill_are_drawn_from_a_pool_that_was_frozen(cast: Cast) -> None:
    from craftpath.domain.exams.actions import tag_item
    from craftpath.domain.exams.queries import Tags
    from craftpath.domain.standards.actions import load_frameworks
    from craftpath.domain.standards.queries import skills
    from craftpath.kernel.access import system

    load_frameworks(by=system(), at=AT)
    skill = next(iter(skills())).key
    for one in items(cast, 5):
        tag_item(one, Tags(skills=(skill,)), by=trainer(cast), at=AT)
    run = running(cast, actions.NewActivity("quiz", Text("抽题"), Content("quiz", draws=(Draw(skill, 3),))))
    (activity,) = queries.activities_of(run.version)
    (draw,) = read("quiz", activity.content).draws
    assert len(draw.pool) == 5
    row = actions.begin_quiz(run, activity.key, made_id=uuid.uuid4(), by=learner(cast), at=AT)
    assert row.questions.values("item").distinct().count() == 3
