"""Examinations of the demo: one that was held, with essays to mark, one on paper being keyed, and one to come."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from craftpath.delivery.commands.demo.examining_essays import ESSAYS
from craftpath.delivery.commands.demo.examining_figures import aim_at_information, keep_figures
from craftpath.delivery.commands.demo.examining_forms import parallel_papers
from craftpath.delivery.commands.demo.examining_marks import mark_essays
from craftpath.delivery.commands.demo.examining_sheets import on_paper
from craftpath.delivery.commands.demo.examining_standards import ask_judges, find_cut
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.invigilating import who_may_watch
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import Actor, actor_in

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.exams.models import Item, Paper, Sitting

NAMESPACE = uuid.UUID("0c1e9a52-6d64-4f0e-8f3b-1a2f9c8e7b10")
NOBODY = Actor(organisation=None)
LONG = (
    (Kind.SINGLE, 7), (Kind.MULTIPLE, 2), (Kind.TRUE_FALSE, 4), (Kind.NUMERIC, 1), (Kind.SHORT, 2),
    (Kind.MATCHING, 1), (Kind.ORDERING, 1), (Kind.HOTSPOT, 1), (Kind.ESSAY, 1),
)  # fmt: skip
SHEET = (
    (Kind.SINGLE, 6), (Kind.MULTIPLE, 2), (Kind.TRUE_FALSE, 3), (Kind.NUMERIC, 1), (Kind.SHORT, 1),
    (Kind.MATCHING, 1), (Kind.ORDERING, 1), (Kind.ESSAY, 1),
)  # fmt: skip
QUIZ = ((Kind.SINGLE, 5), (Kind.TRUE_FALSE, 3), (Kind.MULTIPLE, 1), (Kind.HOTSPOT, 1))
SAMPLE = 40  # percent of the essays that a second marks
ILL = 3  # the fourth by number is not there


def hold_examinations(places: Places, staff: Staff, *, at: datetime) -> None:
    """The turners' mid-term paper of nine days ago, and a short test that they sit next week."""
    trainer = actor_in(staff.trainer, places.college, at.date())
    if trainer is None:
        raise RuntimeError("the demo's trainer has no role")
    turners = the_turners()
    bank = list(queries.items_wanted(queries.Wanted(state="ready")).filter(organisation=places.college))
    bank.reverse()  # as they were written
    midterm = paper_of("数控车削期中考试", LONG, 90, bank, places, trainer, at)
    quiz = paper_of("安全与量具小测验", QUIZ, 30, bank, places, trainer, at)
    sitting = _held(turners, midterm, trainer, at)
    parallel_papers(places.college, by=trainer, at=at)
    keep_figures(sitting, by=trainer, at=at)
    aim_at_information(places.college, bank[0], by=trainer, at=at)
    welders = cohorts().filter(state="running", occupation__en="Welder").order_by("pk").first()
    second = actor_in(staff.coordinator, places.college, at.date())
    if welders is not None and second is not None:
        paper = paper_of("焊工班机械基础阶段考试", SHEET, 60, bank, places, trainer, at)
        on_paper(welders, paper, [trainer, second], nine(at, welders, -3), at=at)
    _to_come(turners, quiz, trainer, at)
    find_cut(sitting, places, staff, at=at)
    ask_judges(quiz, places, staff, at=at)


def the_turners() -> Cohort:
    """The class that is under way."""
    found = cohorts().filter(state="running", occupation__en="CNC turner").order_by("pk").first()
    if found is None:
        raise RuntimeError("the demo has no turners")
    return found


def paper_of(
    title: str,
    wanted: Sequence[tuple[Kind, int]],
    minutes: int,
    bank: Sequence[Item],
    places: Places,
    by: Actor,
    at: datetime,
) -> Paper:
    """So many of each kind, none beside an enemy of its own."""
    tags = queries.tags_by_item(bank)
    chosen: list[Item] = []
    for kind, count in wanted:
        fits = [
            item
            for item in bank
            if item.kind == kind
            and item.keyed
            and not {one.public_id for one in chosen} & set(tags[item.pk].enemies)
        ]
        for item in fits[:count]:
            if not {one.public_id for one in chosen} & set(tags[item.pk].enemies):
                chosen.append(item)
    paper = actions.make_paper(
        chosen,
        organisation=places.college,
        made_id=uuid.uuid5(NAMESPACE, title),
        title=title,
        minutes=minutes,
        by=by,
        at=at - timedelta(days=20),
    )
    return actions.fix_paper(paper, by=by, at=at - timedelta(days=19))


