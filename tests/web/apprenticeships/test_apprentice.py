"""An apprentice's own page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from craftpath.delivery.web.apprenticeships import learner
from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.apprenticeships.queries import path_of
from tests.cast import AT, TODAY, Cast

Browse = Callable[[str], Client]


def address(cast: Cast, number: str, organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/cohorts/apprentices/{cast.enrolments[number].public_id}/"


def test_it_shows_the_path_with_its_next_gate(cast: Cast, browse: Browse) -> None:
    context = browse("classmate").get(address(cast, "26002")).context
    assert [(stage["label"], stage["state"]) for stage in context["stages"]] == [
        ("Junior craftsman", "current"),
        ("Craftsman", "next"),
        ("Master craftsman", "next"),
    ]
    assert context["gate"] == "Craftsman, after this stage is passed"


def test_it_shows_the_result_to_date_what_is_open_and_why(cast: Cast, browse: Browse) -> None:
    page = browse("classmate").get(address(cast, "26002"))
    found = page.context["results"]
    assert [(one.sentence, one.figure, one.missing) for one in found] == [
        (
            "37.5 of 45 so far; two marks left, 55 points still open.",
            Decimal("37.5"),
            ["Workshop task 2", "Final examination"],
        )
    ]
    assert [(part.key, part.weight, part.earned, part.open) for part in found[0].parts] == [
        ("process", Decimal("30.0"), Decimal("27.0"), Decimal("0.0")),
        ("practical", Decimal("30.0"), Decimal("10.5"), Decimal("15.0")),
        ("exam", Decimal("40.0"), Decimal("0.0"), Decimal("40.0")),
    ]
    why = f"/o/lanchuan/results/{cast.evaluation.public_id}/{cast.enrolments['26002'].public_id}/"
    assert f'href="{why}"' in page.content.decode()


def test_it_names_cohort_enterprise_and_mentor(cast: Cast, browse: Browse) -> None:
    page = browse("classmate").get(address(cast, "26002")).content.decode()
    for words in ("林浩然", "26002", "Welders 2026/1", "Jinheng Machinery", "周国栋"):
        assert words in page


def test_without_a_result_it_says_when_there_will_be_one(cast: Cast, browse: Browse) -> None:
    assert b"No result yet" in browse("coordinator").get(address(cast, "26005")).content


def test_the_last_stage_leads_to_the_end_of_the_path(cast: Cast, all_rows: None) -> None:
    one = cast.enrolments["26001"]
    said = []
    with override("en"):
        for order in (1, 2, 3):
            said.append(learner.gate(path_of(one)))
            stage = cast.programme.stages.get(order=order)
            pass_stages([one], stage=stage, on=TODAY, by=cast.actor("coordinator"), at=AT)
        said.append(learner.gate(path_of(one)))
    assert said == [
        "Craftsman, after this stage is passed",
        "Master craftsman, after this stage is passed",
        "The end of the path, after this stage is passed",
        "All stages are passed.",
    ]


@pytest.mark.parametrize(
    ("who", "organisation", "number", "status"),
    [
        ("apprentice", "lanchuan", "26001", 200),
        ("apprentice", "lanchuan", "26002", 404),
        ("mentor", "jinheng", "26002", 200),
        ("mentor", "jinheng", "26003", 404),
        ("hr", "jinheng", "26004", 404),
        ("coordinator", "lanchuan", "26004", 200),
        ("officer", "lanchuan-bureau", "26001", 403),
        ("stranger", "lanchuan", "26001", 404),
        ("stranger", "dongling", "26001", 404),
        ("", "lanchuan", "26001", 302),
    ],
)
def test_who_may_look(
    cast: Cast, browse: Browse, who: str, organisation: str, number: str, status: int
) -> None:
    assert browse(who).get(address(cast, number, organisation)).status_code == status
