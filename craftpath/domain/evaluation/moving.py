"""What another scheme version would make of a cohort's marks: one call of the engine for each, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.programmes.definition import judged_items
from craftpath.engines.evaluation import Results, cell_fault, evaluate

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import EvaluationScheme


@dataclass(frozen=True, slots=True)
class Effect:
    """How results would differ: how many of `people` change, by how much at most, who would pass or not any more.

    `decided` counts those who stay as they are because their result is decided; they are none of the `people`.
    `changed` counts totals, or levels where there is no total; `most` is None where no total stands on both sides.
    """

    people: int
    changed: int
    most: Decimal | None
    newly_passed: int
    no_more_passed: int
    no_more_complete: int
    decided: int = 0


def under(evaluation: Evaluation, scheme: EvaluationScheme) -> Evaluation:
    """The evaluation as it would be under another version: a value to compute with, never saved."""
    other = copy(evaluation)
    other.scheme = scheme
    return other


def unfit_items(evaluation: Evaluation, scheme: EvaluationScheme) -> list[str]:
    """Names of the items that have marks which the other version does not know or could not hold.

    Marks behind a decided result do not count: it stays with the version of its decision.
    """
    other = columns.scheme_of(under(evaluation, scheme))
    known = {item.key: (part, item) for part, item in other.items}
    names = {item.key: item.name for item in judged_items(evaluation.scheme.definition)}
    found: dict[str, None] = {}
    rows = Mark.objects.filter(evaluation=evaluation, is_current=True).exclude(
        Exists(_decided(evaluation).filter(enrolment=OuterRef("enrolment"))) | Q(status="missing")
    )
    for key, score, grade, status in rows.order_by("pk").values_list("item", "score", "grade", "status"):
        place = known.get(key)
        if place is None or cell_fault(*place, grade or score, columns.STATUS[status]):
            found[key] = None
    return [names[key].both() if key in names else key for key in found]


def _decided(evaluation: Evaluation) -> QuerySet[Result]:
    return Result.objects.filter(evaluation=evaluation, decided__isnull=False).order_by()


def effect(evaluation: Evaluation, scheme: EvaluationScheme) -> Effect:
    """Both versions over the same marks; those that do not fit the other version are not asked for here."""
    people = list(
        Result.objects.filter(evaluation=evaluation, decided__isnull=True)
        .order_by("pk")
        .values_list("enrolment_id", flat=True)
    )
    decided = _decided(evaluation).count()
    if not people:
        return Effect(0, 0, None, 0, 0, 0, decided)
    before, after = (_results(one, people) for one in (evaluation, under(evaluation, scheme)))
    outcomes = [(_said(before, row), _said(after, row)) for row in range(len(people))]
    gaps = [
        abs(new - old)
        for row in range(len(people))
        if (old := before.total_of(row)) is not None and (new := after.total_of(row)) is not None
    ]
    return Effect(
        people=len(people),
        changed=sum(old != new for old, new in outcomes),
        most=max(gaps, default=None),
        newly_passed=int(np.sum((after.passed == 1) & (before.passed != 1))),
        no_more_passed=int(np.sum((before.passed == 1) & (after.passed != 1))),
        no_more_complete=int(np.sum(before.complete & ~after.complete)),
        decided=decided,
    )


def _results(evaluation: Evaluation, people: Sequence[int]) -> Results:
    scheme = columns.scheme_of(evaluation)
    return evaluate(scheme, columns.marks_of(evaluation, scheme, people))


def _said(found: Results, row: int) -> Decimal | str | None:
    total = found.total_of(row)
    return found.grade_of(row) if total is None else total
