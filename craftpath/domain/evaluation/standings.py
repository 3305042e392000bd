"""How evaluations stand, counted in the database: what desks read, a constant number of queries for any cohort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Window

from craftpath.domain.apprenticeships.queries import open_stages
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.queries import MissingItem, decimals_of
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.domain.programmes.queries import STAGE_FIELDS, schemes_by_id, stage_from
from craftpath.values.rounding import half_up

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

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


@dataclass(frozen=True, slots=True)
class Judged:
    """A cohort with its evaluations by stage."""

    cohort: Cohort
    evaluations: list[Evaluation]


_OF_EVALUATION = ("id", "public_id", "cohort_id", "stage_id", "scheme_id")  # as the table has them


def judged(cohorts: QuerySet[Cohort]) -> list[Judged]:
    """These cohorts in their order, with their evaluations; two queries. Whoever sees a cohort sees those of it.

    An evaluation comes with its cohort, the name of its stage and its scheme, of which no other is read twice.
    """
    joined = {f"of_{name}": F(f"evaluations__{name}") for name in _OF_EVALUATION}
    joined |= {f"of_stage_{name}": F(f"evaluations__stage__{name}") for name in STAGE_FIELDS}
    rows = cohorts.annotate(**joined).order_by(*cohorts.query.order_by, "evaluations__stage__order")
    found: dict[int, Judged] = {}
    for row in rows:
        here = found.setdefault(row.pk, Judged(row, []))
        values = [getattr(row, f"of_{name}") for name in _OF_EVALUATION]
        if values[0] is not None:
            one = Evaluation.from_db(rows.db, _OF_EVALUATION, values)
            one.cohort = here.cohort
            one.stage = stage_from([getattr(row, f"of_stage_{name}") for name in STAGE_FIELDS])
            here.evaluations.append(one)
    every = [one for here in found.values() for one in here.evaluations]
    schemes = schemes_by_id(one.scheme_id for one in every)
    for one in every:
        one.scheme = schemes[one.scheme_id]
    return list(found.values())


_COUNTS = {
    "people": Count("pk"),
    "complete": Count("pk", filter=Q(complete=True)),
    "met": Count("pk", filter=Q(passed=True)),
    "judged": Count("total"),
    "decided": Count("decided"),
    "total": Sum("total"),
}


def tallies(evaluations: Iterable[Evaluation]) -> dict[int, Tally]:
    """evaluation id → people and complete results, and nothing else of its tally; one query."""
    keys = [evaluation.pk for evaluation in evaluations]
    rows = Result.objects.filter(evaluation__in=keys).order_by().values_list("evaluation_id")
    counted = rows.annotate(people=_COUNTS["people"], complete=_COUNTS["complete"])
    return dict.fromkeys(keys, Tally()) | {
        pk: Tally(people=people, complete=complete) for pk, people, complete in counted
    }


def _tally(
    evaluation: Evaluation, people: int, complete: int, met: int, judged: int, decided: int, total: Decimal
) -> Tally:
    """With the mean, rounded once, half up, to the scheme's places."""
    mean = (
        half_up(Fraction(Decimal(total).quantize(_STORED)) / judged, decimals_of(evaluation))
        if judged
        else None
    )
    return Tally(people, complete, met, mean, decided)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one evaluation stands: its tally, and what is still open, most missed first."""

    tally: Tally = Tally()
    missed: Sequence[MissingItem] = ()


def standings(evaluations: Iterable[Evaluation]) -> dict[int, Standing]:
    """evaluation id → how it stands; one query.

    Results that wait for the same items are counted together, so that a class without a single mark is one row."""
    known = {evaluation.pk: evaluation for evaluation in evaluations}
    rows = (
        Result.objects.filter(evaluation__in=list(known))
        .order_by()
        .values_list("evaluation_id", "missing")
        .annotate(**_COUNTS)
    )
    sums: dict[int, list[Any]] = {pk: [0] * len(_COUNTS) for pk in known}
    missed: dict[int, dict[str, int]] = {pk: {} for pk in known}
    for pk, missing, *counts in rows:
        sums[pk] = [before + (more or 0) for before, more in zip(sums[pk], counts, strict=True)]
        people, complete, *_others = counts
        if people > complete:
            here = missed[pk]
            for item in missing:
                here[item] = here.get(item, 0) + people - complete
    listed: dict[int, tuple[ItemInfo, ...]] = {}
    found = {}
    for pk, evaluation in known.items():
        if missed[pk] and evaluation.scheme_id not in listed:
            listed[evaluation.scheme_id] = items(evaluation.scheme.definition)
        asked = [item for item in listed.get(evaluation.scheme_id, ()) if item.key in missed[pk]]
        waited = [MissingItem(item, missed[pk][item.key]) for item in asked]
        waited.sort(key=lambda item: -item.count)
        found[pk] = Standing(_tally(evaluation, *sums[pk]), waited)
    return found


def ready_to_pass() -> QuerySet[Result]:
    """Results of the open scope that are decided as passed while their stage still waits to be passed."""
    waits = open_stages().filter(enrolment=OuterRef("enrolment"), stage=OuterRef("evaluation__stage"))
    return Result.objects.filter(Exists(waits), passed=True, decided__isnull=False, enrolment__state="active")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """An active apprentice without a single mark in an evaluation."""

    evaluation_id: int
    enrolment: str
    number: str
    name: str


def without_marks(evaluations: Iterable[Evaluation], most: int) -> tuple[list[Unmarked], int]:
    """The first of those who have no mark at all in these evaluations, by number, and how many they are; one query."""
    # Of people whom the reader sees already: asked again in here, the scope would be planned for every one of them.
    marked = Mark._base_manager.filter(
        evaluation=OuterRef("evaluation"), enrolment=OuterRef("enrolment"), is_current=True
    ).exclude(status="missing")
    keys = [evaluation.pk for evaluation in evaluations]
    # Whoever has no mark has earned nothing: so only these few are looked up among millions of marks.
    rows = (
        Result.objects.filter(~Exists(marked), evaluation__in=keys, to_date=0, enrolment__state="active")
        .order_by("enrolment__cohort_id", "enrolment__number", "pk")
        .annotate(all=Window(Count("pk")))
        .values_list(
            "evaluation_id", "enrolment__public_id", "enrolment__number", "enrolment__person__name", "all"
        )
    )
    found = list(rows[:most])
    first = [Unmarked(pk, public_id, number, name) for pk, public_id, number, name, _all in found]
    return first, found[0][-1] if found else 0


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
