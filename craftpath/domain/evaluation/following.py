"""Marks that follow from a re-sit or an appeal: into the evaluation, or, where it is decided, as its next version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.models import Evaluation, Mark, Result, ResultVersion
from craftpath.kernel.access import Actor

Record = Callable[[Sequence[NewMark]], int]
Follow = Callable[[ResultVersion, NewMark], object]


def evaluation_of(public_id: str) -> Evaluation:
    """The evaluation that another room has named, whoever looks; one query."""
    rows = Evaluation._base_manager.select_related("scheme", "cohort__organisation")
    return rows.get(public_id=public_id)


def different(evaluation: Evaluation, marks: Sequence[NewMark]) -> list[NewMark]:
    """Those that say something else than what is current; one query."""
    rows = Mark._base_manager.filter(
        evaluation=evaluation, is_current=True, enrolment__in=[one.enrolment_id for one in marks]
    ).values_list("enrolment_id", "item", "status", "score")
    current = {(who, item): (status, score) for who, item, status, score in rows}
    return [one for one in marks if current.get((one.enrolment_id, one.item)) != (one.status, one.score)]


def decided(evaluation: Evaluation, enrolments: Sequence[int]) -> dict[int, ResultVersion]:
    """enrolment id → the version in force, of those whose result is decided; one query."""
    rows = Result._base_manager.filter(evaluation=evaluation, enrolment__in=enrolments, decided__isnull=False)
    rows = rows.select_related(
        "decided__decision__scheme", "decided__evaluation__cohort__organisation", "decided__enrolment"
    )
    return {row.enrolment_id: row.decided for row in rows if row.decided is not None}


def record_or_follow(
    evaluation: Evaluation, marks: Sequence[NewMark], follow: Follow, *, by: Actor, at: datetime
) -> int:
    """Record these marks; where the result is decided, `follow` makes its next version. Returns how many changed."""
    fixed = decided(evaluation, [one.enrolment_id for one in marks])
    open_marks = [one for one in marks if one.enrolment_id not in fixed]
    done = 0
    if open_marks:
        found = record_marks(evaluation, open_marks, by=by, at=at)
        done = found.added + found.changed
    for one in different(evaluation, [one for one in marks if one.enrolment_id in fixed]):
        follow(fixed[one.enrolment_id], one)
        done += 1
    return done
