"""Re-sits: whom the rule lets, how often, and which mark stands after them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.evaluation.actions import NewMark, basis_of, decide_results, record_marks
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.exams.actions import (
    add_candidate,
    cancel_sitting,
    close_sitting,
    excuse_absence,
    give_codes,
    open_sitting,
    plan_resit,
    remove_candidate,
)
from craftpath.domain.exams.marking import scored
from craftpath.domain.exams.models import Candidate, Outcome, Paper, Sitting
from craftpath.domain.exams.resitting import proposals
from craftpath.domain.exams.terms import Terms
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.exams.crowd import cohort, form, held, items
from tests.domain.exams.hall import ESSAY, RIGHT, answer, begin
from tests.domain.exams.sheets import key
from tests.domain.exams.world_again import LATER, NEXT, closed, publish, published, whole

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^(exams|judging).{reason}$")


def again(cast: Cast, first: Sitting, *numbers: str, n: int = 0, **other: Any) -> Sitting:
    chosen = list(Candidate.objects.filter(sitting=first, enrolment__number__in=numbers))
    given = {"made_id": uuid.uuid4(), "starts_at": NEXT + timedelta(days=n), "minutes": 60} | other
    return plan_resit(first, chosen, first.paper, **given, by=cast.actor("trainer"), at=LATER)


def sit(cast: Cast, row: Sitting, given: dict[str, Any]) -> Sitting:
    """Hold it; whoever is not in `given` does not come."""
    codes = give_codes(row, by=cast.actor("trainer"), at=LATER)
    numbers = dict(Candidate.objects.filter(sitting=row).values_list("enrolment__number", "pk"))
    row = open_sitting(row, by=cast.actor("trainer"), at=row.starts_at)
    for number, answers in given.items():
        answer(begin(codes[numbers[number]], row.starts_at), answers, row.starts_at)
    row = close_sitting(row, by=cast.actor("trainer"), at=row.starts_at)
    return Sitting.objects.select_related("organisation", "cohort", "paper", "again_of").get(pk=row.pk)


def mark(cast: Cast, number: str) -> Mark:
    return Mark.objects.get(enrolment=cast.enrolments[number], item="final_exam", is_current=True)


def why(first: Sitting) -> dict[str, str]:
    return {one.candidate.enrolment.number: one.why for one in proposals(first)}


def test_the_rule_says_who_may_and_why(cast: Cast) -> None:
    row = closed(cast)
    excuse_absence(whole_of(row, "26004"), because="病假", by=cast.actor("trainer"), at=LATER)
    publish(cast, row)
    assert why(row) == {
        "26001": "no_passed", "26002": "below", "26003": "below", "26004": "excused", "26005": "no_absent",
    }  # fmt: skip
    assert mark(cast, "26004").status == "deferred"  # a re-sit is open


def whole_of(row: Sitting, number: str) -> Candidate:
    return Candidate.objects.select_related("sitting").get(sitting=row, enrolment__number=number)


def test_only_whom_the_rule_lets_and_only_after_the_marks(cast: Cast) -> None:
    row = closed(cast)
    with refused("resit_before_results"):
        again(cast, row, "26002")
    publish(cast, row)
    with refused("resit_nobody"):
        again(cast, row)
    for number, reason in (("26001", "resit_no_passed"), ("26004", "resit_no_absent")):
        with refused(reason):
            again(cast, row, "26002", number)
    made_id = uuid.uuid4()
    made = again(cast, row, "26002", "26003", made_id=made_id)
    assert again(cast, row, "26002", "26003", made_id=made_id) == made
    found = made.candidates.order_by("attempt", "enrolment__number").values_list(
        "enrolment__number", "attempt"
    )
    assert list(found) == [("26002", 1), ("26003", 1)]
    with refused("resit_no_coming"):
        again(cast, row, "26002", n=1)


def test_the_best_counts_and_an_absence_takes_nothing_away(cast: Cast) -> None:
    first = published(cast, Terms(60, 2))
    before = mark(cast, "26002").score
    row = sit(cast, again(cast, first, "26002", "26003"), {"26002": {1: ["b"], **RIGHT}})
    assert publish(cast, row).done == 1
    assert mark(cast, "26002").score > before
    assert mark(cast, "26002").origin == str(row.ref)
    assert (mark(cast, "26003").status, mark(cast, "26003").origin) == ("scored", str(first.ref))
    assert why(first)["26002"] == "no_passed"
    assert why(first)["26003"] == "below"  # one of two is left


def test_at_most_as_often_as_the_terms_say(cast: Cast) -> None:
    first = published(cast)
    publish(cast, sit(cast, again(cast, first, "26002", "26003"), {"26002": {1: ["b"]}}))
    assert why(first)["26002"] == "no_more"
    with refused("resit_no_more") as found:
        again(cast, first, "26002", n=2)
    assert found.value.verdict.facts == {"name": "林浩然", "most": 1}


def test_a_cancelled_one_and_an_absence_with_a_reason_use_nothing_up(cast: Cast) -> None:
    first = published(cast)
    gone = again(cast, first, "26002")
    cancel_sitting(gone, because="停电", by=cast.actor("trainer"), at=LATER)
    row = sit(cast, again(cast, first, "26002", n=1), {})
    excuse_absence(whole_of(row, "26002"), because="住院", by=cast.actor("trainer"), at=LATER)
    publish(cast, row)
    assert why(first)["26002"] == "below"
    third = again(cast, first, "26002", n=2)
    assert whole_of(third, "26002").attempt == 3


def test_capped_at_the_pass_mark(cast: Cast) -> None:
    first = published(cast, Terms(60, 1, "excused", "capped"))
    row = sit(cast, again(cast, first, "26002"), {"26002": RIGHT})
    publish(cast, row)
    assert mark(cast, "26002").score == Decimal(60)


def test_it_goes_where_the_first_one_went(cast: Cast) -> None:
    first = published(cast)
    row = sit(cast, again(cast, first, "26002"), {"26002": RIGHT})
    with refused("published_elsewhere"):
        publish(cast, row, item="task1")
    with refused("published_elsewhere"):
        publish(cast, first, item="task1")


def test_a_decided_result_gets_its_next_version(cast: Cast) -> None:
    first = published(cast)
    by: dict[str, Any] = {"by": cast.actor("coordinator"), "at": LATER}
    evaluation = Evaluation.objects.select_related("scheme", "cohort__organisation").get()
    record_marks(evaluation, [NewMark(cast.enrolments["26002"].pk, "task2", "scored", Decimal(50))], **by)
    decide_results(evaluation, None, basis=basis_of(evaluation), **by)
    row = sit(cast, again(cast, first, "26002"), {"26002": RIGHT})
    with pytest.raises(Refused):  # a trainer decides no results
        publish(cast, row, by=cast.actor("trainer"))
    assert publish(cast, row).done == 1
    result = Result.objects.select_related("decided__decision").get(enrolment=cast.enrolments["26002"])
    assert result.decided is not None
    assert (result.decided.number, "Re-sit" in result.decided.decision.reason) == (2, True)
    assert publish(cast, row).done == 0


def test_late_ones_are_added_by_the_same_rule(cast: Cast) -> None:
    first = published(cast)
    row = again(cast, first, "26002")
    by: dict[str, Any] = {"by": cast.actor("trainer"), "at": LATER}
    with refused("resit_no_passed"):
        add_candidate(row, cast.enrolments["26001"], **by)
    made = add_candidate(row, cast.enrolments["26003"], **by)
    assert (made.attempt, made.first_id) == (1, first.pk)
    remove_candidate(made, because="x", **by)
    assert why(first)["26003"] == "below"


def test_extra_time_comes_along_and_a_result_of_an_essay_waits(cast: Cast) -> None:
    first = published(cast)
    Candidate.objects.filter(sitting=first).update(extra_minutes=15, large_print=True)
    row = again(cast, first, "26002")
    one = whole_of(row, "26002")
    assert (one.extra_minutes, one.large_print) == (15, True)
    row = sit(cast, row, {"26002": {ESSAY: {"text": "粗车后精车。"}}})
    found = publish(cast, row)
    assert (found.done, found.waiting) == (0, 1)
    assert getattr(whole(cast, row, "26002"), "outcome", None) is None


def failed(cast: Cast, paper: Paper, count: int) -> Sitting:
    """A published examination at which so many gave nothing right."""
    among = cohort(cast, f"{count}")
    row = held(cast, [(paper, ["a"])] * count, among=among)
    Enrolment.objects.filter(cohort=among).update(state="active")
    people = list(Candidate.objects.filter(sitting=row))
    at = LATER - timedelta(hours=1)
    Outcome.objects.bulk_create(
        [Outcome(candidate=one, points="0", full="1", published_at=at, changed_at=at) for one in people]
    )
    Sitting.objects.filter(pk=row.pk).update(published_at=at, published_in="x", published_item="final_exam")
    return Sitting.objects.select_related("organisation", "cohort", "paper").get(pk=row.pk)


def test_many_are_planned_with_as_many_queries_as_a_few(cast: Cast) -> None:
    counts, paper = [], form(cast, items(cast, 1))
    for count in (5, 50):
        first = failed(cast, paper, count)
        chosen = list(Candidate.objects.filter(sitting=first))
        when = NEXT + timedelta(days=count)  # nobody is looked for in the other one
        given = {"made_id": uuid.uuid4(), "starts_at": when, "minutes": 60, "on_paper": True}
        with CaptureQueriesContext(connection) as asked:
            row = plan_resit(first, chosen, first.paper, **given, by=cast.actor("trainer"), at=LATER)
        made = list(Candidate.objects.filter(sitting=row).order_by("enrolment__number"))
        assert [one.seat for one in made] == [str(n) for n in range(1, count + 1)]
        assert {(one.attempt, one.first_id, one.on_paper) for one in made} == {(1, first.pk, True)}
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_on_paper_or_on_devices_however_the_first_one_was_held(cast: Cast) -> None:
    first = published(cast)
    row = again(cast, first, "26002", on_paper=True, same_keyer=True)
    assert (row.on_paper, row.same_keyer) == (True, True)
    late = add_candidate(row, cast.enrolments["26003"], by=cast.actor("trainer"), at=LATER)
    assert (late.on_paper, late.seat, late.attempt) == (True, "2", 1)
    with refused("no_codes_on_paper"):
        give_codes(row, by=cast.actor("trainer"), at=LATER)
    row = close_sitting(
        open_sitting(row, by=cast.actor("trainer"), at=NEXT), by=cast.actor("trainer"), at=NEXT
    )
    one = Candidate.objects.get(sitting=row, enrolment__number="26002")
    for turn, who in enumerate(("trainer", "coordinator"), start=1):
        key(cast, one, who, turn=turn)
    assert [one.may for one in proposals(first) if one.candidate.enrolment.number == "26002"] == [False]
    table = scored(row)
    assert not table.unread([one.enrolment.number for one in table.candidates].index("26002"))
