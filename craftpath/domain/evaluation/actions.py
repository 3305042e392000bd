"""Marks come in, results follow; somebody decides them, and a decided one is contested and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
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
from craftpath.domain.evaluation.facts import EvaluationMoved, EvaluationOpened
from craftpath.domain.evaluation.marking import (
    PLACES,
    MarksOutcome,
    NewMark,
    append_marks,
    locked,
    ref,
)
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.evaluation.moving import unfit_items
from craftpath.domain.evaluation.passing import pass_judged
from craftpath.domain.evaluation.queries import oral_chances
from craftpath.domain.evaluation.sourcing import due_tonight, give_instead, refresh_evidence, work_out_again
from craftpath.domain.programmes.actions import adopt_scheme
from craftpath.domain.programmes.definition import judged_items
from craftpath.engines.evaluation import oral_key
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.sheets import SheetImport
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import EvaluationScheme, Stage


__all__ = [
    "LONGEST_REASON",
    "PLACES",
    "Decided",
    "MarksOutcome",
    "NewMark",
    "basis_of",
    "correct_contested",
    "correct_result",
    "decide_results",
    "due_tonight",
    "give_instead",
    "move_to_scheme",
    "open_evaluation",
    "pass_judged",
    "raise_contest",
    "record_marks",
    "record_oral",
    "ref",
    "refresh_evidence",
    "refresh_results",
    "uphold_result",
    "withdraw_contest",
    "work_out_again",
]

LONGEST_REASON = 500


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


@action
def record_oral(
    evaluation: Evaluation,
    enrolment: Enrolment,
    *,
    component: str,
    score: Decimal,
    by: Actor,
    at: datetime,
) -> MarksOutcome:
    """Record an oral mark beside a written one: only where the scheme allows it, and only if it can decide.

    The same mark again changes nothing; another one corrects it, as with every mark, until the result is decided.
    """
    evaluation = locked(evaluation)
    require(rules.may_record_marks(by, evaluation.cohort))
    found = next((one for one in oral_chances(evaluation, enrolment) if one.part.key == component), None)
    require(rules.can_supplement(found.chance.reason if found else "not_in_this_component"))
    item = found.part.items[0].key if found else ""
    mark = NewMark(enrolment.pk, oral_key(item), "scored", score)
    return append_marks(evaluation, [mark], allowed=judged_items(evaluation.scheme.definition), by=by, at=at)


@action
def move_to_scheme(
    evaluation: Evaluation, scheme: EvaluationScheme, *, reason: str, by: Actor, at: datetime
) -> Evaluation:
    """Let a running evaluation follow another version from now on: a recorded decision with its reason.

    Results that are live are worked out anew; decided ones stay with the version of their decision, and the version
    that was followed stays as it is. Moving to the version that is followed already changes nothing.
    """
    evaluation = locked(evaluation)
    require(rules.may_open_evaluation(by, evaluation.cohort))
    before = evaluation.scheme
    if before.pk == scheme.pk:
        return evaluation
    if scheme.programme_id != evaluation.cohort.programme_id:
        raise Refused(not_now("evaluation.scheme_of_another"))
    if not reason.strip():
        raise Refused(not_now("evaluation.move_without_reason"))
    unfit = unfit_items(evaluation, scheme)
    if unfit:
        raise Refused(not_now("evaluation.marks_do_not_fit", items=" / ".join(unfit)))
    evaluation.scheme = adopt_scheme(scheme, by=by, at=at)
    evaluation.save(update_fields=["scheme"])
    refresh_results(evaluation, by=by, at=at)
    tell(
        EvaluationMoved(
            evaluation=evaluation.public_id,
            from_scheme=before.public_id,
            from_version=before.version,
            to_scheme=scheme.public_id,
            to_version=scheme.version,
            reason=reason.strip()[:LONGEST_REASON],
        ),
        by=by,
        at=at,
        organisation=evaluation.cohort.organisation,
        subject=ref(evaluation),
    )
    return evaluation
