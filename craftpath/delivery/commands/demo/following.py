"""Online courses of the demo: two that two classes follow, with apprentices at different places and work that waits."""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.itembank_pictures import draw_lathe, draw_station, draw_weld
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments, mentors_of
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import Content, Point
from craftpath.domain.exams.practice import open_items
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.packages.queries import to_play
from craftpath.domain.resources.queries import shared
from craftpath.domain.standards.queries import skills
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.courses.models import Activity, Course, Run

DAY = timedelta(days=1)
SPACE = uuid.UUID("0b8c8a5e-5f1f-4c55-9f5e-2c9f6c1d7a46")
PICTURES = {"station": draw_station, "seam": draw_weld, "lathe": draw_lathe}
WORDS = ("中间一段最匀，收弧处有弧坑，下次停一停再断弧。", "起头偏高，走得慢了。后半段角度稳住就好多了。")
FAR = ((7, 6, 5, 4, 3, 3, 2, 1), (2, 2, 2, 2, 2, 1, 1, 1))
"""How many activities each of the first apprentices of the two classes has done; those behind them have not begun."""


@dataclass(frozen=True)
class _Class:
    """Who teaches whom where, and when."""

    places: Places
    trainer: Actor
    at: datetime


def _made(*names: object) -> uuid.UUID:
    return uuid.uuid5(SPACE, "/".join(str(one) for one in names))


def follow_courses(places: Places, staff: Staff, *, at: datetime) -> None:
    """Write both and publish them; a class follows each, and whoever wants to the first; then weeks go by."""
    trainer = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))
    here = _Class(places, trainer, at)
    words = resources.files("craftpath.delivery.commands.demo") / "courses.toml"
    made = []
    for number, told in enumerate(tomllib.loads(words.read_text("utf-8"))["course"]):
        course = _written(here, told, at - (40 - number) * DAY)
        actions.publish_course(course, by=trainer, at=at - (36 - number) * DAY)
        made.append(_started(here, course, told["class"], number))
    _open_to_all(here, made[0].course, made[1])


def _written(here: _Class, told: dict[str, Any], at: datetime) -> Course:
    act: dict[str, Any] = {"by": here.trainer, "at": at}
    tags = [row.key for row in skills()[:3]]
    trade = occupations(told["trade"]).first()
    details = actions.Details(Text.of(told["title"]), Text.of(told["aim"]), tags, trade)
    course = actions.begin_course(
        organisation=here.places.college, made_id=_made(told["key"]), details=details, **act
    )
    refs = {
        name: actions.add_small_file(course, draw(), f"{name}.png", **act).public_id
        for name, draw in PICTURES.items()
    }
    for unit in told["unit"]:
        rows = [_activity(here, one, refs) for one in unit["activity"]]
        actions.add_units(course, [actions.NewUnit(Text.of(unit["title"]), rows, unit["minutes"])], **act)
    return course


def _activity(here: _Class, one: dict[str, Any], refs: dict[str, str]) -> actions.NewActivity:
    kind = one["kind"]
    text = Text(*(_named(one.get(side, ""), refs) for side in ("zh", "en")))
    points = tuple(Point(f"p{n}", Text(*words)) for n, words in enumerate(one.get("points", ()), start=1))
    items = _questions(here, one.get("find", ()), one.get("count", 0))
    ref = _package(one["package"]) if kind == "package" else ""
    ref = _resource(one["resource"]) if kind == "resource" else ref
    content = Content(
        kind, text=text, points=points, confirmed=one.get("confirmed", False), items=items, ref=ref
    )
    return actions.NewActivity(kind, Text.of(one["title"]), content, one["key"])


def _package(words: str) -> str:
    """The package of the demo whose title begins so."""
    return str(next(row for row in to_play() if Text.of(row.title).zh.startswith(words)).ref)


def _resource(words: str) -> str:
    """The version that is offered of the resource of the library whose title begins so."""
    row = next(row for row in shared() if Text.of(row.title).zh.startswith(words))
    return str(row.current.ref) if row.current is not None else ""


def _named(words: str, refs: dict[str, str]) -> str:
    for name, ref in refs.items():
        words = words.replace(f"(media:{name})", f"(media:{ref})")
    return words.strip()


def _questions(here: _Class, words: list[str], count: int) -> tuple[str, ...]:
    """Open questions of the bank in which one of these words stands."""
    rows = (
        open_items(here.places.college).filter(kind__in=("single", "multiple", "true_false")).order_by("pk")
    )
    found = [one.public_id for one in rows if any(word in one.words for word in words)]
    return tuple(found[:count])


