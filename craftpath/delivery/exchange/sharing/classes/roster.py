"""The roster: who learns in which cohort and stage, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.stages import current
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    stages = {pk: step.stage.title for pk, step in current(rows).items() if step is not None}
    return {
        row.pk: {
            "cohort": row.cohort.title,
            "occupation": Text.of(row.cohort.occupation),
            "stage": stages.get(row.pk),
            "host": row.enterprise.title if row.enterprise else None,
            "since": row.starts_on,
        }
        for row in rows
    }


CLASS = about_apprentices(
    "roster",
    title=Text("名册", "Roster"),
    note=Text("姓名、班级、阶段和所在企业", "Name, cohort, stage and the enterprise where somebody learns"),
    columns=(
        Column("cohort", Text("班级", "Cohort"), sensitivity="plain"),
        Column("occupation", Text("职业", "Occupation"), sensitivity="plain"),
        Column("stage", Text("阶段", "Stage")),
        Column("host", Text("企业", "Enterprise")),
        Column("since", Text("开始日期", "Since"), "day"),
    ),
    read=_read,
)
