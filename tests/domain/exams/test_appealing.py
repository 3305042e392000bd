"""Appeals: who lodges, who gives the second opinion, who decides, and what of it is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.models import Evaluation, Mark, ResultVersion
from craftpath.domain.exams.actions import assess_appeal, lodge_appeal, reject_appeal, withdraw_appeal
from craftpath.domain.exams.candidacies import to_assess, to_decide
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Appeal, Sitting
from craftpath.domain.judging.actions import decide_appeal
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.exams.hall import ESSAY
from tests.domain.exams.world_again import LATER, closed, lines, publish, published, whole

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^(exams|flow).{reason}$")


@pytest.fixture
def row(cast: Cast) -> Sitting:
    return published(cast)


def lodge(cast: Cast, row: Sitting, orders: Any = (5, ESSAY), **other: Any) -> Appeal:
    given = {"words": "评语说缺检验工序，我写了。", "by": cast.actor("apprentice"), "at": LATER} | other
    return lodge_appeal(whole(cast, row), orders, **given)


def assess(cast: Cast, appeal: Appeal, who: str = "coordinator", **points: str) -> Appeal:
    given = {5: "2", ESSAY: "8"} | {int(order[1:]): worth for order, worth in points.items()}
    found = {one.pk: (Decimal(given[order]), "合理") for order, one in lines(appeal).items()}
    return assess_appeal(appeal, found, by=cast.actor(who), at=LATER)


def decide(cast: Cast, appeal: Appeal, essay: str, who: str = "administrator") -> Appeal:
    fresh = Appeal.objects.select_related("candidate__outcome").get(pk=appeal.pk)
    points = {one.pk: Decimal(essay) for order, one in lines(appeal).items() if order == ESSAY}
    return decide_appeal(fresh, points, answer="检验工序写在第六步。", by=cast.actor(who), at=LATER)


def mark(cast: Cast) -> Mark:
    return Mark.objects.get(enrolment=cast.enrolments["26001"], item="final_exam", is_current=True)


def test_once_in_time_about_questions_of_the_own_paper(cast: Cast, row: Sitting) -> None:
    for orders in ((), (99,), (5, 99)):
        with refused("appeal_no_question"):
            lodge(cast, row, orders)
    for words in ("", " ", "x" * 2001):
        with refused("appeal_words"):
            lodge(cast, row, words=words)
    with refused("appeal_too_late"):
        lodge(cast, row, at=LATER + timedelta(days=15))
    made = lodge(cast, row, at=LATER + timedelta(days=14))
    assert lodge(cast, row, at=LATER + timedelta(days=14)) == made  # a second press
    with refused("appeal_already"):
        lodge(cast, row, words="anders")
    assert sorted(lines(made)) == [5, ESSAY]


@pytest.mark.parametrize("who", ["trainer", "coordinator", "mentor", "stranger"])
def test_nobody_appeals_for_another(cast: Cast, row: Sitting, who: str) -> None:
    house = {"mentor": cast.jinheng, "stranger": cast.neighbour}.get(who)
    with refused("appeal_not_yours"):
        lodge(cast, row, by=cast.actor(who, house))


def test_before_publication_and_where_there_is_none_nobody_appeals(cast: Cast) -> None:
    unpublished = closed(cast)
    with refused("appeal_nothing_marked"):
        lodge(cast, unpublished)
    publish(cast, unpublished)
    Sitting.objects.filter(pk=unpublished.pk).update(appeal_days=0)
    with refused("appeal_never"):
        lodge(cast, unpublished)


def test_the_second_opinion_is_of_somebody_who_has_not_marked(cast: Cast, row: Sitting) -> None:
    appeal = lodge(cast, row)
    assert list(to_assess(cast.actor("trainer"))) == []
    assert list(to_assess(cast.actor("coordinator"))) == [appeal]
    with refused("appeal_marked_before"):
        assess(cast, appeal, "trainer")
    with refused("appeal_points_missing"):
        assess_appeal(appeal, {}, by=cast.actor("coordinator"), at=LATER)
    for wrong in ("-1", "999", "1.001"):
        with refused("essay_points"):
            assess(cast, appeal, _8=wrong)
    done = assess(cast, appeal)
    assert assess(cast, appeal, _8="1").assessed_at == done.assessed_at
    assert {one.second_points for one in appeal.lines.all()} == {Decimal(2), Decimal(8)}
    with refused("not_now"):
        assess(cast, appeal, "administrator")


def test_who_only_marked_other_answers_may_look(cast: Cast, row: Sitting) -> None:
    assert assess(cast, lodge(cast, row, (5,)), "trainer").state == "assessed"


def test_a_third_person_decides_and_the_mark_follows(cast: Cast, row: Sitting) -> None:
    appeal = lodge(cast, row)
    with refused("not_now"):
        decide(cast, appeal, "8")
    assess(cast, appeal)
    assert list(to_decide(cast.actor("coordinator"))) == []
    assert list(to_decide(cast.actor("administrator"))) == [appeal]
    with refused("appeal_marked_before"):
        decide(cast, appeal, "8", "coordinator")
    before = mark(cast)
    assert decide(cast, appeal, "8").state == "changed"
    after = mark(cast)
    assert after.score > before.score
    assert (after.reason, after.origin) == ("检验工序写在第六步。", before.origin)
    assert whole(cast, row).outcome.points == "27"
    table = scored(row)
    assert table.total(0) == 27
    assert publish(cast, row).done == 0  # published anew, the decision stands
    with refused("not_now"):
        decide(cast, appeal, "2")


def test_the_same_points_uphold_the_marking(cast: Cast, row: Sitting) -> None:
    appeal = assess(cast, lodge(cast, row))
    before = mark(cast).pk
    assert decide(cast, appeal, "4").state == "upheld"
    assert mark(cast).pk == before


def test_a_decided_result_gets_its_next_version(cast: Cast, row: Sitting) -> None:
    evaluation = Evaluation.objects.select_related("scheme", "cohort__organisation").get()
    decide_results(evaluation, None, basis=basis_of(evaluation), by=cast.actor("coordinator"), at=LATER)
    decide(cast, assess(cast, lodge(cast, row)), "8")
    newest = ResultVersion.objects.select_related("decision").order_by("-number")[0]
    assert (newest.number, newest.decision.reason) == (2, "检验工序写在第六步。")


def test_it_is_rejected_before_or_taken_back_and_then_nothing_more(cast: Cast, row: Sitting) -> None:
    appeal = lodge(cast, row)
    with refused("appeal_words"):
        reject_appeal(appeal, answer="", by=cast.actor("administrator"), at=LATER)
    with refused("appeal_not_yours"):
        withdraw_appeal(appeal, by=cast.actor("administrator"), at=LATER)
    by: dict[str, Any] = {"by": cast.actor("apprentice"), "at": LATER}
    assert withdraw_appeal(appeal, **by).state == "withdrawn"
    assert withdraw_appeal(appeal, **by).state == "withdrawn"
    with refused("not_now"):
        reject_appeal(appeal, answer="x", by=cast.actor("administrator"), at=LATER)
    with refused("appeal_already"):
        lodge(cast, row, words="noch einmal")


def test_rejected_with_a_reason(cast: Cast, row: Sitting) -> None:
    found = reject_appeal(lodge(cast, row), answer="不涉及评分", by=cast.actor("administrator"), at=LATER)
    assert (found.state, found.answer) == ("rejected", "不涉及评分")


@pytest.mark.parametrize("who", ["apprentice", "mentor", "officer", "stranger"])
def test_others_neither_look_nor_decide(cast: Cast, row: Sitting, who: str) -> None:
    house = {"mentor": cast.jinheng, "officer": cast.city, "stranger": cast.neighbour}.get(who)
    by: Actor = cast.actor(who, house)
    appeal = lodge(cast, row)
    with pytest.raises(Refused) as found:
        assess_appeal(appeal, {}, by=by, at=LATER)
    assert found.value.verdict.who
    with pytest.raises(Refused) as found:
        reject_appeal(appeal, answer="x", by=by, at=LATER)
    assert found.value.verdict.who
