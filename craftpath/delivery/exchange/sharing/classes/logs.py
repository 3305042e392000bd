"""Weekly logs: how many entries of the last four weeks were handed in and confirmed; never a word of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass
from craftpath.delivery.exchange.sharing.subjects import APPRENTICES, apprentices, of_apprentices
from craftpath.domain.logbook.queries import counts_between
from craftpath.values.text import Text

WEEKS = 4


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    rows = list(apprentices(asked).filter(pk__in=pks))
    first = asked.on - timedelta(weeks=WEEKS)
    counts = counts_between((row.pk for row in rows), first, asked.on)
    return {
        row.pk: {
            "number": row.number,
            "name": row.person.name,
            "entries": sum(counts.get(row.pk, {}).values()),
            "confirmed": counts.get(row.pk, {}).get("confirmed", 0),
            "waiting": counts.get(row.pk, {}).get("submitted", 0),
        }
        for row in rows
    }


CLASS = DataClass(
    key="logs",
    title=Text("周志情况", "State of the logs"),
    note=Text(
        "近四周提交和确认的条数，不含内容", "Entries of four weeks: handed in, confirmed, waiting; no word of them"
    ),
    columns=(
        Column("number", Text("学号", "Number")),
        Column("name", Text("姓名", "Name")),
        Column("entries", Text("已提交", "Handed in"), "number"),
        Column("confirmed", Text("已确认", "Confirmed"), "number"),
        Column("waiting", Text("待确认", "Waiting"), "number"),
    ),
    whom=APPRENTICES,
    subjects=of_apprentices,
    cells=_cells,
)  # fmt: skip
