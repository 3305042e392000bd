"""The sheet back with its faults: mended in the coloured cells only, it comes in."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from craftpath.domain.evaluation.queries import current_marks
from tests.cast import Cast
from tests.exchange import zoo
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

FAULTY = (
    ("2026 级焊工 1 班成绩", None, None, None, None, None),
    ("学号", "姓名", "出勤", "测验（50分）", "工作任务一", "期末考试"),
    ("26001", "陈雨桐", 190, 40, 88, "75,5"),
    ("26002", "=1+1", "１００", 36, "病假", 61),
    ("29999", "赵一鸣", "８５．５", "缓考", "免修", "-"),
)
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>学号</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>出勤</t></is></c></row>'
)
MENDS = {"C3": 90, "F3": 75.5, "E4": "缺考", "A5": "26004"}


def back(coordinator: Client, at: Any) -> bytes:
    answer = coordinator.get(at("annotated", newest().public_id))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def coloured(sheet: Any) -> dict[str, str]:
    """Cell → its comment, of all cells that carry our colour."""
    return {
        cell.coordinate: cell.comment.text if cell.comment else ""
        for row in sheet.iter_rows()
        for cell in row
        if cell.has_style and cell.fill.fgColor.rgb == "FFFFD9B3"
    }


def mended(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell in coloured(book.active):
        book.active[cell] = MENDS[cell]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(offices.xlsx(FAULTY), "成绩.xlsx"), (offices.gbk(FAULTY), "成绩.csv")],
    ids=["xlsx", "csv"],
)
def test_mended_in_its_coloured_cells_only_the_sheet_comes_in(
    upload: Any, coordinator: Client, at: Any, cast: Cast, content: bytes, name: str
) -> None:
    page = upload("marks", content, name)
    assert len(page.context["trial"].plan.errors) == 4
    annotated = back(coordinator, at)
    sheet = openpyxl.load_workbook(io.BytesIO(annotated)).active
    assert set(coloured(sheet)) == set(MENDS)
    assert (
        coloured(sheet)["C3"]
        == "C3: “190”. This score is out of range. Allowed: 0–100 or absent, deferred, exempt."
    )
    assert sheet["G2"].value == "Craftpath: what to mend in this row"
    assert sheet["G3"].value.startswith("Craftpath: C3: “190”.")
    assert "F3: “75,5”." in sheet["G3"].value
    # A formula without a result was read as blank; the same letters in a text table are a text.
    assert sheet["B4"].value == (None if name.endswith("xlsx") else "=1+1")
    page = upload("marks", mended(annotated), "mended.xlsx")
    assert (page.context["trial"].plan.errors, len(page.context["trial"].plan.rows)) == ((), 12)
    assert page.context["doubtful"] == []
    coordinator.post(at("commit", newest().public_id))
    assert newest().state == "committed"
    marks = {
        (number, item): (status, score)
        for number, item, status, score, _grade in current_marks(cast.evaluation)
    }
    assert marks["26001", "final_exam"] == ("scored", 75.5)
    assert marks["26002", "task1"] == ("absent", None)
    assert marks["26004", "attendance"] == ("scored", 85.5)


def test_values_that_were_right_stay_as_they_are(upload: Any, coordinator: Client, at: Any) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in FAULTY:
        sheet.append(list(row))
    sheet.merge_cells("A1:F1")
    sheet["B4"].data_type = "s"  # a text that looks like a formula
    sheet["D3"].number_format = "0.00"
    sheet.column_dimensions["B"].width = 33
    other = book.create_sheet("说明")
    other["A1"] = "请勿修改"
    stream = io.BytesIO()
    book.save(stream)
    upload("marks", stream.getvalue())
    found = openpyxl.load_workbook(io.BytesIO(back(coordinator, at)))
    assert found["说明"]["A1"].value == "请勿修改"
    sheet = found.worksheets[0]
    assert [[cell.value for cell in row][:6] for row in sheet.iter_rows()] == [list(row) for row in FAULTY]
    assert (sheet["B4"].data_type, sheet["D3"].number_format) == ("s", "0.00")
    assert ([str(area) for area in sheet.merged_cells.ranges], sheet.column_dimensions["B"].width) == (
        ["A1:F1"],
        33,
    )


def test_the_reasons_are_in_the_reader_s_language(upload: Any, cast: Cast, at: Any) -> None:
    reader = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    reader.force_login(cast.people["coordinator"])
    upload("marks", offices.xlsx(FAULTY), client=reader)
    sheet = openpyxl.load_workbook(io.BytesIO(back(reader, at))).active
    assert sheet["G2"].value == "Craftpath: 本行需要更正的内容"
    assert sheet["G3"].value.startswith("Craftpath: C3：填的是“190”。分数超出范围。")


def test_marked_again_only_today_s_faults_are_coloured(upload: Any, coordinator: Client, at: Any) -> None:
    upload("marks", offices.xlsx(FAULTY))
    book = openpyxl.load_workbook(io.BytesIO(back(coordinator, at)))
    for cell in ("C3", "F3", "A5"):
        book.active[cell] = MENDS[cell]
    stream = io.BytesIO()
    book.save(stream)
    upload("marks", stream.getvalue())
    sheet = openpyxl.load_workbook(io.BytesIO(back(coordinator, at))).active
    assert list(coloured(sheet)) == ["E4"]
    assert [sheet.cell(row, 7).value is not None for row in (3, 4, 5)] == [False, True, False]
    assert sheet.max_column == 7


def test_a_formula_goes_back_as_its_result(upload: Any, coordinator: Client, at: Any) -> None:
    """As it was read: the result that the office saw, and nothing that its program would run again."""
    cells = (
        HEAD
        + '<row r="2"><c r="A2"><v>26001</v></c><c r="B2"><f>HYPERLINK("http://x.invalid")</f><v>95</v></c></row>'
        '<row r="3"><c r="A3"><v>26002</v></c><c r="B3"><v>101</v></c></row>'
    )
    upload("marks", zoo.package(cells))
    sheet = openpyxl.load_workbook(io.BytesIO(back(coordinator, at))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == (95, "n")
    assert list(coloured(sheet)) == ["B3"]


def test_a_merged_giant_goes_back_without_its_looks(upload: Any, coordinator: Client, at: Any) -> None:
    """Whoever keeps the looks of a merged area makes every cell of it; so large a one would never end."""
    cells = (
        HEAD + '<row r="2"><c r="A2"><v>26001</v></c><c r="B2"><v>101</v></c></row>'
        '</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells><sheetData>'
    )
    upload("marks", zoo.package(cells))
    sheet = openpyxl.load_workbook(io.BytesIO(back(coordinator, at))).active
    assert list(coloured(sheet)) == ["B2"]
    assert sheet.merged_cells.ranges == set()


def test_a_fault_in_a_merged_cell_is_marked_where_it_can_be_seen(
    upload: Any, coordinator: Client, at: Any
) -> None:
    content = offices.xlsx(
        [("学号", "姓名", "出勤"), ("26001", "陈", 101), ("26002", "林", None)], merged="C2:C3"
    )
    upload("marks", content)
    assert list(coloured(openpyxl.load_workbook(io.BytesIO(back(coordinator, at))).active)) == ["C2"]


def test_who_may_not_import_gets_no_annotated_sheet(
    upload: Any, coordinator: Client, browse: Any, at: Any
) -> None:
    upload("marks", offices.xlsx(FAULTY))
    assert browse("auditor").get(at("annotated", newest().public_id)).status_code in (403, 404)
