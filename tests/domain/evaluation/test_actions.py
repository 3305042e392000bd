"""Marks come in, results follow: what is recorded, superseded, refused, and how many queries it takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.activity.queries import statements
from craftpath.domain.apprenticeships.actions import RosterEntry, pass_stages, take_roster
from craftpath.domain.evaluation.actions import NewMark, open_evaluation, record_marks
from craftpath.domain.evaluation.facts import MarksRecorded
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.queries import history_of, results_of_cohort
from craftpath.domain.evaluation.reactions import on_marks_recorded
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import name_of, react
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _mark(cast: Cast, number: str, item: str, score: str | None, status: str = "scored") -> NewMark:
    return NewMark(cast.enrolments[number].pk, item, status, None if score is None else Decimal(score))


def _row(cast: Cast, number: str) -> Any:
    return {row.enrolment.number: row for row in results_of_cohort(cast.evaluation)}[number]


def test_results_are_the_worked_figures(cast: Cast) -> None:
    rows = {
        row.enrolment.number: (row.complete, row.total, row.to_date, row.open, row.passed)
        for row in results_of_cohort(cast.evaluation)
    }
    assert rows == {
        "26001": (True, Decimal("80.5"), Decimal("80.5"), Decimal("0.0"), True),
        "26002": (False, None, Decimal("37.5"), Decimal("55.0"), None),
        "26003": (False, None, Decimal("42.2"), Decimal("40.0"), None),
        "26004": (False, None, Decimal("0.0"), Decimal("70.0"), None),
    }


def test_who_is_in_a_later_stage_is_not_in_this_table(cast: Cast) -> None:
    assert "26005" not in {row.enrolment.number for row in results_of_cohort(cast.evaluation)}


def test_the_same_mark_again_changes_nothing(cast: Cast) -> None:
    before = (Mark.objects.count(), AuditEntry.objects.count(), statements().count())
    outcome = record_marks(
        cast.evaluation, [_mark(cast, "26001", "task1", "88")], by=cast.actor("coordinator"), at=AT
    )
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.batch) == (0, 0, 1, "")
    assert (Mark.objects.count(), AuditEntry.objects.count(), statements().count()) == before


def test_a_changed_mark_supersedes_and_both_stay(cast: Cast) -> None:
    outcome = record_marks(
        cast.evaluation, [_mark(cast, "26001", "final_exam", "95")], by=cast.actor("trainer"), at=AT
    )
    assert (outcome.added, outcome.changed) == (0, 1)
    assert _row(cast, "26001").total == Decimal("88.5")
    mark = Mark.objects.get(enrolment=cast.enrolments["26001"], item="final_exam", is_current=True)
    assert [(row.score, row.is_current) for row in history_of(mark)] == [
        (Decimal(95), True),
        (Decimal(75), False),
    ]
    assert mark.recorded_by == cast.people["trainer"]


def test_a_mark_sounds_as_a_statement_once(cast: Cast) -> None:
    mine = statements().filter(person=cast.people["apprentice"])
    assert mine.count() == 6
    exam = mine.get(object_id__endswith="/final_exam")
    assert exam.raw["result"]["score"] == {"raw": 75.0, "min": 0, "max": 100.0, "scaled": 0.75}
    react(AuditEntry.objects.get(fact=MarksRecorded.code), name_of(on_marks_recorded))
    assert mine.count() == 6


@pytest.mark.parametrize(
    ("item", "score", "reason"),
    [
        ("task1", "105", "evaluation.score_outside"),
        ("quiz", "50.5", "evaluation.score_outside"),
        ("task1", "-1", "evaluation.score_outside"),
        ("task1", None, "evaluation.score_outside"),
        ("dance", "50", "evaluation.item_unknown"),
    ],
)
def test_a_wrong_mark_is_refused_and_the_right_ones_beside_it_wait(
    cast: Cast, item: str, score: str | None, reason: str
) -> None:
    before = Mark.objects.count()
    with pytest.raises(Refused) as caught:
        record_marks(
            cast.evaluation,
            [_mark(cast, "26004", "attendance", "90"), _mark(cast, "26004", item, score)],
            by=cast.actor("coordinator"),
            at=AT,
        )
    assert caught.value.verdict.reason == reason
    assert Mark.objects.count() == before


def test_marks_of_somebody_else_s_cohort_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        record_marks(
            cast.evaluation, [NewMark(999_999, "task1", "absent")], by=cast.actor("coordinator"), at=AT
        )
    assert caught.value.verdict.reason == "evaluation.not_enrolled"


@pytest.mark.parametrize("who", ["assessor", "apprentice"])
def test_who_may_not_record_is_refused(cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as caught:
        record_marks(cast.evaluation, [_mark(cast, "26004", "task1", "90")], by=cast.actor(who), at=AT)
    assert caught.value.verdict.who


def test_opening_again_gives_the_same_and_another_version_is_refused(cast: Cast) -> None:
    by, stage = cast.actor("coordinator"), cast.evaluation.stage
    again = open_evaluation(cohort=cast.cohort, stage=stage, scheme=cast.scheme, by=by, at=AT)
    assert again.pk == cast.evaluation.pk
    following = draft_scheme(cast.scheme, organisation=cast.college, by=by, at=AT)
    with pytest.raises(Refused) as caught:
        open_evaluation(cohort=cast.cohort, stage=stage, scheme=following, by=by, at=AT)
    assert caught.value.verdict.reason == "evaluation.already_open"
    assert Evaluation.objects.count() == 1


def test_opening_puts_the_scheme_in_use_and_says_by_which_version_results_stand(cast: Cast) -> None:
    cast.scheme.refresh_from_db()
    assert cast.scheme.state == "in_use"
    assert set(Result.objects.values_list("fingerprint", flat=True)) == {cast.scheme.fingerprint}


def test_who_enters_the_stage_appears_with_everything_open(cast: Cast) -> None:
    by = cast.actor("coordinator")
    take_roster(cast.cohort, [RosterEntry("26009", "韩雪")], by=by, at=AT)
    assert _row(cast, "26009").open == Decimal("70.0")
    second = open_evaluation(
        cohort=cast.cohort, stage=cast.programme.stages.get(order=2), scheme=cast.scheme, by=by, at=AT
    )
    assert [row.enrolment.number for row in results_of_cohort(second)] == ["26005"]
    pass_stages([cast.enrolments["26001"]], stage=cast.evaluation.stage, on=AT.date(), by=by, at=AT)
    assert [row.enrolment.number for row in results_of_cohort(second)] == ["26001", "26005"]


@pytest.mark.parametrize("count", [1, 4])
def test_recording_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    marks = [_mark(cast, number, "task1", "71") for number in list(cast.enrolments)[:count]]
    by = cast.actor("coordinator")
    with django_assert_num_queries(15):
        record_marks(cast.evaluation, marks, by=by, at=AT)
