"""Sheets of units: what goes out comes in unchanged, what is wrong is told with its cell, twice is once."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from craftpath.domain.curricula.actions import (
    save_assessment,
    save_card,
    set_links,
    take_in_cards,
    take_out,
)
from craftpath.domain.curricula.cards import OutcomeValues, cards_by_key, values_of
from craftpath.domain.curricula.linking import AssessmentWanted
from craftpath.domain.curricula.models import CurriculumVersion, UnitCard
from craftpath.domain.curricula.queries import content_of
from craftpath.domain.curricula.replacing import said
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.domain.curricula.world import first, values
from tests.web.curricula.test_pages import client, text, url, version_page

pytestmark = pytest.mark.usefixtures("all_rows")
HEAD = ["编号", "中文名称", "英文名称", "学时", "学时类别", "适用阶段", "核心技能", "先修单元", "危险作业"]


@pytest.fixture(autouse=True)
def frameworks(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)


def workbook(rows: list[list[Any]], head: list[str] = HEAD, name: str = "单元") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in [head, *rows]:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def tried(asks: Client, content: bytes, page: str = "", name: str = "units.xlsx") -> Any:
    return asks.post(
        page or url("import_cards"), {"file": SimpleUploadedFile(name, content), "revision": "1"}
    )


def take(asks: Client, content: bytes, page: str = "", revision: str = "1") -> Any:
    kept = base64.b64encode(content).decode()
    form = {"kept": kept, "name": "units.xlsx", "do": "take", "revision": revision}
    return asks.post(page or url("import_cards"), form)


def test_a_filled_template_is_tried_out_then_taken_in_and_twice_is_once(cast: Cast) -> None:
    first(cast)
    asks = client(cast)
    template = asks.get(url("template"))
    heads = [cell.value for cell in load_workbook(io.BytesIO(template.content))["Units"][1]]
    assert heads[:4] == ["Key", "Name in Chinese", "Name in English", "Hours"]
    content = workbook([
        ["drawing", "识图（一）", "Drawing", 24, "集中教学", "小工匠", "沟通 60; communication", "", "否"],
        ["measuring", "测量", "Measuring", "7:30", "workplace", "小工匠；工匠", "", "drawing", "是"],
    ])  # fmt: skip
    page = text(tried(asks, content))
    assert "Take it in" in page
    assert not UnitCard.objects.filter(key="drawing").exists()
    for _press in range(2):
        assert take(asks, content).status_code == 302
    measuring = UnitCard.objects.get(key="measuring")
    assert (measuring.minutes, measuring.hazardous, measuring.prerequisites, measuring.stages) == (
        450, True, ["drawing"], ["junior_craftsman", "craftsman"],
    )  # fmt: skip
    assert UnitCard.objects.get(key="drawing").name["zh"] == "识图（一）"
    assert measuring.revision == 1


def test_everything_that_is_wrong_is_told_with_its_cell(cast: Cast) -> None:
    first(cast)
    content = workbook([
        ["drawing", "识图", "", 24, "taught", "", "", "measuring", ""],
        ["measuring", "测量", "", "many", "moon", "小工匠", "moonwalk", "drawing", "maybe"],
        ["drawing", "又一个", "", 8, "taught", "", "", "", ""],
        ["Bad Key", "", "", 8, "taught", "", "communication 300", "nowhere", ""],
        ["", "无编号", "", 8, "taught", "", "", "", ""],
    ])  # fmt: skip
    answer = tried(client(cast), content)
    page = text(answer)
    assert answer.status_code == 422
    for cell, why in (
        ("H2", "drawing → measuring → drawing"), ("D3", "Hours are written as"), ("E3", "Known: "),
        ("G3", "has a skill “moonwalk”"), ("I3", "Write yes or no"), ("A4", "stands in A2 already"),
        ("A5", "is no key"), ("G5", "between 1 and 100"), ("H5", "which is not in the library"),
        ("A6", "Give the row a key"), ("B5", "at least one language"),
    ):  # fmt: skip
        assert f">{cell}<" in page, cell
        assert why in page, why
    assert "Take it in" not in page
    assert take(client(cast), content).status_code == 422
    assert UnitCard.objects.count() == 18


@pytest.mark.parametrize(
    ("content", "said_why"),
    [
        (b"", "Choose a file"),
        (b"%PDF-1.4", "PDF file"),
        (workbook([], name="Somewhere"), "There is no unit in this file"),
        (workbook([["a", "b"]], ["Number", "Name"]), "no column “Hours”"),
    ],
)
def test_what_is_no_sheet_of_units_is_said(cast: Cast, content: bytes, said_why: str) -> None:
    answer = tried(client(cast), content)
    assert answer.status_code == 422
    assert said_why in text(answer)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_library_goes_out_and_comes_in_unchanged(cast: Cast, language: str) -> None:
    first(cast)
    task = {"ref": "occupations/task/abc", "words": {"zh": "车外圆", "en": "Turn the outside"}}
    outcome = OutcomeValues(
        "x", {"zh": "会", "en": "does"}, ("communication",), tasks=(task, {"ref": "", "words": "倒角"})
    )
    more = values(
        minutes=431, room="计量室", trainer="skilled_master", hazardous=True, outcomes=(outcome,),
        prerequisites=("quality",), resources=({"words": "=图册", "link": "https://a.example/x"},),
    )  # fmt: skip
    save_card(cast.college, more, by=system(), at=AT)
    before = {key: values_of(one) for key, one in cards_by_key(cast.college).items()}
    asks = Client(HTTP_ACCEPT_LANGUAGE=language)
    asks.force_login(cast.people["coordinator"])
    content = asks.get(url("library_file", "xlsx")).content
    assert take(asks, content).status_code == 302
    assert {key: values_of(one) for key, one in cards_by_key(cast.college).items()} == before
    assert set(UnitCard.objects.values_list("revision", flat=True)) == {1}
    table = asks.get(url("library_file", "csv")).content
    assert take(asks, table).status_code == 302
    assert set(UnitCard.objects.values_list("revision", flat=True)) == {1}


def test_a_version_goes_out_and_comes_in_unchanged_and_a_changed_one_replaces_it(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    by = cast.actor("coordinator")
    save_assessment(version, AssessmentWanted("shaft", {"zh": "轴"}, "practical_activity", words="评分表"),
                    revision=1, by=by, at=AT)  # fmt: skip
    set_links(version, teaches=[("measure", "tools_materials"), ("measure", "quality")],
              sees=[("measure", "shaft")], among=["measure"], revision=2, by=by, at=AT)  # fmt: skip
    before = said(content_of(version))
    content = asks.get(version_page(version, "version_file")).content
    page = version_page(version, "import_version")
    assert "Take it in" in text(tried(asks, content, page))
    assert take(asks, content, page, "3").status_code == 302
    assert said(content_of(version)) == before
    assert CurriculumVersion.objects.get().revision == 3
    book = load_workbook(io.BytesIO(content))
    heads = {cell.value: cell.column for cell in book["Units"][1]}
    book["Units"].cell(2, heads["Hours"]).value = 30
    book["Units"].cell(2, heads["Order"]).value = 99
    kept = io.BytesIO()
    book.save(kept)
    assert take(asks, kept.getvalue(), page, "2").status_code == 409
    assert take(asks, kept.getvalue(), page, "3").status_code == 302
    unit = version.units.get(key="safety_first")
    assert (unit.minutes, unit.order) == (1800, 6)
    book["Units"].cell(2, heads["Stage"]).value = "year9"
    kept = io.BytesIO()
    book.save(kept)
    assert "no stage or kind of hours “year9”" in text(tried(asks, kept.getvalue(), page))


def test_a_draft_with_an_outcome_that_no_unit_teaches_comes_in_as_it_went_out(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    take_out(version, "tools_materials", revision=1, by=cast.actor("coordinator"), at=AT)
    before = said(content_of(version))
    assert any(units == () for *_outcome, units in before[1])
    content = asks.get(version_page(version, "version_file")).content
    page = version_page(version, "import_version")
    assert take(asks, content, page, "2").status_code == 302
    assert said(content_of(version)) == before
    assert CurriculumVersion.objects.get().revision == 2


def changed(content: bytes, cells: dict[tuple[str, str], str]) -> bytes:
    """The workbook with other words in the first row of some columns: (sheet, head) → words."""
    book = load_workbook(io.BytesIO(content))
    for (sheet, head), words in cells.items():
        heads = {cell.value: cell.column for cell in book[sheet][1]}
        book[sheet].cell(2, heads[head]).value = words
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_what_no_version_can_keep_is_told_once_with_its_cell(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    content = changed(
        asks.get(version_page(version, "version_file")).content,
        {
            ("Outcomes", "Unit"): "quality; house_rules", ("Outcomes", "Core skills"): "moonwalk",
            ("Outcomes", "Key"): "Bad key", ("Assessments", "Key"): "attend ance",
            ("Assessments", "Name in Chinese"): "", ("Assessments", "Name in English"): "",
            ("Assessments", "Part of the evaluation"): "moon", ("Assessments", "Item"): "sun",
            ("Assessments", "By what"): "x" * 301,
        },
    )  # fmt: skip
    before = said(content_of(version))
    answer = tried(asks, content, version_page(version, "import_version"))
    assert answer.status_code == 422
    wrong = [(one.sheet, one.code) for one, _said in answer.context["tried"].wrong]
    assert sorted(wrong) == sorted([
        ("Outcomes", "curricula.skill_unknown"), ("Outcomes", "curricula.key_unclear"),
        ("Assessments", "curricula.key_unclear"), ("Assessments", "curricula.no_words"),
        ("Assessments", "curricula.not_one_of"), ("Assessments", "curricula.not_one_of"),
        ("Assessments", "curricula.words_too_long"),
    ])  # fmt: skip
    assert said(content_of(version)) == before


def test_an_outcome_of_two_cards_tells_what_is_wrong_once(cast: Cast) -> None:
    first(cast)
    asks = client(cast)
    content = changed(
        asks.get(url("library_file", "xlsx")).content,
        {("Outcomes", "Unit"): "quality; house_rules", ("Outcomes", "Core skills"): "moonwalk"},
    )
    wrong = [one.code for one, _said in tried(asks, content).context["tried"].wrong]
    assert wrong == ["curricula.skill_unknown"]


def test_whoever_does_not_design_takes_nothing_in(cast: Cast) -> None:
    first(cast)
    assert take(client(cast, "assessor"), workbook([])).status_code == 403
    address = reverse("curricula:import_cards", args=["lanchuan-bureau"])
    assert take(client(cast, "auditor"), workbook([]), address).status_code == 403
    take_in_cards(cast.college, [values()], by=cast.actor("trainer"), at=AT)
