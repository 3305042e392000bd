"""Passing a stage that results judge: only a decided result that passed lets anybody through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.apprenticeships.rules import may_manage
from craftpath.domain.evaluation.models import Evaluation, Result
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage

UNDECIDED = "undecided"
NOT_PASSED = "not_passed"


def held_back(enrolments: Sequence[Enrolment], stage: Stage) -> dict[int, str]:
    """enrolment id → why its result does not let it pass the stage: `undecided` or `not_passed`; two queries.

    All are of one cohort. A stage that no evaluation judges holds nobody back: the decision is on paper then.
    """
    found = _judging(enrolments, stage)
    if found is None:
        return {}
    decided = dict(
        Result.objects.filter(
            evaluation=found, enrolment__in=[row.pk for row in enrolments], decided__isnull=False
        )
        .order_by()
        .values_list("enrolment_id", "decided__passed")
    )
    return {
        row.pk: NOT_PASSED if row.pk in decided else UNDECIDED
        for row in enrolments
        if not decided.get(row.pk)
    }


@action
def pass_judged(enrolments: Sequence[Enrolment], *, stage: Stage, on: date, by: Actor, at: datetime) -> None:
    """Record the decision that these apprentices passed a stage; refused for all if a result holds one back."""
    for cohort in {row.cohort for row in enrolments}:
        require(may_manage(by, cohort))
    found = _judging(enrolments, stage)
    if found is not None:  # a correction made at this moment comes before or after, never between
        Evaluation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    held = held_back(enrolments, stage)
    if held:
        raise Refused(not_now("evaluation.held_back", count=len(held)))
    pass_stages(enrolments, stage=stage, on=on, by=by, at=at)


def is_judged(cohort: Cohort, stage: Stage) -> bool:
    """Whether a scheme judges the stage in this cohort; one query."""
    return Evaluation.objects.filter(stage=stage, cohort=cohort).exists()


def _judging(enrolments: Sequence[Enrolment], stage: Stage) -> Evaluation | None:
    return Evaluation.objects.filter(stage=stage, cohort__in={row.cohort_id for row in enrolments}).first()
