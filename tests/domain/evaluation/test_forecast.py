"""What-if: supposed marks for open items, computed by the engine, and nothing recorded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.forecast import forecast
from craftpath.domain.evaluation.models import Mark, Result
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_it_says_what_recording_the_same_marks_would_give(cast: Cast) -> None:
    learner, before = cast.enrolments["26002"], Mark.objects.count()
    supposed = {"task2": Decimal("65.5"), "final_exam": Decimal(80)}
    found = forecast(cast.evaluation, learner, supposed)
    assert [item.key for item in found.open] == ["task2", "final_exam"]
    assert Mark.objects.count() == before
    marks = [NewMark(learner.pk, item, "scored", score) for item, score in supposed.items()]
    record_marks(cast.evaluation, marks, by=cast.actor("trainer"), at=AT)
    assert found.explanation.total_rounded == Result.objects.get(enrolment=learner).total


def test_only_open_items_within_their_range_are_supposed(cast: Cast) -> None:
    supposed = {
        "attendance": Decimal(0),
        "task2": Decimal(101),
        "final_exam": Decimal(-1),
        "nothing": Decimal(1),
    }
    found = forecast(cast.evaluation, cast.enrolments["26002"], supposed)
    assert (dict(found.supposed), found.explanation.to_date_rounded) == ({}, Decimal("37.5"))


def test_an_apprentice_without_any_mark_may_suppose_too(cast: Cast) -> None:
    found = forecast(cast.evaluation, cast.enrolments["26004"], {"final_exam": Decimal(100)})
    assert found.explanation.to_date_rounded == Decimal("40.0")


def test_a_deferred_item_is_open_and_can_be_supposed(cast: Cast) -> None:
    found = forecast(cast.evaluation, cast.enrolments["26003"], {"final_exam": Decimal(75)})
    assert ([item.key for item in found.open], found.explanation.complete) == (["final_exam"], True)
