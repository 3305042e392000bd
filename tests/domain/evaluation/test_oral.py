"""The oral supplement: in allowed parts, once, weighed 2:1, and only if it can decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.evaluation.actions import (
    NewMark,
    basis_of,
    correct_result,
    decide_results,
    raise_contest,
    record_marks,
    record_oral,
)
from craftpath.domain.evaluation.forecast import forecast
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.evaluation.queries import oral_chances, results_of_cohort
from craftpath.domain.evaluation.versions import derivation_of, items_of, versions_of
from craftpath.kernel.access import actor_in
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import name_of, react
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.countries import Country, country

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

FAILS = {"part1": 70, "work_order": 70, "work_planning": 45, "function_analysis": 45, "economics_social": 80}


@pytest.fixture
def germany(cast: Cast) -> Country:
    return country(cast, "de_mechatronics", {"71": FAILS, "72": FAILS | {"work_order": 48}})


def _oral(
    cast: Cast, germany: Country, component: str = "work_planning", score: int = 75, number: str = "71"
) -> Any:
    return record_oral(
        germany.evaluation,
        germany.people[number],
        component=component,
        score=Decimal(score),
        by=cast.actor("trainer"),
        at=AT,
    )


def test_it_turns_not_passed_into_passed(cast: Cast, germany: Country) -> None:
    before = results_of_cohort(germany.evaluation)[0]
    assert (before.total, before.passed) == (Decimal("64.6"), False)
    assert (_oral(cast, germany).added, results_of_cohort(germany.evaluation)[0].passed) == (1, True)
    # work planning: (2 × 45 + 75) ÷ 3 = 55 instead of 45, at a weight of 12
    assert results_of_cohort(germany.evaluation)[0].total == Decimal("65.8")
    mark = Mark.objects.get(item="work_planning.oral")
    assert (mark.score, mark.recorded_by) == (75, cast.people["trainer"])


def test_what_would_decide_is_said_before(germany: Country) -> None:
    found = {one.part.key: one.chance for one in oral_chances(germany.evaluation, germany.people["71"])}
    assert {key: (one.reason, one.least) for key, one in found.items()} == {
        "work_planning": ("", 60),
        "function_analysis": ("", 60),
        "economics_social": ("cannot_decide", None),
    }


@pytest.mark.parametrize(
    ("component", "score", "number", "reason"),
    [
        ("part1", 75, "71", "evaluation.oral_not_in_this_component"),
        ("nothing", 75, "71", "evaluation.oral_not_in_this_component"),
        ("economics_social", 75, "71", "evaluation.oral_cannot_decide"),
        ("work_planning", 75, "72", "evaluation.oral_cannot_decide"),
        ("work_planning", 101, "71", "evaluation.score_outside"),
    ],
)
def test_it_is_refused_where_it_is_not_meant(
    cast: Cast, germany: Country, component: str, score: int, number: str, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        _oral(cast, germany, component, score, number)
    assert caught.value.verdict.reason == reason
    assert not Mark.objects.filter(item__endswith=".oral").exists()


def test_once_only_and_the_same_again_changes_nothing(cast: Cast, germany: Country) -> None:
    _oral(cast, germany, score=60)
    count = AuditEntry.objects.count()
    assert _oral(cast, germany, score=60).unchanged == 1
    assert AuditEntry.objects.count() == count
    with pytest.raises(Refused) as caught:
        _oral(cast, germany, "function_analysis")
    assert caught.value.verdict.reason == "evaluation.oral_used_up"
    assert _oral(cast, germany, score=66).changed == 1  # a correction of the one that there is


def test_a_sheet_cannot_bring_it(cast: Cast, germany: Country) -> None:
    mark = NewMark(germany.people["71"].pk, "work_planning.oral", "scored", Decimal(75))
    with pytest.raises(Refused) as caught:
        record_marks(germany.evaluation, [mark], by=cast.actor("trainer"), at=AT)
    assert caught.value.verdict.reason == "evaluation.item_unknown"


def test_who_may_not_record_marks_may_not_record_it(cast: Cast, germany: Country) -> None:
    with pytest.raises(Refused) as caught:
        record_oral(
            germany.evaluation,
            germany.people["71"],
            component="work_planning",
            score=Decimal(75),
            by=cast.actor("assessor"),
            at=AT,
        )
    assert caught.value.verdict.who


def test_it_sounds_as_a_statement(cast: Cast, germany: Country) -> None:
    from craftpath.domain.activity.queries import statements
    from craftpath.domain.evaluation.reactions import on_marks_recorded

    _oral(cast, germany)
    told = AuditEntry.objects.filter(fact="evaluation.marks_recorded").latest("pk")
    react(told, name_of(on_marks_recorded))
    said = statements().get(object_id__endswith="/work_planning.oral")
    assert said.raw["object"]["definition"]["name"]["en"] == "Work planning (oral)"


def _decide(cast: Cast, germany: Country) -> None:
    by = cast.actor("coordinator")
    decide_results(germany.evaluation, None, basis=basis_of(germany.evaluation), by=by, at=AT)


def test_after_the_decision_there_is_no_chance_left(cast: Cast, germany: Country) -> None:
    _decide(cast, germany)
    assert {one.chance.reason for one in oral_chances(germany.evaluation, germany.people["71"])} == {
        "decided"
    }
    with pytest.raises(Refused) as caught:
        _oral(cast, germany)
    assert caught.value.verdict.reason == "evaluation.oral_decided"
    row = results_of_cohort(germany.evaluation)[0]
    assert (row.total, row.passed, row.decided) == (Decimal("64.6"), False, True)


def test_an_oral_mark_is_part_of_what_is_decided_contested_and_corrected(
    cast: Cast, germany: Country
) -> None:
    _oral(cast, germany)
    _decide(cast, germany)
    (first,) = versions_of(germany.evaluation, germany.people["71"])
    assert (first.total, first.passed) == (Decimal("65.8"), True)
    assert derivation_of(first).explanation.total_rounded == Decimal("65.8")
    assert [item.key for item in items_of(first) if item.is_oral] == ["work_planning.oral"]
    learner = actor_in(first.enrolment.person, germany.cohort.organisation, TODAY)
    assert learner is not None
    contest = raise_contest(first, words="?", in_question=["work_planning.oral"], by=learner, at=AT)
    assert contest.items == ["work_planning.oral"]
    better = NewMark(germany.people["71"].pk, "work_planning.oral", "scored", Decimal(90))
    second = correct_result(first, [better], reason="added up anew", by=cast.actor("coordinator"), at=AT)
    assert second.total == Decimal("66.4")  # (2 × 45 + 90) ÷ 3 = 60 instead of 55, at a weight of 12
    assert derivation_of(first).explanation.total_rounded == Decimal("65.8")
    assert derivation_of(second).explanation.total_rounded == Decimal("66.4")


def test_a_correction_brings_no_oral_mark_that_was_never_held(cast: Cast, germany: Country) -> None:
    _decide(cast, germany)
    (version,) = versions_of(germany.evaluation, germany.people["71"])
    new = NewMark(germany.people["71"].pk, "work_planning.oral", "scored", Decimal(90))
    with pytest.raises(Refused) as caught:
        correct_result(version, [new], reason="x", by=cast.actor("coordinator"), at=AT)
    assert caught.value.verdict.reason == "evaluation.item_unknown"


def test_what_if_knows_no_oral_mark_and_counts_those_there_are(cast: Cast) -> None:
    found = country(cast, "de_mechatronics", {"71": {"part1": 70}})
    told = forecast(
        found.evaluation, found.people["71"], {"work_order": Decimal(70), "work_planning.oral": Decimal(1)}
    )
    assert "work_planning.oral" not in [item.key for item in told.open]
    assert dict(told.supposed) == {"work_order": 70}
    assert told.explanation.to_date_rounded == Decimal("49.0")
