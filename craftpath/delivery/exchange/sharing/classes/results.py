"""Decided results: the newest one of each apprentice with its components; nothing that is not decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.evaluation.queries import Row, results_of
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    results = results_of(rows)
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        decided = [(one, result) for one, result in results.get(row.pk, []) if result.decided]
        cells: dict[str, Cell] = {}
        if decided:
            evaluation, result = decided[-1]
            cells |= {
                "stage": evaluation.stage.title,
                "total": result.total,
                "passed": result.passed,
                "parts": _parts(evaluation.scheme.definition, result),
            }
        found[row.pk] = cells
    return found


def _parts(definition: Mapping[str, Sequence[Mapping[str, dict[str, str]]]], result: Row) -> Text:
    """The components as the scheme names them, with their values."""
    told = [
        (Text.of(part["name"]), f"{figures.value:f}")
        for part, figures in zip(definition["component"], result.components, strict=False)
        if figures.value is not None
    ]
    return Text(
        "、".join(f"{name.say('zh')} {value}" for name, value in told),
        ", ".join(f"{name.say('en')} {value}" for name, value in told),
    )


CLASS = about_apprentices(
    "results",
    title=Text("已评定的成绩", "Decided results"),
    note=Text("最近一次已评定的总评及各组成部分", "The newest decided result with its components"),
    columns=(
        Column("stage", Text("阶段", "Stage")),
        Column("total", Text("总评", "Result"), "number", "sensitive"),
        Column("passed", Text("是否合格", "Passed"), "yes", "sensitive"),
        Column("parts", Text("组成部分", "Components"), sensitivity="sensitive"),
    ),
    read=_read,
)
