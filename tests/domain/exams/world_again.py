"""A published examination: 26001 passed, 26002 failed, 26003 wrote nothing, the others did not come."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from craftpath.domain.exams.actions import close_sitting, mark_essay, settle_terms
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import Appeal, Candidate, Sitting
from craftpath.domain.exams.terms import Terms
from craftpath.domain.judging.actions import publish_sitting, seen_of
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY, OPENS, RIGHT, answer, begin, candidate, opened

LATER = OPENS + timedelta(days=1)
NEXT = OPENS + timedelta(days=20)


def closed(cast: Cast, terms: Terms | None = None, **other: Any) -> Sitting:
    """An examination that is over; the trainer has marked the essay of 26001."""
    row, codes = opened(cast, **other)
    if terms is not None:
        days = {"appeal_days": 14, "show_answers": False}
        row = settle_terms(row, terms, **days, by=cast.actor("trainer"), at=OPENS)
    answer(begin(codes["26001"]), RIGHT | {ESSAY: {"text": "先粗后精。"}})
    answer(begin(codes["26002"]), {1: ["b"]})
    begin(codes["26003"])
    row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    for one in essays_to_mark(row, cast.actor("trainer")):
        values = {"points": Decimal(4), "words": "缺少检验工序。"}
        mark_essay(one.candidate, one.line, **values, by=cast.actor("trainer"), at=OPENS)
    return row


def publish(cast: Cast, row: Sitting, **other: Any) -> Any:
    values = {
        "item": "final_exam",
        "seen": seen_of(scored(row)),
        "by": cast.actor("coordinator"),
        "at": LATER,
    }
    return publish_sitting(row, cast.evaluation, **(values | other))


def published(cast: Cast, terms: Terms | None = None, **other: Any) -> Sitting:
    row = closed(cast, terms, **other)
    publish(cast, row)
    return Sitting.objects.select_related("organisation", "cohort", "paper").get(pk=row.pk)


def whole(cast: Cast, row: Sitting, number: str = "26001") -> Candidate:
    """A candidate with everything that appeals and re-sits look at."""
    pk = candidate(cast, row, number).pk
    rows = Candidate.objects.select_related("sitting__organisation", "enrolment__person", "outcome", "appeal")
    return rows.get(pk=pk)


def lines(appeal: Appeal) -> dict[int, Any]:
    """order → the line in question."""
    return {one.line.order: one.line for one in appeal.lines.select_related("line__version")}
