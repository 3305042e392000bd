"""Plan and rotation: where somebody is on the day, and for which unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.training.queries import cells_on
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    stays = cells_on((row.pk for row in rows), asked.on)
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        stay = stays.get(row.pk)
        found[row.pk] = {
            "host": stay.host if stay else None,
            "department": stay.department if stay else None,
            "unit": stay.unit_name if stay else None,
        }
    return found


CLASS = about_apprentices(
    "rotation",
    title=Text("培养计划与轮岗", "Plan and rotation"),
    note=Text("当天在哪个单位、哪个部门、学什么", "Where somebody is on the day, and for which unit"),
    columns=(
        Column("host", Text("单位", "Place")),
        Column("department", Text("部门", "Department")),
        Column("unit", Text("培养单元", "Unit")),
    ),
    read=_read,
)
