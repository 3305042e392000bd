"""Stages: where somebody is on the way, and what was decided at the last gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.stages import current
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.apprenticeships.queries import paths_of
from craftpath.domain.progression.queries import passages_of
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

_OUTCOMES = {
    "passed": Text("通过", "Passed"),
    "admitted": Text("准予考试", "Admitted"),
    "repeat": Text("继续本阶段", "To repeat"),
}


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    steps, paths = current(rows), paths_of(rows)
    gates = passages_of(row.pk for row in rows)
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        now, last = steps[row.pk], next(iter(gates.get(row.pk, [])), None)
        found[row.pk] = {
            "stage": now.stage.title if now else None,
            "opened": now.opened_on if now else None,
            "passed": sum(one.state == "passed" for one in paths[row.pk]),
            "gate": _OUTCOMES.get(last.outcome, Text(last.outcome, last.outcome)) if last else None,
        }
    return found


CLASS = about_apprentices(
    "progress",
    title=Text("阶段与关口", "Stages and gates"),
    note=Text(
        "目前处于哪个阶段、最近一次关口的决定", "The stage somebody is in, and the last decision at a gate"
    ),
    columns=(
        Column("stage", Text("阶段", "Stage")),
        Column("opened", Text("进入日期", "Begun on"), "day"),
        Column("passed", Text("已通过的阶段数", "Stages passed"), "number"),
        Column("gate", Text("最近一次关口", "Last gate")),
    ),
    read=_read,
)
