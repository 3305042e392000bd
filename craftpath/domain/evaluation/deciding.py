"""Deciding results and correcting them: the two acts that make a version. Nothing passes or fails by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, QuerySet, Subquery, Value

from craftpath.domain.evaluation import rules
from craftpath.domain.evaluation.facts import ResultCorrected, ResultsDecided
from craftpath.domain.evaluation.marking import NewMark, append_marks, locked, ref
from craftpath.domain.evaluation.models import Decision, DecisionKind, Evaluation, Mark, Result, ResultVersion
from craftpath.domain.evaluation.versions import items_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.rows import insert_from
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

_COLUMNS = (
    "decision",
    "evaluation",
    "enrolment",
    "number",
    "total",
    "passed",
    "grade",
    "figures",
    "known_marks",
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: how many results it made official, how many of the chosen were not ready."""

    decision: Decision
    decided: int
    left: int


def newest_mark(evaluation: Evaluation) -> int:
    """The id of the newest mark, 0 for none: marks are only ever added, so it says what a reader has seen."""
    return int(Mark.objects.filter(evaluation=evaluation).aggregate(newest=Max("pk"))["newest"] or 0)


def basis_of(evaluation: Evaluation) -> str:
    """What the results on a page stand on; a decision that names an older basis is refused."""
    return f"{evaluation.scheme.fingerprint}.{newest_mark(evaluation)}"


@action
def decide_results(
    evaluation: Evaluation,
    enrolments: Sequence[Enrolment] | None,
    *,
    basis: str,
    by: Actor,
    at: datetime,
) -> Decided:
    """Make the complete results of these apprentices official, or of everybody for None, in one act.

    `basis` is what the decider looked at. Results that are open or decided already are left as they are; if
    nothing is left to decide the act is refused. Nobody passes a stage by it: that is decided at its gate.
    The number of statements does not grow with the cohort.
    """
    evaluation = locked(evaluation)
    require(rules.may_decide(by, evaluation.cohort))
    if basis != basis_of(evaluation):
        raise Refused(not_now("evaluation.results_moved"))
    ready = Result.objects.filter(
        evaluation=evaluation,
        complete=True,
        decided__isnull=True,
        fingerprint=evaluation.scheme.fingerprint,
    )
    if enrolments is not None:
        ready = ready.filter(enrolment__in=[row.pk for row in enrolments])
    decision = Decision.objects.create(
        evaluation=evaluation,
        scheme=evaluation.scheme,
        kind=DecisionKind.DECIDED,
        made_by=by.person,
        made_at=at,
    )
    count = _make_first_versions(decision, ready)
    if not count:
        raise Refused(not_now("evaluation.nothing_to_decide"))
    Decision.objects.filter(pk=decision.pk).update(people=count)
    tell(
        ResultsDecided(
            evaluation=evaluation.public_id,
            decision=decision.public_id,
            version=evaluation.scheme.version,
            count=count,
        ),
        by=by,
        at=at,
        organisation=evaluation.cohort.organisation,
        subject=ref(evaluation),
    )
    chosen = count if enrolments is None else len(enrolments)
    return Decided(decision, count, chosen - count)


def _make_first_versions(decision: Decision, ready: QuerySet[Result]) -> int:
    """One version for each ready result, all from the stored figures, and the results point to them."""
    rows = ready.order_by().values_list(
        Value(decision.pk),
        "evaluation_id",
        "enrolment_id",
        Value(1),
        "total",
        "passed",
        "grade",
        "figures",
        Value(newest_mark(decision.evaluation)),
    )
    count = insert_from(ResultVersion, _COLUMNS, rows)
    made = ResultVersion.objects.filter(decision=decision)
    # Named by what is unique, so that a database that has not counted these rows yet finds each by that index.
    own = made.filter(evaluation=decision.evaluation_id, enrolment=OuterRef("enrolment"), number=1)
    Result.objects.filter(
        evaluation=decision.evaluation_id, enrolment__in=made.values("enrolment_id")
    ).update(decided=Subquery(own.values("pk")[:1]))
    return count


@action
def correct_result(
    version: ResultVersion, marks: Sequence[NewMark], *, reason: str, by: Actor, at: datetime
) -> ResultVersion:
    """Follow a decided result by its next version, with other marks and the reason; both stay.

    It is computed by the scheme version of the first decision, wherever the cohort has moved since.
    """
    require(rules.may_decide(by, version.evaluation.cohort))
    return follow(version, marks, reason=reason, by=by, at=at)


def follow(
    version: ResultVersion, marks: Sequence[NewMark], *, reason: str, by: Actor, at: datetime
) -> ResultVersion:
    """The next version of a decided result; the caller has asked who may make it."""
    evaluation = locked(version.evaluation)
    evaluation.scheme = version.decision.scheme
    reason = reason.strip()
    if not reason:
        raise Refused(not_now("evaluation.reason_missing"))
    # Let go first: a decided result is never open, so only an undecided one can be computed anew.
    if not Result.objects.filter(decided=version).update(decided=None):
        raise Refused(not_now("evaluation.result_moved"))
    if any(mark.enrolment_id != version.enrolment_id for mark in marks):
        raise Refused(not_now("evaluation.correction_of_another"))
    outcome = append_marks(evaluation, marks, correcting=True, allowed=items_of(version), by=by, at=at)
    if not outcome.batch:
        raise Refused(not_now("evaluation.correction_changes_nothing"))
    result = Result.objects.get(evaluation=evaluation, enrolment=version.enrolment_id)
    if not result.complete or result.passed is None:
        raise Refused(not_now("evaluation.correction_leaves_open"))
    decision = Decision.objects.create(
        evaluation=evaluation,
        scheme=evaluation.scheme,
        kind=DecisionKind.CORRECTED,
        reason=reason,
        people=1,
        made_by=by.person,
        made_at=at,
    )
    following = ResultVersion.objects.create(
        decision=decision,
        evaluation=evaluation,
        enrolment_id=version.enrolment_id,
        number=version.number + 1,
        total=result.total,
        passed=result.passed,
        grade=result.grade,
        figures=result.figures,
        known_marks=newest_mark(evaluation),
    )
    Result.objects.filter(pk=result.pk).update(decided=following)
    tell(
        ResultCorrected(
            evaluation=evaluation.public_id, decision=decision.public_id, number=following.number
        ),
        by=by,
        at=at,
        organisation=evaluation.cohort.organisation,
        subject=ref(evaluation),
    )
    return following
