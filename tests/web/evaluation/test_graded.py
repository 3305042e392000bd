"""Pages of graded and required parts: names of grades and levels in the reader's language, amounts with their unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.countries import Country, country
from tests.web.evaluation.reading import cells, sheet

Browse = Callable[[str], Client]


def _zh(client: Client) -> Client:
    client.cookies["django_language"] = "zh-hans"
    return client


def _at(found: Country, more: str = "") -> str:
    return f"/o/lanchuan/results/{found.evaluation.public_id}/{more}"


@pytest.fixture
def england(cast: Cast) -> Country:
    return country(
        cast,
        "uk_standard",
        {"71": {"method1": "pass", "method2": "distinction"}, "72": {"method1": "distinction"}},
    )


def test_the_table_shows_grades_by_name_and_no_points(browse: Browse, england: Country) -> None:
    table = cells(browse("coordinator").get(_at(england)))
    assert [row[3:6] for row in table[1:]] == [["Pass", "Distinction", "Merit"], ["Distinction", "–", "–"]]
    assert "To date" not in " ".join(table[0])
    chinese = cells(_zh(browse("coordinator")).get(_at(england)))
    assert chinese[1][3:6] == ["合格", "优秀", "良好"]


def test_the_export_says_the_same(browse: Browse, england: Country) -> None:
    rows = sheet(browse("coordinator").get(_at(england, "export.csv")), "x.csv")
    assert rows[1][3:6] == ["Pass", "Distinction", "Merit"]


def test_it_is_sorted_by_rank_and_not_by_alphabet(browse: Browse, england: Country) -> None:
    table = cells(browse("coordinator").get(_at(england, "?sort=-method1.value")))
    assert [row[3] for row in table[1:]] == ["Distinction", "Pass"]


def test_the_derivation_names_the_level_and_has_no_points(browse: Browse, england: Country) -> None:
    response = browse("coordinator").get(_at(england, f"{england.people['71'].public_id}/"))
    assert response.context["sentence"] == "All marks are in: Merit. The pass rules are met."
    assert response.context["level"] == "Merit"
    assert [(one.figure, one.note) for one in response.context["branches"]] == [
        ("", "Grade: Pass."),
        ("", "Grade: Distinction."),
    ]
    assert "points" not in " ".join(leaf.note for one in response.context["branches"] for leaf in one.leaves)
    open_one = browse("coordinator").get(_at(england, f"{england.people['72'].public_id}/"))
    assert open_one.context["sentence"] == "The level is still open; one mark left."
    chinese = _zh(browse("coordinator")).get(_at(england, f"{england.people['71'].public_id}/"))
    assert chinese.context["branches"][1].note == "等级：优秀。"


def test_a_mark_s_page_names_the_grade(browse: Browse, england: Country) -> None:
    with everywhere("a test looks at everything"):
        mark = Mark.objects.get(enrolment=england.people["71"], item="method2")
    response = _zh(browse("coordinator")).get(f"/o/lanchuan/results/marks/{mark.public_id}/")
    assert response.context["entry"].said == "优秀"
    assert "<strong>优秀</strong>" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "7,400 of 8,000 hours"), ("zh-hans", "7,400 学时，应达 8,000 学时")]
)
def test_hours_are_said_with_their_target(browse: Browse, cast: Cast, language: str, said: str) -> None:
    states = country(cast, "us_registered", {"71": {"ojl_hours": 7400}})
    client = browse("coordinator")
    client.cookies["django_language"] = language
    response = client.get(_at(states, f"{states.people['71'].public_id}/"))
    leaves = [leaf for branch in response.context["branches"] for leaf in branch.leaves]
    assert leaves[0].note == said
    assert said in response.content.decode()


def test_a_scheme_page_says_targets_grades_and_what_is_assumed(
    browse: Browse, england: Country, cast: Cast
) -> None:
    def page(found: Country) -> Any:
        return browse("coordinator").get(f"/o/lanchuan/schemes/{found.scheme.public_id}/")

    shown = page(england)
    assert [line[1] for line in shown.context["grade_lines"]] == [
        "Fail",
        "Fail",
        "Pass",
        "Merit",
        "Fail",
        "Merit",
        "Distinction",
    ]
    assert shown.context["grade_lines"][0][0] == ["Fail", "any grade"]
    assert [rule["assumed"] for rule in shown.context["rules"]] == [True]
    assert "assumed, confirm" in shown.content.decode()
    states = page(country(cast, "us_registered"))
    assert [part["target"] for part in states.context["parts"]][0] == "Asks for 8,000 hours."
    assert "On-the-job learning, at least" in states.content.decode()
