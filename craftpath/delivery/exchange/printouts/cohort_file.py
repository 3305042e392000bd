"""The cohort file: a cover, who is in it, and overviews of results, reviews and gates; what other papers there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.printouts.wording import (
    COLLEGE,
    ENTERPRISE,
    MENTOR,
    NAME,
    NUMBER,
    STAGE,
    labels,
    listed,
    programme,
    source,
)
from craftpath.domain.agreements.queries import in_force_for
from craftpath.domain.apprenticeships.queries import Step, enrolments, mentors_of, paths_of
from craftpath.domain.apprenticeships.texts import COHORT_STATES, ENROLMENT_STATES
from craftpath.domain.evaluation.queries import Sum, evaluations_of, sums_of
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.progression.queries import passages_of
from craftpath.domain.reviews.queries import Standing, held_counts, standings
from craftpath.domain.reviews.wording import COLOURS
from craftpath.values.printout import Block, Cell, Column, Group, Printout, Signature, Table
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.programmes.models import Stage
    from craftpath.kernel.people import Person

TITLE = Text("班级档案", "Cohort file")
_NOBODY = Text("名册里还没有人。", "Nobody is on the roster yet.")
_RESULTS = {"passed": _("passed"), "not passed": _("not passed")}


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Everything that is read of a cohort, once."""

    people: Sequence[Enrolment]
    mentors: Mapping[int, list[Person]]
    stages: Sequence[Stage]
    paths: Mapping[int, list[Step]]
    evaluations: Sequence[Evaluation]
    sums: Mapping[tuple[int, int], Sum]
    reviews: Sequence[Standing]
    held: Mapping[int, tuple[int, int]]


def cohort_file(cohort: Cohort, *, agreements: bool, today: date, at: datetime) -> Printout:
    """The file of everybody whom the reader sees; constant queries. With `agreements` it says how many are in force."""
    found = _gathered(cohort)
    active = [row for row in found.people if row.state in ("active", "suspended")]
    mentors = {one.pk for row in active for one in found.mentors.get(row.pk, [])}
    blocks: tuple[Block, ...] = (
        _roster(found),
        _enterprises(found, active),
        _results(found),
        _reviews(found),
        _gates(found),
        _papers(found, agreements=agreements),
    )
    return Printout(
        title=TITLE,
        whose=Text.of(cohort.name).both(),
        about=(
            (COLLEGE, Text.of(cohort.organisation.name)),
            (Text("职业", "Occupation"), Text.of(cohort.occupation)),
            (Text("培养方案", "Programme"), programme(cohort)),
            (Text("状态", "State"), labels(COHORT_STATES)[cohort.state]),
            (Text("开班日期", "First day"), cohort.starts_on),
            (Text("计划结束日期", "Planned last day"), cohort.ends_on),
            (Text("在学人数", "Apprentices"), len(active)),
            (Text("已离开人数", "Left"), sum(row.state == "ended" for row in found.people)),
            (Text("企业数", "Enterprises"), len({row.enterprise_id for row in active if row.enterprise_id})),
            (Text("师傅数", "Mentors"), len(mentors)),
        ),
        blocks=blocks,
        on=today,
        source=source(at),
        signatures=(Signature(Text("整理人", "Compiled by")), Signature(Text("审核人", "Checked by"))),
        stamps=(Text.of(cohort.organisation.name),),
        cover=True,
    )


def _gathered(cohort: Cohort) -> _Gathered:
    people = list(enrolments().filter(cohort=cohort))
    evaluations = evaluations_of([cohort.pk], schemes=True)
    ids = [row.pk for row in people]
    return _Gathered(
        people, mentors_of(people), stages_of(cohort.programme_id), paths_of(people), evaluations,
        sums_of(evaluations, ids), standings(people), held_counts(ids),
    )  # fmt: skip


def _roster(found: _Gathered) -> Table:
    states = labels(ENROLMENT_STATES)

    def line(row: Enrolment) -> tuple[Cell, ...]:
        at = [step.stage for step in found.paths[row.pk] if step.state != "locked"]
        return (
            row.number,
            row.person.name,
            Text.of(row.enterprise.name) if row.enterprise else None,
            listed([one.name for one in found.mentors.get(row.pk, [])]),
            Text.of(at[-1].name) if at else None,
            states[row.state],
            row.starts_on,
            row.ended_on,
        )

    return Table(
        Text("名册", "Roster"),
        (
            Column(NUMBER, share=4), Column(NAME, share=4), Column(ENTERPRISE, share=5), Column(MENTOR, share=4),
            Column(STAGE, share=4), Column(Text("状态", "State"), share=3),
            Column(Text("入学日期", "Since"), share=4), Column(Text("离开日期", "Left on"), share=4),
        ),
        (Group(tuple(line(row) for row in found.people)),),
        empty=_NOBODY,
    )  # fmt: skip


