"""Grades as marks, and amounts that are asked for: recorded, refused, superseded, judged by their country's scheme."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.activity.queries import statements
from craftpath.domain.evaluation.actions import (
    NewMark,
    basis_of,
    correct_contested,
    decide_results,
    raise_contest,
    record_marks,
)
from craftpath.domain.evaluation.forecast import forecast
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.evaluation.queries import derivation, results_of_cohort
from craftpath.domain.evaluation.versions import derivation_of, versions_of
from craftpath.kernel.access import actor_in
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.countries import country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_grades_lead_to_the_level_of_the_table(cast: Cast) -> None:
    england = country(
        cast, "uk_standard", {"71": {"method1": "pass", "method2": "distinction"}, "72": {"method1": "pass"}}
    )
    first, second = results_of_cohort(england.evaluation)
    assert (first.complete, first.grade, first.level, first.passed, first.total) == (
        True,
        "merit",
        Text(zh="良好", en="Merit"),
        True,
        None,
    )
    assert [part.grade for part in first.components] == ["pass", "distinction"]
    assert (second.complete, second.grade, second.passed, second.missing) == (False, "", None, ("method2",))
    told = derivation(england.evaluation, england.people["71"]).explanation
    assert (told.grade, told.components[0].items[0].grade) == ("merit", "pass")


def test_an_absence_is_the_lowest_grade(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": {"method1": "absent", "method2": "distinction"}})
    row = results_of_cohort(england.evaluation)[0]
    assert (row.grade, row.passed) == ("fail", False)


def test_the_same_grade_again_changes_nothing_and_another_supersedes(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": {"method1": "pass", "method2": "pass"}})
    again = NewMark(england.people["71"].pk, "method1", "scored", grade="pass")
    by = cast.actor("trainer")
    assert record_marks(england.evaluation, [again], by=by, at=AT).unchanged == 1
    better = NewMark(england.people["71"].pk, "method1", "scored", grade="distinction")
    assert record_marks(england.evaluation, [better], by=by, at=AT).changed == 1
    kept = Mark.objects.filter(enrolment=england.people["71"], item="method1").order_by("pk")
    assert [(mark.grade, mark.score, mark.is_current) for mark in kept] == [
        ("pass", None, False),
        ("distinction", None, True),
    ]
    assert results_of_cohort(england.evaluation)[0].grade == "merit"


@pytest.mark.parametrize(
    ("preset", "item", "score", "grade", "reason"),
    [
        ("uk_standard", "method1", None, "excellent", "evaluation.grade_unknown"),
        ("uk_standard", "method1", None, "", "evaluation.grade_unknown"),
        ("uk_standard", "method1", "85", "", "evaluation.grade_unknown"),
        ("uk_standard", "method1", "85", "pass", "evaluation.grade_unknown"),
        ("us_registered", "ojl_hours", None, "pass", "evaluation.not_graded"),
        ("us_registered", "ojl_hours", "-1", "", "evaluation.score_outside"),
        ("us_registered", "ojl_hours", "100000000", "", "evaluation.score_outside"),
    ],
)
def test_what_the_scheme_does_not_know_is_refused(
    cast: Cast, preset: str, item: str, score: str | None, grade: str, reason: str
) -> None:
    found = country(cast, preset)
    mark = NewMark(
        found.people["71"].pk, item, "scored", None if score is None else Decimal(score), grade=grade
    )
    with pytest.raises(Refused) as caught:
        record_marks(found.evaluation, [mark], by=cast.actor("trainer"), at=AT)
    assert caught.value.verdict.reason == reason
    assert not Mark.objects.filter(evaluation=found.evaluation).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": Decimal(5), "grade": "pass"},
        {"score": None, "grade": ""},
        {"status": "absent", "score": None, "grade": "pass"},
    ],
)
def test_the_database_keeps_exactly_one_of_score_and_grade(cast: Cast, wrong: dict[str, object]) -> None:
    england = country(cast, "uk_standard", {"71": {"method1": "pass"}})
    mark = Mark.objects.get(enrolment=england.people["71"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.filter(pk=mark.pk).update(**wrong)


def test_hours_are_reached_or_not(cast: Cast) -> None:
    full = {"ojl_hours": 8000, "related_instruction": 576, "competencies": 100}
    states = country(cast, "us_registered", {"71": full, "72": full | {"ojl_hours": 7400}})
    first, second = results_of_cohort(states.evaluation)
    assert [(row.grade, row.passed) for row in (first, second)] == [("met", True), ("not_met", False)]
    assert second.components[0].value == Decimal("92.5")


def test_a_grade_sounds_as_a_statement(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": {"method1": "pass"}})
    said = statements().get(person=england.people["71"].person)
    assert said.raw["result"]["response"] == "pass"


GOOD = {"method1": "pass", "method2": "distinction"}


def test_a_decided_level_is_contested_and_corrected_by_grades(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": GOOD, "72": {"method1": "pass"}})
    by = cast.actor("coordinator")
    outcome = decide_results(england.evaluation, None, basis=basis_of(england.evaluation), by=by, at=AT)
    assert (outcome.decided, outcome.left) == (1, 0)
    (first,) = versions_of(england.evaluation, england.people["71"])
    assert (first.grade, first.total, first.passed) == ("merit", None, True)
    assert derivation_of(first).explanation.grade == "merit"
    worse = NewMark(england.people["71"].pk, "method2", "scored", grade="pass")
    with pytest.raises(Refused) as caught:
        record_marks(england.evaluation, [worse], by=by, at=AT)
    assert caught.value.verdict.reason == "evaluation.result_decided"
    learner = actor_in(first.enrolment.person, england.cohort.organisation, TODAY)
    assert learner is not None
    contest = raise_contest(first, words="method 1", in_question=["method1"], by=learner, at=AT)
    better = NewMark(england.people["71"].pk, "method1", "scored", grade="distinction")
    second = correct_contested(contest, [better], answer="so it was", by=cast.actor("administrator"), at=AT)
    assert (second.number, second.grade) == (2, "distinction")
    assert [derivation_of(one).explanation.grade for one in (first, second)] == ["merit", "distinction"]


def test_a_decided_level_sounds_as_a_statement(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": GOOD})
    by = cast.actor("coordinator")
    decide_results(england.evaluation, None, basis=basis_of(england.evaluation), by=by, at=AT)
    said = statements().filter(person=england.people["71"].person, verb="passed").get()
    assert (said.raw["result"]["response"], said.raw["result"]["success"]) == ("merit", True)


def test_grades_are_supposed_like_scores(cast: Cast) -> None:
    england = country(cast, "uk_standard", {"71": {"method1": "distinction"}})
    before = Mark.objects.count()
    who = england.people["71"]
    found = forecast(england.evaluation, who, {"method2": "distinction"})
    assert ([item.key for item in found.open], found.explanation.grade) == (["method2"], "distinction")
    for nonsense in ({"method2": "excellent"}, {"method2": Decimal(5)}, {"method1": "fail"}):
        told = forecast(england.evaluation, who, nonsense)
        assert (dict(told.supposed), told.explanation.complete) == ({}, False)
    assert Mark.objects.count() == before
