"""A version of a curriculum on paper: stage by stage with hours, outcomes and assessments; and two compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.delivery.exchange.printouts.wording import COLLEGE, labels, source
from craftpath.domain.curricula.texts import PLACES, VERSION_STATES
from craftpath.values.paper import day
from craftpath.values.printout import (
    Cell,
    Column,
    Facts,
    Group,
    Line,
    Printout,
    Signature,
    Table,
    Words,
    minutes,
)
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit, CurriculumVersion
    from craftpath.domain.curricula.queries import Content
    from craftpath.domain.programmes.models import Stage

TITLE, DIFFERENCES = (
    Text("课程方案", "Curriculum"),
    Text("课程方案版本对照", "Versions of a curriculum compared"),
)
UNIT, HOURS = Text("单元", "Unit"), Text("学时", "Hours")
CLOCK = Text("时:分", "h:min")
WITHIN = Text(
    "属于另一类学时之内的学时，也计入该类学时。", "Hours that lie within another kind count there too."
)
OUTCOME, ASSESSED = Text("学习成果", "Outcome"), Text("考核方式", "Shown by")


def curriculum_plan(content: Content, *, today: date, at: datetime) -> Printout:
    """The whole version; what it was approved in spite of stands on it."""
    version = content.version
    return Printout(
        title=TITLE,
        subtitle=_numbered(version),
        whose=version.curriculum.title.both(),
        about=_about(version),
        blocks=(
            _hours(content),
            *(_stage(content, stage) for stage in content.stages),
            _outcomes(content),
            *_waived(version),
        ),
        on=today,
        source=source(at),
        signatures=(Signature(Text("编制", "Designed by")), Signature(Text("批准", "Approved by"))),
        stamps=(Text.of(version.curriculum.organisation.name),),
        cover=False,
    )


def _about(version: CurriculumVersion) -> tuple[Line, ...]:
    states = labels(VERSION_STATES)
    lines: list[Line] = [
        (COLLEGE, Text.of(version.curriculum.organisation.name)),
        (Text("职业（工种）", "Occupation"), Text.of(version.curriculum.occupation)),
        (Text("状态", "State"), states[version.state]),
    ]
    if version.scheme is not None:
        lines.append((Text("评价方案", "Judged by"), version.scheme.title))
    if version.approved_at is not None:
        approver = version.approved_by.name if version.approved_by else "–"
        on = day(localdate(version.approved_at))
        lines.append((Text("批准", "Approved"), Text(f"{approver}，{on.zh}", f"{approver}, {on.en}")))
    return tuple(lines)


def _numbered(version: CurriculumVersion) -> Text:
    return Text(f"第 {version.number} 版", f"Version {version.number}")


def _hours(content: Content) -> Table:
    """Each stage with each kind of hours, beside what is wanted."""
    stages = {stage.key: stage.title for stage in content.stages}
    buckets = {bucket.key: bucket.title for bucket in content.buckets}
    rows: list[tuple[Cell, ...]] = [
        (stages[one.stage], buckets[one.bucket], minutes(one.minutes), minutes(one.target))
        for one in content.sums()
        if one.minutes or one.target
    ]
    return Table(
        Text("学时", "Hours"),
        (
            Column(Text("阶段", "Stage"), share=3),
            Column(Text("学时类别", "Kind of hours"), share=3),
            Column(Text("安排", "Planned"), figures=True, unit=CLOCK),
            Column(Text("要求", "Asked for"), figures=True, unit=CLOCK),
        ),
        (Group(tuple(rows)),),
        note=WITHIN if any(bucket.within for bucket in content.buckets) else Text(),
    )


def _stage(content: Content, stage: Stage) -> Table:
    units = content.of_stage(stage.key)
    places = labels(PLACES)
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            unit.title,
            places[unit.place],
            minutes(unit.minutes),
            _listed([one.title for one in content.outcomes_of(unit.key)]),
            _needs(content, unit),
        )
        for number, unit in enumerate(units, start=1)
    ]
    return Table(
        stage.title,
        (
            Column(Text("序", "No."), figures=True, share=1),
            Column(UNIT, share=4),
            Column(Text("地点", "Where"), share=2),
            Column(HOURS, figures=True, share=2, unit=CLOCK),
            Column(OUTCOME, share=7),
            Column(Text("先修", "Comes after"), share=3),
        ),
        (Group(tuple(rows)),),
        total=(None, Text("合计", "Sum"), None, minutes(sum(unit.minutes for unit in units)), None, None),
        empty=Text("本阶段没有单元。", "No unit in this stage."),
    )


def _needs(content: Content, unit: ChosenUnit) -> Text:
    titles = {one.key: one.title for one in content.units}
    return _listed([titles.get(key, Text.of(key)) for key in unit.prerequisites])


def _listed(titles: Sequence[Text]) -> Text:
    return Text("；".join(one.say("zh") for one in titles), "; ".join(one.say("en") for one in titles))


def _outcomes(content: Content) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            one.title,
            _listed([unit.title for unit in content.units_of(one.key)]),
            _listed([row.title for row in content.assessments_of(one.key)]),
        )
        for one in content.outcomes
    ]
    return Table(
        Text("学习成果与考核", "Outcomes and how they are shown"),
        (Column(OUTCOME, share=5), Column(Text("所在单元", "Taught in"), share=4), Column(ASSESSED, share=4)),
        (Group(tuple(rows)),),
        empty=Text("还没有学习成果。", "No outcomes yet."),
    )


def _waived(version: CurriculumVersion) -> tuple[Facts, ...]:
    if not version.waived:
        return ()
    lines: tuple[Line, ...] = (
        (Text("未补缺项", "Gaps left"), int(version.waived.get("gaps", 0))),
        (Text("理由", "Because"), str(version.waived.get("because", ""))),
    )
    return (Facts(lines, Text("批准时保留的缺项", "Approved with gaps")),)


def comparison(
    before: Content,
    after: Content,
    sentences: Sequence[tuple[Text, Sequence[Text]]],
    *,
    today: date,
    at: datetime,
) -> Printout:
    """Two versions: what became of what in sentences, then each stage side by side."""
    old, new = before.version, after.version
    return Printout(
        title=DIFFERENCES,
        subtitle=Text(
            f"第 {old.number} 版 → 第 {new.number} 版", f"Version {old.number} → version {new.number}"
        ),
        whose=new.curriculum.title.both(),
        about=((COLLEGE, Text.of(new.curriculum.organisation.name)),),
        blocks=(
            *(Words(head, tuple(said)) for head, said in sentences),
            *(_side(before, after, stage) for stage in after.stages),
        ),
        on=today,
        source=source(at),
    )


def _side(before: Content, after: Content, stage: Stage) -> Table:
    """A unit a row: its hours in one version and in the other; – where it is not in this stage."""
    old = {unit.key: unit for unit in before.of_stage(stage.key)}
    new = {unit.key: unit for unit in after.of_stage(stage.key)}
    rows: list[tuple[Cell, ...]] = [
        (
            (new.get(key) or old[key]).title,
            minutes(old[key].minutes) if key in old else None,
            minutes(new[key].minutes) if key in new else None,
        )
        for key in dict.fromkeys([*new, *old])
    ]
    return Table(
        stage.title,
        (
            Column(UNIT, share=5),
            Column(_numbered(before.version), figures=True, unit=CLOCK),
            Column(_numbered(after.version), figures=True, unit=CLOCK),
        ),
        (Group(tuple(rows)),),
        total=(
            Text("合计", "Sum"),
            minutes(sum(unit.minutes for unit in old.values())),
            minutes(sum(unit.minutes for unit in new.values())),
        ),
    )