def nine(at: datetime, cohort: Cohort, days: int) -> datetime:
    """Nine in the morning, so many days from today, by the clock of the college."""
    local = at.astimezone(ZoneInfo(cohort.organisation.time_zone)) + timedelta(days=days)
    return local.replace(hour=9, minute=0, second=0, microsecond=0)


def _held(cohort: Cohort, paper: Paper, by: Actor, at: datetime) -> Sitting:
    begins = nine(at, cohort, -9)
    sitting = actions.plan_sitting(
        cohort,
        paper,
        made_id=uuid.uuid5(NAMESPACE, "held"),
        starts_at=begins,
        minutes=paper.minutes,
        place="实训楼 302",
        marking=actions.EssayPlan(sample=SAMPLE),
        by=by,
        at=begins - timedelta(days=7),
    )
    _watched(sitting, by=by, at=begins - timedelta(days=6))
    codes = actions.give_codes(sitting, by=by, at=begins - timedelta(hours=20))
    sitting = actions.open_sitting(sitting, by=by, at=begins)
    luck = random.Random(334)  # noqa: S311  (a demo)
    contents = [queries.content_of(line.version, line.version.item.kind) for line in queries.lines_of(paper)]
    hard = [luck.uniform(-0.25, 0.35) for _ in contents]
    essays = list(ESSAYS)
    for n, candidate in enumerate(queries.candidates_of(sitting)):
        if n == ILL:
            continue
        began = begins + timedelta(minutes=luck.randint(0, 6))
        held = actions.enter(codes[candidate.pk], by=NOBODY, at=began)
        skill = luck.gauss(0.72, 0.16)
        for order, content in enumerate(contents, start=1):
            when = began + timedelta(minutes=2 + 3 * order)
            given = answer_like(content, luck.random() < skill - hard[order - 1], luck, essays)
            if given is not None:
                actions.save_answer(held, order=order, given=given, count=1, by=NOBODY, at=when)
        if n % 6:
            done = began + timedelta(minutes=paper.minutes - luck.randint(2, 20))
            actions.hand_in(held, by=NOBODY, at=done)
    sitting = actions.close_sitting(sitting, by=by, at=begins + timedelta(minutes=paper.minutes + 10))
    mark_essays(sitting, by, at=at)
    return sitting


def _to_come(cohort: Cohort, paper: Paper, by: Actor, at: datetime) -> None:
    sitting = actions.plan_sitting(
        cohort,
        paper,
        made_id=uuid.uuid5(NAMESPACE, "to come"),
        starts_at=nine(at, cohort, 6),
        minutes=paper.minutes,
        late_minutes=10,
        place="实训楼 302",
        by=by,
        at=at - timedelta(days=1),
    )
    _watched(sitting, by=by, at=at - timedelta(days=1))


def _watched(sitting: Sitting, *, by: Actor, at: datetime) -> None:
    """Two of the college's staff are in the room; one of them is whom visitors may be."""
    staff = list(who_may_watch(sitting.organisation, at.date()))
    staff.sort(key=lambda one: (by.person is None or one.pk != by.person.pk, one.name, one.pk))
    actions.name_invigilators(sitting, staff[:2], by=by, at=at)


def answer_like(content: Content, right: bool, luck: random.Random, essays: list[str]) -> Any:  # noqa: PLR0911
    """An answer that is right, or one that people give instead; a few leave it."""
    details = content.details
    if content.kind is Kind.ESSAY:
        return {"text": essays[luck.randrange(len(essays))]}
    if not right and luck.random() < 0.15:
        return None
    if content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.HOTSPOT):
        rows = details.get("options") or details.get("regions") or [{"key": "true"}, {"key": "false"}]
        keys = [row["key"] for row in rows]
        if right:
            return list(details["right"])
        return [luck.choice([key for key in keys if key not in details["right"]] or keys)]
    if content.kind is Kind.NUMERIC:
        return details["value"] if right else "100"
    if content.kind is Kind.SHORT:
        return {blank["key"]: blank["accepted"][0] if right else "不知道" for blank in details["blanks"]}
    if content.kind is Kind.MATCHING:
        sides = [row["key"] for row in details["right_side"]]
        return dict(details["pairs"]) if right else {left: luck.choice(sides) for left in details["pairs"]}
    order = list(details["order"])
    return order if right else [order[1], order[0], *order[2:]]
