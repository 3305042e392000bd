"""Reading what was decided: versions of a result, each told again from the marks that it knew, and contests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils import timezone

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Contest, Evaluation, Mark, Result, ResultVersion
from craftpath.domain.evaluation.queries import Derivation, Reading, Row, evidence_of, row_of
from craftpath.domain.evaluation.rules import can_contest
from craftpath.domain.evaluation.states import CONTEST
from craftpath.domain.programmes.definition import ItemInfo, components, items, judged_items
from craftpath.engines.evaluation import explain
from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def versions() -> QuerySet[ResultVersion]:
    """The decided results of the open scope, with their decision; the newest version first."""
    return ResultVersion.objects.select_related(
        "decision__scheme",
        "decision__made_by",
        "enrolment__person",
        "evaluation__cohort__organisation",
        "evaluation__stage",
        "evaluation__scheme",
    ).order_by("-number", "-pk")


def every_version() -> QuerySet[ResultVersion]:
    """All versions of decided results, whoever asks: callers say whose, and have looked at who may."""
    return ResultVersion._base_manager.order_by("enrolment_id", "evaluation_id", "number")


def versions_of(evaluation: Evaluation, enrolment: Enrolment) -> list[ResultVersion]:
    """Every version of one result, the one in force first; none while nothing is decided. One query.

    Each has the evaluation and the enrolment that were given, as far as these were read.
    """
    rows = ResultVersion.objects.filter(evaluation=evaluation, enrolment=enrolment).order_by()
    found = list(rows.select_related("decision__scheme", "decision__made_by"))
    for version in found:
        version.evaluation, version.enrolment = evaluation, enrolment
    return sorted(found, key=lambda version: (version.number, version.pk), reverse=True)


def derivation_of(version: ResultVersion) -> Derivation:
    """The derivation of a decided result: its scheme version, and the marks as they were then.

    Marks are only ever added, so those of that moment are, for each item, the newest that it knew.
    """
    evaluation = copy(version.evaluation)
    evaluation.scheme = version.decision.scheme
    known = Mark.objects.filter(
        evaluation=version.evaluation_id, enrolment=version.enrolment_id, pk__lte=version.known_marks
    )
    marks = {mark.item: mark for mark in evidence_of(known).order_by("pk")}
    return Derivation(
        evaluation=evaluation,
        enrolment=version.enrolment,
        parts=components(evaluation.scheme.definition),
        explanation=explain(*columns.marks_from(evaluation, version.enrolment_id, marks.values()), 0),
        marks=marks,
    )


def items_of(version: ResultVersion) -> tuple[ItemInfo, ...]:
    """What a decided result was made of and may be contested or corrected: every item, and the oral marks it has.

    No query where the scheme knows no oral marks, else one.
    """
    definition = version.decision.scheme.definition
    judged = judged_items(definition)
    if not any(item.is_oral for item in judged):
        return items(definition)
    marked = Mark.objects.filter(
        evaluation=version.evaluation_id, enrolment=version.enrolment_id, pk__lte=version.known_marks
    )
    given = set(marked.order_by().values_list("item", flat=True))
    return tuple(item for item in judged if not item.is_oral or item.key in given)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a cohort is from being decided; `rows` are the results that can be decided now, by number."""

    rows: list[Row]
    open: int
    decided: int


def readiness(evaluation: Evaluation) -> Readiness:
    """What a decision would make official; two queries."""
    seen = Result.objects.filter(evaluation=evaluation)
    ready = (
        seen.filter(complete=True, decided__isnull=True, fingerprint=evaluation.scheme.fingerprint)
        .select_related("enrolment__person", "enrolment__enterprise")
        .order_by("enrolment__number", "pk")
    )
    reading = Reading.of(evaluation)
    rows = [row_of(result, reading) for result in ready]
    counts = seen.aggregate(all=Count("pk"), decided=Count("decided"))
    return Readiness(rows, counts["all"] - counts["decided"] - len(rows), counts["decided"])


def contests() -> QuerySet[Contest]:
    """The contests of the open scope, those that wait first, the most urgent at the top."""
    return Contest.objects.select_related(
        "raised_by",
        "ended_by",
        "version__decision__scheme",
        "version__decision__made_by",
        "version__enrolment__person",
        "version__evaluation__stage",
        "version__evaluation__scheme",
        "version__evaluation__cohort__organisation",
    ).order_by("ended_at", "due_on", "pk")


def contests_waiting_for(actor: Actor) -> QuerySet[Contest]:
    """Those that this person may answer: at the actor's organisation or below, judged and raised by others."""
    path = actor.organisation.path if actor.organisation is not None else ""
    rows = contests().filter(
        state=CONTEST.start, version__evaluation__cohort__organisation__path__startswith=path
    )
    if actor.person is None:
        return rows
    return rows.exclude(version__decision__made_by=actor.person).exclude(raised_by=actor.person)


def contested(versions: Iterable[ResultVersion]) -> dict[int, Contest]:
    """version id → its contest; one query."""
    rows = contests().filter(version__in=[version.pk for version in versions])
    return {row.version_id: row for row in rows}


def versions_to_contest(enrolments: Sequence[Enrolment], *, on: date) -> list[ResultVersion]:
    """The results in force of these apprentices that can still be contested, the newest decision first; one query."""
    ids = [row.pk for row in enrolments]
    in_force = Result.objects.filter(enrolment__in=ids, decided__isnull=False).values("decided_id")
    rows = versions().filter(pk__in=in_force, contest__isnull=True).order_by("-decision__made_at", "-pk")
    return [row for row in rows if can_contest(row, in_force=True, contested=False, on=on)]


def decided_days(evaluation: Evaluation) -> dict[int, date]:
    """enrolment id → the day on which the result in force was decided; one query."""
    rows = Result.objects.filter(evaluation=evaluation, decided__isnull=False).order_by()
    return {
        who: timezone.localtime(made_at).date()
        for who, made_at in rows.values_list("enrolment_id", "decided__decision__made_at")
    }
