"""The kept file: downloaded as it came, and looked at around one cell."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.kernel.sheets import SheetImport
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.mark.parametrize(
    ("content", "name", "kind", "saved_as"),
    [
        (offices.xlsx(offices.MARKS), "marks.xlsx", "spreadsheetml.sheet", "marks.xlsx"),
        (offices.gbk(offices.MARKS), "marks.csv", "text/csv", "marks.csv"),
        (offices.gbk(offices.MARKS), "marks.html", "text/csv", "marks.html.csv"),
    ],
    ids=["xlsx", "csv", "a csv that calls itself a page"],
)
def test_the_file_comes_back_byte_for_byte_as_a_download(
    upload: Any, coordinator: Any, at: Any, content: bytes, name: str, kind: str, saved_as: str
) -> None:
    upload("marks", content, name)
    answer = coordinator.get(at("file", newest().public_id))
    assert answer.content == content
    assert answer.headers["Content-Type"].endswith(kind)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{saved_as}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_cell_is_shown_among_its_neighbours_and_marked(upload: Any, coordinator: Any, at: Any) -> None:
    rows = [
        [f"栏{column}" for column in range(20)],
        *([row * 100 + column for column in range(20)] for row in range(20)),
    ]
    upload("marks", offices.xlsx(rows, merged=""))
    page = coordinator.get(at("cell", newest().public_id), {"sheet": "Sheet1", "cell": "P10"})
    excerpt = page.context["excerpt"]
    assert [line.number for line in excerpt.lines] == [1, 7, 8, 9, 10, 11, 12, 13]
    assert excerpt.letters == (*"ABCDEFGHIJK", "P")
    assert excerpt.left_out == 8
    marked = [(cell.address, cell.text) for line in excerpt.lines for cell in line.cells if cell.mark]
    assert marked == [("P10", "815")]


@pytest.mark.parametrize(
    "query", ["cell=C99", "cell=ZZ3", "cell=3C", "cell=", "", "sheet=other&cell=C3", "cell=C3;--"]
)
def test_a_cell_that_is_not_there_is_not_found(upload: Any, coordinator: Any, at: Any, query: str) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    assert coordinator.get(f"{at('cell', newest().public_id)}?{query}").status_code == 404


def test_a_mark_leads_to_its_cell(upload: Any, coordinator: Any, at: Any) -> None:
    upload("marks", offices.gbk(offices.MARKS), "第一学期成绩.csv")
    sheet: SheetImport = newest()
    coordinator.post(at("commit", sheet.public_id))
    page = coordinator.get(at("cell", sheet.public_id), {"sheet": sheet.reading["sheet"], "cell": "C5"})
    marked = [cell.text for line in page.context["excerpt"].lines for cell in line.cells if cell.mark]
    assert marked == ["８５．５"]
