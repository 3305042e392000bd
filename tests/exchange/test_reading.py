from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.book import Remark
from craftpath.delivery.exchange.reading import SheetRefused, read_book

from .zoo import package, xlsx

TABLE = "学号,姓名\r\n20260001,张伟\r\n"
CELLS = (("学号", "姓名"), ("20260001", "张伟"))


def refused(content: bytes, filename: str = "名单.xlsx") -> tuple[str, dict[str, object]]:
    with pytest.raises(SheetRefused) as caught:
        read_book(content, filename)
    return caught.value.code, dict(caught.value.facts)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_text_tables_are_read_in_the_encodings_of_offices(written: str, said: str) -> None:
    book = read_book(TABLE.encode(written), "名单.csv")
    assert (book.kind, book.encoding, book.sheets[0].name, book.sheets[0].rows) == (
        "csv",
        said,
        "名单",
        CELLS,
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f'学号{delimiter}说明\n1{delimiter}"甲,乙;丙"\n2{delimiter}好\n'
    book = read_book(text.encode(), "a.csv")
    assert book.sheets[0].rows == (("学号", "说明"), ("1", "甲,乙;丙"), ("2", "好"))


def test_rare_characters_survive_gb18030() -> None:
    assert read_book("姓名\n㛃𬭩\n".encode("gb18030"), "a.csv").sheets[0].cell(2, 0) == "㛃𬭩"


def test_trailing_blank_rows_and_columns_are_cut() -> None:
    assert read_book(b"a,b,,\n1,2, ,\n,,,\n\n", "a.csv").sheets[0].rows == (("a", "b"), ("1", "2"))


def test_workbook_cells_are_plain_values() -> None:
    rows = [["文字", 20260001.0, 85.5, 0.1 + 0.2, True, date(2026, 9, 1), None, "尾"]]
    sheet = read_book(xlsx(rows, names=("成绩",)), "a.xlsx").sheets[0]
    expected = ("文字", 20260001, Decimal("85.5"), Decimal("0.3"), True, date(2026, 9, 1), None, "尾")
    assert (sheet.name, sheet.rows) == ("成绩", (expected,))


def test_a_cell_keeps_its_place_below_and_right_of_blanks() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["C5"] = 1
    content = io.BytesIO()
    workbook.save(content)
    assert read_book(content.getvalue(), "a.xlsx").sheets[0].cell(5, 2) == 1


def test_the_content_decides_and_a_wrong_name_is_remarked() -> None:
    remark = Remark("remark.wrong_extension", {"given": ".xls", "kind": ".xlsx"})
    assert read_book(xlsx([["a"]]), "a.xls").remarks == (remark,)
    remark = Remark("remark.wrong_extension", {"given": ".xlsx", "kind": ".csv"})
    assert read_book(TABLE.encode(), "a.xlsx").remarks == (remark,)


def test_hidden_sheets_are_named_and_not_read() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["a"])
    workbook.create_sheet("旧").append(["b"])
    workbook["旧"].sheet_state = "hidden"
    content = io.BytesIO()
    workbook.save(content)
    book = read_book(content.getvalue(), "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Sheet"]
    assert book.remarks == (Remark("remark.hidden_sheets", {"sheets": ["旧"]}),)


def test_formulas_without_a_result_are_remarked() -> None:
    book = read_book(xlsx([["a", "=1+1"]]), "a.xlsx")
    assert book.remarks == (Remark("remark.uncalculated", {"count": 1}, "表1", "B1"),)


def test_a_formula_error_is_shown_not_swallowed() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    assert read_book(package(cells), "a.xlsx").sheets[0].rows == ((1, "#N/A"),)


def test_numbers_that_are_none_are_text() -> None:
    cells = '<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c></row>'
    assert read_book(package(cells), "a.xlsx").sheets[0].rows == (("nan", "inf"),)


