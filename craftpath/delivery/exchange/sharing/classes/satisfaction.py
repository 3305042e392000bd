"""Satisfaction: closed surveys of apprentices, with how many answered and the mean; nothing of fewer than five."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.timezone import localdate

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass, Subject
from craftpath.delivery.exchange.sharing.subjects import NOBODY
from craftpath.domain.surveys.queries import run_at
from craftpath.domain.surveys.results import Result, results_of
from craftpath.values.text import Text

INSTRUMENT = "apprentice_satisfaction"
CLOSED = ("closed", "analysed", "published")
MOST = 8
"""The newest surveys that are shown."""


def _subjects(asked: Asked) -> list[Subject]:
    rows = run_at(asked.giver).filter(instrument=INSTRUMENT, state__in=CLOSED)
    rows = rows.order_by("-closed_at", "-pk")[:MOST]
    return [Subject(row.pk, group=(row.pk, Text.of(row.title))) for row in rows]


def _cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
    found: dict[int, Mapping[str, Cell]] = {}
    for row in run_at(asked.giver).filter(pk__in=pks):
        results = results_of(row)
        mean = _mean(results)
        found[row.pk] = {
            "survey": Text.of(row.title),
            "closed": localdate(row.closed_at) if row.closed_at else None,
            "answers": max((one.n or 0 for one in results), default=0) or None,
            "mean": mean,
            "points": row.points,
        }
    return found


def _mean(results: Sequence[Result]) -> Decimal | None:
    """Of all ticks on scales that enough people gave."""
    scales = [one for one in results if one.question.kind in ("scale", "matrix")]
    means = [spread.mean for one in scales for spread in one.spreads if spread.n and spread.mean is not None]
    return Decimal(sum(means) / len(means)).quantize(Decimal("0.01"), ROUND_HALF_UP) if means else None


CLASS = DataClass(
    key="satisfaction",
    title=Text("学徒满意度", "Satisfaction of apprentices"),
    note=Text(
        "已结束调查的回收数和平均分，少于五人不显示",
        "Answers and mean of closed surveys; nothing of fewer than five",
    ),
    columns=(
        Column("survey", Text("调查", "Survey"), sensitivity="plain"),
        Column("closed", Text("结束日期", "Closed on"), "day", "plain"),
        Column("answers", Text("答卷数", "Answers"), "number", "plain"),
        Column("mean", Text("平均分", "Mean"), "number", "plain"),
        Column("points", Text("满分", "Of"), "number", "plain"),
    ),
    whom=NOBODY,
    subjects=_subjects,
    cells=_cells,
)
