"""What evaluations give to counting: results of stages and current marks of many classes at once, whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from craftpath.domain.evaluation.models import Evaluation, Mark, Result, ResultVersion
from craftpath.domain.programmes.definition import engine_scheme
from craftpath.engines.evaluation import Scheme
from craftpath.kernel.audit import AuditEntry

COMPONENTS = ("process", "practical", "final")
"""Columns of the star; a component of a scheme is one of them if its key begins so."""
HEARD = {
    "evaluation.marks_recorded": ("exam", "mark"),
    "evaluation.mark_given_instead": ("exam", "mark"),
    "evaluation.mark_worked_out_again": ("exam", "mark"),
    "evaluation.evaluation_moved": ("exam", "mark"),
    "evaluation.results_decided": ("exam",),
    "evaluation.result_corrected": ("exam",),
    "evaluation.contest_ended": ("exam", "mark"),
}
"""Facts, and the tables of the star that they may change."""

ExamRow = tuple[int, date | datetime, str, int, bool, dict[str, int], int | None]
"""Enrolment, moment, stage, which attempt, passed, hundredths by component, hundredths in all."""


def exams(cohorts: Collection[int]) -> Iterator[ExamRow]:
    """Complete results with a verdict, the decided one where there is one; three questions."""
    parts = {
        pk: [next((name for name in COMPONENTS if one.key.startswith(name)), "") for one in scheme.components]
        for pk, scheme in _schemes(cohorts).items()
    }
    decided = {
        (evaluation, who): (total, passed, figures, at)
        for evaluation, who, total, passed, figures, at in ResultVersion._base_manager.filter(
            evaluation__cohort__in=cohorts
        )
        .order_by("number")
        .values_list("evaluation_id", "enrolment_id", "total", "passed", "figures", "decision__made_at")
    }
    rows = Result._base_manager.filter(evaluation__cohort__in=cohorts, complete=True, passed__isnull=False)
    told = rows.order_by("enrolment_id", "evaluation__opened_at", "pk").values_list(
        "enrolment_id", "evaluation_id", "evaluation__stage__key", "total", "passed", "figures", "computed_at"
    )
    for who, evaluation, stage, total, passed, figures, at in told:
        total, passed, figures, at = decided.get((evaluation, who), (total, passed, figures, at))
        given: dict[str, int] = {}
        for name, (value, *_rest) in zip(parts[evaluation], figures, strict=False):
            if name and value is not None:
                given[name] = hundredths(Decimal(value))
        yield who, at, stage, 1, bool(passed), given, None if total is None else hundredths(total)


def marks(cohorts: Collection[int]) -> Iterator[tuple[int, datetime, str, str, str, int | None, str]]:
    """(enrolment, moment, stage, scheme, item, hundredths, state) of current marks; one question."""
    rows = Mark._base_manager.filter(evaluation__cohort__in=cohorts, is_current=True).order_by(
        "enrolment_id", "pk"
    )
    told = rows.values_list(
        "enrolment_id",
        "recorded_at",
        "evaluation__stage__key",
        "evaluation__scheme__key",
        "item",
        "score",
        "status",
    )
    for who, at, stage, scheme, item, score, status in told.iterator():
        yield who, at, stage, scheme, item, None if score is None else hundredths(score), status


def hundredths(value: Decimal) -> int:
    """A score in hundredths of a point, half-up."""
    return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _schemes(cohorts: Collection[int]) -> dict[int, Scheme]:
    rows = Evaluation._base_manager.filter(cohort__in=cohorts).order_by()
    told = list(rows.values_list("pk", "scheme_id", "scheme__key", "scheme__definition"))
    made = {scheme: engine_scheme(definition, key) for _pk, scheme, key, definition in told}
    return {pk: made[scheme] for pk, scheme, _key, _definition in told}


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; one question."""
    about: dict[str, set[str]] = {}
    for entry in entries:
        if entry.fact in HEARD and isinstance(evaluation := entry.payload.get("evaluation"), str):
            about.setdefault(evaluation, set()).update(HEARD[entry.fact])
        elif entry.fact in HEARD and entry.subject.startswith("evaluation/contest/"):
            about.setdefault(f"contest:{entry.subject.rpartition('/')[2]}", set()).update(HEARD[entry.fact])
    contests = {one.partition(":")[2] for one in about if one.startswith("contest:")}
    rows = Evaluation._base_manager.filter(public_id__in=set(about)).order_by()
    for public_id, cohort in rows.values_list("public_id", "cohort_id"):
        yield from ((table, cohort) for table in about[public_id])
    if contests:
        versions = ResultVersion._base_manager.filter(contest__public_id__in=contests).order_by()
        for cohort in versions.values_list("evaluation__cohort_id", flat=True):
            yield from (("exam", cohort), ("mark", cohort))
