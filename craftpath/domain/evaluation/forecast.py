"""What would it come to? One apprentice's result under supposed marks, by the engine; nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation, Mark
from craftpath.domain.evaluation.queries import Derivation, derivation
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.engines.evaluation import Explanation, Role, explain

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

Supposed = Mapping[str, Decimal | str]
"""item key → a supposed score, or the key of a supposed grade."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The items that are still open, what was supposed for them, and the explanation under that."""

    open: tuple[ItemInfo, ...]
    supposed: Supposed
    explanation: Explanation


def forecast(evaluation: Evaluation, enrolment: Enrolment, supposed: Supposed) -> Forecast:
    """Suppose marks for open items of somebody's current ones; one query."""
    return forecast_of(derivation(evaluation, enrolment), supposed)


def forecast_of(derived: Derivation, supposed: Supposed) -> Forecast:
    """The same for a derivation of current marks.

    A mark for an item that is closed, unknown or outside its range plays no part.
    """
    evaluation, current, now = derived.evaluation, derived.marks.values(), derived.explanation
    waiting = {item.key for part in now.components for item in part.items if item.role is Role.OPEN}
    asked = {item.key: item for item in items(evaluation.scheme.definition) if item.key in waiting}
    taken = {key: value for key, value in supposed.items() if key in asked and _can_be(asked[key], value)}
    if not taken:
        return Forecast(tuple(asked.values()), {}, now)
    marks = [mark for mark in current if mark.item not in taken]
    marks += [_mark(key, value) for key, value in taken.items()]
    told = explain(*columns.marks_from(evaluation, derived.enrolment.pk, marks), 0)
    return Forecast(tuple(asked.values()), taken, told)


def _can_be(item: ItemInfo, value: Decimal | str) -> bool:
    if item.grades:
        return value in item.grades
    return isinstance(value, Decimal) and 0 <= value <= item.max


def _mark(item: str, value: Decimal | str) -> Mark:
    if isinstance(value, Decimal):
        return Mark(item=item, status="scored", score=value)
    return Mark(item=item, status="scored", grade=value)
