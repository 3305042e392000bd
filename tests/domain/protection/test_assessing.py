"""Assessments of risky uses: drafts, decisions, and that what was decided stays."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from craftpath.domain.protection import actions
from craftpath.domain.protection.models import Assessment
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.protection.world import THOUGHT, written

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = TODAY + timedelta(days=365)


def test_the_same_form_twice_is_one(cast: Cast) -> None:
    made = uuid.uuid4()
    for _ in range(2):
        actions.write_assessment(cast.college, THOUGHT, made_id=made, by=cast.actor("administrator"), at=AT)
    assert Assessment._base_manager.count() == 1
    assert AuditEntry.objects.filter(fact="protection.assessment_written").count() == 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"occasion": "fun"}, "protection.occasion_unknown"),
        ({"risks": "  "}, "protection.say_something"),
        ({"title": "x" * 121}, "protection.too_long"),
        ({"use": "x" * 4001}, "protection.too_long"),
    ],
)
def test_it_says_everything_or_nothing_is_kept(cast: Cast, other: dict[str, str], why: str) -> None:
    with pytest.raises(Refused) as caught:
        written(cast, **other)
    assert caught.value.verdict.reason == why
    assert not Assessment._base_manager.exists()


def test_only_the_office_writes_and_decides(cast: Cast) -> None:
    row = written(cast)
    for who in ("coordinator", "trainer"):
        with pytest.raises(Refused):
            actions.decide_assessment(row, "go", "", LATER, by=cast.actor(who), at=AT)
    with pytest.raises(Refused):
        actions.write_assessment(
            cast.college, THOUGHT, made_id=uuid.uuid4(), by=cast.actor("coordinator"), at=AT
        )


def test_a_decision_has_its_conditions_and_its_day(cast: Cast) -> None:
    row, by = written(cast), cast.actor("administrator")
    for outcome, words, day, why in (
        ("maybe", "", LATER, "protection.outcome_unknown"),
        ("conditions", " ", LATER, "protection.say_something"),
        ("go", "", TODAY, "protection.review_unclear"),
        ("go", "", TODAY + timedelta(days=1200), "protection.review_unclear"),
    ):
        with pytest.raises(Refused) as caught:
            actions.decide_assessment(row, outcome, words, day, by=by, at=AT)
        assert caught.value.verdict.reason == why
    row = actions.decide_assessment(row, "conditions", "不保存坐标", LATER, by=by, at=AT)
    assert (row.state, row.outcome, row.words, row.review_on) == (
        "decided",
        "conditions",
        "不保存坐标",
        LATER,
    )


def test_what_was_decided_is_not_said_otherwise(cast: Cast) -> None:
    by = cast.actor("administrator")
    row = actions.change_assessment(written(cast), replace(THOUGHT, risks="更小"), by=by, at=AT)
    assert row.risks == "更小"
    actions.decide_assessment(row, "go", "", LATER, by=by, at=AT)
    with pytest.raises(Refused) as caught:
        actions.change_assessment(row, THOUGHT, by=by, at=AT)
    assert caught.value.verdict.reason == "protection.decided_already"
    for _ in range(2):
        assert actions.retire_assessment(row, by=by, at=AT).state == "retired"
    assert AuditEntry.objects.filter(fact="protection.assessment_moved").count() == 2
