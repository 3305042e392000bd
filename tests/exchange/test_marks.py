from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from craftpath.delivery.exchange.book import Cell, Remark
from craftpath.delivery.exchange.columns import guess, known_names
from craftpath.delivery.exchange.dry_run import (
    CellError,
    Effect,
    KnownMark,
    KnownPerson,
    MarkRow,
    MarksKnowledge,
    MarksPlan,
    check_marks,
)
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import find_header
from craftpath.delivery.exchange.marks_words import DEFAULT_WORDS, MarkWords
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.templates import marks_template

from .zoo import ITEMS, MARKS, sheet

PEOPLE = tuple(
    KnownPerson(f"p-{n}", f"2026000{n}", {"name": name})
    for n, name in ((1, "张伟"), (2, "王芳"), (3, "李娜"), (4, "赵六"))
)
KNOWN = MarksKnowledge(PEOPLE, ITEMS)
HEAD = ("学号", "姓名", "测验1", "测验2")


def check(
    *rows: tuple[Cell, ...], known: MarksKnowledge = KNOWN, words: MarkWords = DEFAULT_WORDS
) -> MarksPlan:
    table = sheet(*rows)
    header = find_header(table, known_names(Kind.MARKS, known.items))
    return check_marks(table, header.row, guess(header.names, Kind.MARKS, known.items), words, known)


def held(plan: MarksPlan) -> dict[tuple[str, str], KnownMark]:
    return {(row.number, row.item): KnownMark(row.score, row.status) for row in plan.rows}


def codes(plan: MarksPlan) -> list[tuple[str, str]]:
    return [(error.cell, error.code) for error in plan.errors]


def test_a_wide_sheet_with_words_and_full_width_digits() -> None:
    plan = check(*MARKS)
    assert plan.errors == ()
    assert held(plan) == {
        ("20260001", "quiz_1"): KnownMark(Decimal("85.5")),
        ("20260001", "quiz_2"): KnownMark(Decimal(18)),
        ("20260001", "weld"): KnownMark(Decimal(90)),
        ("20260002", "quiz_1"): KnownMark(None, "absent"),
        ("20260002", "quiz_2"): KnownMark(None, "deferred"),
        ("20260002", "weld"): KnownMark(None, "exempt"),
        ("20260003", "quiz_1"): KnownMark(None, "missing"),
        ("20260003", "quiz_2"): KnownMark(None, "missing"),
    }
    first = MarkRow("表1", 3, "C3", Effect.ADD, "20260001", "p-1", "quiz_1", Decimal("85.5"), "scored", None)
    assert plan.rows[0] == first
    assert plan.remarks == (Remark("remark.people_untouched", {"count": 1}, "表1"),)


def test_the_same_sheet_again_changes_nothing() -> None:
    first = check(*MARKS)
    again = check(*MARKS, known=MarksKnowledge(PEOPLE, ITEMS, held(first)))
    assert [row.effect for row in again.rows] == [Effect.SAME] * len(first.rows)
    assert again.unchanged == again.rows


def test_a_mark_of_105_names_the_cell_and_what_is_allowed() -> None:
    plan = check(HEAD, ("20260001", "张伟", 105, 21))
    words = ["absent", "deferred", "exempt"]
    assert plan.errors == (
        CellError(
            "表1",
            "C2",
            "测验1",
            "105",
            "cell.score_out_of_range",
            {"minimum": Decimal(0), "maximum": Decimal(100), "words": words},
        ),
        CellError(
            "表1",
            "D2",
            "测验2",
            "21",
            "cell.score_out_of_range",
            {"minimum": Decimal(0), "maximum": Decimal(20), "words": words},
        ),
    )


def test_unknown_words_are_errors_until_they_are_mapped() -> None:
    rows = (HEAD, ("20260001", "张伟", "病假", 10))
    assert codes(check(*rows)) == [("C2", "cell.unknown_word")]
    plan = check(*rows, words=DEFAULT_WORDS.with_meanings({"病假": "deferred"}))
    assert plan.rows[0].status == "deferred"


def test_a_blank_cell_never_wipes_a_mark() -> None:
    known = MarksKnowledge(PEOPLE, ITEMS, {("20260001", "quiz_1"): KnownMark(Decimal(80))})
    rows = (HEAD, ("20260001", "张伟", None, None))
    assert check(*rows, known=known).rows == ()
    plan = check(*rows, known=known, words=MarkWords(blank="missing"))
    assert [(row.cell, row.effect, row.status) for row in plan.rows] == [("D2", Effect.ADD, "missing")]


def test_a_change_shows_the_mark_that_it_replaces() -> None:
    known = MarksKnowledge(
        PEOPLE,
        ITEMS,
        {
            ("20260001", "quiz_1"): KnownMark(Decimal("80.0")),
            ("20260001", "quiz_2"): KnownMark(Decimal(15)),
        },
    )
    plan = check(HEAD, ("20260001", "张伟", 80, "-"), known=known)
    assert [(row.effect, row.before) for row in plan.rows] == [
        (Effect.SAME, KnownMark(Decimal(80))),
        (Effect.CHANGE, KnownMark(Decimal(15))),
    ]
    facts = {"number": "20260001", "known": "15"}
    assert plan.remarks[0] == Remark("remark.mark_becomes_missing", facts, "表1", "D2")


def test_unknown_people_are_errors_with_similar_numbers() -> None:
    plan = check(HEAD, ("20260009", "某", 80, 10))
    assert (plan.rows, codes(plan)) == ((), [("A2", "cell.unknown_number")])
    assert len(plan.errors[0].facts["near"]) == 3


