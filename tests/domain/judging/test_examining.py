"""A sitting's marks in the evaluation: shares of the points, absences, what waits, what was seen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.exams.actions import close_sitting
from craftpath.domain.exams.marking import scored
from craftpath.domain.judging.actions import publish_sitting, seen_of
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY, OPENS, RIGHT, answer, begin, opened

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def over(cast: Cast) -> Any:
    """26001 has all but the essay, 26002 waits for an essay's mark, 26003 wrote nothing, the others did not come."""
    row, codes = opened(cast)
    answer(begin(codes["26001"]), RIGHT)
    answer(begin(codes["26002"]), {1: ["b"], ESSAY: {"text": "先粗后精。"}})
    begin(codes["26003"])
    return close_sitting(row, by=cast.actor("trainer"), at=OPENS)


def publish(cast: Cast, row: Any, **other: Any) -> Any:
    values = {
        "item": "final_exam",
        "seen": seen_of(scored(row)),
        "by": cast.actor("trainer"),
        "at": OPENS,
    } | other
    return publish_sitting(row, cast.evaluation, **values)


def mark(cast: Cast, number: str) -> Mark:
    return Mark.objects.get(enrolment=cast.enrolments[number], item="final_exam", is_current=True)


def test_shares_become_points_of_the_item_and_who_stayed_away_is_absent(cast: Cast, over: Any) -> None:
    before = Mark.objects.filter(enrolment=cast.enrolments["26002"], item="final_exam").count()
    found = publish(cast, over)
    assert (found.done, found.waiting) == (3, 1)
    assert mark(cast, "26001").score == Decimal("65.5172")  # 19 of 29
    assert mark(cast, "26003").score == 0
    assert mark(cast, "26004").status == "absent"
    assert not Mark.objects.filter(enrolment=cast.enrolments["26005"]).exists()  # of another stage
    assert mark(cast, "26001").origin == str(over.ref)
    assert Mark.objects.filter(enrolment=cast.enrolments["26002"], item="final_exam").count() == before


def test_again_changes_nothing(cast: Cast, over: Any) -> None:
    assert (publish(cast, over).done, publish(cast, over).done) == (3, 0)


def test_what_was_not_seen_is_not_published(cast: Cast, over: Any) -> None:
    with pytest.raises(Refused, match=r"^judging\.ratings_changed$"):
        publish(cast, over, seen="x")


@pytest.mark.parametrize(
    ("other", "reason"), [({"item": "nothing"}, r"judging\.item_unknown")],
)  # fmt: skip
def test_an_item_that_there_is_not(cast: Cast, over: Any, other: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        publish(cast, over, **other)


@pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "officer", "stranger"])
def test_others_publish_nothing(cast: Cast, over: Any, who: str) -> None:
    house = {"mentor": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour}.get(who)
    with pytest.raises(Refused) as found:
        publish(cast, over, by=cast.actor(who, house))
    assert found.value.verdict.who


def test_a_sitting_under_way_is_not_published(cast: Cast) -> None:
    row, _codes = opened(cast)
    with pytest.raises(Refused, match=r"^exams\.sitting_not_closed$"):
        publish(cast, row)
