"""Taking a program's column over: its scores become marks of an item, by somebody who may record marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.evaluation import rules
from craftpath.domain.evaluation.marking import PLACES, MarksOutcome, NewMark, append_marks, locked
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.outside.columns import marks_of, note_taken
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.outside.models import OutsideColumn, OutsideMark

MEANT = {"fully graded": "scored", "exempt": "exempt", "not submitted": "missing"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one line of a column would become: a mark, or a reason code why none."""

    said: OutsideMark
    mark: NewMark | None
    reason: str = ""


def takes(evaluation: Evaluation) -> list[ItemInfo]:
    """The items of a scheme into which a column can be taken: those that somebody marks in points."""
    return [one for one in items(evaluation.scheme.definition) if one.by_hand and not one.grades]


def foreseen(column: OutsideColumn, item: ItemInfo) -> list[Taken]:
    """Every line of a column with the mark that it would be in this item, by number; one query."""
    return [_taken(column, row, item) for row in marks_of(column)]


def _taken(column: OutsideColumn, row: OutsideMark, item: ItemInfo) -> Taken:
    status = MEANT.get(row.status)
    if status is None:
        return Taken(row, None, "not_graded_yet")
    given = f"{row.status} {'' if row.score is None else f'{row.score.normalize():f}'}".strip()
    if status != "scored":
        return Taken(row, NewMark(row.enrolment_id, item.key, status, given=given))
    if row.score is None:
        return Taken(row, None, "no_number")
    score = round((row.score - column.least) / (column.most - column.least) * item.max, PLACES)
    if not 0 <= score <= item.top:
        return Taken(row, None, "out_of_range")
    return Taken(row, NewMark(row.enrolment_id, item.key, status, score, given=given))


@action
def take_column(
    column: OutsideColumn, evaluation: Evaluation, item: str, *, by: Actor, at: datetime
) -> MarksOutcome:
    """Record what a column says as marks of an item; what cannot be one is left. As often as the column changes."""
    held = locked(evaluation)
    require(rules.may_record_marks(by, held.cohort))
    if column.cohort_id != held.cohort_id:
        raise Refused(not_now("outside.cohort_unknown"))
    into = next((one for one in takes(held) if one.key == item), None)
    if into is None:
        raise Refused(not_now("evaluation.item_unknown", item=item[:80]))
    marks = [one.mark for one in foreseen(column, into) if one.mark is not None]
    if not marks:
        raise Refused(not_now("outside.nothing_to_take"))
    outcome = append_marks(held, marks, by=by, at=at)
    note_taken(column, into.key, len(marks), by=by, at=at)
    return outcome