def test_a_person_who_stands_twice_is_an_error_that_names_both_cells() -> None:
    plan = check(HEAD, ("20260001", "张伟", 80, 10), ("20260001.0", "张伟", 90, 10))
    assert plan.errors == (
        CellError("表1", "A3", "学号", "20260001.0", "cell.number_twice", {"first": "A2"}),
    )


def test_another_name_is_a_remark_not_an_error() -> None:
    plan = check(HEAD, ("20260001", "张　伟", 80, 10), ("20260002", "王方", 80, 10))
    facts = {"number": "20260002", "given": "王方", "known": "王芳"}
    assert (plan.errors, plan.remarks[0]) == ((), Remark("remark.name_differs", facts, "表1", "B3"))


def test_a_long_sheet_reads_item_score_and_status() -> None:
    plan = check(
        ("学号", "考核项目", "成绩", "状态"),
        ("20260001", "测验1", "80", None),
        ("20260001", "Quiz 2", None, "缓考"),
        ("20260002", "quiz_1", 0, "缺考"),
        ("20260002", "焊接实操", "免修", "正常"),
    )
    assert plan.errors == ()
    assert held(plan) == {
        ("20260001", "quiz_1"): KnownMark(Decimal(80)),
        ("20260001", "quiz_2"): KnownMark(None, "deferred"),
        ("20260002", "quiz_1"): KnownMark(None, "absent"),
        ("20260002", "weld"): KnownMark(None, "exempt"),
    }


def test_faults_of_a_long_sheet_are_named() -> None:
    plan = check(
        ("学号", "考核项目", "成绩", "状态"),
        ("20260001", "测验1", 80, None),
        ("20260001", "Quiz 1", 81, None),
        ("20260001", "测验9", 81, None),
        ("20260002", "测验1", 70, "免修"),
        ("20260002", "测验2", 7, "迟到"),
    )
    assert codes(plan) == [
        ("C3", "cell.mark_twice"),
        ("B4", "cell.unknown_item"),
        ("C5", "cell.score_and_status"),
        ("D6", "cell.unknown_word"),
    ]
    assert plan.errors[0].facts == {"first": "C2"}
    choices = ["测验1 Quiz 1", "测验2 Quiz 2", "焊接实操 Welding task", "期末考试 Final exam"]
    assert plan.errors[1].facts == {"near": [], "choices": choices}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [({0: "ignore"}, "column.number_missing"), ({2: "ignore", 3: "ignore"}, "column.no_item")],
)
def test_a_mapping_that_cannot_work_stops_the_import(chosen: dict[int, str], code: str) -> None:
    table = sheet(HEAD, ("20260001", "张伟", 80, 10))
    mapping = guess(HEAD, Kind.MARKS, ITEMS).with_targets(chosen)
    assert codes(check_marks(table, 1, mapping, DEFAULT_WORDS, KNOWN)) == [("A1", code)]


def test_scores_that_look_like_percentages_are_remarked() -> None:
    rows = [(f"2026000{n}", None, Decimal("0.8"), 10) for n in (1, 2, 3, 4)]
    plan = check(HEAD, *rows)
    facts = {"column": "测验1", "maximum": Decimal(100)}
    assert plan.remarks == (Remark("remark.looks_like_shares", facts, "表1", "C1"),)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_mark_sheet_of_ours_reads_back_without_change(language: str) -> None:
    marks = held(check(*MARKS))
    known = MarksKnowledge(PEOPLE, ITEMS, marks)
    content = marks_template(ITEMS, PEOPLE, language, marks)
    table = read_book(content, "marks.xlsx").sheets[0]
    header = find_header(table, known_names(Kind.MARKS, ITEMS))
    mapping = guess(header.names, Kind.MARKS, ITEMS)
    plan = check_marks(table, header.row, mapping, DEFAULT_WORDS, known)
    assert {column.confidence for column in mapping.columns} == {100}
    assert (held(plan), plan.unchanged, plan.errors, plan.remarks) == (marks, plan.rows, (), ())


def test_the_same_cell_is_judged_by_its_own_item_and_kind() -> None:
    """What was worked out for one cell serves only cells that are the same, under the same item."""
    plan = check(
        HEAD,
        ("20260001", "张伟", 20, 20),
        ("20260002", "王芳", 21, 21),
        ("20260003", "李娜", 1, 1),
        ("20260004", "赵六", True, "1"),
    )
    assert codes(plan) == [("D3", "cell.score_out_of_range"), ("C5", "cell.not_a_score")]
    assert held(plan)["20260004", "quiz_2"] == held(plan)["20260003", "quiz_2"] == KnownMark(Decimal(1))
    assert [error.given for error in check(HEAD, *[(f"2026000{n}", "", "x", 5) for n in (1, 2)]).errors] == [
        "x",
        "x",
    ]


def test_a_column_of_what_the_scheme_works_out_is_passed_over_and_said_once() -> None:
    sourced = replace(ITEMS[0], sourced=True)
    known = MarksKnowledge(PEOPLE, (sourced, *ITEMS[1:]))
    plan = check(HEAD, ("20260001", "张伟", 20, 18), ("20260002", "王芳", "many", 17), known=known)
    assert {item for _, item in held(plan)} == {ITEMS[1].key}
    assert not plan.errors
    assert [remark.code for remark in plan.remarks].count("remark.item_sourced") == 1
    book = read_book(marks_template(known.items, PEOPLE, "zh-hans"), "marks.xlsx")
    assert ITEMS[0].zh not in book.sheets[0].rows[0]
