"""What stands before marks are recorded: who of those named is enrolled, with current marks or a decided result."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.models import Evaluation, Result

MOST = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Standing:
    """A current mark, as far as a new one is compared with it."""

    pk: int
    status: str
    score: Decimal | None
    grade: str
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class StandingMarks:
    """(enrolment id, item) → its current mark; how many of those named are not enrolled; whose result is decided."""

    current: Mapping[tuple[int, str], Standing]
    unknown: int
    decided: frozenset[int]


def standing_marks(evaluation: Evaluation, wanted: Collection[int]) -> StandingMarks:
    """Look up the people whom the reader sees in this cohort together with their marks.

    One query for every 500 people; the rest of the cohort is not read.
    """
    current: dict[tuple[int, str], Standing] = {}
    seen: set[int] = set()
    decided: set[int] = set()
    fixed = Result._base_manager.filter(
        evaluation=evaluation, enrolment=OuterRef("pk"), decided__isnull=False
    )
    keys = sorted(wanted)
    for start in range(0, len(keys), MOST):
        rows = (
            enrolments()
            .filter(cohort=evaluation.cohort_id, pk__in=keys[start : start + MOST])
            .annotate(
                standing=FilteredRelation(
                    "marks", condition=Q(marks__evaluation=evaluation.pk, marks__is_current=True)
                ),
                fixed=Exists(fixed.order_by()),
            )
            .order_by()
            .values_list(
                "pk",
                "fixed",
                "standing__item",
                "standing__pk",
                "standing__status",
                "standing__score",
                "standing__grade",
                "standing__reason",
                "standing__origin",
            )
        )
        for who, is_fixed, item, pk, status, score, grade, reason, origin in rows:
            seen.add(who)
            if is_fixed:
                decided.add(who)
            if pk is not None:
                current[who, item] = Standing(pk, status, score, grade, reason, origin)
    return StandingMarks(current, len(set(keys) - seen), frozenset(decided))