def _enterprises(found: _Gathered, active: Sequence[Enrolment]) -> Table:
    counts = Counter(row.enterprise_id for row in active)
    names = {row.enterprise_id: Text.of(row.enterprise.name) for row in active if row.enterprise}
    mentors = {
        pk: len(
            {one.pk for row in active if row.enterprise_id == pk for one in found.mentors.get(row.pk, [])}
        )
        for pk in names
    }
    rows = [(names[pk], count, mentors[pk]) for pk, count in counts.most_common() if pk in names]
    return Table(
        Text("企业", "Enterprises"),
        (
            Column(ENTERPRISE, share=8),
            Column(Text("学徒人数", "Apprentices"), figures=True, share=3),
            Column(Text("师傅人数", "Mentors"), figures=True, share=3),
        ),
        (Group(tuple(rows)),),
        total=(Text("合计", "Total"), sum(count for _name, count, _some in rows), None) if rows else (),
        empty=Text("还没有企业。", "No enterprise yet."),
    )


def _results(found: _Gathered) -> Table:
    """Each stage that is judged: the final figure or the one to date, and what was decided."""
    judged = {one.stage_id: one for one in found.evaluations}
    stages = [stage for stage in found.stages if stage.pk in judged]
    said = labels(_RESULTS)
    columns = [Column(NUMBER, share=4), Column(NAME, share=4)]
    for stage in stages:
        name = Text.of(stage.name)
        columns += [
            Column(name, figures=True, share=4, unit=Text("得分", "points")),
            Column(name, share=4, unit=Text("结果", "result")),
        ]

    def line(row: Enrolment) -> tuple[Cell, ...]:
        sums = (found.sums.get((judged[stage.pk].pk, row.pk)) for stage in stages)
        return (row.number, row.person.name, *(cell for one in sums for cell in cells(one)))

    def cells(one: Sum | None) -> tuple[Cell, Cell]:
        if one is None:
            return None, None
        figure: Cell = one.grade if one.has_levels else one.to_date if one.total is None else one.total
        if one.decided and one.passed is not None:
            return figure, said["passed" if one.passed else "not passed"]
        return figure, Text("未认定", "not decided") if one.complete else Text("至今", "to date")

    return Table(
        Text("成绩概览", "Results"),
        tuple(columns),
        (Group(tuple(line(row) for row in found.people) if stages else ()),),
        empty=Text("还没有阶段在评价。", "No stage is judged yet."),
    )  # fmt: skip


def _reviews(found: _Gathered) -> Table:
    def line(one: Standing) -> tuple[Cell, ...]:
        last, coming = one.last, one.coming
        held, signed = found.held.get(one.enrolment.pk, (0, 0))
        return (
            one.enrolment.number,
            one.enrolment.person.name,
            held,
            signed,
            last.held_on if last else None,
            COLOURS[last.colour] if last and last.colour else None,
            one.goals,
            coming.on if coming else None,
        )

    return Table(
        Text("回顾谈话概览", "Reviews"),
        (
            Column(NUMBER, share=4), Column(NAME, share=4), Column(Text("已举行", "Held"), figures=True, share=3),
            Column(Text("已签署", "Signed"), figures=True, share=3),
            Column(Text("最近一次", "Last on"), share=4), Column(Text("状态灯", "Colour"), share=6),
            Column(Text("未了目标", "Open goals"), figures=True, share=3), Column(Text("下一次", "Next on"), share=4),
        ),
        (Group(tuple(line(one) for one in found.reviews)),),
        empty=_NOBODY,
    )  # fmt: skip


def _gates(found: _Gathered) -> Table:
    """By stage: the day on which it was passed and who decided."""
    columns = [Column(NUMBER, share=4), Column(NAME, share=4)]
    for stage in found.stages:
        name = Text.of(stage.name)
        columns.append(Column(name, share=5, unit=Text("通过日期", "passed on")))
        columns.append(Column(name, share=4, unit=Text("决定人", "decided by")))

    def cells(step: Step) -> tuple[Cell, Cell]:
        if step.state == "passed":
            return step.passed_on, step.passed_by.name if step.passed_by else None
        return (Text("进行中", "under way") if step.state == "open" else None), None

    return Table(
        Text("关口概览", "Gates"),
        tuple(columns),
        (
            Group(
                tuple(
                    (row.number, row.person.name, *(cell for step in found.paths[row.pk] for cell in cells(step)))
                    for row in found.people
                )
            ),
        ),
        empty=_NOBODY,
    )  # fmt: skip


def _papers(found: _Gathered, *, agreements: bool) -> Table:
    ids = [row.pk for row in found.people]
    passages = sum(len(some) for some in passages_of(ids).values())
    held, signed = (sum(pair[place] for pair in found.held.values()) for place in (0, 1))
    rows: list[tuple[Cell, ...]] = [
        (Text("训练记录（每人一份）", "Training records, one for each"), len(ids)),
        (Text("回顾谈话表：已举行", "Review forms: held"), held),
        (Text("回顾谈话表：已全部签署", "Review forms: signed by all"), signed),
        (Text("关口决定", "Decisions at gates"), passages),
        (Text("成绩单（每个评价阶段一份）", "Mark lists, one for each judged stage"), len(found.evaluations)),
    ]
    if agreements:
        rows.append((Text("生效的培养协议", "Agreements in force"), len(in_force_for(ids))))
    return Table(
        Text("本档案所属文件", "Papers that belong to this file"),
        (Column(Text("文件", "Paper"), share=10), Column(Text("份数", "How many"), figures=True, share=3)),
        (Group(tuple(rows)),),
    )
