"""The mark list of a stage: everybody's parts and total as the results page has them, and every mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.printouts.wording import (
    COHORT,
    COLLEGE,
    ENTERPRISE,
    NAME,
    NUMBER,
    STAGE,
    labels,
    listed,
    programme,
    source,
)
from craftpath.domain.evaluation.cohort_tables import sees_everybody
from craftpath.domain.evaluation.grid import GridMark, grid_marks
from craftpath.domain.evaluation.queries import Figures, Row, decimals_of, results_of_cohort
from craftpath.domain.evaluation.ranks import rank_of, ranks_by_total
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.programmes.definition import ComponentInfo, ItemInfo, components, items, judged_items
from craftpath.values.printout import Cell, Column, Group, Printout, Signature, Table
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

TITLE = Text("成绩单", "Mark list")
ITEMS = 10  # columns of marks in one table: more would not be read on a sheet
_PASSED = {"passed": _("passed"), "not passed": _("not passed"), "met": _("met"), "not met": _("not met")}


def mark_list(evaluation: Evaluation, *, today: date, at: datetime) -> Printout:
    """The list of everybody whom the reader sees; the same few queries however many.

    Ranks stand in it where the page has them: for who sees the whole cohort, and where there is a total.
    """
    rows = results_of_cohort(evaluation)
    cohort, scheme = evaluation.cohort, evaluation.scheme
    graded = str(scheme.definition.get("mode", "weighted")).startswith(("gateway", "all"))
    ranks = ranks_by_total(evaluation) if sees_everybody(evaluation) and not graded else None
    marks = grid_marks(evaluation, [row.enrolment for row in rows])
    about = (
        (COLLEGE, Text.of(cohort.organisation.name)),
        (COHORT, Text.of(cohort.name)),
        (Text("培养方案", "Programme"), programme(cohort)),
        (STAGE, Text.of(evaluation.stage.name)),
        (Text("评价方案", "Judged by"), _version(evaluation)),
        (Text("人数", "People"), len(rows)),
        (Text("成绩已齐", "Complete"), sum(row.complete for row in rows)),
        (Text("已认定", "Decided"), sum(row.decided for row in rows)),
    )
    return Printout(
        title=TITLE,
        subtitle=Text.of(evaluation.stage.name),
        whose=Text.of(cohort.name).both(),
        about=about,
        blocks=(_results(evaluation, rows, ranks, graded=graded), *_marks(evaluation, rows, marks)),
        on=today,
        source=source(at),
        signatures=(
            Signature(Text("登记人", "Recorded by")),
            Signature(Text("复核人", "Checked by")),
            Signature(Text("认定人", "Decided by")),
        ),
        stamps=(Text.of(cohort.organisation.name),),
        wide=True,
    )


def _version(evaluation: Evaluation) -> Text:
    name, version = Text.of(evaluation.scheme.name), evaluation.scheme.version
    return Text(f"{name.say('zh')}（第 {version} 版）", f"{name.say('en')} (version {version})")


def _results(
    evaluation: Evaluation, rows: Sequence[Row], ranks: Mapping[Decimal, int] | None, *, graded: bool
) -> Table:
    parts = components(evaluation.scheme.definition)
    names = {item.key: item.name for item in items(evaluation.scheme.definition)}
    decimals, said = decimals_of(evaluation), labels(_PASSED)
    columns = [Column(NUMBER, share=7), Column(NAME, share=6), Column(ENTERPRISE, share=8)]
    for part in parts:
        columns += _part_columns(part, graded=graded)
    if graded:
        columns.append(Column(Text("结果", "Result"), share=6))
    else:
        columns += [
            Column(Text("目前得分", "To date"), figures=True, share=5),
            Column(Text("未定分", "Still open"), figures=True, share=5),
            Column(Text("总成绩", "Final"), figures=True, share=5),
        ]
    if ranks is not None:
        columns.append(Column(Text("名次", "Rank"), figures=True, share=4))
    columns += [
        Column(Text("合格规则", "Pass rules"), share=5),
        Column(Text("认定", "Decided"), share=4),
        Column(Text("尚缺", "What is missing"), share=9),
    ]

    def line(row: Row) -> tuple[Cell, ...]:
        enterprise = row.enrolment.enterprise
        figures: list[Cell] = []
        for part, found in zip(parts, row.components, strict=True):
            figures += _part_cells(part, found, decimals, graded=graded)
        if graded:
            figures.append(row.level if row.grade else None)
        else:
            figures += [_fixed(one, decimals) for one in (row.to_date, row.open, row.total)]
        if ranks is not None:
            figures.append(rank_of(ranks, row.total))
        return (
            row.enrolment.number,
            row.enrolment.person.name,
            Text.of(enterprise.name) if enterprise else None,
            *figures,
            _met(row, said),
            Text("是", "yes") if row.decided else Text("否", "no"),
            _missing(row, names),
        )

    return Table(
        Text("成绩", "Results"),
        tuple(columns),
        (Group(tuple(line(row) for row in rows)),),
        empty=Text("还没有人在这一阶段。", "Nobody is in this stage yet."),
    )


def _in_points(part: ComponentInfo) -> bool:
    return not part.grades and part.target is None


def _part_columns(part: ComponentInfo, *, graded: bool) -> list[Column]:
    """A part by its value; one that is counted in points also by its points, as the page has it."""
    name = part.name
    if not _in_points(part):
        return [Column(name, figures=not part.grades, share=6)]
    found = [Column(name, figures=True, share=6, unit=Text("百分制", "0–100"))]
    if not graded:
        weight = f"{part.weight.normalize():f}"
        unit = Text(f"得分，满分 {weight}", f"points of {weight}")
        found.append(Column(name, figures=True, share=6, unit=unit))
    return found


def _part_cells(part: ComponentInfo, found: Figures, decimals: int, *, graded: bool) -> list[Cell]:
    if part.grades:
        return [Text.of(part.grades.get(found.grade, found.grade)) if found.grade else None]
    cells: list[Cell] = [_fixed(found.value, decimals)]
    if _in_points(part) and not graded:
        cells.append(_fixed(found.to_date, decimals))
    return cells


def _fixed(value: Decimal | None, decimals: int) -> Decimal | None:
    """With all the places that the scheme prints, as the page has it."""
    return None if value is None else Decimal(f"{value:.{decimals}f}")


def _met(row: Row, said: Mapping[str, Text]) -> Text | None:
    if row.passed is None:
        return None
    if row.decided:
        return said["passed" if row.passed else "not passed"]
    return said["met" if row.passed else "not met"]


def _missing(row: Row, names: Mapping[str, Text]) -> Text | None:
    """What the result waits for, and what has no mark and counts zero."""
    waits, zero = (_named(keys, names) for keys in (row.missing, row.zeroed))
    if zero is None:
        return waits
    counted = Text(f"按零分计：{zero.zh}", f"counts as zero: {zero.en}")
    return Text(f"{waits.zh}；{counted.zh}", f"{waits.en}; {counted.en}") if waits else counted


def _named(keys: Sequence[str], names: Mapping[str, Text]) -> Text | None:
    zh, en = (listed(names.get(key, Text.of(key)).say(language) for key in keys) for language in ("zh", "en"))
    return Text(zh.zh, en.en) if zh and en else None


def _marks(
    evaluation: Evaluation, rows: Sequence[Row], marks: Mapping[tuple[int, str], GridMark]
) -> Iterable[Table]:
    """Every mark, so many items to a table; nobody is told of oral marks that were not given."""
    given = {item for _who, item in marks}
    columns = [
        item for item in judged_items(evaluation.scheme.definition) if not item.is_oral or item.key in given
    ]
    states = labels(MARK_STATES)
    tables = -(-len(columns) // ITEMS)
    size = -(-len(columns) // tables) if tables else 1  # as even as can be: no table of one column
    chunks = [columns[start : start + size] for start in range(0, len(columns), size)]
    for place, some in enumerate(chunks, start=1):
        heading = Text("各项成绩", "Marks")
        if len(chunks) > 1:
            heading = Text(f"各项成绩（{place}）", f"Marks ({place})")
        yield Table(
            heading,
            (Column(NUMBER, share=7), Column(NAME, share=6), *(_item_column(item) for item in some)),
            (
                Group(
                    tuple(
                        (
                            row.enrolment.number,
                            row.enrolment.person.name,
                            *(_mark(marks.get((row.enrolment.pk, item.key)), item, states) for item in some),
                        )
                        for row in rows
                    )
                ),
            ),
            empty=Text("还没有人在这一阶段。", "Nobody is in this stage yet."),
        )


def _item_column(item: ItemInfo) -> Column:
    if item.grades:
        return Column(item.name, share=6)
    most = f"{item.max.normalize():f}"
    return Column(item.name, figures=True, share=6, unit=Text(f"满分 {most}", f"of {most}"))


def _mark(mark: GridMark | None, item: ItemInfo, states: Mapping[str, Text]) -> Cell:
    if mark is None:
        return None
    if mark.grade:
        return item.grade(mark.grade)
    if mark.score is None:
        return states[mark.status]
    score = Decimal(mark.score)
    whole = score.to_integral_value()
    return whole.quantize(Decimal(1)) if score == whole else score.normalize()
