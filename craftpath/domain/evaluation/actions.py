"""Marks come in, results follow; somebody decides them, and a decided one is contested and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import enrolments_in_stage
from craftpath.domain.evaluation import rules, storing
from craftpath.domain.evaluation.contests import (
    correct_contested,
    raise_contest,
    uphold_result,
    withdraw_contest,
)
from craftpath.domain.evaluation.deciding import Decided, basis_of, correct_result, decide_results
from craftpath.domain.evaluation.facts import EvaluationOpened
from craftpath.domain.evaluation.marking import (
    MarksOutcome,
    NewMark,
    append_marks,
    locked,
    ref,
)
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.actions import adopt_scheme
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.sheets import SheetImport
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.programmes.models import EvaluationScheme, Stage


__all__ = [
    "Decided",
    "MarksOutcome",
    "NewMark",
    "basis_of",
    "correct_contested",
    "correct_result",
    "decide_results",
    "open_evaluation",
    "raise_contest",
    "record_marks",
    "ref",
    "refresh_results",
    "uphold_result",
    "withdraw_contest",
]


@action
def open_evaluation(
    *, cohort: Cohort, stage: Stage, scheme: EvaluationScheme, by: Actor, at: datetime
) -> Evaluation:
    """Judge a stage of a cohort by a scheme version, which is in use from now on.

    Opening it again with the same version gives the same evaluation; another version is refused here,
    since a running cohort moves only by a decision of its own.
    """
    require(rules.may_open_evaluation(by, cohort))
    if stage.programme_id != cohort.programme_id:
        raise Refused(not_now("evaluation.stage_of_another"))
    if scheme.programme_id != cohort.programme_id:
        raise Refused(not_now("evaluation.scheme_of_another"))
    existing = Evaluation.objects.select_related("scheme").filter(cohort=cohort, stage=stage).first()
    if existing is not None:
        if existing.scheme_id != scheme.pk:
            raise Refused(not_now("evaluation.already_open"))
        return existing
    scheme = adopt_scheme(scheme, by=by, at=at)
    evaluation, new = Evaluation.objects.get_or_create(
        cohort=cohort, stage=stage, defaults={"scheme": scheme, "opened_at": at, "opened_by": by.person}
    )
    if not new:  # somebody was quicker by less than the look above takes
        if evaluation.scheme_id != scheme.pk:
            raise Refused(not_now("evaluation.already_open"))
        return evaluation
    refresh_results(evaluation, by=by, at=at)
    tell(
        EvaluationOpened(evaluation=evaluation.public_id, scheme=scheme.public_id, version=scheme.version),
        by=by,
        at=at,
        organisation=cohort.organisation,
        subject=ref(evaluation),
    )
    return evaluation


@action
def record_marks(
    evaluation: Evaluation,
    marks: Sequence[NewMark],
    *,
    source: SheetImport | None = None,
    undoes: SheetImport | None = None,
    by: Actor,
    at: datetime,
) -> MarksOutcome:
    """Record marks; one that says what is already there changes nothing, so a replay is harmless.

    A changed mark supersedes the older one, which stays. Results of those concerned follow at once; marks
    that would change a decided result are refused, and then none is recorded. `undoes` is the import that
    these marks take back.
    """
    evaluation = locked(evaluation)
    require(rules.may_record_marks(by, evaluation.cohort))
    return append_marks(evaluation, marks, source=source, undoes=undoes, by=by, at=at)


@action
def refresh_results(evaluation: Evaluation, *, by: Actor, at: datetime) -> int:
    """Compute the results of all who are in the stage anew, also for those who have no mark yet; decided ones stay."""
    in_stage = enrolments_in_stage(evaluation.cohort_id, evaluation.stage_id).values_list("pk", flat=True)
    everybody, _written = storing.refresh_all(evaluation, list(in_stage), at=at)
    return everybody
