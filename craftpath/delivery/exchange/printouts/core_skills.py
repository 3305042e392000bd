"""Core skills beside technical results: what each stage came to, and the level of every skill with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.printouts.wording import about, hands, labels, seals, source
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.evaluation.queries import Row, results_of
from craftpath.domain.growth.scale import level_of
from craftpath.domain.growth.standing import RULE, Standing, by_domain, standing
from craftpath.domain.growth.texts import LEVELS
from craftpath.values.printout import Cell, Column, Group, Printout, Table, Words
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation

TITLE = Text("核心技能与专业成绩", "Core skills and technical results")
_SKILL = Text("技能", "Skill")
_STANDS = {True: Text("已认定", "decided"), False: Text("未认定", "not decided")}


def core_skills_papers(
    cohort: Cohort, people: Sequence[Enrolment], *, today: date, at: datetime
) -> list[Printout]:
    """One for each of these people of one cohort, in their order; the same few queries for one and for many."""
    found = standing(cohort, [row.pk for row in people], today)
    results, mentors, words = results_of(people), mentors_of(people), labels(LEVELS)
    return [
        Printout(
            title=TITLE,
            whose=f"{row.person.name} {row.number}",
            about=about(row, mentors.get(row.pk, [])),
            blocks=(_results(results.get(row.pk, [])), _skills(found, n), _method(words)),
            on=today,
            source=source(at),
            signatures=hands(row, mentors.get(row.pk, [])),
            stamps=seals(row),
        )
        for n, row in enumerate(people)
    ]


def _results(rows: Sequence[tuple[Evaluation, Row]]) -> Table:
    return Table(
        Text("专业成绩", "Technical results"),
        (
            Column(Text("阶段", "Stage"), share=6),
            Column(Text("总评", "Result"), figures=True, share=3),
            Column(Text("截至目前", "To date"), figures=True, share=3),
            Column(Text("状态", "Standing"), share=4),
        ),
        (
            Group(
                tuple(
                    (
                        Text.of(evaluation.stage.name),
                        row.level if row.has_levels else row.total,
                        None if row.has_levels or row.total is not None else row.to_date,
                        _STANDS[row.decided],
                    )
                    for evaluation, row in rows
                )
            ),
        ),
        empty=Text("尚无成绩", "No result yet"),
    )


def _skills(found: Standing, person: int) -> Table:
    """A group for each domain; a stage has the level, the range of its doubt and how many proofs."""
    stages = [n for n in range(len(found.stages)) if found.levels.n[person, :, n].any()]
    columns = [Column(_SKILL, share=10)]
    for n in stages:
        name = Text.of(found.stages[n].name)
        columns += [
            Column(name, figures=True, share=4),
            Column(Text("区间", "Range"), figures=True, share=3),
            Column(Text("n", "n"), figures=True, share=2),
        ]
    groups = []
    for places in by_domain(found.skills).values():
        rows = tuple(
            (
                Text.of(found.skills[n].name),
                *(cell for at in stages for cell in _cells(found, person, n, at)),
            )
            for n in places
        )
        groups.append(Group(rows, Text.of(found.skills[places[0]].domain_name)))
    return Table(
        Text("核心技能", "Core skills"),
        tuple(columns),
        tuple(groups),
        grouped=Text("领域", "Domain"),
        note=Text(
            "横线表示该阶段尚无佐证，不等于零分。", "A dash: no proof in that stage, which is no zero."
        ),
    )


def _cells(found: Standing, person: int, skill: int, stage: int) -> tuple[Cell, Cell, Cell]:
    place, levels = (person, skill, stage), found.levels
    if not levels.n[place]:
        return None, None, None
    level, low, high = (
        f"{level_of(float(one[place])):.1f}" for one in (levels.level, levels.low, levels.high)
    )
    return level, f"{low}–{high}", int(levels.n[place])


def _method(words: dict[int, Text]) -> Words:
    zh = "、".join(f"{key} {word.zh}" for key, word in words.items())
    en = ", ".join(f"{key} {word.en}" for key, word in words.items())
    days = f"{RULE.half_life:.0f}"
    return Words(
        Text("说明", "Notes"),
        (
            Text(
                f"技能名称出自国际劳工组织核心技能框架（2021）；水平标尺为本平台自定：{zh}。",
                "The names of the skills are from the ILO framework on core skills (2021); the scale of levels is "
                f"this platform's own: {en}.",
            ),
            Text(
                "水平由他人确认或发布的佐证加权得出（量规评分、岗位观察、师傅评估、考试题目），自评不计入；"
                f"佐证每满 {days} 天减半计；区间的把握程度为 80%；n 为佐证条数；规则第 {RULE.version} 版。",
                "A level is weighted from what others confirmed or published (rated work, observed jobs, mentors' "
                "views, examination questions), never from the own view; a proof counts half after "
                f"{days} days; the range holds with 80 % certainty; n counts proofs; rule version {RULE.version}.",
            ),
        ),
    )
