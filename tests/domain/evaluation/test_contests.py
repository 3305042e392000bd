"""Contesting: only one's own result, in time, once a version; answered by somebody else than its judge."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.apprenticeships.actions import appoint
from craftpath.domain.evaluation.actions import (
    NewMark,
    basis_of,
    correct_contested,
    correct_result,
    decide_results,
    raise_contest,
    uphold_result,
    withdraw_contest,
)
from craftpath.domain.evaluation.models import Contest, Mark, ResultVersion
from craftpath.domain.evaluation.versions import contests, contests_waiting_for
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.fixture
def version(cast: Cast) -> ResultVersion:
    """The apprentice's result, decided by the coordinator."""
    decide_results(
        cast.evaluation, None, basis=basis_of(cast.evaluation), by=cast.actor("coordinator"), at=AT
    )
    return ResultVersion.objects.get()


def contest(cast: Cast, version: ResultVersion, **more: Any) -> Contest:
    given = {"words": "My second answer was right.", "in_question": ["final_exam"], "at": AT} | more
    return raise_contest(version, by=more.pop("by", None) or cast.actor("apprentice"), **given)  # type: ignore[arg-type]


def refused(act: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **values)
    return caught.value.verdict.reason


def exam(cast: Cast, score: str) -> list[NewMark]:
    return [NewMark(cast.enrolments["26001"].pk, "final_exam", "scored", Decimal(score))]


def test_it_stands_with_its_words_and_a_last_day_for_the_answer(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    assert (found.words, found.items, found.state) == (
        "My second answer was right.",
        ["final_exam"],
        "raised",
    )
    assert (found.raised_by, found.due_on) == (cast.people["apprentice"], date(2026, 9, 24))
    told = AuditEntry.objects.get(fact="evaluation.contest_raised")
    assert told.payload == {"contest": found.public_id, "due_on": "2026-09-24"}


def test_nobody_else_contests_it(cast: Cast, version: ResultVersion) -> None:
    assert refused(raise_contest, version, words="x", by=cast.actor("classmate"), at=AT) == (
        "evaluation.contest_not_yours"
    )
    assert refused(raise_contest, version, words="x", by=cast.actor("coordinator"), at=AT) == (
        "evaluation.contest_not_yours"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": " \n "}, "evaluation.contest_without_words"),
        ({"words": "x" * 2001}, "evaluation.words_too_many"),
        ({"in_question": ["nothing"]}, "evaluation.item_unknown"),
        ({"at": AT + timedelta(days=16)}, "evaluation.contest_too_late"),
    ],
)
def test_what_cannot_be_taken_says_why(
    change: dict[str, Any], code: str, cast: Cast, version: ResultVersion
) -> None:
    assert refused(contest, cast, version, **change) == code
    assert not Contest.objects.exists()


def test_the_last_day_counts(cast: Cast, version: ResultVersion) -> None:
    assert contest(cast, version, at=AT + timedelta(days=15)).pk


def test_a_version_is_contested_once(cast: Cast, version: ResultVersion) -> None:
    contest(cast, version)
    assert refused(contest, cast, version) == "evaluation.contest_already"


def test_a_result_that_just_changed_is_not_contested_unread(cast: Cast, version: ResultVersion) -> None:
    correct_result(version, exam(cast, "85"), reason="x", by=cast.actor("coordinator"), at=AT)
    assert refused(contest, cast, version) == "evaluation.result_moved"


def test_the_judge_does_not_answer_and_somebody_else_does(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    answer = {"answer": "The key says otherwise.", "at": AT}
    assert refused(uphold_result, found, by=cast.actor("coordinator"), **answer) == (
        "evaluation.contest_own_judgement"
    )
    assert refused(uphold_result, found, by=cast.actor("trainer"), **answer) == "kernel.role_lacks"
    ended = uphold_result(found, by=cast.actor("administrator"), **answer)  # type: ignore[arg-type]
    assert (ended.state, ended.answer, ended.ended_by) == (
        "upheld",
        "The key says otherwise.",
        cast.people["administrator"],
    )
    assert ResultVersion.objects.count() == 1
    assert AuditEntry.objects.get(fact="evaluation.contest_ended").payload["state"] == "upheld"


def test_being_right_makes_the_next_version_with_the_answer_as_reason(
    cast: Cast, version: ResultVersion
) -> None:
    found = contest(cast, version)
    second = correct_contested(
        found, exam(cast, "85"), answer="You are right.", by=cast.actor("administrator"), at=AT
    )
    found.refresh_from_db()
    assert (found.state, second.number, second.total) == ("corrected", 2, Decimal("84.5"))
    assert second.decision.reason == "You are right."
    assert ResultVersion.objects.get(number=1).total == Decimal("80.5")
    assert (
        contest(cast, second, at=AT + timedelta(days=1)).version == second
    )  # the new one may be contested too


def test_an_answer_that_changes_nothing_ends_nothing(cast: Cast, version: ResultVersion) -> None:
    found, before = contest(cast, version), Mark.objects.count()
    why = refused(
        correct_contested, found, exam(cast, "75"), answer="x", by=cast.actor("administrator"), at=AT
    )
    found.refresh_from_db()
    assert (why, found.state, Mark.objects.count()) == (
        "evaluation.correction_changes_nothing",
        "raised",
        before,
    )
    assert refused(uphold_result, found, answer=" ", by=cast.actor("administrator"), at=AT) == (
        "evaluation.reason_missing"
    )


def test_a_contest_ends_once(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    withdraw_contest(found, by=cast.actor("apprentice"), at=AT)
    assert refused(uphold_result, found, answer="x", by=cast.actor("administrator"), at=AT) == (
        "evaluation.contest_ended"
    )
    assert refused(withdraw_contest, found, by=cast.actor("apprentice"), at=AT) == "evaluation.contest_ended"


def test_only_its_owner_withdraws_it(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    assert refused(withdraw_contest, found, by=cast.actor("administrator"), at=AT) == (
        "evaluation.contest_not_yours"
    )


def test_no_enterprise_and_no_mentor_sees_a_contest(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    seen = {}
    places = {"hr": cast.jinheng, "mentor": cast.jinheng, "officer": cast.city, "auditor": cast.city}
    for who in ("coordinator", "administrator", "apprentice", "classmate", "mentor", "hr", "assessor"):
        with looking_for(cast.actor(who, places.get(who)).scope):
            seen[who] = contests().filter(pk=found.pk).exists()
    assert seen == {
        "coordinator": True,
        "administrator": True,
        "apprentice": True,
        "classmate": False,
        "mentor": False,
        "hr": False,
        "assessor": False,
    }
    appoint(
        [cast.enrolments["26001"]],
        person=cast.people["assessor"],
        role="assessor",
        on=AT.date(),
        by=cast.actor("coordinator"),
        at=AT,
    )
    with looking_for(cast.actor("assessor").scope):
        assert list(contests_waiting_for(cast.actor("assessor"))) == [found]


def test_it_waits_for_those_who_may_answer_it(cast: Cast, version: ResultVersion) -> None:
    found = contest(cast, version)
    waiting = {}
    for who in ("coordinator", "administrator"):
        with looking_for(cast.actor(who).scope):
            waiting[who] = list(contests_waiting_for(cast.actor(who)))
    assert waiting == {"coordinator": [], "administrator": [found]}
