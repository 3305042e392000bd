"""How evaluations stand, counted in the database: what desks read, a constant number of queries for any cohort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.queries import MissingItem, decimals_of
from craftpath.domain.programmes.definition import items
from craftpath.values.rounding import half_up

_STORED = Decimal("0.000001")  # results keep six places; a sum comes back from SQLite as a float


@dataclass(frozen=True, slots=True)
class Tally:
    """One evaluation among the people whom the reader sees; `mean` is of the complete results, None for none."""

    people: int = 0
    complete: int = 0
    met: int = 0
    mean: Decimal | None = None
    decided: int = 0

    @property
    def to_decide(self) -> int:
        """How many complete results nobody has decided yet."""
        return self.complete - self.decided

    @property
    def open(self) -> int:
        """How many results are not complete."""
        return self.people - self.complete


def tallies(evaluations: Iterable[Evaluation]) -> dict[int, Tally]:
    """evaluation id → its tally; one query. The mean is rounded once, half up, to the scheme's places."""
    known = {evaluation.pk: evaluation for evaluation in evaluations}
    rows = (
        Result.objects.filter(evaluation__in=list(known))
        .order_by()
        .values_list("evaluation_id")
        .annotate(
            people=Count("pk"),
            complete=Count("pk", filter=Q(complete=True)),
            met=Count("pk", filter=Q(passed=True)),
            judged=Count("total"),
            decided=Count("decided"),
            total=Sum("total"),
        )
    )
    found = dict.fromkeys(known, Tally())
    for pk, people, complete, met, judged, decided, total in rows:
        places = decimals_of(known[pk])
        mean = half_up(Fraction(Decimal(total).quantize(_STORED)) / judged, places) if judged else None
        found[pk] = Tally(people, complete, met, mean, decided)
    return found


def missed_items(evaluations: Iterable[Evaluation]) -> dict[int, list[MissingItem]]:
    """evaluation id → what is still open, most missed first; one query."""
    known = {evaluation.pk: evaluation for evaluation in evaluations}
    counts: dict[tuple[int, str], int] = {}
    rows = Result.objects.filter(evaluation__in=list(known), complete=False)
    for pk, missing in rows.order_by().values_list("evaluation_id", "missing"):
        for key in missing:
            counts[pk, key] = counts.get((pk, key), 0) + 1
    found = {}
    for pk, evaluation in known.items():
        asked = [item for item in items(evaluation.scheme.definition) if (pk, item.key) in counts]
        missed = [MissingItem(item, counts[pk, item.key]) for item in asked]
        found[pk] = sorted(missed, key=lambda missing: -missing.count)
    return found


def without_marks(evaluations: Iterable[Evaluation]) -> QuerySet[Result]:
    """The results of those active apprentices who have no mark at all in these evaluations, by number."""
    # Of people whom the reader sees already: asked again in here, the scope would be planned for every one of them.
    marked = Mark._base_manager.filter(
        evaluation=OuterRef("evaluation"), enrolment=OuterRef("enrolment"), is_current=True
    ).exclude(status="missing")
    return (
        Result.objects.filter(~Exists(marked), evaluation__in=list(evaluations), enrolment__state="active")
        .select_related("enrolment__person", "enrolment__cohort", "evaluation__stage")
        .order_by("enrolment__cohort_id", "enrolment__number", "pk")
    )


def ready_to_pass(evaluations: Iterable[Evaluation]) -> dict[int, int]:
    """evaluation id → how many are decided as passed while their stage still waits to be passed; one query."""
    rows = (
        Result.objects.filter(
            evaluation__in=list(evaluations),
            passed=True,
            decided__isnull=False,
            enrolment__state="active",
            enrolment__progress__stage=F("evaluation__stage"),
            enrolment__progress__state="open",
        )
        .order_by()
        .values_list("evaluation_id")
        .annotate(people=Count("pk"))
    )
    return dict(rows)


def away_marks(enrolment_ids: Iterable[int]) -> dict[int, list[Mark]]:
    """enrolment id → its current marks that say absent or deferred, in order of recording; one query."""
    rows = Mark.objects.filter(
        enrolment__in=list(enrolment_ids), is_current=True, status__in=["absent", "deferred"]
    ).select_related("evaluation__scheme")
    found: dict[int, list[Mark]] = {}
    for row in rows.order_by("recorded_at", "pk"):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def complete_results() -> QuerySet[Result]:
    """The complete results of the open scope, with evaluation and person, the latest first."""
    return (
        Result.objects.filter(complete=True)
        .select_related("evaluation", "enrolment__person")
        .order_by("-computed_at", "-pk")
    )
