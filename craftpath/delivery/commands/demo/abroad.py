"""Three small classes under other countries' presets, so that each kind of evaluation is seen at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.intake import take_in
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.evaluation import actions as evaluation_actions
from craftpath.domain.programmes import queries as programmes
from craftpath.domain.programmes.definition import items
from craftpath.domain.training.actions import draft_plan
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref


@dataclass(frozen=True)
class Plan:
    """One class: under which preset, in which stage, and each person's marks in the order of the scheme's items."""

    preset: str
    zh: str
    en: str
    occupation: tuple[str, str]
    stage: int
    began: int  # days ago
    first_number: str
    marks: tuple[tuple[Cell, ...], ...]


PLANS = (
    Plan("de_mechatronics", "机电一体化双元制班 {year}", "Mechatronics, dual {year}",
         ("机电一体化技工", "Mechatronics technician"), -1, 1200, "81",
         # the last three: the work order is under 50; two areas are, so an oral mark could decide; one is under 30
         ((60, 55, 45, 52, 70), (84, 91, 78, 88, 73), (80, 48, 60, 60, 60),
          (70, 70, 45, 45, 80), (80, 70, 60, 60, 20))),
    Plan("uk_standard", "维修技师英式标准班 {year}", "Maintenance technicians, standard {year}",
         ("维修技师", "Maintenance technician"), -1, 420, "82",
         (("优秀", "优秀"), ("合格", "优秀"), ("合格", "不合格"), ("合格", "-"))),
    Plan("us_registered", "机械加工注册学徒班 {year}", "Machinists, registered {year}",
         ("机械加工技工", "Machinist"), -1, 1300, "83",
         ((8000, 576, 100), (7400, 576, 92), (8000, 540, 100))),
)  # fmt: skip


def make_abroad(college: Organisation, campus: Organisation, *, by: Actor, at: datetime) -> None:
    """Roster and marks of each class come in by sheets, as everywhere; its plan is drafted from its preset."""
    for plan in PLANS:
        _make(plan, college, campus, by=by, at=at)


def _make(plan: Plan, college: Organisation, campus: Organisation, *, by: Actor, at: datetime) -> None:
    began = at - timedelta(days=plan.began)
    programme = programmes.programmes().get(key=plan.preset)
    stage = programmes.stages_of(programme.pk)[plan.stage]
    scheme = programmes.schemes().get(organisation=None, programme=programme)
    zh, en = plan.zh.format(year=began.year), plan.en.format(year=began.year)
    cohort = apprenticeships.plan_cohort(
        organisation=campus,
        programme=programme,
        name={"zh": zh, "en": en},
        occupation={"zh": plan.occupation[0], "en": plan.occupation[1]},
        starts_on=began.date(),
        by=by,
        at=began - timedelta(days=10),
    )
    cohort = apprenticeships.start_cohort(cohort, by=by, at=began)
    draft_plan(cohort, by=by, at=began)
    people = [
        (f"{began.year}{plan.first_number}{n:02}", name, latin)
        for n, (name, latin) in enumerate(draw(len(plan.marks), seed=int(plan.first_number)), start=1)
    ]
    late = at - timedelta(days=40)
    roster: list[Row] = [(*person, stage.title.zh) for person in people]
    head = ["学号", "姓名", "英文名", "阶段"]
    _take("roster", apprenticeships.ref(cohort), f"{zh}花名册.xlsx", head, roster, college, by=by, at=late)
    evaluation = evaluation_actions.open_evaluation(cohort=cohort, stage=stage, scheme=scheme, by=by, at=late)
    head = ["学号", "姓名", *(item.name.zh for item in items(scheme.definition))]
    marks: list[Row] = [(*person[:2], *row) for person, row in zip(people, plan.marks, strict=True)]
    later, target = at - timedelta(days=6), evaluation_actions.ref(evaluation)
    _take("marks", target, f"{zh}成绩.xlsx", head, marks, college, by=by, at=later)


def _take(
    kind: str,
    target: Ref,
    name: str,
    head: list[str],
    rows: list[Row],
    college: Organisation,
    *,
    by: Actor,
    at: datetime,
) -> None:
    content = write_xlsx([OutSheet(name="名单" if kind == "roster" else "成绩", header=head, rows=rows)])
    take_in(content=content, name=name, kind=kind, target=target, organisation=college, by=by, at=at)
