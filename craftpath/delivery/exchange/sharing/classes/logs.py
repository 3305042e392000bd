"""Weekly logs: how many entries of the last four weeks were handed in and confirmed; never a word of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.logbook.queries import counts_between
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

WEEKS = 4


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    first = asked.on - timedelta(weeks=WEEKS)
    counts = counts_between((row.pk for row in rows), first, asked.on)
    return {
        row.pk: {
            "entries": sum(counts.get(row.pk, {}).values()),
            "confirmed": counts.get(row.pk, {}).get("confirmed", 0),
            "waiting": counts.get(row.pk, {}).get("submitted", 0),
        }
        for row in rows
    }


CLASS = about_apprentices(
    "logs",
    title=Text("周志情况", "State of the logs"),
    note=Text(
        "近四周提交和确认的条数，不含内容", "Entries of four weeks: handed in, confirmed, waiting; no word of them"
    ),
    columns=(
        Column("entries", Text("已提交", "Handed in"), "number"),
        Column("confirmed", Text("已确认", "Confirmed"), "number"),
        Column("waiting", Text("待确认", "Waiting"), "number"),
    ),
    read=_read,
)  # fmt: skip
