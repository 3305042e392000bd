"""What would it come to? One apprentice's result under supposed marks, by the engine; nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation, Mark
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.engines.evaluation import Explanation, Role, explain


@dataclass(frozen=True, slots=True)
class Forecast:
    """The items that are still open, what was supposed for them, and the explanation under that."""

    open: tuple[ItemInfo, ...]
    supposed: Mapping[str, Decimal]
    explanation: Explanation


def forecast(evaluation: Evaluation, enrolment_id: int, supposed: Mapping[str, Decimal]) -> Forecast:
    """Suppose marks for open items; one for an item that is closed, unknown or outside its range plays no part."""
    scheme = columns.scheme_of(evaluation)
    current = list(
        Mark.objects.filter(evaluation=evaluation, enrolment=enrolment_id, is_current=True).order_by("pk")
    )
    now = explain(scheme, columns.marks_from(scheme, enrolment_id, current), 0)
    waiting = {item.key for part in now.components for item in part.items if item.role is Role.OPEN}
    graded = {part.key for part in scheme.components if part.grades}
    asked = tuple(
        item
        for item in items(evaluation.scheme.definition)
        if item.key in waiting and item.component not in graded
    )
    most = {item.key: item.max for item in asked}
    taken = {key: score for key, score in supposed.items() if key in most and 0 <= score <= most[key]}
    marks = [mark for mark in current if mark.item not in taken]
    marks += [Mark(item=key, status="scored", score=score) for key, score in taken.items()]
    return Forecast(asked, taken, explain(scheme, columns.marks_from(scheme, enrolment_id, marks), 0))
