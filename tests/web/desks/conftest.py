"""More apprentices for the cast, and the page as values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.domain.counts.following import begin_anew, look_through
from craftpath.domain.evaluation.actions import NewMark, record_marks, refresh_results
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast


@pytest.fixture
def grow(cast: Cast) -> Callable[..., list[Enrolment]]:
    """Enrol more people at Jinheng with mentor and assessor; `marked` of them get every mark, the others one."""

    def more(count: int, *, marked: int = 0, start: int = 1) -> list[Enrolment]:
        by = cast.actor("coordinator")
        numbers = [f"27{n:03}" for n in range(start, start + count)]
        with everywhere("a test enrols people"):
            take_roster(
                cast.cohort,
                [RosterEntry(n, f"学徒{n}", enterprise=cast.jinheng, mentor="周国栋") for n in numbers],
                by=by,
                at=AT,
            )
            refresh_results(cast.evaluation, by=by, at=AT)
            rows = list(Enrolment.objects.filter(number__in=numbers).order_by("number"))
            assess(cast, rows)
            every = {"attendance": 90, "log": 80, "quiz": 40, "task1": 70, "task2": 60, "final_exam": 75}
            given = [every if place < marked else {"task1": 70} for place in range(count)]
            marks = [
                NewMark(row.pk, item, "scored", Decimal(score))
                for row, items in zip(rows, given, strict=True)
                for item, score in items.items()
            ]
            record_marks(cast.evaluation, marks, by=by, at=AT)
        return rows

    return more


def assess(cast: Cast, rows: list[Enrolment]) -> None:
    """Make the assessor of the cast party to these apprentices."""
    EnrolmentParty.objects.bulk_create(
        EnrolmentParty(enrolment=row, person=cast.people["assessor"], role="assessor", starts_on=TODAY)
        for row in rows
    )


def count() -> None:
    """Let the counts say what there is, as a worker does."""
    with everywhere("a test counts"):
        begin_anew()
        look_through(localdate())


@pytest.fixture
def desk_of(browse: Callable[[str], Any]) -> Callable[..., Any]:
    """The context of somebody's home page."""

    def read(who: str, where: str = "lanchuan") -> Any:
        count()
        answer = browse(who).get(f"/o/{where}/")
        assert answer.status_code == 200
        return answer.context

    return read