def _started(here: _Class, course: Course, trade: str, number: int) -> Run:
    """A class of the college: some have done all that can be done alone, some have not begun; things wait."""
    at, ago = here.at, 35 - 7 * number
    cohort = next(one for one in cohorts() if one.state == "running" and trade in Text.of(one.name).zh)
    run = actions.start_run(
        course=course, cohort=cohort, organisation=here.places.college, made_id=_made("run", trade),
        starts_on=(at - ago * DAY).date(), ends_on=None, by=here.trainer, at=at - ago * DAY,
    )  # fmt: skip
    rows = queries.activities_of(run.version)
    units = queries.units_of(run.version)
    days = {unit.key: (at + (10 * n - 6) * DAY).date() for n, unit in enumerate(units[:2], start=1)}
    actions.set_due_days(run, days, by=here.trainer, at=at - ago * DAY)
    for live in (one for one in rows if one.kind == "live"):
        begins = (at + 5 * DAY).replace(hour=19, minute=0, second=0, microsecond=0)
        link = "https://meet.example/craftpath-weld"
        actions.set_session(
            run, live.key, starts_at=begins, minutes=60, link=link, by=here.trainer, at=at - DAY
        )
    far = FAR[number]
    for place, (enrolment, done) in enumerate(
        zip(enrolments().filter(cohort=cohort, state="active"), far, strict=False)
    ):
        _learned(here, run, rows[:done], enrolment, place)
    return run


def _learned(here: _Class, run: Run, rows: list[Activity], enrolment: Enrolment, number: int) -> None:
    by = Actor(here.places.college, enrolment.person, frozenset({Role.APPRENTICE}))
    for place, one in enumerate(rows):
        at = here.at - (24 - 3 * place - number % 3) * DAY
        act: dict[str, Any] = {"by": by, "at": min(at, here.at - DAY / 4 * (number + 1))}
        if one.kind in ("page", "live"):
            actions.finish_activity(run, one.key, **act)
        elif one.kind == "checklist":
            _ticked(run, one, enrolment, number, act)
        elif one.kind == "assignment":
            words = WORDS[number % len(WORDS)]
            row = actions.hand_in(run, one.key, made_id=_made("hand", one.key, number), words=words, **act)
            if number == 0:
                answer = "焊脚均匀，收弧记得填满弧坑。"
                actions.settle_hand_in(
                    row, again=False, answer=answer, by=here.trainer, at=act["at"] + DAY / 8
                )
        elif one.kind == "quiz":
            _tried(run, one, number, act)


def _ticked(run: Run, one: Activity, enrolment: Enrolment, number: int, act: dict[str, Any]) -> None:
    points = [point["key"] for point in one.content["points"]]
    actions.tick_points(run, one.key, points if number < 4 else points[:3], **act)
    mentors = mentors_of([enrolment]).get(enrolment.pk, [])
    if mentors and number < 2:
        mentor = Actor(enrolment.enterprise, mentors[0], frozenset({Role.MENTOR}))
        actions.confirm_points(
            run, one.key, enrolment.person, confirmed=points, by=mentor, at=act["at"] + DAY / 8
        )


def _tried(run: Run, one: Activity, number: int, act: dict[str, Any]) -> None:
    """The first knows all, the next guesses at one question."""
    row = actions.begin_quiz(run, one.key, made_id=_made("try", one.key, number), **act)
    for question in queries.questions_of(row):
        right = question.item.details.get("right", [])
        given: Any = right if right and (number == 0 or question.order > 1) else ""
        actions.answer_question(row, question.order, given, **act)


def _open_to_all(here: _Class, course: Course, other: Run) -> None:
    """Everybody of the college may begin it, too; the first of the other class has looked in."""
    run = actions.start_run(
        course=course, cohort=None, organisation=here.places.college, made_id=_made("all"),
        starts_on=(here.at - 20 * DAY).date(), ends_on=None, by=here.trainer, at=here.at - 20 * DAY,
    )  # fmt: skip
    first = enrolments().filter(cohort=other.cohort_id, state="active").first()
    if first is not None:
        by = Actor(here.places.college, first.person, frozenset({Role.APPRENTICE}))
        rows = queries.activities_of(run.version)
        actions.finish_activity(run, rows[0].key, by=by, at=here.at - 12 * DAY)
