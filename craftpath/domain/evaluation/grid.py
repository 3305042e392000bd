"""The current marks of some people beside one another: people down, items across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from craftpath.domain.evaluation.models import Evaluation, Mark, Result

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True, slots=True)
class GridMark:
    """One cell: the mark's public id, its status, its score as the column keeps it, or the key of its grade."""

    mark: str
    status: str
    score: str | None
    grade: str


def people_in(evaluation: Evaluation) -> QuerySet[Result]:
    """The results of all whom the reader sees, with their people, by number."""
    return (
        Result.objects.filter(evaluation=evaluation)
        .select_related("enrolment__person")
        .only("enrolment__public_id", "enrolment__number", "enrolment__person__name")
        .order_by("enrolment__number", "pk")
    )


def judged_ids(evaluation: Evaluation) -> set[int]:
    """The enrolments that are judged in it, also those that the reader does not see; one query."""
    return set(Result._base_manager.filter(evaluation=evaluation).values_list("enrolment_id", flat=True))


def grid_marks(evaluation: Evaluation, enrolments: Sequence[Enrolment]) -> dict[tuple[int, str], GridMark]:
    """(enrolment id, item) → its current mark; one query, for people whom the reader was found to see."""
    rows = (
        Mark._base_manager.filter(
            evaluation=evaluation, is_current=True, enrolment__in=[row.pk for row in enrolments]
        )
        .order_by()
        .values_list("enrolment_id", "item", "public_id", "status", "score", "grade")
    )
    return {
        (who, item): GridMark(mark, status, None if score is None else f"{score:f}", grade)
        for who, item, mark, status, score, grade in rows
    }
