"""Standard setting of the demo: a cut score adopted after two rounds, and a study that waits for its judges."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from craftpath.domain.exams import actions, queries, studies
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.panel import computed, difficulty, panel_of
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import Person
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff
    from craftpath.domain.exams.models import Paper, Sitting, Study

NAMESPACE = uuid.UUID("8a3d7f40-2c55-4d0b-9b63-51f0e7c4a9d2")
CANDIDATE = Text(
    zh="刚好合格的学徒：在师傅不在身边时，能看懂中等复杂的轴类零件图，选对刀具和量具，按给定程序完成对刀、试切和首件检验；"
    "安全规程记得牢，从不带手套操作。切削用量要查表，圆弧插补和刀补的正负号偶尔会弄错，工艺顺序能排但说不全理由。",
    en="Just competent: reads a drawing of a shaft of medium difficulty without help, chooses tools and gauges, sets "
    "the tools, makes a trial cut and checks the first part; keeps the safety rules without exception. Looks cutting "
    "data up, now and then mixes up arcs and the sign of an offset, and orders the steps without giving every reason.",
)
QUIZ_CANDIDATE = Text(
    zh="刚好可以独立上机床的新学徒：安全规程一条不错，常用量具会用会读，精密量具的保养和误差来源还说不清。",
    en="A new apprentice who may just work at the machine alone: makes no mistake in the safety rules, uses and reads "
    "the common gauges, and cannot yet say how precision gauges are kept or where their errors come from.",
)
SEVERITY = (-9, -4, 0, 3, 6, 11)  # of six judges, in points of 100
DONE = (
    1.0,
    0.6,
    0.0,
    0.0,
    0.3,
)  # how far five judges are with the open round; the trainer and the mentor are not


def find_cut(sitting: Sitting, places: Places, staff: Staff, *, at: datetime) -> None:
    """Six judges, two rounds, the second with what the sitting showed; adopted by the examination board."""
    paper = sitting.paper
    by = _coordinator(places, staff, at)
    trainers = _trainers()
    panel = [*trainers[:3], staff.assessor, staff.mentors["jinheng"][1], staff.mentors["qinghe"][0]]
    study = actions.plan_study(
        paper,
        made_id=uuid.uuid5(NAMESPACE, "mid-term"),
        title="期中考试合格分数线",
        borderline=CANDIDATE,
        judges=panel,
        rounds=2,
        by=by,
        at=at - timedelta(days=8, hours=3),
    )
    luck = random.Random(777)  # noqa: S311  (a demo)
    hard = {int(order): 100 * p for order, (p, _n) in difficulty(scored(sitting)).items()}
    first = [
        {order: _step(p - 14 + far + luck.gauss(0, 11)) for order, p in hard.items()} for far in SEVERITY
    ]
    _round(study, panel, first, 1, None, by, at - timedelta(days=7))
    middle = {order: median(one[order] for one in first) for order in hard}
    second = [
        {order: _step(value + 0.6 * (middle[order] - value)) for order, value in one.items()} for one in first
    ]
    _round(study, panel, second, 2, sitting, by, at - timedelta(days=5))
    study = actions.propose_cut(_fresh(study), by=by, at=at - timedelta(days=4))
    advice = computed(panel_of(study))
    if advice is None:
        raise RuntimeError("the demo's judges came to nothing")
    cut = Decimal(round(advice))
    actions.adopt_cut(
        study,
        body="考试委员会 Examination board",
        adopted_on=(at - timedelta(days=3)).date(),
        cut=cut,
        because="" if cut == advice else "取整分，便于公布。 Rounded to whole points for publication.",
        by=by,
        at=at - timedelta(days=3),
    )


def ask_judges(paper: Paper, places: Places, staff: Staff, *, at: datetime) -> None:
    """Five judges of a short test, in the middle of round 1."""
    by = _coordinator(places, staff, at)
    trainers = _trainers()
    panel = [trainers[2], staff.assessor, staff.trainer, staff.mentors["jinheng"][0], trainers[3]]
    study = actions.plan_study(
        paper,
        made_id=uuid.uuid5(NAMESPACE, "quiz"),
        title="安全与量具小测验合格线",
        borderline=QUIZ_CANDIDATE,
        judges=panel,
        by=by,
        at=at - timedelta(days=2),
    )
    made = actions.open_round(study, due_on=(at + timedelta(days=3)).date(), by=by, at=at - timedelta(days=1))
    luck = random.Random(778)  # noqa: S311  (a demo)
    orders = [line.order for line in queries.lines_of(paper)]
    for person, share, far in zip(panel, DONE, SEVERITY, strict=False):
        some = orders[: round(share * len(orders))]
        values = {order: _step(72 + far + luck.gauss(0, 12)) for order in some}
        _give(study, person, values, made.number, at - timedelta(hours=5))


def _round(
    study: Study,
    panel: Sequence[Person],
    values: Sequence[Mapping[int, int]],
    number: int,
    sitting: Sitting | None,
    by: Actor,
    at: datetime,
) -> None:
    due = (at + timedelta(days=1)).date()
    actions.open_round(_fresh(study), due_on=due, sitting=sitting, by=by, at=at)
    for person, given in zip(panel, values, strict=True):
        _give(study, person, given, number, at + timedelta(hours=3))
    actions.close_round(_fresh(study), by=by, at=at + timedelta(days=1))


def _give(study: Study, person: Person, values: Mapping[int, int], number: int, at: datetime) -> None:
    judge = studies.judge_at(study, person)
    if judge is not None and values:
        actor = Actor(organisation=study.organisation, person=person)
        actions.give_estimates(judge, values, number=number, by=actor, at=at)


def _step(value: float) -> int:
    """The nearest step of the scale."""
    return min(max(5 * round(value / 5), 5), 100)


def _fresh(study: Study) -> Study:
    return studies.studies().get(pk=study.pk)


def _trainers() -> list[Person]:
    return list(Person.objects.filter(username__startswith="lanchuan-t0").order_by("username")[:4])


def _coordinator(places: Places, staff: Staff, at: datetime) -> Actor:
    actor = actor_in(staff.coordinator, places.college, at.date())
    if actor is None:
        raise RuntimeError("the demo's coordinator has no role")
    return actor
