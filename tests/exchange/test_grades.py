"""Graded items in sheets: a grade by its key or its name in either language, and a template that offers them."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.columns import ItemChoice, guess, known_names
from craftpath.delivery.exchange.dry_run import KnownMark, KnownPerson, MarksKnowledge, MarksPlan, check_marks
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import find_header
from craftpath.delivery.exchange.marks_words import DEFAULT_WORDS, words_in
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.templates import marks_template
from craftpath.values.text import Text

from .zoo import sheet

GRADES = (
    ("fail", Text(zh="不合格", en="Fail")),
    ("pass", Text(zh="合格", en="Pass")),
    ("distinction", Text(zh="优秀", en="Distinction")),
)
ITEMS = (
    ItemChoice("talk", "专业面谈", "Discussion", Decimal(100), "talk", GRADES),
    ItemChoice("hours", "学时", "Hours", Decimal(8000), "hours"),
)
PEOPLE = tuple(
    KnownPerson(f"p-{n}", f"10{n}", {"name": name}) for n, name in ((1, "甲"), (2, "乙"), (3, "丙"))
)
KNOWN = MarksKnowledge(PEOPLE, ITEMS)
HEAD = ("学号", "专业面谈", "学时")


def check(*rows: tuple[Cell, ...]) -> MarksPlan:
    table = sheet(*rows)
    header = find_header(table, known_names(Kind.MARKS, ITEMS))
    mapping = guess(header.names, Kind.MARKS, ITEMS)
    return check_marks(table, header.row, mapping, DEFAULT_WORDS, KNOWN)


@pytest.mark.parametrize("given", ["distinction", "优秀", "Distinction", " DISTINCTION ", "优　秀"])
def test_a_grade_is_read_by_its_key_and_its_names(given: str) -> None:
    plan = check(HEAD, ("101", given, 7400))
    assert plan.errors == ()
    assert [(row.item, row.score, row.grade, row.status) for row in plan.rows] == [
        ("talk", None, "distinction", "scored"),
        ("hours", Decimal(7400), "", "scored"),
    ]


def test_words_of_status_still_mean_what_they_mean() -> None:
    plan = check(HEAD, ("101", "缺考", None), ("102", "免修", None), ("103", "-", None))
    assert [(row.status, row.grade) for row in plan.rows] == [("absent", ""), ("exempt", ""), ("missing", "")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "B2: “{}”. This is not one of the grades. Allowed: Fail, Pass, Distinction, absent, deferred, exempt.",
        ),
        ("zh-hans", "B2：填的是“{}”。这不是可用的等级。可填：不合格、合格、优秀、缺考、缓考、免修。"),
    ],
)
@pytest.mark.parametrize("given", ["excellent", Decimal(85)])
def test_what_is_no_grade_is_an_error_that_names_the_grades(given: Cell, language: str, said: str) -> None:
    plan = check(HEAD, ("101", given, 10))
    with override(language):
        assert [texts.error(fault) for fault in plan.errors] == [said.format(given)]


def test_grades_are_no_words_that_need_a_meaning() -> None:
    table = sheet(HEAD, ("101", "优秀", "合格"), ("102", "很好", 5))
    header = find_header(table, known_names(Kind.MARKS, ITEMS))
    mapping = guess(header.names, Kind.MARKS, ITEMS)
    found = [
        (word.word, word.first_cell) for word in words_in(table, header.row, mapping, DEFAULT_WORDS, ITEMS)
    ]
    assert found == [("合格", "C2"), ("很好", "B3")]  # a grade in a column of hours is none


@pytest.mark.parametrize(
    ("language", "offered"),
    [("zh", "不合格,合格,优秀,缺考,缓考,免修"), ("en", "Fail,Pass,Distinction,absent,deferred,exempt")],
)
def test_the_template_offers_the_grades_and_reads_back_unchanged(
    language: str, offered: str, tmp_path
) -> None:
    marks = {("101", "talk"): KnownMark(None, "scored", "pass"), ("101", "hours"): KnownMark(Decimal(12))}
    content = marks_template(ITEMS, PEOPLE, language, marks)
    (tmp_path / "t.xlsx").write_bytes(content)
    validations = openpyxl.load_workbook(tmp_path / "t.xlsx").active.data_validations.dataValidation
    assert f'"{offered}"' in {one.formula1 for one in validations}
    table = read_book(content, "t.xlsx").sheets[0]
    header = find_header(table, known_names(Kind.MARKS, ITEMS))
    known = MarksKnowledge(PEOPLE, ITEMS, marks)
    plan = check_marks(table, header.row, guess(header.names, Kind.MARKS, ITEMS), DEFAULT_WORDS, known)
    assert plan.errors == ()
    assert [(row.effect.value, row.grade) for row in plan.rows] == [("same", "pass"), ("same", "")]


def test_a_decided_level_is_not_moved_by_a_sheet_and_its_grade_is_named() -> None:
    known = MarksKnowledge(
        PEOPLE, ITEMS, {("101", "talk"): KnownMark(None, "scored", "pass")}, frozenset({"101"})
    )
    table = sheet(HEAD, ("101", "优秀", None), ("102", "优秀", None))
    header = find_header(table, known_names(Kind.MARKS, ITEMS))
    mapping = guess(header.names, Kind.MARKS, ITEMS)
    plan = check_marks(table, header.row, mapping, DEFAULT_WORDS, known)
    assert [(error.code, error.facts["known"]) for error in plan.errors] == [
        ("cell.result_decided", "合格 Pass")
    ]
    same = sheet(HEAD, ("101", "合格", None))
    assert check_marks(same, header.row, mapping, DEFAULT_WORDS, known).errors == ()
