"""A running cohort follows another version only by a recorded decision; the comparison before it writes nothing."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.evaluation.actions import basis_of, decide_results, move_to_scheme
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.moving import Effect, effect, unfit_items
from craftpath.domain.evaluation.queries import results_of_cohort
from craftpath.domain.programmes.actions import draft_scheme, retire_scheme
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, DEFINITION, Cast
from tests.countries import country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def _next(cast: Cast, change: Any = None) -> EvaluationScheme:
    definition = copy.deepcopy(DEFINITION)
    if change:
        change(definition)
    return draft_scheme(
        cast.scheme, organisation=cast.college, definition=definition, by=cast.actor("coordinator"), at=AT
    )


def _twenty_forty(definition: Any) -> None:
    definition["component"][0]["weight"] = "20"
    definition["component"][1]["weight"] = "40"
    definition["rule"] = [{"kind": "overall_min", "value": "81"}]


def _move(
    cast: Cast, scheme: EvaluationScheme, reason: str = "new rules", who: str = "coordinator"
) -> Evaluation:
    return move_to_scheme(cast.evaluation, scheme, reason=reason, by=cast.actor(who), at=AT)


def test_the_comparison_says_what_would_change_and_writes_nothing(cast: Cast) -> None:
    other, same = _next(cast, _twenty_forty), _next(cast)
    before = list(Result.objects.order_by("pk").values()), AuditEntry.objects.count()
    # 26001: 20 × 83.333… + 40 × 85 + 40 × 75 = 80.666…, so 80.7 instead of 80.5, and 81 is not reached
    assert effect(cast.evaluation, other) == Effect(4, 1, Decimal("0.2"), 0, 1, 0)
    assert effect(cast.evaluation, same) == Effect(4, 0, Decimal("0.0"), 0, 0, 0)
    assert (list(Result.objects.order_by("pk").values()), AuditEntry.objects.count()) == before


def test_a_decision_moves_it_and_stands_in_the_history(cast: Cast) -> None:
    other = _next(cast, _twenty_forty)
    moved = _move(cast, other, reason="  the city's new rules ")
    assert moved.scheme == other
    assert EvaluationScheme.objects.get(pk=other.pk).state == "in_use"
    assert EvaluationScheme.objects.get(pk=cast.scheme.pk).state == "in_use"
    row = {one.enrolment.number: one for one in results_of_cohort(moved)}["26001"]
    assert (row.total, row.passed) == (Decimal("80.7"), False)
    assert set(Result.objects.values_list("fingerprint", flat=True)) == {other.fingerprint}
    told = AuditEntry.objects.get(fact="evaluation.evaluation_moved")
    assert told.person == cast.people["coordinator"]
    assert told.payload == {
        "evaluation": moved.public_id,
        "from_scheme": cast.scheme.public_id,
        "from_version": 1,
        "to_scheme": other.public_id,
        "to_version": 2,
        "reason": "the city's new rules",
    }
    count = AuditEntry.objects.count()
    _move(cast, other)  # a second press
    assert AuditEntry.objects.count() == count


def test_marks_that_the_other_version_does_not_know_refuse_it_by_name(cast: Cast) -> None:
    def gone(definition: Any) -> None:
        del definition["component"][1]["item"][1]
        definition["component"][0]["item"][2]["max"] = "30"  # 40 of 50 were given

    other = _next(cast, gone)
    wanted = {"测验 Quiz", "工作任务二 Workshop task 2"}
    assert set(unfit_items(cast.evaluation, other)) == wanted
    with pytest.raises(Refused) as caught:
        _move(cast, other)
    assert caught.value.verdict.reason == "evaluation.marks_do_not_fit"
    assert set(caught.value.verdict.facts["items"].split(" / ")) == wanted
    assert Evaluation.objects.get(pk=cast.evaluation.pk).scheme == cast.scheme
    assert EvaluationScheme.objects.get(pk=other.pk).state == "draft"
    effect(cast.evaluation, other)  # and it can be looked at all the same


def test_what_may_not_be(cast: Cast) -> None:
    other = _next(cast)
    for scheme, reason, code in [
        (other, "  ", "evaluation.move_without_reason"),
        (country(cast, "uk_standard").scheme, "x", "evaluation.scheme_of_another"),
    ]:
        with pytest.raises(Refused) as caught:
            _move(cast, scheme, reason)
        assert caught.value.verdict.reason == code
    with pytest.raises(Refused) as caught:
        _move(cast, other, who="trainer")
    assert caught.value.verdict.who
    retire_scheme(other, by=cast.actor("coordinator"), at=AT)
    with pytest.raises(Refused):
        _move(cast, other)
    assert Evaluation.objects.get(pk=cast.evaluation.pk).scheme == cast.scheme
    assert Mark.objects.filter(evaluation=cast.evaluation).exists()


def test_a_decided_result_stays_with_the_version_of_its_decision(cast: Cast) -> None:
    other = _next(cast, _twenty_forty)
    decide_results(
        cast.evaluation,
        [cast.enrolments["26001"]],
        basis=basis_of(cast.evaluation),
        by=cast.actor("coordinator"),
        at=AT,
    )
    assert effect(cast.evaluation, other) == Effect(3, 0, None, 0, 0, 0, decided=1)
    moved = _move(cast, other)
    rows = {one.enrolment.number: one for one in results_of_cohort(moved)}
    assert (rows["26001"].total, rows["26001"].passed, rows["26001"].decided) == (Decimal("80.5"), True, True)
    # its components are those of another version, so they stand in no column of this one
    assert [part.value for part in rows["26001"].components] == [None, None, None]
    assert rows["26002"].components[1].to_date == Decimal("14.0")  # 20 × 70 % of the half that is marked
    kept = dict(Result.objects.values_list("enrolment__number", "fingerprint"))
    assert kept.pop("26001") == cast.scheme.fingerprint
    assert set(kept.values()) == {other.fingerprint}


def test_marks_behind_a_decided_result_hinder_no_move(cast: Cast) -> None:
    def no_quiz(definition: Any) -> None:
        definition["component"][0]["item"][2]["max"] = "39"  # only 26001 had more

    other = _next(cast, no_quiz)
    assert unfit_items(cast.evaluation, other) == ["测验 Quiz"]
    everybody = basis_of(cast.evaluation)
    decide_results(cast.evaluation, None, basis=everybody, by=cast.actor("coordinator"), at=AT)
    assert unfit_items(cast.evaluation, other) == []
    assert _move(cast, other).scheme == other