def test_cells_without_references_are_read_in_order() -> None:
    cells = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert read_book(package(cells), "a.xlsx").sheets[0].rows == ((1, 2), (3, None))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty_file"),
        (b" \r\n ", "sheet.empty_file"),
        (b",,\n,,\n", "sheet.empty_file"),
        (xlsx([]), "sheet.no_content"),
        (xlsx([["a"]])[:2000], "sheet.damaged"),
        (b"PK\x03\x04" + bytes(range(256)), "sheet.damaged"),
        (bytes(range(256)) * 8, "sheet.not_a_table"),
        (b"a,b\x00,c\n", "sheet.not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "sheet.other_kind"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "sheet.other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "sheet.old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"),
            "sheet.password",
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", "sheet.web_page"),
        ("name;José\n".encode("latin-1"), "sheet.encoding_unknown"),
        (b'a,b\n1,"never closed\n2,3\n', "sheet.quotes"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_reason(content: bytes, code: str) -> None:
    assert refused(content)[0] == code


def test_the_line_of_an_unclosed_quotation_mark_is_named() -> None:
    assert refused(b'a,b\n1,"never closed\n2,3\n') == ("sheet.quotes", {"line": 2})


def test_three_hundred_columns_are_refused_with_both_figures() -> None:
    facts = {"sheet": "表1", "count": 300, "limit": limits.COLUMNS}
    assert refused(xlsx([list(range(300))])) == ("sheet.too_many_columns", facts)
    text = ",".join(str(number) for number in range(300)).encode()
    assert refused(text, "表1.csv") == ("sheet.too_many_columns", facts)


def test_two_hundred_columns_are_read() -> None:
    assert read_book(xlsx([list(range(200))]), "a.xlsx").sheets[0].width == 200


def test_too_many_rows_are_refused_with_both_figures() -> None:
    facts = {"sheet": "a", "count": limits.ROWS + 1, "limit": limits.ROWS}
    assert refused(b"1\n" * (limits.ROWS + 1), "a.csv") == ("sheet.too_many_rows", facts)


def test_two_cells_in_far_corners_are_refused_before_they_fill_the_memory() -> None:
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(package(corner))[0] == "sheet.too_many_columns"
    wide = '<row r="1"><c r="A1"><v>1</v></c></row><row r="59999"><c r="GR59999"><v>1</v></c></row>'
    facts = {"count": 59999 * 200, "limit": limits.CELLS}
    assert refused(package(wide)) == ("sheet.too_many_cells", facts)


def test_styled_blank_cells_far_away_do_not_count() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read_book(package(cells), "a.xlsx").sheets[0].rows == ((1,),)


def test_a_package_that_unpacks_absurdly_is_refused() -> None:
    bomb = package("", {"xl/media/x.bin": b"\x00" * (12 * 1024 * 1024)})
    assert refused(bomb)[0] == "sheet.packed_too_tight"


def test_a_worksheet_with_a_document_type_is_refused() -> None:
    part = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    assert refused(package("", {"xl/worksheets/sheet1.xml": part})) == ("sheet.damaged", {})


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "sheet.macros"),
        ("xl/VBAPROJECT.BIN", "sheet.macros"),
        ("xl/macrosheets/sheet1.xml", "sheet.macros"),
        ("xl/externalLinks/externalLink1.xml", "sheet.links"),
    ],
)
def test_macros_and_links_to_other_files_are_refused_by_name(part: str, code: str) -> None:
    sound = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert read_book(package(sound), "a.xlsx").sheets[0].rows == ((1,),)
    assert refused(package(sound, {part: b"<x/>"}), "a.xlsm") == (code, {})


def test_files_over_the_limit_are_refused() -> None:
    facts = {"megabytes": 21, "limit": 20}
    assert refused(b"1" * (limits.BYTES + 1), "a.csv") == ("sheet.too_big", facts)


def test_other_packages_are_refused_by_name() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(content.getvalue()) == ("sheet.other_kind", {"kind": "DOCX"})


def outcome(content: bytes) -> str:
    """What comes of a file: a book, or the floor of its reason code."""
    try:
        return type(read_book(content, "x.xlsx")).__name__
    except SheetRefused as refusal:
        return refusal.code.partition(".")[0]


SOUND = xlsx([["学号", "姓名"], [1, "张伟"]])


@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00")
@example(b'"')
def test_any_bytes_are_a_book_or_a_refusal(content: bytes) -> None:
    assert outcome(content) in ("Book", "sheet")


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255), st.integers(0, len(SOUND)))
def test_any_damage_to_a_workbook_is_a_book_or_a_refusal(place: int, byte: int, length: int) -> None:
    for content in (SOUND[:place] + bytes([byte]) + SOUND[place + 1 :], SOUND[:length]):
        assert outcome(content) in ("Book", "sheet")


@given(st.text(max_size=300))
def test_any_text_is_a_book_or_a_refusal(text: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert outcome(content) in ("Book", "sheet")


@given(
    st.from_regex(
        r'(<(c|row|v|is|t|f)( r="[A-Z]{1,3}[0-9]{1,7}"| t="(e|s|b|str|inlineStr)")?/?>|[0-9.]{1,3}|</(c|row|v)>){0,12}',
        fullmatch=True,
    )
)
def test_any_rows_in_a_package_are_a_book_or_a_refusal(cells: str) -> None:
    assert outcome(package(cells)) in ("Book", "sheet")
