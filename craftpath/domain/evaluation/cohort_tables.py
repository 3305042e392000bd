"""A cohort's results without reading all of them: who is in the table, one page of it, and what version it is.

A page of fifty rows costs as much in a cohort of 1,303 as in one of 24: of everybody only what the reader sorts and
filters by is read, as plain values, and of the page's people everything.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.queries import Reading, Row, row_of, zeroed_in
from craftpath.kernel.tenancy import current_scope

_FIELDS = {
    "name": "enrolment__person__name",
    "name_latin": "enrolment__person__name_latin",
    "enterprise": "enrolment__enterprise__key",
    "enterprise_name": "enrolment__enterprise__name",
    "complete": "complete",
    "passed": "passed",
    "total": "total",
    "to_date": "to_date",
    "open": "open",
    "grade": "grade",
    "missing": "missing",
    "figures": "figures",
    "fingerprint": "fingerprint",
    "decided": "decided_id",
}


# What a line shows; the rest of a person stays where it is.
_SHOWN = [
    *("complete", "total", "to_date", "open", "passed", "grade", "figures", "missing", "decided"),
    "fingerprint",
    *("enrolment__public_id", "enrolment__number", "enrolment__person__name", "enrolment__enterprise__name"),
]


@dataclass(
    slots=True
)  # not frozen: there is one for everybody, and a frozen one takes three times as long to make
class Brief:
    """One line of the table before it is read: the result's key, the number, and what was asked for."""

    pk: int
    number: str
    enterprise_id: int | None
    values: dict[str, Any]

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the items that are still open, where they were asked for."""
        return tuple(self.values["missing"])

    @property
    def zeroed(self) -> tuple[str, ...]:
        """Keys of the items that have no mark and count zero, where `missing` was asked for."""
        return tuple(self.values["zeroed"])


def briefs(evaluation: Evaluation, wanted: Collection[str] = ()) -> list[Brief]:
    """Everybody whom the reader sees, by number; of each the values named, and nothing more. One query.

    Who asks what is missing is told too what counts zero without a mark, with a second one where that happens.
    """
    zeroed = zeroed_in(evaluation) if "missing" in wanted else None
    names = [name for name in _FIELDS if name in wanted]
    rows = (
        Result.objects.filter(evaluation=evaluation)
        .order_by("enrolment__number", "pk")
        .values_list(
            "pk",
            "enrolment_id",
            "enrolment__number",
            "enrolment__enterprise_id",
            *(_FIELDS[name] for name in names),
        )
    )
    if not wanted:
        nothing: dict[str, Any] = {}
        return [Brief(pk, number, enterprise, nothing) for pk, _who, number, enterprise in rows]
    return [
        Brief(
            pk,
            number,
            enterprise,
            dict(zip(names, values, strict=True)) | ({"zeroed": zeroed.of(who)} if zeroed else {}),
        )
        for pk, who, number, enterprise, *values in rows
    ]


def rows_of(evaluation: Evaluation, keys: Sequence[int]) -> list[Row]:
    """These results in full, in this order; one query for every 500, or two where missing marks count zero."""
    reading = Reading.of(evaluation)
    found: dict[int, Row] = {}
    for start in range(0, len(keys), 500):
        rows = Result.objects.filter(pk__in=keys[start : start + 500])
        part = list(rows.select_related("enrolment__person", "enrolment__enterprise").only(*_SHOWN))
        zeroed = zeroed_in(evaluation, [result.enrolment_id for result in part])
        found |= {result.pk: row_of(result, reading, zeroed) for result in part}
    return [found[key] for key in keys if key in found]


def with_newest_mark(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """The same, each with the key of the mark that was recorded last; marks are never altered, only added."""
    newest = Mark._base_manager.filter(evaluation=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return evaluations.annotate(newest_mark=Subquery(newest))


def sees_everybody(evaluation: Evaluation) -> bool:
    """Whether the open scope has the whole cohort, so that ranks in it may be told; asks nothing."""
    scope = current_scope()
    if scope is None or not scope.path:
        return False
    return bool(evaluation.cohort.organisation.path.startswith(scope.path))


def version_of(evaluation: Evaluation) -> tuple[Any, ...] | None:
    """What tells one state of an evaluation's results from every other; None for a reader of a part of them.

    A result is made of the current marks by the scheme. So the newest mark, the scheme's fingerprint and who has
    a result say what all figures are; sums and the newest moment stand beside them for a program that would
    compute otherwise. It takes one query, and an evaluation that came `with_newest_mark`. Recording locks
    the evaluation, so a later mark never has a smaller key.
    """
    if not sees_everybody(evaluation):
        return None
    counted = Result.objects.filter(evaluation=evaluation).aggregate(
        Count("pk"),
        Max("pk"),
        Max("computed_at"),
        Sum("total"),
        Sum("to_date"),
        Sum("open"),
        complete=Count("pk", filter=Q(complete=True)),
        passed=Count("pk", filter=Q(passed=True)),
        decided=Count("decided"),
    )
    newest = evaluation.newest_mark  # type: ignore[attr-defined]
    return (evaluation.pk, evaluation.scheme_id, evaluation.scheme.fingerprint, newest, *counted.values())
