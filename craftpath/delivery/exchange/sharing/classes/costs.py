"""Figures of cost: what the giver's settled allowances of teachers came to, month by month; nobody's own amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass, Subject
from craftpath.delivery.exchange.sharing.subjects import NOBODY
from craftpath.domain.allowances.queries import payees_in, runs
from craftpath.engines.disclosure.one_column import LEAST_SHOWN
from craftpath.values.text import Text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.allowances.models import Run

MONTHS = 12


def _runs(asked: Asked) -> QuerySet[Run]:
    rows = runs().filter(organisation__path__startswith=asked.giver.path, month__lte=asked.on)
    return rows.filter(state__in=("approved", "paid"))


def _subjects(asked: Asked) -> list[Subject]:
    return [Subject(row.pk, group=(row.pk, row.organisation.title)) for row in _runs(asked)[:MONTHS]]


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    people = payees_in(pks)
    found: dict[int, Mapping[str, Cell]] = {}
    for row in _runs(asked).filter(pk__in=pks):
        told: dict[str, Cell] = {"place": row.organisation.title, "month": row.month}
        if people.get(row.pk, 0) >= LEAST_SHOWN:
            told |= {
                "people": people[row.pk],
                "sum": Decimal(row.total) / 100,
                "currency": row.currency,
            }
        found[row.pk] = told
    return found


CLASS = DataClass(
    key="costs",
    title=Text("带教费用数字", "Figures of cost"),
    note=Text(
        "已审批的带教津贴月度合计，少于五人不显示", "Settled allowances by month; nothing of fewer than five"
    ),
    columns=(
        Column("place", Text("单位", "Place"), sensitivity="plain"),
        Column("month", Text("月份", "Month"), "day", "plain"),
        Column("people", Text("领取人数", "Receivers"), "number", "plain"),
        Column("sum", Text("合计", "Sum"), "money", "plain"),
        Column("currency", Text("币种", "Currency"), sensitivity="plain"),
    ),
    whom=NOBODY,
    subjects=_subjects,
    cells=_cells,
)
