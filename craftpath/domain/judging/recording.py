"""What stands in the results of a sitting, compared with what it comes to now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.grid import judged_ids
from craftpath.domain.evaluation.queries import marks as all_marks
from craftpath.domain.judging.settling import PLACES
from craftpath.domain.programmes.definition import items
from craftpath.engines.rating import half_up

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, Mark
    from craftpath.domain.exams.marking import Scored
    from craftpath.domain.exams.models import Candidate


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where marks of a sitting stand: since when, how many, whose differ from what it comes to now, who is missing."""

    evaluation: Evaluation
    item: str
    at: datetime
    marks: int
    differing: Sequence[Candidate]
    missing: Sequence[Candidate]


def recorded(table: Scored) -> list[Recorded]:
    """The items in which marks of this sitting hold now, compared with what it comes to now.

    Two queries, and two for each such item. A mark that somebody has replaced by hand is theirs, and not compared.
    """
    origin = str(table.sitting.ref)
    rows = all_marks().filter(origin=origin, is_current=True).order_by("evaluation", "item", "pk")
    found: dict[tuple[int, str], list[Mark]] = {}
    for mark in rows:
        found.setdefault((mark.evaluation_id, mark.item), []).append(mark)
    return [_compared(table, marks) for marks in found.values()]


def _compared(table: Scored, marks: Sequence[Mark]) -> Recorded:
    evaluation, item = marks[0].evaluation, marks[0].item
    most = {one.key: one.max for one in items(evaluation.scheme.definition)}.get(item)
    ours = {one.enrolment_id: (one.status, one.score) for one in marks}
    held = all_marks().filter(evaluation=evaluation, item=item, is_current=True)
    taken = set(held.values_list("enrolment_id", flat=True))
    judged = judged_ids(evaluation)
    differing, missing = [], []
    for n, one in enumerate(table.candidates):
        now = mark_of(table, n, most) if most is not None else None
        if one.enrolment_id in ours and not _same(ours[one.enrolment_id], now):
            differing.append(one)
        elif one.enrolment_id in judged and one.enrolment_id not in taken and now is not None:
            missing.append(one)
    return Recorded(evaluation, item, max(one.recorded_at for one in marks), len(marks), differing, missing)


def _same(stands: tuple[str, Decimal | None], now: tuple[str, Decimal | None] | None) -> bool:
    """Whether nothing has changed; an absence with a reason stands as deferred while a re-sit is open for it."""
    return stands == now or (stands[0] == "deferred" and now is not None and now[0] == "absent")


def mark_of(table: Scored, row: int, most: Decimal) -> tuple[str, Decimal | None] | None:
    """(status, points of the item) of a candidate; None while an essay waits."""
    if table.absent(row):
        return "absent", None
    total = table.total(row)
    return None if total is None else ("scored", in_points(total, table.full(row), most))


def in_points(total: Fraction, full: Fraction, most: Decimal) -> Decimal:
    """The share of all points, in the item's own, rounded once, half up."""
    return half_up(total / full * Fraction(most), PLACES)
