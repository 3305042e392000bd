"""A quiz of three weeks ago in the demo: published, with a re-sit to come on paper and an appeal to look at."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.examining import (
    NAMESPACE,
    NOBODY,
    QUIZ,
    answer_like,
    nine,
    paper_of,
    the_turners,
)
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.resitting import proposals
from craftpath.domain.judging.actions import publish_sitting, seen_of
from craftpath.kernel.access import actor_in

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff
    from craftpath.domain.exams.models import Paper, Sitting
    from craftpath.kernel.access import Actor

WEAK, AWAY = (6, 14), 9  # by number: two who know little, one who is ill
APPEALS = 1  # the apprentice whom the demo shows
WORDS = "第 2 题题干没有说明工件材料，我的答案在我们车间的工艺卡上也用，请老师再看一下评分。"


def examine_again(places: Places, staff: Staff, *, at: datetime) -> None:
    """Held three weeks ago, published nine days ago, appealed against three days ago; the re-sit is next week."""
    trainer, coordinator = (
        actor_in(one, places.college, at.date()) for one in (staff.trainer, staff.coordinator)
    )
    if trainer is None or coordinator is None:
        raise RuntimeError("the demo's staff has no role")
    bank = list(queries.items_wanted(queries.Wanted(state="ready")).filter(organisation=places.college))
    bank.reverse()
    paper = paper_of("随堂测验三：安全与量具", QUIZ, 20, bank, places, coordinator, at - timedelta(days=10))
    sitting = _held(paper, coordinator, at)
    evaluation = evaluations().filter(cohort=sitting.cohort_id).order_by("stage__order").first()
    if evaluation is None:
        raise RuntimeError("the demo's turners have no evaluation")
    seen = seen_of(scored(sitting))
    when = at - timedelta(days=9)
    publish_sitting(sitting, evaluation, "quiz3", seen=seen, by=coordinator, at=when)
    sitting = queries.sittings().get(pk=sitting.pk)
    _appealed(sitting, at)
    actions.plan_resit(
        sitting,
        [one.candidate for one in proposals(sitting) if one.may],
        paper,
        made_id=uuid.uuid5(NAMESPACE, "again"),
        starts_at=nine(at, sitting.cohort, 5) + timedelta(hours=5),
        minutes=20,
        late_minutes=5,
        place="实训楼 302",
        on_paper=True,
        same_keyer=True,
        by=coordinator,
        at=at - timedelta(days=2),
    )


def _held(paper: Paper, by: Actor, at: datetime) -> Sitting:
    cohort = the_turners()
    begins = nine(at, cohort, -21)
    sitting = actions.plan_sitting(
        cohort,
        paper,
        made_id=uuid.uuid5(NAMESPACE, "quiz"),
        starts_at=begins,
        minutes=20,
        late_minutes=5,
        place="实训楼 302",
        by=by,
        at=begins - timedelta(days=5),
    )
    codes = actions.give_codes(sitting, by=by, at=begins - timedelta(hours=20))
    sitting = actions.open_sitting(sitting, by=by, at=begins)
    contents = [queries.content_of(line.version, line.version.item.kind) for line in queries.lines_of(paper)]
    luck = random.Random(3)  # noqa: S311  (a demo)
    for n, candidate in enumerate(queries.candidates_of(sitting)):
        if n == AWAY:
            ill = candidate
            continue
        held = actions.enter(codes[candidate.pk], by=NOBODY, at=begins)
        skill = 0.25 if n in WEAK else 0.88
        for order, content in enumerate(contents, start=1):
            given = answer_like(content, luck.random() < skill, luck, [])
            if given is not None:
                when = begins + timedelta(minutes=order)
                actions.save_answer(held, order=order, given=given, count=1, by=NOBODY, at=when)
        actions.hand_in(held, by=NOBODY, at=begins + timedelta(minutes=18))
    sitting = actions.close_sitting(sitting, by=by, at=begins + timedelta(minutes=21))
    actions.excuse_absence(ill, because="病假，已交医院证明", by=by, at=begins + timedelta(days=1))
    return sitting


def _appealed(sitting: Sitting, at: datetime) -> None:
    """The demo's apprentice asks about two questions that were not given all points."""
    candidate = list(queries.candidates_of(sitting))[APPEALS]
    actor = actor_in(candidate.enrolment.person, sitting.organisation, at.date())
    if actor is None:
        raise RuntimeError("the demo's apprentice has no role")
    lines = candidate.outcome.lines
    short = [
        line.order
        for line in queries.lines_of(candidate.paper)
        if lines.get(str(line.pk)) != str(line.version.points.normalize())
    ]
    orders = (short or [1])[:2]
    words = WORDS.replace("2", str(orders[0]), 1)
    actions.lodge_appeal(candidate, orders, words=words, by=actor, at=at - timedelta(days=3))
