"""What may be imported where, and which imports the reader may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.trial import Target
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import cohorts, with_people
from craftpath.domain.evaluation.queries import evaluations
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SheetImport, imports
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.evaluation.models import Evaluation

PERMISSIONS = {Kind.ROSTER: Permission.IMPORT_ROSTER, Kind.MARKS: Permission.IMPORT_MARKS}


def find_target(request: Request, kind: str, public_id: str) -> Target:
    """The cohort or evaluation that a sheet is for; 404 outside the organisation of the address."""
    if kind not in PERMISSIONS:
        raise Http404
    require(request.actor.may(PERMISSIONS[Kind(kind)]))
    if kind == Kind.ROSTER:
        return Target(Kind.ROSTER, get_object_or_404(own_cohorts(request), public_id=public_id))
    evaluation = get_object_or_404(own_evaluations(request), public_id=public_id)
    return Target(Kind.MARKS, evaluation.cohort, evaluation)


def own_cohorts(request: Request) -> QuerySet[Cohort]:
    """Cohorts of this organisation and below. To see an apprentice elsewhere is no right to import there."""
    return cohorts().filter(organisation__in=request.organisation.below())


def own_evaluations(request: Request) -> QuerySet[Evaluation]:
    """The evaluations of those cohorts."""
    return evaluations().filter(cohort__organisation__in=request.organisation.below())


def own_imports(request: Request) -> QuerySet[SheetImport]:
    """The imports of this organisation and below, of the kinds that the reader may import."""
    kinds = [kind.value for kind, permission in PERMISSIONS.items() if request.actor.may(permission)]
    return imports().filter(organisation__in=request.organisation.below(), kind__in=kinds)


def find_import(request: Request, public_id: str) -> SheetImport:
    """An import that the reader may carry on; the role is refused, another's import is not there."""
    rows = imports().filter(organisation__in=request.organisation.below(), kind__in=PERMISSIONS)
    row = get_object_or_404(rows, public_id=public_id)
    require(request.actor.may(PERMISSIONS[Kind(row.kind)]))
    return row


def find_evidence(request: Request, public_id: str) -> SheetImport:
    """An import whose file the reader may look into: marks also for those who see results of persons."""
    rows = imports().filter(organisation__in=request.organisation.below(), kind__in=PERMISSIONS)
    row = get_object_or_404(rows, public_id=public_id)
    if row.kind == Kind.ROSTER or not request.actor.may(Permission.SEE_RESULTS):
        require(request.actor.may(PERMISSIONS[Kind(row.kind)]))
    return row


@dataclass(frozen=True, slots=True)
class Choice:
    """A cohort that may be imported to, and its evaluations; which kinds depends on the reader."""

    cohort: Cohort
    evaluations: tuple[Evaluation, ...]


def choices(request: Request) -> list[Choice]:
    """Everything that the reader may import to; two queries."""
    by_cohort: dict[int, list[Evaluation]] = {}
    for evaluation in own_evaluations(request).filter(cohort__state="running"):
        by_cohort.setdefault(evaluation.cohort_id, []).append(evaluation)
    rows = with_people(own_cohorts(request)).exclude(state="completed")
    return [Choice(cohort, tuple(by_cohort.get(cohort.pk, ()))) for cohort in rows]


def names_of(rows: Iterable[SheetImport]) -> dict[str, dict[str, Any]]:
    """target → {cohort, stage}: what the imports are for, as JSON names; two queries however many."""
    refs = [(row.target, Ref.parse(row.target)) for row in rows]
    ids = {ref.public_id for _, ref in refs}
    found = {row.public_id: {"cohort": row.name} for row in cohorts().filter(public_id__in=ids)}
    found |= {
        row.public_id: {"cohort": row.cohort.name, "stage": row.stage.name}
        for row in evaluations().filter(public_id__in=ids)
    }
    return {target: found.get(ref.public_id, {}) for target, ref in refs}
