"""Incidents as figures: accidents with lost time of the last twelve months, hours, and the rate; never a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass
from craftpath.delivery.exchange.sharing.subjects import NOBODY, apprentices, of_giver
from craftpath.domain.care.queries import Rates, cases_at
from craftpath.domain.training.queries import minutes_at
from craftpath.engines.disclosure.one_column import LEAST_SHOWN
from craftpath.values.text import Text

YEAR = timedelta(days=365)


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    first, zone = asked.on - YEAR, ZoneInfo(asked.giver.time_zone)
    people = apprentices(asked).order_by().values("person_id").distinct().count()
    if people < LEAST_SHOWN:  # a single case among so few would be somebody's
        return {pk: {"from": first, "to": asked.on} for pk in pks}
    start, end = (datetime.combine(day, time(), zone) for day in (first, asked.on + timedelta(days=1)))
    rates = Rates(cases_at(asked.giver, start, end), minutes_at(asked.giver, first, asked.on))
    told: dict[str, Cell] = {
        "from": first,
        "to": asked.on,
        "people": people,
        "hours": rates.minutes,
        "cases": rates.cases,
        "rate": rates.osha,
    }
    return dict.fromkeys(pks, told)


CLASS = DataClass(
    key="incidents",
    title=Text("事故数字", "Figures of incidents"),
    note=Text(
        "近十二个月的事故起数和比率，不含个案",
        "Accidents of twelve months and their rate, and no single case",
    ),
    columns=(
        Column("from", Text("自", "From"), "day", "plain"),
        Column("to", Text("至", "To"), "day", "plain"),
        Column("people", Text("学徒人数", "Apprentices"), "number", "plain"),
        Column("hours", Text("学时", "Hours"), "hours", "plain"),
        Column("cases", Text("误工事故起数", "Accidents with lost time"), "number", "plain"),
        Column("rate", Text("每 20 万小时事故率", "Accidents in 200,000 hours"), "number", "plain"),
    ),
    whom=NOBODY,
    subjects=of_giver,
    cells=_cells,
)
