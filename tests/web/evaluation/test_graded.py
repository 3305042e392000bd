"""Pages of graded and required parts: names of grades and levels in the reader's language, amounts with their unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
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
    assert [(row[2], *row[5:7]) for row in table[1:]] == [
        ("Merit", "Pass", "Distinction"),
        ("–", "Distinction", "–"),
    ]
    assert "To date" not in " ".join(table[0])
    chinese = cells(_zh(browse("coordinator")).get(_at(england)))
    assert (chinese[1][2], *chinese[1][5:7]) == ("良好", "合格", "优秀")


def test_the_export_says_the_same(browse: Browse, england: Country) -> None:
    rows = sheet(browse("coordinator").get(_at(england, "export.csv")), "x.csv")
    assert (rows[1][2], *rows[1][5:7]) == ("Merit", "Pass", "Distinction")


def test_it_is_sorted_by_rank_and_not_by_alphabet(browse: Browse, england: Country) -> None:
    table = cells(browse("coordinator").get(_at(england, "?sort=-method1.value")))
    assert [row[5] for row in table[1:]] == ["Distinction", "Pass"]


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


def import_again(client: Client, found: Country, content: bytes) -> SheetImport:
    """The outcome of uploading this mark sheet and taking it in."""
    sent = client.post(
        f"/o/lanchuan/imports/new/marks/{found.evaluation.public_id}/",
        {"file": SimpleUploadedFile("marks.csv", content)},
    )
    page = client.get(sent["Location"])
    client.post(sent["Location"] + "commit/", {"seen": page.context["trial"].token})
    with everywhere("a test looks at everything"):
        done = SheetImport.objects.get(public_id=sent["Location"].rstrip("/").split("/")[-1])
        assert (done.state, done.outcome["added"], done.outcome["changed"]) == ("committed", 0, 0)
        return done


def test_the_grid_names_grades_and_its_export_brings_nothing_new(browse: Browse, england: Country) -> None:
    table = cells(browse("coordinator").get(_at(england, "grid/")))
    assert [row[1:] for row in table[-2:]] == [["Pass", "Distinction"], ["Distinction", "–"]]
    assert "0–" not in " ".join(cell for row in table[:2] for cell in row)
    chinese = _zh(browse("coordinator")).get(_at(england, "grid.csv"))
    rows = sheet(chinese, "x.csv")
    assert [row[2:] for row in rows[1:]] == [["合格", "优秀"], ["优秀", ""]]
    assert import_again(browse("coordinator"), england, chinese.content).outcome["unchanged"] == 3


def test_deciding_names_the_level(browse: Browse, england: Country) -> None:
    client = _zh(browse("coordinator"))
    page = client.get(_at(england, "decide/"))
    assert [row[3:] for row in cells(page)[1:]] == [["良好", "达到"]]
    sent = {"basis": page.context["basis"], "who": [england.people["71"].public_id]}
    assert client.post(_at(england, "decide/"), sent).status_code == 302
    shown = client.get(_at(england, f"{england.people['71'].public_id}/"))
    assert [line.figure for line in shown.context["official"].lines] == ["良好"]
    assert shown.context["level"] == "良好"


def test_a_grade_is_corrected_by_choosing_another(browse: Browse, england: Country, cast: Cast) -> None:
    with everywhere("a test decides"):
        by = cast.actor("coordinator")
        decide_results(england.evaluation, None, basis=basis_of(england.evaluation), by=by, at=AT)
    client = browse("coordinator")
    at = _at(england, f"{england.people['71'].public_id}/correct/")
    form = client.get(at).context["form"]
    assert [words for _key, words in form.fields["item-method1"].choices][:3] == [
        "Fail",
        "Pass",
        "Distinction",
    ]
    assert form["item-method1"].value() == "Pass"
    sent = {"reason": "read wrongly", "item-method1": "excellent", "item-method2": "Distinction"}
    assert "item-method1" in client.post(at, sent).context["form"].errors
    page = client.post(at, sent | {"item-method1": "Distinction"}, follow=True)
    assert "is now Distinction, version 2" in page.content.decode()
    assert [line.figure for line in page.context["official"].lines] == ["Distinction", "Merit"]
    gone = client.post(at, sent | {"item-method1": ""})  # nothing chosen corrects nothing
    assert "item-method1" in gone.context["form"].errors


def test_grades_can_be_supposed(browse: Browse, england: Country) -> None:
    at = _at(england, f"{england.people['72'].public_id}/")
    panel = browse("coordinator").get(at).context["what_if"]
    assert [(one.name, one.value, [key for key, _ in one.grades]) for one in panel.sliders] == [
        ("if-method2", "", ["fail", "pass", "distinction"])
    ]
    page = browse("coordinator").get(at, {"if-method2": "pass"})
    assert "It would be: Merit. The pass rules would be met." in page.content.decode()
    assert not browse("coordinator").get(at, {"if-method2": "excellent"}).context["what_if"].asked


def test_an_apprentice_s_desk_names_the_level(browse: Browse, england: Country, cast: Cast) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(england.people["71"].person)
    page = client.get("/o/lanchuan/")
    card = page.context["desks"][0].figures["card"]
    assert (card.words, card.figure) == ("All marks are in: Merit. The pass rules are met.", "Merit")


def test_where_levels_are_reached_no_mean_no_ring_and_each_rule_once(browse: Browse, cast: Cast) -> None:
    full = {"ojl_hours": 8000, "related_instruction": 576, "competencies": 100}
    states = country(cast, "us_registered", {"71": full, "72": full | {"ojl_hours": 7400}})
    client = browse("coordinator")
    assert "Mean of the final results" not in client.get(_at(states)).content.decode()
    page = client.get(_at(states, f"{states.people['72'].public_id}/"))
    assert page.context["parts"] == []
    assert [(rule.label, rule.badge) for rule in page.context["rules"]] == [
        ("Everything that is asked for is there", "not met")
    ]


def test_two_schemes_of_one_name_are_told_apart(browse: Browse, england: Country) -> None:
    page = browse("coordinator").get(_at(england, "move/"))
    assert [words for _key, words in page.context["others"]] == [
        "End-point assessment (two graded methods), version 1 (preset)"
    ]
