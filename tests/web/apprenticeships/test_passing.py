"""Recording that apprentices passed a stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.domain.apprenticeships.queries import paths_of
from craftpath.domain.evaluation.actions import pass_judged
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.evaluation.test_deciding import decide, finish
from tests.web.evaluation.reading import cells

Browse = Callable[[str], Client]


@pytest.fixture
def decided(cast: Cast) -> None:
    """All marks are in and decided: 26001 and 26003 passed, 26002 did not, 26004 has no marks."""
    with everywhere("a test decides"):
        finish(cast)
        decide(cast)


def address(cast: Cast) -> str:
    return f"/o/lanchuan/cohorts/{cast.cohort.public_id}/pass/"


def given(cast: Cast, *numbers: str, **others: str) -> dict[str, object]:
    return {
        "who": [cast.enrolments[number].public_id for number in numbers],
        "stage": "junior_craftsman",
    } | others


def states(cast: Cast, number: str) -> list[str]:
    return [step.state for step in paths_of([cast.enrolments[number]])[cast.enrolments[number].pk]]


@pytest.mark.usefixtures("decided")
def test_first_it_names_who_and_records_nothing(cast: Cast, browse: Browse, all_rows: None) -> None:
    numbers = ("26001", "26002", "26003", "26004", "26005")
    answer = browse("coordinator").post(address(cast), given(cast, *numbers))
    assert [row[:2] for row in cells(answer)[1:]] == [["陈雨桐", "26001"], ["欧阳思远", "26003"]]
    assert [row.number for row in answer.context["left_out"]] == ["26005"]
    assert [line.enrolment.number for line in answer.context["not_passed"]] == ["26002"]
    assert [line.enrolment.number for line in answer.context["undecided"]] == ["26004"]
    assert answer.context["decide_url"].endswith(f"/{cast.evaluation.public_id}/decide/")
    assert b"A recorded decision" in answer.content
    assert states(cast, "26001") == ["open", "locked", "locked"]


def test_without_a_decided_result_nobody_passes(cast: Cast, browse: Browse, all_rows: None) -> None:
    """26001 has all marks and meets the rules, and still waits for somebody's decision."""
    coordinator = browse("coordinator")
    page = coordinator.post(address(cast), given(cast, "26001"))
    assert (page.context["people"], b"No decided result yet" in page.content) == ([], True)
    forced = coordinator.post(address(cast), given(cast, "26001", confirmed="1"))
    assert forced.status_code == 409
    assert b"have no decided result that passed" in forced.content
    assert states(cast, "26001") == ["open", "locked", "locked"]


@pytest.mark.usefixtures("decided")
def test_one_who_is_held_back_holds_back_the_act(cast: Cast, all_rows: None) -> None:
    rows = [cast.enrolments["26001"], cast.enrolments["26002"]]
    with pytest.raises(Refused) as refused:
        pass_judged(rows, stage=cast.evaluation.stage, on=AT.date(), by=cast.actor("coordinator"), at=AT)
    assert refused.value.verdict.reason == "evaluation.held_back"
    assert states(cast, "26001") == ["open", "locked", "locked"]


def test_a_stage_that_nothing_judges_is_passed_by_the_recorded_decision(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    browse("coordinator").post(address(cast), given(cast, "26005", stage="craftsman", confirmed="1"))
    assert states(cast, "26005") == ["passed", "passed", "open"]


@pytest.mark.usefixtures("decided")
def test_confirmed_it_opens_the_next_stage_and_stands_in_the_history(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    answer = browse("coordinator").post(address(cast), given(cast, "26001", "26003", confirmed="1"))
    assert answer.status_code == 302
    assert [states(cast, number) for number in ("26001", "26002", "26003")] == [
        ["passed", "open", "locked"],
        ["open", "locked", "locked"],
        ["passed", "open", "locked"],
    ]
    entry = AuditEntry.objects.get(fact="apprenticeships.stages_passed")
    assert (entry.person, entry.payload["enrolments"]) == (
        cast.people["coordinator"],
        [cast.enrolments[number].public_id for number in ("26001", "26003")],
    )


@pytest.mark.usefixtures("decided")
def test_a_second_press_changes_nothing_and_leads_to_the_same_page(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    coordinator = browse("coordinator")
    for _ in range(2):
        answer = coordinator.post(address(cast), given(cast, "26001", confirmed="1"))
        assert answer.headers["Location"] == f"/o/lanchuan/cohorts/{cast.cohort.public_id}/"
    assert states(cast, "26001") == ["passed", "open", "locked"]
    assert AuditEntry.objects.filter(fact="apprenticeships.stages_passed").count() == 1
    assert "This is recorded already" in coordinator.get(answer.headers["Location"]).content.decode()
    assert coordinator.post(address(cast), given(cast, "26001", "26002", confirmed="1")).status_code == 409
    assert states(cast, "26002") == ["open", "locked", "locked"]


def test_nobody_ticked_or_no_stage_leads_back(cast: Cast, browse: Browse) -> None:
    for form in ({}, {"stage": "junior_craftsman"}, given(cast, "26001", stage="emperor")):
        answer = browse("coordinator").post(address(cast), form)
        assert answer.headers["Location"] == f"/o/lanchuan/cohorts/{cast.cohort.public_id}/"


def test_somebody_of_another_cohort_is_not_found(cast: Cast, browse: Browse) -> None:
    form = {
        "who": ["a-stranger", cast.enrolments["26001"].public_id],
        "stage": "junior_craftsman",
        "confirmed": "1",
    }
    assert browse("coordinator").post(address(cast), form).status_code == 404
