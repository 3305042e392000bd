"""Two ways to the same results: one apprentice after another, and a whole evaluation as columns."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation import marking, storing
from craftpath.domain.evaluation.actions import record_oral
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.programmes.definition import judged_items
from craftpath.domain.programmes.models import EvaluationScheme
from tests.cast import AT, Cast
from tests.countries import Country, country
from tests.domain.evaluation.test_oral import FAILS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
PRESETS = ["cn_334", "de_mechatronics", "uk_standard", "us_registered", "au_cert3"]
SHOWN = (
    *("enrolment__number", "complete", "total", "to_date", "open", "passed", "grade"),
    *("figures", "missing", "fingerprint", "computed_at"),
)


def _rows(evaluation: Evaluation) -> list[tuple[Any, ...]]:
    return list(Result.objects.filter(evaluation=evaluation).order_by("pk").values_list(*SHOWN))


def _both(evaluation: Evaluation) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """What each of the two ways stores, the other's rows taken away before."""
    people = list(
        Result.objects.filter(evaluation=evaluation).order_by("pk").values_list("enrolment", flat=True)
    )
    found = []
    for way in (
        lambda: marking.store(evaluation, people, at=AT),
        lambda: storing.refresh_all(evaluation, people, at=AT),
    ):
        Result.objects.filter(evaluation=evaluation).delete()
        way()
        found.append(_rows(evaluation))
    return found[0], found[1]


def _strew(found: Country, seed: int) -> None:
    """Marks of all kinds for everybody, also such as only another version of the scheme could hold."""
    dice = random.Random(seed)  # noqa: S311  (a test's dice)
    rows = []
    for learner in found.people.values():
        for item in judged_items(found.scheme.definition):
            kind = dice.choice(
                ["scored", "scored", "scored", "absent", "deferred", "exempt", "missing", "none"]
            )
            if kind == "none" or (item.is_oral and kind != "scored"):
                continue
            mark = Mark(
                evaluation=found.evaluation, enrolment=learner, item=item.key, status=kind, recorded_at=AT
            )
            if kind == "scored" and item.grades:
                mark.grade = dice.choice([*item.grades, "of_another_version"])
            elif kind == "scored" and dice.random() < 0.1:
                mark.grade = "of_another_version"
            elif kind == "scored":
                mark.score = (
                    Decimal(dice.randrange(int(item.max) * 4 + 3)) / 4
                )  # a little above the full mark, too
            rows.append(mark)
        rows.append(
            Mark(
                evaluation=found.evaluation,
                enrolment=learner,
                item="gone",
                status="scored",
                score=5,
                recorded_at=AT,
            )
        )
    Mark.objects.bulk_create(rows)


@pytest.mark.parametrize("preset", PRESETS)
def test_both_ways_store_the_same_for_every_kind_of_scheme(cast: Cast, preset: str) -> None:
    found = country(cast, preset)
    kinds = set()
    for seed in range(12):
        Mark.objects.filter(evaluation=found.evaluation).delete()
        _strew(found, seed)
        one_by_one, as_columns = _both(found.evaluation)
        assert one_by_one == as_columns
        kinds |= {(row[1], row[5], row[6]) for row in as_columns}
    assert len(kinds) > 1  # the dice made open results and complete ones, or several levels


def test_both_ways_store_the_same_with_an_oral_mark_and_without(cast: Cast) -> None:
    germany = country(cast, "de_mechatronics", {"71": FAILS, "72": FAILS})
    record_oral(
        germany.evaluation,
        germany.people["71"],
        component="work_planning",
        score=Decimal(75),
        by=cast.actor("trainer"),
        at=AT,
    )
    one_by_one, as_columns = _both(germany.evaluation)
    assert one_by_one == as_columns
    assert [row[2] for row in as_columns] == [Decimal("65.8"), Decimal("64.6")]


@pytest.mark.parametrize("preset", PRESETS)
def test_what_was_stored_one_by_one_is_not_written_again_as_columns(cast: Cast, preset: str) -> None:
    found = country(cast, preset)
    _strew(found, 5)
    people = [learner.pk for learner in found.people.values()]
    marking.store(found.evaluation, people, at=AT)
    assert storing.refresh_all(found.evaluation, people, at=AT) == (2, 0)


def test_grades_and_orals_cost_no_query_more(cast: Cast) -> None:
    counts = []
    for preset in PRESETS:
        found = country(cast, preset)
        _strew(found, 3)
        evaluation = Evaluation.objects.select_related("scheme").get(pk=found.evaluation.pk)
        with CaptureQueriesContext(connection) as asked:
            storing.refresh_all(evaluation, [], at=AT)
        counts.append(len(asked))
    assert counts == [3] * len(PRESETS)  # marks, what is stored, and one write


def test_a_result_decided_by_another_version_is_left_alone(cast: Cast) -> None:
    from craftpath.domain.evaluation.actions import basis_of, decide_results

    england = country(cast, "uk_standard", {"71": {"method1": "pass", "method2": "distinction"}})
    by = cast.actor("coordinator")
    decide_results(england.evaluation, None, basis=basis_of(england.evaluation), by=by, at=AT)
    EvaluationScheme.objects.filter(pk=england.scheme.pk).update(fingerprint="another")
    evaluation = Evaluation.objects.select_related("scheme").get(pk=england.evaluation.pk)
    before = _rows(evaluation)
    assert storing.refresh_all(evaluation, [learner.pk for learner in england.people.values()], at=AT) == (
        2,
        1,
    )
    assert _rows(evaluation)[0] == before[0]
