"""Deciding: who, on which basis, once; what is decided never moves; a correction is a version with a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.queries import path_of
from craftpath.domain.evaluation.actions import (
    NewMark,
    basis_of,
    correct_result,
    decide_results,
    record_marks,
    refresh_results,
)
from craftpath.domain.evaluation.models import Decision, Mark, Result, ResultVersion
from craftpath.domain.evaluation.queries import derivation, results_of_cohort
from craftpath.domain.evaluation.versions import derivation_of, readiness, versions_of
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, DEFINITION, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def mark(cast: Cast, number: str, item: str, score: str | None, status: str = "scored") -> NewMark:
    return NewMark(cast.enrolments[number].pk, item, status, None if score is None else Decimal(score))


def decide(cast: Cast, *numbers: str, by: str = "coordinator", **more: Any) -> Any:
    chosen = [cast.enrolments[number] for number in numbers] or None
    basis = more.pop("basis", None) or basis_of(cast.evaluation)
    return decide_results(cast.evaluation, chosen, basis=basis, by=cast.actor(by), at=AT, **more)


def finish(cast: Cast) -> None:
    """Bring the marks in that 26002 and 26003 still miss."""
    missing = [
        mark(cast, "26002", "task2", "65"),
        mark(cast, "26002", "final_exam", "20"),
        mark(cast, "26003", "final_exam", "90"),
    ]
    record_marks(cast.evaluation, missing, by=cast.actor("trainer"), at=AT)


def test_a_decision_makes_the_complete_results_official_and_leaves_the_others(cast: Cast) -> None:
    outcome = decide(cast, "26001", "26002")
    assert (outcome.decided, outcome.left) == (1, 1)
    version = ResultVersion.objects.get()
    assert (version.number, version.total, version.passed) == (1, Decimal("80.5"), True)
    assert version.enrolment == cast.enrolments["26001"]
    decision = Decision.objects.get()
    assert (decision.kind, decision.people, decision.made_by, decision.made_at, decision.scheme) == (
        "decided",
        1,
        cast.people["coordinator"],
        AT,
        cast.scheme,
    )
    assert [row.decided for row in results_of_cohort(cast.evaluation)] == [True, False, False, False]
    told = AuditEntry.objects.get(fact="evaluation.results_decided")
    assert (told.payload["count"], told.payload["version"], told.person) == (
        1,
        cast.scheme.version,
        cast.people["coordinator"],
    )


def test_everybody_is_decided_in_a_constant_number_of_statements(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    finish(cast)
    basis = basis_of(cast.evaluation)
    with django_assert_num_queries(18):  # five of them hand the statements down, two remember what was told
        decide_results(cast.evaluation, None, basis=basis, by=cast.actor("coordinator"), at=AT)
    assert ResultVersion.objects.count() == 3
    people = [RosterEntry(f"27{n:03}", f"新人{n}") for n in range(60)]
    take_roster(cast.cohort, people, by=cast.actor("coordinator"), at=AT)
    refresh_results(cast.evaluation, by=cast.actor("coordinator"), at=AT)
    new = Result.objects.filter(evaluation=cast.evaluation, enrolment__number__startswith="27")
    every = [
        NewMark(row.enrolment_id, item, "scored", Decimal(50))
        for row in new
        for item in ("attendance", "log", "quiz", "task1", "task2", "final_exam")
    ]
    record_marks(cast.evaluation, every, by=cast.actor("trainer"), at=AT)
    basis = basis_of(cast.evaluation)
    with django_assert_num_queries(17):  # what is told of has its name already
        outcome = decide_results(cast.evaluation, None, basis=basis, by=cast.actor("coordinator"), at=AT)
    assert outcome.decided == 60


def test_nothing_is_decided_on_marks_that_the_decider_has_not_seen(cast: Cast) -> None:
    basis = basis_of(cast.evaluation)
    record_marks(cast.evaluation, [mark(cast, "26001", "final_exam", "20")], by=cast.actor("trainer"), at=AT)
    with pytest.raises(Refused) as caught:
        decide(cast, "26001", basis=basis)
    assert caught.value.verdict.reason == "evaluation.results_moved"
    assert not ResultVersion.objects.exists()


def test_deciding_again_makes_no_second_version(cast: Cast) -> None:
    decide(cast, "26001")
    with pytest.raises(Refused) as caught:
        decide(cast, "26001", by="administrator")
    assert caught.value.verdict.reason == "evaluation.nothing_to_decide"
    assert (ResultVersion.objects.count(), Decision.objects.count()) == (1, 1)


def test_nobody_chosen_decides_nothing(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        decide_results(
            cast.evaluation, [], basis=basis_of(cast.evaluation), by=cast.actor("coordinator"), at=AT
        )
    assert caught.value.verdict.reason == "evaluation.nothing_to_decide"
    assert (ResultVersion.objects.count(), Decision.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["trainer", "assessor", "apprentice"])
def test_who_has_no_authority_decides_nothing(who: str, cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        decide(cast, "26001", by=who)
    assert caught.value.verdict.reason == "kernel.role_lacks"


def test_marks_that_would_move_a_decided_result_are_refused_whole(cast: Cast) -> None:
    decide(cast, "26001")
    before = Mark.objects.count()
    with pytest.raises(Refused) as caught:
        record_marks(
            cast.evaluation,
            [mark(cast, "26002", "task2", "65"), mark(cast, "26001", "final_exam", "99")],
            by=cast.actor("trainer"),
            at=AT,
        )
    assert (caught.value.verdict.reason, caught.value.verdict.facts["count"]) == (
        "evaluation.result_decided",
        1,
    )
    assert Mark.objects.count() == before
    same = record_marks(
        cast.evaluation, [mark(cast, "26001", "final_exam", "75")], by=cast.actor("trainer"), at=AT
    )
    assert same.unchanged == 1  # the same sheet again is no attack on the decision


def test_a_decided_result_stays_when_all_are_computed_anew(cast: Cast) -> None:
    decide(cast, "26001")
    Mark.objects.filter(enrolment=cast.enrolments["26001"], item="final_exam").update(score=Decimal(1))
    refresh_results(cast.evaluation, by=cast.actor("coordinator"), at=AT)
    assert Result.objects.get(enrolment=cast.enrolments["26001"]).total == Decimal("80.5")


def test_a_version_is_never_altered(cast: Cast) -> None:
    decide(cast, "26001")
    version = ResultVersion.objects.get()
    version.total = Decimal(100)
    with pytest.raises(TypeError, match="never altered"):
        version.save()


def test_the_database_keeps_one_version_of_each_number(cast: Cast) -> None:
    decide(cast, "26001")
    first = ResultVersion.objects.get()
    again = ResultVersion(
        decision=first.decision, evaluation=first.evaluation, enrolment=first.enrolment, number=1,
        total=first.total, passed=True, known_marks=first.known_marks,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_deciding_a_result_lets_nobody_pass_the_stage(cast: Cast) -> None:
    finish(cast)  # 26002 comes to 55.3 and does not pass
    decide(cast)
    states = {
        number: [step.state for step in path_of(cast.enrolments[number])]
        for number in ("26001", "26002", "26003")
    }
    assert states == dict.fromkeys(states, ["open", "locked", "locked"])
    assert {v.enrolment.number: v.passed for v in ResultVersion.objects.all()} == {
        "26001": True,
        "26002": False,
        "26003": True,
    }


def test_a_correction_is_the_next_version_with_its_reason_and_both_stay(cast: Cast) -> None:
    decide(cast, "26001")
    first = ResultVersion.objects.get()
    second = correct_result(
        first,
        [mark(cast, "26001", "final_exam", "85")],
        reason="  Two answers were not counted. ",
        by=cast.actor("administrator"),
        at=AT,
    )
    assert (second.number, second.total) == (2, Decimal("84.5"))
    assert (second.decision.kind, second.decision.reason) == ("corrected", "Two answers were not counted.")
    assert second.decision.made_by == cast.people["administrator"]
    told = [
        (version.number, derivation_of(version).explanation.total_rounded, version.total)
        for version in versions_of(cast.evaluation, cast.enrolments["26001"])
    ]
    assert told == [(2, Decimal("84.5"), Decimal("84.5")), (1, Decimal("80.5"), Decimal("80.5"))]
    live = derivation(cast.evaluation, cast.enrolments["26001"])
    assert live.explanation.total_rounded == Decimal("84.5")
    assert derivation_of(first).marks["final_exam"].score == 75
    row = next(row for row in results_of_cohort(cast.evaluation) if row.enrolment.number == "26001")
    assert (row.total, row.decided) == (Decimal("84.5"), True)


@pytest.mark.parametrize(
    ("marks", "reason", "code"),
    [
        ([("final_exam", "85", "scored")], "  ", "evaluation.reason_missing"),
        ([("final_exam", "75", "scored")], "why", "evaluation.correction_changes_nothing"),
        ([("final_exam", None, "deferred")], "why", "evaluation.correction_leaves_open"),
        ([("final_exam", "101", "scored")], "why", "evaluation.score_outside"),
        ([("nothing", "1", "scored")], "why", "evaluation.item_unknown"),
    ],
)
def test_a_correction_that_is_none_is_refused_and_nothing_moves(
    marks: list[tuple[str, str | None, str]], reason: str, code: str, cast: Cast
) -> None:
    decide(cast, "26001")
    first, before = ResultVersion.objects.get(), Mark.objects.count()
    given = [mark(cast, "26001", item, score, status) for item, score, status in marks]
    with pytest.raises(Refused) as caught:
        correct_result(first, given, reason=reason, by=cast.actor("coordinator"), at=AT)
    assert caught.value.verdict.reason == code
    assert (ResultVersion.objects.count(), Mark.objects.count(), Decision.objects.count()) == (1, before, 1)


def test_a_correction_of_what_has_been_corrected_since_is_refused(cast: Cast) -> None:
    decide(cast, "26001")
    first = ResultVersion.objects.get()
    by = cast.actor("coordinator")
    correct_result(first, [mark(cast, "26001", "final_exam", "85")], reason="one", by=by, at=AT)
    with pytest.raises(Refused) as caught:
        correct_result(first, [mark(cast, "26001", "final_exam", "95")], reason="two", by=by, at=AT)
    assert caught.value.verdict.reason == "evaluation.result_moved"


def test_a_correction_does_not_reach_into_another_result(cast: Cast) -> None:
    finish(cast)
    decide(cast)
    mine = ResultVersion.objects.get(enrolment=cast.enrolments["26001"])
    with pytest.raises(Refused) as caught:
        correct_result(
            mine, [mark(cast, "26002", "final_exam", "95")], reason="x", by=cast.actor("coordinator"), at=AT
        )
    assert caught.value.verdict.reason == "evaluation.correction_of_another"


def test_a_correction_goes_by_the_scheme_of_its_decision(cast: Cast) -> None:
    decide(cast, "26001")
    other = draft_scheme(
        cast.scheme,
        organisation=cast.college,
        definition=DEFINITION | {"decimals": 3},
        by=cast.actor("coordinator"),
        at=AT,
    )
    cast.evaluation.scheme = other
    cast.evaluation.save(update_fields=["scheme"])
    second = correct_result(
        ResultVersion.objects.get(),
        [mark(cast, "26001", "quiz", "41")],
        reason="x",
        by=cast.actor("coordinator"),
        at=AT,
    )
    assert (second.decision.scheme, second.total) == (cast.scheme, Decimal("80.9"))


def test_what_can_be_decided_is_counted(cast: Cast) -> None:
    found = readiness(cast.evaluation)
    assert ([row.enrolment.number for row in found.rows], found.open, found.decided) == (["26001"], 3, 0)
    decide(cast, "26001")
    found = readiness(cast.evaluation)
    assert (found.rows, found.open, found.decided) == ([], 3, 1)


def test_an_enterprise_sees_the_versions_of_its_own_people_only(cast: Cast) -> None:
    finish(cast)
    decide(cast)
    with looking_for(cast.actor("hr", cast.jinheng).scope):
        assert {row.enrolment.number for row in ResultVersion.objects.all()} == {"26001", "26002"}
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not ResultVersion.objects.exists()
        assert not Decision.objects.exists()
