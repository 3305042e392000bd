"""8,100 of 8,000 hours: whoever has done more than is asked is marked with it, and it counts as all of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from craftpath.delivery.exchange.cells import CellFault, score
from craftpath.delivery.exchange.knowledge import item_choices
from craftpath.domain.activity.queries import statements
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.models import Evaluation, Result
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes.definition import fingerprint, items
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

Browse = Callable[[str], Client]
HOURS = {
    "mode": "all_required",
    "component": [
        {"key": "hours", "weight": "0", "target": "8000", "name": {"zh": "工时", "en": "Hours"}},
        {"key": "test", "weight": "0", "target": "80"},
    ],
}


@pytest.fixture
def evaluation(cast: Cast, all_rows: None) -> Evaluation:
    """The cast's evaluation, of hours and a test."""
    EvaluationScheme.objects.filter(pk=cast.scheme.pk).update(
        definition=HOURS, fingerprint=fingerprint(HOURS)
    )
    return evaluations().get(pk=cast.evaluation.pk)


def test_more_hours_than_asked_are_recorded_and_count_as_all(
    cast: Cast, evaluation: Evaluation, browse: Browse
) -> None:
    who, by = cast.enrolments["26001"], cast.actor("coordinator")
    marks = [
        NewMark(who.pk, "hours", "scored", Decimal("8100.5")),
        NewMark(who.pk, "test", "scored", Decimal(90)),
    ]
    record_marks(evaluation, marks, by=by, at=AT)
    result = Result.objects.get(enrolment=who)
    assert (result.grade, result.passed, result.to_date) == ("met", True, Decimal(95))
    page = browse("coordinator").get(f"/o/lanchuan/results/{evaluation.public_id}/{who.public_id}/")
    assert "8,100.5 of 8,000" in page.content.decode()
    assert "More than is asked for counts as what is asked for." in page.content.decode()
    told = [row.raw["result"].get("score") for row in statements() if "result" in row.raw]
    assert {"raw": 8100.5, "min": 0, "max": 8100.5, "scaled": 1.0} in told


def test_what_is_marked_out_of_100_takes_no_more(cast: Cast, evaluation: Evaluation) -> None:
    for item, given in (("test", Decimal("100.5")), ("hours", Decimal(100_000_000))):
        mark = NewMark(cast.enrolments["26001"].pk, item, "scored", given)
        with pytest.raises(Refused) as caught:
            record_marks(evaluation, [mark], by=cast.actor("coordinator"), at=AT)
        assert caught.value.verdict.reason == "evaluation.score_outside"


def test_a_sheet_may_hold_it_too(evaluation: Evaluation) -> None:
    hours, test = item_choices(evaluation)
    assert (hours.max, test.max, test.top) == (8000, 100, 100)
    assert score("8100", hours.top or hours.max) == 8100
    with pytest.raises(CellFault, match="out_of_range"):
        score("101", test.top or test.max)


def test_an_item_that_is_listed_keeps_its_maximum() -> None:
    part = {**HOURS["component"][0], "item": [{"key": "log", "max": "8000"}]}  # type: ignore[dict-item]
    (item,) = items({**HOURS, "component": [part]})
    assert (item.open_ended, item.top) == (False, 8000)
