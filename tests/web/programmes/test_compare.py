"""Two versions side by side, and moving a running cohort from one to the other."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.web.programmes.comparing import changes
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, DEFINITION, Cast

Browse = Callable[[str], Client]


@pytest.fixture
def other(cast: Cast) -> EvaluationScheme:
    definition = copy.deepcopy(DEFINITION)
    definition["component"][0]["weight"] = "20"
    definition["component"][1]["weight"] = "40"
    definition["component"][1]["item"].append(
        {"key": "task3", "name": {"en": "Task 3"}, "weight": "1", "max": "10", "area": ""}
    )
    definition["rule"] = [{"kind": "overall_min", "value": "81"}]
    with everywhere("a test makes a draft"):
        return draft_scheme(
            cast.scheme, organisation=cast.college, definition=definition, by=cast.actor("coordinator"), at=AT
        )


def _compare(scheme: EvaluationScheme, more: str = "") -> str:
    return f"/o/lanchuan/schemes/{scheme.public_id}/compare/{more}"


def _move(cast: Cast) -> str:
    return f"/o/lanchuan/results/{cast.evaluation.public_id}/move/"


def test_what_differs_is_said_in_words(browse: Browse, cast: Cast, other: EvaluationScheme) -> None:
    asked = f"?with={other.public_id}&cohort={cast.evaluation.public_id}"
    response = browse("coordinator").get(_compare(cast.scheme, asked))
    assert [(one.kind, one.what, one.before, one.after) for one in response.context["changes"]] == [
        ("changed", "Process evaluation · Weight", "30", "20"),
        ("changed", "Practical activity evaluation · Weight", "30", "40"),
        (
            "added",
            "Practical activity evaluation · Item",
            "",
            "Task 3: weight 1, full mark 10, learning area –",
        ),
        ("removed", "Pass rule", "The total is at least 60.", ""),
        ("added", "Pass rule", "", "The total is at least 81."),
    ]
    found = response.context["effect"]
    assert (found.people, found.no_more_passed, found.no_more_complete) == (4, 1, 1)  # the new task is open
    assert "What it would mean for" in response.content.decode()


def test_two_that_mean_the_same_differ_in_nothing() -> None:
    written = copy.deepcopy(DEFINITION)
    written["component"][0]["weight"] = "30.00"
    written["component"][2]["drop_lowest"] = 0
    assert changes(DEFINITION, written) == []


def test_a_reader_of_figures_only_sees_no_effect_on_persons(
    browse: Browse, cast: Cast, other: EvaluationScheme
) -> None:
    asked = f"?with={other.public_id}&cohort={cast.evaluation.public_id}"
    page = browse("officer").get(f"/o/lanchuan-bureau/schemes/{cast.scheme.public_id}/compare/{asked}")
    assert page.status_code == 200
    assert "effect" not in page.context
    assert page.context["running"] == []


def test_it_takes_as_many_queries_for_one_as_for_many(
    browse: Browse, cast: Cast, other: EvaluationScheme
) -> None:
    client = browse("coordinator")
    asked = f"?with={other.public_id}&cohort={cast.evaluation.public_id}"
    client.get(_compare(cast.scheme, asked))
    with CaptureQueriesContext(connection) as one:
        client.get(_compare(cast.scheme, asked))
    with everywhere("a test makes drafts"):
        for _ in range(10):
            draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        client.get(_compare(cast.scheme, asked))
    assert len(many) == len(one)


def test_moving_shows_the_comparison_first_and_asks_for_a_reason(
    browse: Browse, cast: Cast, other: EvaluationScheme
) -> None:
    client = browse("coordinator")
    page = client.get(_move(cast), {"scheme": other.public_id})
    assert (len(page.context["changes"]), page.context["effect"].people) == (5, 4)
    refused = client.post(_move(cast), {"scheme": other.public_id, "reason": " "})
    assert refused.status_code == 409
    assert "Give the reason" in refused.content.decode()
    assert client.post(_move(cast), {"scheme": other.public_id, "reason": "New rules"}).status_code == 302
    with everywhere("a test looks at everything"):
        assert Evaluation.objects.get(pk=cast.evaluation.pk).scheme == other
    again = client.post(_move(cast), {"scheme": other.public_id, "reason": "New rules"}, follow=True)
    assert "recorded already" in again.content.decode()
    history = client.get("/o/lanchuan/history/").content.decode()
    assert "from version 1 to version 2 of its scheme; reason: New rules" in history


@pytest.mark.parametrize(("who", "status"), [("trainer", 403), ("stranger", 404), ("", 302)])
def test_who_may_not_move_it(
    browse: Browse, cast: Cast, other: EvaluationScheme, who: str, status: int
) -> None:
    assert browse(who).get(_move(cast)).status_code == status
    assert browse(who).post(_move(cast), {"scheme": other.public_id, "reason": "x"}).status_code == status


def test_an_id_that_is_not_there_moves_nothing(browse: Browse, cast: Cast) -> None:
    assert browse("coordinator").post(_move(cast), {"scheme": "nothing", "reason": "x"}).status_code == 200
    assert browse("coordinator").get(_compare(cast.scheme, "?with=nothing&cohort=x")).status_code == 200
