from __future__ import annotations

import pytest

from craftpath.delivery.exchange.columns import known_names
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import Header, address, find_header, header_at, letter

from .zoo import ITEMS, MARKS, ROSTER, sheet


@pytest.mark.parametrize(("column", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(column: int, said: str) -> None:
    assert letter(column) == said


def test_a_cell_has_its_name() -> None:
    assert address(5, 2) == "C5"


def test_the_header_is_found_below_merged_titles() -> None:
    found = find_header(sheet(*ROSTER), known_names(Kind.ROSTER))
    assert found == Header(3, ("学号", "姓名", "企业", "师傅工号", "师傅", "入学日期"))
    found = find_header(sheet(*MARKS), known_names(Kind.MARKS, ITEMS))
    assert found == Header(2, ("学号", "姓名", "测验1", "测验2(20分)", "焊接实操"))


def test_the_first_row_is_the_header_where_nothing_speaks_against_it() -> None:
    assert find_header(sheet(("甲", "乙"), ("x", "y"))) == Header(1, ("甲", "乙"))


def test_names_merged_over_two_rows_come_from_the_row_above() -> None:
    rows = sheet(("学号", "姓名", "过程性评价", None), (None, None, "测验1", "测验2"), ("1", "张伟", 80, 15))
    found = find_header(rows, known_names(Kind.MARKS, ITEMS))
    assert found == Header(2, ("学号", "姓名", "测验1", "测验2"))


def test_equal_names_are_told_apart_and_blank_ones_are_lettered() -> None:
    row = sheet(("学号", "成绩", "成绩", None, "成绩 (2)", "x"))
    assert header_at(row, 1).names == ("学号", "成绩", "成绩 (2)", "D", "成绩 (2) (2)", "x")


def test_a_sheet_without_rows_has_no_names() -> None:
    assert find_header(sheet()) == Header(1, ())
