"""Online courses: how many steps of the running courses somebody has done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.courses.queries import done_in_cohorts
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    done, steps = done_in_cohorts({row.person_id: row.cohort_id for row in rows})
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        whole, own = steps.get(row.cohort_id, 0), done.get(row.person_id, 0)
        found[row.pk] = {
            "steps": whole,
            "done": own,
            "share": 100 * own // whole if whole else None,
        }
    return found


CLASS = about_apprentices(
    "courses",
    title=Text("在线课程进度", "Progress in online courses"),
    note=Text("本班进行中的课程已完成几步", "How much of the cohort's running courses somebody has done"),
    columns=(
        Column("steps", Text("总步数", "Steps"), "number", "plain"),
        Column("done", Text("已完成", "Done"), "number"),
        Column("share", Text("完成比例", "Share done"), "percent"),
    ),
    read=_read,
)
