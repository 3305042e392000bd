"""Online courses: how many steps of the running courses somebody has done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass
from craftpath.delivery.exchange.sharing.subjects import APPRENTICES, apprentices, of_apprentices
from craftpath.domain.courses.queries import done_in_cohorts
from craftpath.values.text import Text


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    rows = list(apprentices(asked).filter(pk__in=pks))
    done, steps = done_in_cohorts({row.person_id: row.cohort_id for row in rows})
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        whole, own = steps.get(row.cohort_id, 0), done.get(row.person_id, 0)
        found[row.pk] = {
            "number": row.number,
            "name": row.person.name,
            "steps": whole,
            "done": own,
            "share": 100 * own // whole if whole else None,
        }
    return found


CLASS = DataClass(
    key="courses",
    title=Text("在线课程进度", "Progress in online courses"),
    note=Text("本班进行中的课程已完成几步", "How much of the cohort's running courses somebody has done"),
    columns=(
        Column("number", Text("学号", "Number")),
        Column("name", Text("姓名", "Name")),
        Column("steps", Text("总步数", "Steps"), "number", "plain"),
        Column("done", Text("已完成", "Done"), "number"),
        Column("share", Text("完成比例", "Share done"), "percent"),
    ),
    whom=APPRENTICES,
    subjects=of_apprentices,
    cells=_cells,
)
