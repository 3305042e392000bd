from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.exchange.book import Cell, rectangle
from craftpath.delivery.exchange.columns import ItemChoice, guess
from craftpath.delivery.exchange.fields import ROSTER_FIELDS, Kind
from craftpath.delivery.exchange.plans import KnownPerson
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.templates import marks_template, roster_template
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx

FORMULAS = ["=1+1", "+86 138", "-2+3+cmd", "@SUM(A1)", "\t=1", "'=x", "-", "''+"]
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufeff\ufffe\uffff")
WORDS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() == text != "")
NUMBERS = st.integers(-(10**14), 10**14) | st.decimals(-10000, 10000, places=3, allow_nan=False)


def sane(cell: Cell) -> Cell:
    """As `read_book` gives it: a whole number is an int."""
    return int(cell) if isinstance(cell, Decimal) and cell == cell.to_integral_value() else cell


def test_a_workbook_reads_back_to_the_same_values() -> None:
    rows = (
        ("0012", "张伟", Decimal("85.5"), 90, date(2026, 9, 1), True, None),
        ("2", None, None, None, None, None, "尾"),
    )
    head = ("学号", "姓名", "测验1", "测验2", "日期", "是", "末")
    book = read_book(write_xlsx([OutSheet("名册", head, rows), OutSheet("空/表", ("a",))]), "a.xlsx")
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [
        ("名册", (head, *rows)),
        ("空 表", (("a",),)),
    ]


@given(st.lists(st.tuples(WORDS | NUMBERS | st.none() | st.dates(date(1901, 1, 1), date(2199, 1, 1)), WORDS)))
def test_any_values_survive_a_workbook(rows: list[tuple[Cell, Cell]]) -> None:
    read = read_book(write_xlsx([OutSheet("表", ("甲", "乙"), rows)]), "a.xlsx").sheets[0].rows
    assert read == (("甲", "乙"), *(tuple(sane(cell) for cell in row) for row in rows))


@given(st.lists(st.tuples(WORDS | st.sampled_from(FORMULAS), WORDS | st.none()), min_size=1))
def test_any_texts_survive_a_text_table(rows: list[tuple[Cell, Cell]]) -> None:
    read = read_book(write_csv([("甲", "乙"), *rows]), "a.csv").sheets[0].rows
    assert read == rectangle([["甲", "乙"], *([*row] for row in rows)])


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    content = write_xlsx([OutSheet("表", ("甲",), [(text,)])])
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_text_table_is_utf8_with_bom_and_shields_formulas() -> None:
    content = write_csv([("学号", "备注"), (1, "=1+1"), (Decimal("-0.50"), "-"), (True, "-2+3"), (None, -5)])
    assert content == "\ufeff学号,备注\r\n1,'=1+1\r\n-0.50,-\r\nTRUE,'-2+3\r\n,-5\r\n".encode()


def test_the_header_is_frozen_and_columns_suit_chinese() -> None:
    content = write_xlsx([OutSheet("表", ("企业名称说明栏", "x"), (), {1: ("缺考", "缓考")}, frozenset({0}))])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [16, 8]
    assert [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation] == [
        ("B2:B2000", '"缺考,缓考"')
    ]


def test_sheet_names_are_made_to_fit() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx([OutSheet(name, ("a",)) for name in ("a/b", "a?b", "", "长" * 40, "长" * 40)]))
    )
    assert book.sheetnames == ["a b", "a b (2)", "1", "长" * 31, "长" * 27 + " (2)"]


def test_control_characters_are_dropped() -> None:
    content = write_xlsx([OutSheet("表", ("甲\x00",), [("乙\x07",)])])
    assert read_book(content, "a.xlsx").sheets[0].rows == (("甲",), ("乙",))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_roster_template_is_understood_without_doubt(language: str) -> None:
    sheet = read_book(roster_template(language, ("第一阶段",)), "a.xlsx").sheets[0]
    found = guess([str(cell) for cell in sheet.rows[0]], Kind.ROSTER)
    assert [(column.target, column.confidence) for column in found.columns] == [
        (field.key, 100) for field in ROSTER_FIELDS
    ]


def test_items_of_one_name_go_by_their_keys() -> None:
    items = (ItemChoice("p1", "测验", "Quiz"), ItemChoice("e1", "测验", "Exam"))
    person = KnownPerson("p", "0012", {"name": "张伟"})
    sheet = read_book(marks_template(items, (person,), "zh-hans"), "a.xlsx").sheets[0]
    assert sheet.rows == (("学号", "姓名", "p1", "e1"), ("0012", "张伟", None, None))
