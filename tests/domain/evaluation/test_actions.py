"""Marks come in, results follow: what is recorded, superseded, refused, and how many queries it takes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.activity.queries import statements
from craftpath.domain.apprenticeships.actions import RosterEntry, pass_stages, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.evaluation import columns, storing
from craftpath.domain.evaluation.actions import NewMark, open_evaluation, record_marks, refresh_results
from craftpath.domain.evaluation.facts import MarksRecorded
from craftpath.domain.evaluation.marking import store
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


@pytest.mark.parametrize("count", [1, 50])
def test_recording_takes_the_same_queries_for_one_and_for_many(cast: Cast, count: int) -> None:
    """Lock, people with their marks, supersede, insert, result: five; then the fact and its job."""
    by = cast.actor("coordinator")
    take_roster(cast.cohort, [RosterEntry(f"29{n:03}", f"学徒{n}") for n in range(50)], by=by, at=AT)
    people = list(Enrolment.objects.filter(number__startswith="29").values_list("pk", flat=True))[:count]
    first = [NewMark(pk, "task1", "scored", Decimal(71)) for pk in people]
    record_marks(cast.evaluation, first, by=by, at=AT)
    again = [NewMark(pk, "task1", "scored", Decimal(72)) for pk in people]
    with CaptureQueriesContext(connection) as asked:
        record_marks(cast.evaluation, again, by=by, at=AT)
    sql = [one["sql"] for one in asked]
    stored = next(n for n, one in enumerate(sql) if "evaluation_result" in one and one.startswith("INSERT"))
    kinds = [one.split()[0] for one in sql[: stored + 1]]
    assert kinds == ["SAVEPOINT", "SELECT", "SELECT", "UPDATE", "INSERT", "INSERT"], sql[: stored + 1]


def test_refreshing_writes_only_what_has_changed(cast: Cast) -> None:
    by, later = cast.actor("coordinator"), AT + timedelta(hours=1)
    assert refresh_results(cast.evaluation, by=by, at=later) == 4
    assert set(Result.objects.values_list("computed_at", flat=True)) == {AT}
    Result.objects.filter(enrolment=cast.enrolments["26001"]).update(total=Decimal("80.4"))
    Result.objects.filter(enrolment=cast.enrolments["26002"]).update(missing=[])
    Result.objects.filter(enrolment=cast.enrolments["26004"]).delete()
    refresh_results(cast.evaluation, by=by, at=later)
    moments = dict(Result.objects.values_list("enrolment__number", "computed_at"))
    assert moments == {"26001": later, "26002": later, "26003": AT, "26004": later}
    test_results_are_the_worked_figures(cast)
    assert _row(cast, "26002").missing == ("task2", "final_exam")


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_store_what_rows_store(cast: Cast, data: Any) -> None:
    """The way for a whole evaluation and the way for a few marks give the same rows, whatever the marks."""
    keys = ["attendance", "log", "quiz", "task1", "task2", "final_exam"]
    score = st.decimals(0, 50, places=4).map(lambda value: ("scored", value))
    other = st.sampled_from(["absent", "deferred", "exempt", "missing"]).map(lambda word: (word, None))
    chosen = data.draw(st.dictionaries(st.sampled_from(keys), score | other))
    marks = [NewMark(cast.enrolments["26003"].pk, key, *value) for key, value in chosen.items()]
    record_marks(cast.evaluation, marks, by=cast.actor("coordinator"), at=AT)
    stored = storing._stored(cast.evaluation)
    people = list(Result.objects.values_list("enrolment", flat=True))
    assert storing.refresh_all(cast.evaluation, people, at=AT) == (4, 0)
    Result.objects.all().delete()
    assert storing.refresh_all(cast.evaluation, people, at=AT) == (4, 4)
    assert storing._stored(cast.evaluation) == stored
    Result.objects.filter(enrolment__in=people[1:3]).delete()
    Result.objects.filter(enrolment=people[0]).update(to_date=F("to_date") + 1)
    storing.refresh_some(cast.evaluation, people[2:0:-1], at=AT)
    kept, expected = storing._stored(cast.evaluation)[0], stored[0]
    assert {who: kept[who] for who in people[1:]} == {who: expected[who] for who in people[1:]}
    assert kept[people[0]] != expected[people[0]]  # not asked for, not touched
    storing.refresh_all(cast.evaluation, people, at=AT)


def test_marks_of_more_people_than_a_statement_names(cast: Cast) -> None:
    by, count = cast.actor("coordinator"), columns.LISTED + 1
    take_roster(cast.cohort, [RosterEntry(f"29{n:04}", f"学徒{n}") for n in range(count)], by=by, at=AT)
    people = list(Enrolment.objects.filter(number__startswith="29").values_list("pk", flat=True))
    before = storing._stored(cast.evaluation)[0]
    marks = [NewMark(pk, "task1", "scored", Decimal(n % 40)) for n, pk in enumerate(people)]
    sheet = [NewMark(pk, "log", "absent", cell=f"C{n}", given="缺考") for n, pk in enumerate(people)]
    assert record_marks(cast.evaluation, [*marks, *sheet], by=by, at=AT).added == 2 * count
    after = storing._stored(cast.evaluation)[0]
    assert {who for who in after if after[who] != before.get(who)} == set(people)
    store(cast.evaluation, people, at=AT)
    assert storing._stored(cast.evaluation)[0] == after
    again = [NewMark(pk, "task1", "scored", Decimal(n % 40)) for n, pk in enumerate(people)]
    assert record_marks(cast.evaluation, again, by=by, at=AT).unchanged == count
    later = [NewMark(pk, "task1", "scored", Decimal(39)) for pk in people]
    outcome = record_marks(cast.evaluation, later, by=by, at=AT)
    assert (outcome.added, outcome.changed) == (0, sum(n % 40 != 39 for n in range(count)))
    current = Mark.objects.filter(enrolment__in=people[:300], is_current=True)
    assert set(current.filter(item="task1").values_list("score", flat=True)) == {Decimal(39)}
    one = current.get(enrolment=people[7], item="log")
    assert (one.status, one.cell, one.given, one.recorded_by) == ("absent", "C7", "缺考", by.person)
