"""What ratings come to, and how a mark on which raters agree goes into the evaluation, is looked at anew, and stays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.evaluation.actions import NewMark, basis_of, decide_results, record_marks
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.judging.actions import (
    Panel,
    ask_raters,
    cancel_practical,
    publish_marks,
    reopen_judgement,
)
from craftpath.domain.judging.models import Judgement, Practical
from craftpath.domain.judging.queries import works
from craftpath.domain.judging.settling import in_points
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.judging.test_planning import with_raters
from tests.domain.judging.world import levels, practical, rate

pytestmark = pytest.mark.usefixtures("all_rows")
BEST, GOOD, WORST = levels("4", "4", "4"), levels("3", "3", "4"), levels("1", "1", "1")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def work(cast: Cast, row: Practical, number: str = "26001") -> Any:
    return works(row)[cast.enrolments[number].pk]


def publish(cast: Cast, row: Practical, *numbers: str, who: str = "coordinator") -> Any:
    ids = [cast.enrolments[number].pk for number in numbers or ("26001",)]
    seen = {pk: str(works(row)[pk].mark) for pk in ids}
    return publish_marks(row, seen, by=cast.actor(who), at=AT)


def mark(cast: Cast, number: str = "26001") -> Mark:
    return Mark.objects.get(
        evaluation=cast.evaluation, enrolment=cast.enrolments[number], item="task2", is_current=True
    )


def test_two_who_are_close_enough_make_their_mean_and_it_goes_into_the_evaluation(cast: Cast) -> None:
    row = practical(cast)
    rate(cast, row, "mentor", BEST)
    assert work(cast, row).needs == "ratings"
    rate(cast, row, "trainer", levels("4", "3", "3"))
    found = work(cast, row)
    assert (found.mark, found.gap, found.needs) == (Decimal("91.6667"), Decimal("16.6667"), "")
    assert publish(cast, row).done == 1
    assert mark(cast).score == Decimal("91.6667")
    assert mark(cast).origin == str(row.ref)
    kept = Judgement.objects.get()
    assert [(one["kind"], one["mark"], one["counted"]) for one in kept.ratings] == [
        ("mentor", "100.0000", True),
        ("trainer", "83.3333", True),
    ]


def test_beyond_the_gap_a_third_rater_is_needed_and_both_marks_are_kept(cast: Cast) -> None:
    row = practical(cast)
    rate(cast, row, "mentor", BEST)
    rate(cast, row, "trainer", WORST)
    found = work(cast, row)
    assert (found.mark, found.gap, found.needs) == (None, Decimal(100), "third_rater")
    with refused(r"judging\.nothing_to_publish"):
        publish(cast, row)
    ids = [cast.enrolments["26001"].pk]
    ask_raters(row, ids, person=cast.people["assessor"], kind="assessor", by=cast.actor("trainer"), at=AT)
    assert work(cast, row).needs == "ratings"
    rate(cast, row, "assessor", GOOD)
    assert work(cast, row).mark == Decimal("86.6667")  # of the third and the nearer one
    publish(cast, row)
    kept = {one["kind"]: (one["mark"], one["counted"]) for one in Judgement.objects.get().ratings}
    assert kept == {
        "mentor": ("100.0000", True),
        "trainer": ("0.0000", False),
        "assessor": ("73.3333", True),
    }


def test_the_chair_s_word_counts_where_the_scheme_says_so(cast: Cast) -> None:
    with_raters(cast, {"method": "chair", "raters": 1, "beyond": "chair"})
    trainer = cast.people["trainer"]
    row = practical(cast, Panel(people=[(trainer, "trainer")], chair=trainer.pk))
    rate(cast, row, "mentor", WORST)
    assert work(cast, row).needs == "ratings"
    rate(cast, row, "trainer", BEST)
    assert work(cast, row).mark == 100


def test_what_waits_is_left_and_named_and_the_rest_is_published(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
        rate(cast, row, who, BEST if who == "mentor" else WORST, number="26002")
    found = publish(cast, row, "26001", "26002", "26003")
    assert found.done == 1
    assert found.waiting == {
        cast.enrolments["26002"].pk: "third_rater",
        cast.enrolments["26003"].pk: "ratings",
    }


def test_pressed_twice_it_is_published_once(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    assert (publish(cast, row).done, publish(cast, row).done) == (1, 0)
    assert Judgement.objects.count() == 1
    assert (
        Mark.objects.filter(item="task2", enrolment=cast.enrolments["26001"]).count() == 2
    )  # with the cast's


def test_a_rating_that_came_while_somebody_read_is_not_published_unseen(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    seen = {cast.enrolments["26001"].pk: str(work(cast, row).mark)}
    rate(cast, row, "mentor", levels("4", "4", "3"))
    with refused(r"judging\.ratings_changed"):
        publish_marks(row, seen, by=cast.actor("coordinator"), at=AT)
    assert not Judgement.objects.exists()


def test_a_published_mark_is_rated_anew_only_after_it_was_reopened_with_a_reason(cast: Cast) -> None:
    row, by = practical(cast), cast.actor("coordinator")
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    publish(cast, row)
    with refused(r"judging\.published_already"):
        rate(cast, row, "mentor", WORST)
    first = Judgement.objects.get()
    with refused(r"judging\.no_reason"):
        reopen_judgement(first, because="", by=by, at=AT)
    for _pressed in range(2):
        reopen_judgement(first, because="看错了工件", by=by, at=AT)
    assert mark(cast).score == 100  # it stands until another one is published
    for who in ("mentor", "trainer"):
        rate(cast, row, who, levels("3", "4", "4"))
    publish(cast, row)
    assert [one.number for one in Judgement.objects.order_by("number")] == [1, 2]
    assert mark(cast).score == Decimal("83.3333")


def test_a_decided_result_does_not_move(cast: Cast) -> None:
    row, by = practical(cast), cast.actor("coordinator")
    pk = cast.enrolments["26001"].pk
    basis = basis_of(cast.evaluation)
    decide_results(cast.evaluation, [cast.enrolments["26001"]], basis=basis, by=by, at=AT)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    with refused(r"evaluation\.result_decided"):
        publish_marks(row, {pk: "100.0000"}, by=by, at=AT)
    assert not Judgement.objects.exists()


def test_an_item_with_raters_takes_no_mark_from_a_sheet_and_the_judged_one_is_taken(cast: Cast) -> None:
    with_raters(cast, {"method": "mean", "raters": 2, "gap": "20", "beyond": "third_rater"})
    by = cast.actor("coordinator")
    with refused(r"evaluation\.item_rated"):
        record_marks(
            cast.evaluation,
            [NewMark(cast.enrolments["26004"].pk, "task2", "scored", Decimal(50))],
            by=by,
            at=AT,
        )
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    publish(cast, row)
    assert mark(cast).score == 100


def test_the_same_figure_in_a_sheet_takes_nothing_from_a_judged_mark(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    publish(cast, row)
    same = NewMark(cast.enrolments["26001"].pk, "task2", "scored", Decimal(100))
    assert record_marks(cast.evaluation, [same], by=cast.actor("trainer"), at=AT).unchanged == 1
    assert mark(cast).origin == str(row.ref)


@pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "officer", "stranger"])
def test_others_publish_nothing(cast: Cast, who: str) -> None:
    row = practical(cast)
    for rater in ("mentor", "trainer"):
        rate(cast, row, rater, BEST)
    house = {"mentor": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour}.get(who)
    with pytest.raises(Refused) as found:
        publish_marks(row, {cast.enrolments["26001"].pk: "100.0000"}, by=cast.actor(who, house), at=AT)
    assert found.value.verdict.who


def test_what_is_published_is_not_cancelled(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, BEST)
    publish(cast, row)
    with refused(r"judging\.is_published"):
        cancel_practical(row, because="x", by=cast.actor("coordinator"), at=AT)


def test_a_mark_of_100_in_the_item_s_points_is_rounded_once() -> None:
    assert in_points(Decimal("33.3333"), Decimal(50)) == Decimal("16.6667")
    assert in_points(Decimal(100), Decimal(100)) == 100
