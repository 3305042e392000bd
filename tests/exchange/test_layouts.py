"""Filling an office's own layout: values, looks, rows moved, sums widened, and everything that is refused."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from craftpath.delivery.exchange import layout_filling, layout_reading, texts
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.layout_example import example
from craftpath.delivery.exchange.layout_filling import Values, fill
from craftpath.delivery.exchange.layout_formulas import Growth, moved
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.layout_reading import look
from craftpath.delivery.exchange.reading import read_book
from craftpath.domain.programmes.definition import components
from tests.cast import DEFINITION
from tests.exchange.layouts import NAMES, grid, opened, saved, say, values, workbook


def test_one_row_for_each_person_and_what_stands_below_moves_down() -> None:
    content = workbook(
        {"A1": "{college}", "A2": "No.", "B2": "Name", "C2": "Final", "A3": "{no.}", "B3": "{姓名}", "C3": "{总成绩}",
         "A4": "Sum", "C4": "=SUM(C3:C3)", "A5": "Signed"}
    )  # fmt: skip
    sheet = opened(fill(content, NAMES, values(3)))
    assert grid(sheet) == [
        ["澜川技师学院"],
        ["No.", "Name", "Final"],
        [1, "P1", 60.5],
        [2, "P2", 61.5],
        [3, "P3", 62.5],
        ["Sum", None, "=SUM(C3:C5)"],
        ["Signed"],
    ]


@pytest.mark.parametrize(
    "written",
    ["{name}", "{ NAME }", "｛姓名｝", "｛ 姓 名 ｝", "{Name}", "{apprentice}", "{ｎａｍｅ}"],
)
def test_a_placeholder_goes_by_many_names(written: str) -> None:
    assert opened(fill(workbook({"A1": written}), NAMES, values(1)))["A1"].value == "P1"


def test_several_in_one_cell_stand_among_their_words() -> None:
    content = workbook({"A1": "{学院}：{人数} 人", "A3": "{name} ({number}): {final}", "B3": "{final}"})
    assert grid(opened(fill(content, NAMES, values(2)))) == [
        ["澜川技师学院：2 人"],
        [],
        ["P1 (00001): 60.5", 60.5],
        ["P2 (00002): 61.5", 61.5],
    ]


def test_a_figure_and_a_day_stay_what_they_are_with_the_format_of_the_cell() -> None:
    def formats(sheet: Any) -> None:
        sheet["A1"].number_format, sheet["B1"].number_format = "0.00", 'yyyy"年"m"月"d"日"'

    content = workbook({"A1": "{average}", "B1": "{today}", "C1": "{today}", "D1": " {average} "}, formats)
    sheet = opened(fill(content, NAMES, values(1, average=Decimal("80.5"), today=date(2026, 9, 14))))
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["A1"].data_type) == (80.5, "0.00", "n")
    assert (sheet["B1"].value.date(), sheet["B1"].number_format) == (date(2026, 9, 14), 'yyyy"年"m"月"d"日"')
    assert sheet["C1"].is_date
    assert sheet["D1"].value == 80.5


@pytest.mark.parametrize(
    "evil", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "#REF!", "=HYPERLINK(1)"]
)
def test_no_name_becomes_a_formula(evil: str) -> None:
    content = workbook({"A1": "{name}", "B1": "{name} {name}"})
    known = Values({}, [{"name": evil}, {"name": evil}], say)
    sheet = opened(fill(content, NAMES, known))
    for row in (1, 2):
        cell = sheet.cell(row, 1)
        assert (cell.value.strip(), cell.data_type) == (evil.strip(), "s")
        assert sheet.cell(row, 2).data_type == "s"


def test_characters_that_no_workbook_holds_are_left_out() -> None:
    known = Values({}, [{"name": "a\0b\x0bc"}], say)
    assert opened(fill(workbook({"A1": "{name}"}), NAMES, known))["A1"].value == "abc"


def test_who_has_nothing_gets_a_blank_cell_and_a_dash_in_a_text() -> None:
    known = Values({}, [{"name": "P1", "total": None}], say)
    content = workbook({"A1": "{name}", "B1": "{total}", "C1": "总成绩：{total}"})
    assert grid(opened(fill(content, NAMES, known))) == [["P1", None, "总成绩：–"]]


def test_nobody_leaves_one_blank_row() -> None:
    content = workbook({"A1": "{name}", "B1": "Total {total}", "A2": "=SUM(B1:B1)", "A3": "{people}"})
    assert grid(opened(fill(content, NAMES, values(0)))) == [[], ["=SUM(B1:B1)"], [0]]


def test_what_nobody_knows_stays_as_it_is_written_and_the_nearest_name_is_told() -> None:
    content = workbook({"A1": "{nmae}", "B1": "{name}", "C1": "{completely else}"})
    found = look(content, NAMES)
    assert [(place.cell, place.written, place.near) for place in found.unknown] == [
        ("A1", "{nmae}", "Name"),
        ("C1", "{completely else}", ""),
    ]
    assert grid(opened(fill(content, NAMES, values(1)))) == [["{nmae}", "P1", "{completely else}"]]


def test_looks_heights_and_merged_areas_are_repeated_and_moved() -> None:
    thin = Side("thin")

    def dress(sheet: Any) -> None:
        sheet.merge_cells("B2:C2")
        sheet.merge_cells("A4:C5")
        for cell in sheet[2]:
            cell.border, cell.fill = Border(thin, thin, thin, thin), PatternFill("solid", fgColor="FFFFEE00")
        sheet["A2"].font = Font(bold=True)
        sheet.row_dimensions[2].height, sheet.row_dimensions[4].height = 31, 44
        sheet.row_breaks.append(Break(id=3))

    content = workbook({"A1": "x", "A2": "{no.}", "B2": "{name}", "D2": "fixed", "A4": "Signed"}, dress)
    sheet = opened(fill(content, NAMES, values(3)))
    assert {area.coord for area in sheet.merged_cells.ranges} == {"B2:C2", "B3:C3", "B4:C4", "A6:C7"}
    for row in (2, 3, 4):
        assert (sheet.cell(row, 1).font.bold, sheet.row_dimensions[row].height) == (True, 31)
        assert sheet.cell(row, 3).border.right.style == "thin"
        assert sheet.cell(row, 2).fill.fgColor.rgb == "FFFFEE00"
        assert sheet.cell(row, 4).value == "fixed"
    assert (sheet["A6"].value, sheet.row_dimensions[6].height) == ("Signed", 44)
    assert sheet.row_dimensions[4].height == 31
    assert [stop.id for stop in sheet.row_breaks.brk] == [5]


def test_what_is_printed_coloured_allowed_and_filtered_grows_with_the_rows() -> None:
    def rules(sheet: Any) -> None:
        sheet.print_area, sheet.print_title_rows = "A1:B4", "1:1"
        sheet.auto_filter.ref = "A1:B2"
        sheet.conditional_formatting.add("B2:B2", CellIsRule(operator="lessThan", formula=["$B$4"]))
        allowed = DataValidation("list", formula1="$A$3:$A$4")
        allowed.add("B2")
        sheet.add_data_validation(allowed)
        sheet["A3"].hyperlink = "#成绩!A1"
        sheet["A4"].comment = Comment("why", "office")
        sheet.parent.defined_names["Finals"] = DefinedName("Finals", attr_text="成绩!$B$2:$B$2")
        sheet.oddFooter.center.text = "{college} &P"

    content = workbook(
        {"A1": "Name", "B1": "F", "A2": "{name}", "B2": "{final}", "A3": "a", "A4": "b"}, rules
    )
    sheet = opened(fill(content, NAMES, values(4)))
    assert sheet.print_area == "'成绩'!$A$1:$B$7"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:B5"
    [colours] = list(sheet.conditional_formatting)
    assert (str(colours.sqref), colours.rules[0].formula) == ("B2:B5", ["$B$7"])
    [allowed] = sheet.data_validations.dataValidation
    assert (str(allowed.sqref), allowed.formula1) == ("B2:B5", "$A$6:$A$7")
    assert (sheet["A6"].hyperlink.ref, sheet["A7"].comment.text) == ("A6", "why")
    assert sheet.parent.defined_names["Finals"].attr_text == "成绩!$B$2:$B$5"
    assert sheet.oddFooter.center.text == "澜川技师学院 &P"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=SUM(C5:C5)", "=SUM(C5:C14)"),
        ("=SUM(C5)", "=SUM(C5:C14)"),
        ("=AVERAGE($C$5:$C$5)/2", "=AVERAGE($C$5:$C$14)/2"),
        ('=COUNTIF(C5:C5,">=60")&"人"', '=COUNTIF(C5:C14,">=60")&"人"'),
        ("=SUM(C4:C6)", "=SUM(C4:C15)"),
        ("=C5+C6+C4", "=C5+C15+C4"),
        ("=SUM(表二!C5:C5)", "=SUM(表二!C5:C5)"),
        ("=SUM('成 绩'!C5:C5)", "=SUM('成 绩'!C5:C14)"),
        ('="C5:C5"', '="C5:C5"'),
        ("=SUM(C:C)", "=SUM(C:C)"),
        ("=SUM(5:5)", "=SUM(5:14)"),
        ("=IF(COUNT(C5:C5),ROUND(AVERAGE(C5:C5),1),\"\")", "=IF(COUNT(C5:C14),ROUND(AVERAGE(C5:C14),1),\"\")"),
        ("=LOOKUP(C6,{0,60},{\"F\",\"P\"})", "=LOOKUP(C15,{0,60},{\"F\",\"P\"})"),
    ],
)  # fmt: skip
def test_formulas_outside_the_row_sum_over_all_of_it(before: str, after: str) -> None:
    growths = {"成 绩": Growth(5, 9)}
    assert moved(before, "成 绩", growths) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=C5*0.3+D5", "=C7*0.3+D7"),
        ("=SUM(C5:E5)", "=SUM(C7:E7)"),
        ("=RANK(F5,F$5:F$5)", "=RANK(F7,F$5:F$14)"),
        ("=SUM(F$5:F5)", "=SUM(F$5:F7)"),
        ("=C5*D$3+D6", "=C7*D$3+D15"),
    ],
)
def test_a_formula_of_the_row_follows_its_person(before: str, after: str) -> None:
    assert moved(before, "x", {"x": Growth(5, 9)}, 2) == after


def test_a_formula_in_the_row_is_repeated_too_and_other_sheets_follow() -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Summary")
    first.title = "Marks"
    first["A2"], first["B2"], first["C2"], first["A3"] = "{name}", "{final}", "=B2*2", "=MAX(B2:B2)"
    second["A1"], second["A2"], second["A3"] = "=SUM(Marks!B2:B2)", "=Marks!A3", "{people}"
    done = openpyxl.load_workbook(io.BytesIO(fill(saved(book), NAMES, values(3))))
    assert [cell.value for cell in done["Marks"]["C"]][1:4] == ["=B2*2", "=B3*2", "=B4*2"]
    assert [cell.value for cell in done["Summary"]["A"]] == ["=SUM(Marks!B2:B4)", "=Marks!A5", 3]


def test_each_sheet_has_its_own_repeated_row() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "{name}"
    book.create_sheet("Second")["B4"] = "{学号}"
    done = openpyxl.load_workbook(io.BytesIO(fill(saved(book), NAMES, values(2))))
    assert [cell.value for cell in done.worksheets[0]["A"]] == ["P1", "P2"]
    assert [done["Second"].cell(row, 2).value for row in (4, 5)] == ["00001", "00002"]


def test_words_in_several_fonts_keep_them() -> None:
    words = CellRichText(["第 ", TextBlock(InlineFont(b=True), "{no.}"), " 号：{name}"])
    sheet = opened(fill(workbook({"A1": words}), NAMES, values(2)))
    assert [str(sheet.cell(row, 1).value) for row in (1, 2)] == ["第 1 号：P1", "第 2 号：P2"]
    assert sheet["A2"].value[1].font.b


def test_words_in_several_fonts_vanish_where_nobody_is() -> None:
    words = CellRichText(["第 ", TextBlock(InlineFont(b=True), "{no.}"), " 号：{name}"])
    assert opened(fill(workbook({"A1": words, "B1": "{name}"}), NAMES, values(0)))["A1"].value is None


def test_an_ampersand_in_the_head_of_the_page_stays_one() -> None:
    def head(sheet: Any) -> None:
        sheet.oddHeader.left.text = "{cohort} · {name}"

    found = look(workbook({"A1": "{name}"}, head), NAMES)
    assert [(place.cell, place.written) for place in found.unknown] == [("", "{name}")]  # there is no person
    content = fill(workbook({"A1": "{name}"}, head), NAMES, values(1, cohort="A & B"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert "A && B · {name}" in (page.findtext("{*}headerFooter/{*}oddHeader") or "")


def test_what_is_filled_reads_back_through_our_own_door() -> None:
    book = read_book(fill(example(NAMES, "en"), NAMES, values(12)), "filled.xlsx")
    assert [book.sheets[0].cell(row, 2) for row in (5, 16)] == ["P1", "P12"]
    assert {note.code for note in book.remarks} == {
        "remark.uncalculated"
    }  # the office's program works them out


def test_a_thousand_placeholders_are_filled() -> None:
    cells = {f"A{row}": "{college} {cohort}" for row in range(1, 501)}
    content = workbook(cells)
    assert len(look(content, NAMES).known) == 1000
    done = opened(fill(content, NAMES, values(0, cohort="焊工")))
    assert {done.cell(row, 1).value for row in range(1, 501)} == {"澜川技师学院 焊工"}


def hard(cells: dict[str, Any], code: str = "") -> None:
    began = time.monotonic()
    content = workbook(cells)
    if code:
        with pytest.raises(SheetRefused) as caught:
            fill(content, NAMES, values(1000))
        assert caught.value.code == code
        assert "成绩" in texts.refusal(caught.value)
    else:
        look(content, NAMES)
    assert time.monotonic() - began < 20


def test_texts_made_to_keep_a_program_busy_do_not() -> None:
    hard({"A1": "{" + " " * 32_000, "A2": "{ " * 16_000, "A3": "{name}"})
    hard({f"A{row}": f"{{unknown number {row} of many}}" for row in range(1, 5000)})
    hard({f"A{row}": "{name}" * 5_000 for row in range(1, 10)}, "sheet.layout_too_much_text")
    hard({"A1": "{name}" + "x" * 30_000}, "sheet.layout_too_much_text")
    hard({f"A{row}": "x" * 32_000 for row in range(1, 200)} | {"B1": "{name}"}, "sheet.layout_too_much_text")


# ---- refused, with the cell named -------------------------------------------------------------------


def faults(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(SheetRefused) as caught:
        fill(content, NAMES, values(2))
    found = look(content, NAMES).faults
    assert caught.value.code == found[0].code
    for fault in found:
        if fault.cell:
            assert fault.cell in texts.sentence(fault.code, {"cell": fault.cell, **fault.facts})
    return [(fault.code, fault.cell) for fault in found]


def test_a_placeholder_in_a_formula_is_refused() -> None:
    assert faults(workbook({"A1": "{name}", "B7": '="Dear {name}"'})) == [("sheet.layout_formula", "B7")]


def test_two_repeated_rows_in_a_sheet_are_refused() -> None:
    content = workbook({"A1": "{name}", "B2": "{final}", "C1": "{no.}"})
    assert faults(content) == [("sheet.layout_two_rows", "B2")]


@pytest.mark.parametrize("area", ["A2:A3", "B1:C2", "D1:D9"])
def test_a_merged_area_over_the_repeated_row_is_refused(area: str) -> None:
    content = workbook({"A2": "{name}"}, lambda sheet: sheet.merge_cells(area))
    assert faults(content) == [("sheet.layout_tall", area)]


def test_a_layout_that_asks_for_nothing_is_refused() -> None:
    assert faults(workbook({"A1": "{备注}", "A2": "words"})) == [("sheet.layout_asks_nothing", "")]


def without(content: bytes, **more: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        for name, part in more.items():
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty_file"),
        ("学号,姓名\n1,{name}\n".encode(), "sheet.layout_not_a_workbook"),
        (b"%PDF-1.7", "sheet.other_kind"),
        (b"PK\x03\x04 broken", "sheet.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet.old_excel"),
        (b"PK\x03\x04" + b"x" * (6 * 1024 * 1024), "sheet.layout_too_big"),
        (without(workbook({"A1": "{name}"}), **{"xl/vbaProject.bin": b"x"}), "sheet.macros"),
        (without(workbook({"A1": "{name}"}), **{"xl/externalLinks/externalLink1.xml": b"x"}), "sheet.links"),
        (without(workbook({"A1": "{name}"}), **{"xl/worksheets/big.xml": b" " * (41 << 20)}), "sheet.packed_too_tight"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused_at_the_door(content: bytes, code: str) -> None:
    with pytest.raises(SheetRefused) as caught:
        look(content, NAMES)
    assert caught.value.code == code
    assert texts.refusal(caught.value)


def test_a_document_type_in_any_part_opens_nothing() -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook({"A1": "{name}"})))
    for bad in ("xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as out:
            for part in source.namelist():
                text = source.read(part)
                if part == bad:
                    text = (
                        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text.partition(b"?>")[2]
                    )
                out.writestr(part, text)
        with pytest.raises(SheetRefused):
            look(stream.getvalue(), NAMES)


def test_a_dressed_cell_in_the_far_corner_costs_nothing() -> None:
    def far(sheet: Any) -> None:
        sheet["XFD1048576"].font = Font(bold=True)

    began = time.monotonic()
    with pytest.raises(SheetRefused) as caught:
        fill(workbook({"A1": "{name}"}, far), NAMES, values(2))
    assert caught.value.code == "sheet.layout_no_room"
    assert time.monotonic() - began < 5


def test_too_many_cells_are_refused_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook({"A1": "{name}", "B1": "{final}"})
    monkeypatch.setattr(layout_filling, "CELLS", 4)
    with pytest.raises(SheetRefused) as caught:
        fill(content, NAMES, values(4))
    assert (caught.value.code, caught.value.facts["count"]) == ("sheet.layout_too_many_filled", 6)
    monkeypatch.setattr(layout_reading, "CELLS", 1)
    with pytest.raises(SheetRefused) as caught:
        look(content, NAMES)
    assert caught.value.code == "sheet.layout_too_many_cells"


def test_charts_are_said_to_be_missing_and_are() -> None:
    def draw(sheet: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
        sheet.add_chart(chart, "D1")

    content = workbook({"A1": "{name}"}, draw)
    found = look(content, NAMES)
    assert {note.code for note in found.remarks} == {
        "remark.layout_loses_charts",
        "remark.layout_loses_pictures",
    }
    with zipfile.ZipFile(io.BytesIO(fill(content, NAMES, values(1)))) as archive:
        assert not [name for name in archive.namelist() if "chart" in name or "drawing" in name]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/media/image1.png", "remark.layout_loses_pictures"),
        ("xl/pivotTables/pivotTable1.xml", "remark.layout_loses_pivots"),
        ("xl/embeddings/oleObject1.bin", "remark.layout_loses_objects"),
    ],
)
def test_whatever_would_be_lost_is_said(part: str, code: str) -> None:
    content = without(workbook({"A1": "{name}"}), **{part: b"x"})
    assert [note.code for note in look(content, NAMES).remarks] == [code]
    assert not look(workbook({"A1": "{name}"}), NAMES).remarks


# ---- names and example ------------------------------------------------------------------------------


def test_every_placeholder_is_written_in_both_languages_and_found_again() -> None:
    for one in (*NAMES.once, *NAMES.each):
        for language in ("zh", "en"):
            assert NAMES.find(NAMES.call(one, language)) is one, (one.key, language)


def test_items_of_the_same_name_are_told_apart_and_own_words_win() -> None:
    part = {"name": {"zh": "测验", "en": "Quiz"}, "weight": "50"}
    one = {"key": "a", "item": [{"key": "t1", "name": {"zh": "作业", "en": "Task"}}], **part}
    two = {"key": "b", "item": [{"key": "total", "name": {"zh": "作业", "en": "Task"}}], **part}
    names = Names(components({"component": [one, two]}))
    assert [names.call(item, "en") for item in names.items] == ["Task t1", "Task total"]
    assert names.find("total").key == "total"  # type: ignore[union-attr]
    assert names.find("item total").key == "item:total"  # type: ignore[union-attr]
    assert names.find("作业") is None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_example_is_understood_whole_and_fills(language: str) -> None:
    content = example(NAMES, language)
    found = look(content, NAMES)
    assert (found.unknown, found.faults, found.remarks) == ((), (), ())
    sheet = opened(fill(content, NAMES, values(30)))
    assert [sheet.cell(row, 3).value for row in (5, 34)] == ["P1", "P30"]
    assert sheet["H35"].value == '=IF(COUNT(H5:H34),AVERAGE(H5:H34),"")'
    assert sheet.print_area.endswith("$38")


# ---- properties -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@given(
    row=st.integers(1, 6),
    below=st.lists(st.integers(1, 8), max_size=4, unique=True),
    count=st.integers(0, 12),
    words=st.text(st.characters(codec="utf-8", exclude_characters="{}｛｝"), max_size=12),
)
def test_nothing_is_lost_and_sums_see_everybody(row: int, below: list[int], count: int, words: str) -> None:
    cells: dict[str, Any] = {f"A{row}": "{name}", f"B{row}": "{final}"}
    cells |= {f"A{row + gap}": f"=SUM(B{row}:B{row})" for gap in below}
    sheet = opened(
        fill(workbook(cells), NAMES, Values({}, [{"name": words, "total": Decimal(1)}] * count, say))
    )
    more = max(count, 1) - 1
    said = "".join(one for one in words if one in "\t\n\r" or one >= " ").replace("\r\n", "\n")
    for line in range(count):
        assert sheet.cell(row + line, 2).value == 1
        found = sheet.cell(row + line, 1)
        if (
            "\r" not in said
            and "_x" not in said
            and not any(0xD800 <= ord(one) < 0xE000 or one in "\ufffe\uffff" for one in said)
        ):
            assert (found.value or "") == said
        assert found.data_type != "f"
    for gap in below:
        assert sheet.cell(row + more + gap, 1).value == f"=SUM(B{row}:B{row + more})"


def test_five_thousand_people_take_a_few_seconds() -> None:
    content = example(Names(components(DEFINITION)), "zh-hans")
    began = time.monotonic()
    done = fill(content, NAMES, values(5000))
    assert time.monotonic() - began < 20  # about three on two quiet cores; the machine of a test may be busy
    assert opened(done).max_row == 5000 + 8
