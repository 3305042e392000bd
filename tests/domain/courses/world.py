"""A course of the cast: a page, a quiz of three questions, a checklist with the mentor's word, an assignment."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.courses import actions
from craftpath.domain.courses.content import Content, Draw, Point
from craftpath.domain.courses.models import Activity, Course, CourseVersion, QuizTry, Run
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.exams.crowd import items

LATER = AT + timedelta(hours=1)
POINTS = (Point("mask", Text("戴好面罩", "Mask on")), Point("gas", Text("检查气瓶", "Check the cylinder")))


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def trainer(cast: Cast) -> Actor:
    return cast.actor("trainer")


def learner(cast: Cast, who: str = "apprentice") -> Actor:
    return cast.actor(who)


def mentor(cast: Cast) -> Actor:
    return cast.actor("mentor", cast.jinheng)


def begun(cast: Cast, title: str = "焊接安全", **more: Any) -> Course:
    values: dict[str, Any] = {
        "organisation": cast.college, "made_id": uuid.uuid4(), "details": actions.Details(Text(title, "Safe welding")),
        "by": trainer(cast), "at": AT,
    }  # fmt: skip
    return actions.begin_course(**values | more)


def page(title: str = "电弧", text: str = "弧光 $P = U \\cdot I$") -> actions.NewActivity:
    return actions.NewActivity("page", Text(title), Content("page", text=Text(text)))


def checklist(confirmed: bool = True) -> actions.NewActivity:
    return actions.NewActivity(
        "checklist", Text("焊前检查"), Content("checklist", points=POINTS, confirmed=confirmed)
    )


def quiz(cast: Cast, count: int = 3, draws: tuple[Draw, ...] = (), tries: int = 0) -> actions.NewActivity:
    keys = tuple(one.public_id for one in items(cast, count))
    return actions.NewActivity("quiz", Text("小测"), Content("quiz", items=keys, draws=draws, tries=tries))


def assignment() -> actions.NewActivity:
    return actions.NewActivity("assignment", Text("焊缝照片"), Content("assignment", text=Text("拍一张。")))


def written(cast: Cast, *some: actions.NewActivity) -> Course:
    row = begun(cast)
    first = some or (page(), quiz(cast), checklist())
    units = [actions.NewUnit(Text("第一单元", "First unit"), list(first), 45)]
    actions.add_units(row, units, by=trainer(cast), at=AT)
    return row


def published(cast: Cast, *some: actions.NewActivity) -> CourseVersion:
    return actions.publish_course(written(cast, *some), by=trainer(cast), at=AT)


def running(cast: Cast, *some: actions.NewActivity, everybody: bool = False) -> Run:
    version = published(cast, *some)
    return actions.start_run(
        course=version.course, cohort=None if everybody else cast.cohort, organisation=cast.college,
        made_id=uuid.uuid4(), starts_on=TODAY, ends_on=None, by=trainer(cast), at=AT,
    )  # fmt: skip


def key_of(run: Run, kind: str) -> str:
    return Activity.objects.get(unit__version=run.version_id, kind=kind).key


def tried(cast: Cast, run: Run, *, right: bool = True, who: str = "apprentice") -> QuizTry:
    """A whole try: everything right, or everything wrong."""
    by = learner(cast, who)
    row = actions.begin_quiz(run, key_of(run, "quiz"), made_id=uuid.uuid4(), by=by, at=AT)
    for one in row.questions.select_related("item"):
        keys = one.item.details["right"]
        wrong = [option["key"] for option in one.item.details["options"] if option["key"] not in keys][:1]
        actions.answer_question(row, one.order, keys if right else wrong, by=by, at=AT)
    row.refresh_from_db()
    return row
