"""Attendance and hours: how often somebody was there, and the minutes in the ledger by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column
from craftpath.delivery.exchange.sharing.subjects import about_apprentices
from craftpath.domain.learning.queries import tallies
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def _read(asked: Asked, rows: Sequence[Enrolment]) -> Mapping[int, Mapping[str, Cell]]:
    ids = [row.pk for row in rows]
    there, minutes = tallies(ids), minutes_by_bucket(ids, last=asked.on)
    buckets = buckets_by_programme(row.cohort.programme_id for row in rows)
    found: dict[int, Mapping[str, Cell]] = {}
    for row in rows:
        tally, own = there.get(row.pk), minutes.get(row.pk, {})
        names = {one.key: one.title for one in buckets.get(row.cohort.programme_id, [])}
        found[row.pk] = {
            "sessions": tally.marked if tally else 0,
            "rate": tally.rate if tally else None,
            "absent": tally.statuses.get("absent", 0) if tally else 0,
            "hours": sum(own.values()),
            "kinds": _kinds({names.get(key, Text(key, key)): some for key, some in own.items() if some}),
        }
    return found


def _kinds(minutes: Mapping[Text, int]) -> Text:
    told = [(name, f"{some / 60:.1f}".rstrip("0").rstrip(".")) for name, some in minutes.items()]
    return Text(
        "、".join(f"{name.say('zh')} {some} 小时" for name, some in told),
        ", ".join(f"{name.say('en')} {some} h" for name, some in told),
    )


CLASS = about_apprentices(
    "attendance",
    title=Text("出勤与学时", "Attendance and hours"),
    note=Text("到课情况和按类别累计的学时", "How often somebody was there, and hours by kind"),
    columns=(
        Column("sessions", Text("课次", "Sessions"), "number"),
        Column("rate", Text("出勤率", "Attendance"), "percent"),
        Column("absent", Text("缺勤次数", "Times absent"), "number"),
        Column("hours", Text("学时", "Hours"), "hours"),
        Column("kinds", Text("各类学时", "Hours by kind")),
    ),
    read=_read,
)
