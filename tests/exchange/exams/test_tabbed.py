"""A table within a text: found where it is one, left alone where it is none, and nothing of it lost."""

from __future__ import annotations

import time

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.exchange.exams.columns import (
    as_questions,
    columns_of,
    meanings_of,
    twice,
)
from craftpath.delivery.exchange.exams.drafting import read_exam
from craftpath.delivery.exchange.exams.filing import read_file
from craftpath.delivery.exchange.exams.tabbed import blocks, outside, tabbed
from craftpath.delivery.exchange.exams.table import MOST_ROWS
from craftpath.values.verdict import Refused
from tests.exchange.exams import papers
from tests.exchange.exams.test_filing import _saved, _sheet

OFFICE = (
    ("考核内容", "甲项", "乙项", "丙项", "标答", "分值"),
    ("M03 的含义是", "结束", "主轴正转", "冷却", "B", "2"),
    ("能戴手套操作的是", "车床", "钻床", "都不能", "C", "2"),
)
SAID = ["stem", "option:A", "option:B", "option:C", "key", "points"]


def text_of(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def test_a_table_of_strange_heads_becomes_questions_once_its_columns_are_said() -> None:
    text = read_file(_sheet(*OFFICE), "题库.xlsx").text
    [block] = blocks(text)
    columns = columns_of(block, {})
    assert [(one.name, one.target, one.known) for one in columns] == [
        *((name, "ignore", False) for name in OFFICE[0][:5]),
        ("分值", "points", True),
    ]
    assert columns[0].samples == ("M03 的含义是", "能戴手套操作的是")
    first, second = read_exam(as_questions(text, block, SAID)).readings
    assert (first.content.details["right"], second.content.details["right"]) == (["b"], ["c"])
    assert str(first.content.points) == "2"
    assert not first.faulty


def test_the_same_heads_are_known_the_next_time() -> None:
    [block] = blocks(text_of(*OFFICE))
    memory = {name: target for (_what, name), target in meanings_of(block, SAID).items()}
    assert memory == dict(zip(OFFICE[0], SAID, strict=True))
    columns = columns_of(block, memory)
    assert [one.target for one in columns] == SAID
    assert all(one.known and one.as_last for one in columns)


def test_a_guess_gives_way_to_what_was_said_of_another_column() -> None:
    [block] = blocks(text_of(("题目", "题干原文", "答案"), ("1", "甲是____", "乙"), ("2", "丙是____", "丁")))
    assert [one.target for one in columns_of(block, {})] == ["stem", "ignore", "key"]
    said = columns_of(block, {"题干原文": "stem"})
    assert [(one.target, one.known) for one in said] == [("ignore", False), ("stem", True), ("key", True)]


def test_heads_that_stand_twice_or_are_none_are_not_remembered() -> None:
    [block] = blocks(text_of(("题干", "备注", "备注", "#4"), ("甲", "1", "2", "3")))
    assert meanings_of(block, ["stem", "ignore", "key", "points"]) == {("column", "题干"): "stem"}
    assert twice(["stem", "key", "key", "ignore", "ignore"]) == "key"


def test_what_is_known_but_for_one_column_with_words_is_asked_for() -> None:
    """A column that nobody knows was dropped without a word; now somebody says what it is."""
    rows = (("题干", "A", "B", "答案", "所属章节"), ("M03", "停", "转", "B", "第一章"))
    [block] = blocks(read_file(_sheet(*rows), "x.xlsx").text)
    assert [one.name for one in columns_of(block, {}) if not one.known] == ["所属章节"]
    empty = (rows[0], (*rows[1][:4], ""))
    assert list(blocks(read_file(_sheet(*empty), "x.xlsx").text)) == []


def test_a_table_without_heads_loses_no_question() -> None:
    rows = (("1、M03 的含义是", "结束", "转", "B"), ("2、M05 的含义是", "停", "转", "A"))
    [block] = blocks(read_file(_sheet(*rows), "x.xlsx").text)
    assert block.rows[0] == ("#1", "#2", "#3", "#4")
    assert len(block.rows) == 3
    short = text_of(("M03 是", "结束", "转"), ("M05 是", "停", "转"))
    [block] = blocks(short)
    made = read_exam(as_questions(short, block, ["stem", "option:A", "option:B"], first_too=True))
    assert [one.content.stem.zh for one in made.readings] == ["M03 是", "M05 是"]


def test_what_stands_around_a_table_keeps_its_lines() -> None:
    before, behind = "一、判断题\n1. 可以戴手套（×）", "附：评分说明"
    text = f"{before}\n{text_of(('试卷', '', '', '', '', ''), *OFFICE)}\n{behind}"
    [block] = blocks(text)
    assert (block.first, block.behind) == (3, 6)  # the title above the head stays outside
    assert len(outside(text, [block]).split("\n")) == len(text.split("\n"))
    [only] = read_exam(outside(text, [block])).readings
    assert only.content.details == {"right": ["false"]}
    made = as_questions(text, block, SAID)
    assert made.startswith(before)
    assert made.endswith(behind)
    assert "M03 的含义是" in made


def test_questions_of_a_table_do_not_run_into_those_before_them() -> None:
    """A question without options, and one more table of the same numbers: each keeps what is its own."""
    text = f"一、判断题（每题5分）\n1. 可以戴手套（×）\n\n{text_of(*OFFICE[:5])}"
    text = text.replace("\t2", "\t")
    for _time in range(2):
        [block] = blocks(text)
        text = as_questions(text, block, SAID) + f"\n\n{text_of(*OFFICE)}"
    exam = read_exam(outside(text, list(blocks(text))))
    kinds = [one.content.kind.value for one in exam.readings]
    assert kinds == ["true_false", "single", "single", "single", "single"]
    assert [str(one.content.points) for one in exam.readings] == ["5", "1", "1", "2", "2"]
    assert not any(one.notes for one in exam.readings)


def test_the_same_in_english() -> None:
    rows = (("Task", "Choice one", "Choice two", "Right one"), ("M03 is", "stop", "spindle on", "B"))
    text = f"1. Gloves at the lathe are allowed (F)\n\n{text_of(*rows)}"
    [block] = blocks(text)
    text = as_questions(text, block, ["stem", "option:A", "option:B", "key"])
    assert "Part A. Table (1 point each)" in text
    assert [one.content.kind.value for one in read_exam(text).readings] == ["essay", "single"]


def test_a_cell_with_a_line_break_is_one_cell() -> None:
    table = tabbed([("题干", "甲", "乙"), ("第一行\n第二行", 'A "x"', "b"), ("另一题", "c", "d")])
    [block] = blocks(table)
    assert block.rows[1] == ("第一行\n第二行", 'A "x"', "b")
    assert block.behind == len(table.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        papers.HALF_A_KEY,
        papers.NO_HEADS,
        "1. M03\nA. 停\tB. 转\tC. 冷\nA. 停\tB. 转\tC. 冷",  # options set with tabs
        "参考答案\n题号\t1\t2\t3\n答案\tA\tB\tC",  # a grid of answers
        "1\tA\t2\tB\n3\tC\t4\tD",
        "1. M03\tA. 停\tB. 转\n2. M05\tA. 停\tB. 转",
        'x\t"y\tz\nw',  # a cell without an end
        "甲\t乙\n1\t2",
    ],
)
def test_what_is_no_table_is_read_as_before(text: str) -> None:
    assert list(blocks(text)) == []


def test_a_table_in_word_is_read_like_a_sheet() -> None:
    document = Document()
    document.add_paragraph("机加工理论试卷")
    rows = [("题干", "A", "B", "答案"), ("M03 的含义是", "结束", "主轴正转", "B"), ("M05", "停", "转", "A")]
    table = document.add_table(len(rows), 4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    exam = read_exam(read_file(_saved(document), "x.docx").text)
    assert [one.content.details["right"] for one in exam.readings] == [["b"], ["a"]]


def test_ten_thousand_rows_come_in_parts_and_none_is_lost() -> None:
    rows = [(f"第 {n} 号零件", "上", "下", "A") for n in range(10_000)]
    text = text_of(("内容", "甲", "乙", "标答"), *rows)
    begun = time.perf_counter()
    [block] = blocks(text)
    made = as_questions(text, block, ["stem", "option:A", "option:B", "key"])
    [rest] = blocks(made)
    assert time.perf_counter() - begun < 5  # seconds: a page waits for it
    assert len(read_exam(outside(made, [rest])).readings) == MOST_ROWS
    assert rest.rows[1:] == tuple(rows[MOST_ROWS:])


@given(st.text(alphabet='\t\n"ab1.、题答案', max_size=200))
def test_any_text_is_survived_and_keeps_its_lines(text: str) -> None:
    found = list(blocks(text))
    assert len(outside(text, found).split("\n")) == len(text.split("\n"))
    for block in found:
        assert len({len(row) for row in block.rows}) == 1
        assert 0 <= block.first < block.behind <= len(text.split("\n"))


def test_quotation_marks_without_end_cost_no_time() -> None:
    text = "\n".join('题\t"甲\t乙' for _ in range(20_000))
    begun = time.perf_counter()
    list(blocks(text))
    assert time.perf_counter() - begun < 5


def test_two_columns_that_nobody_knows_are_no_table() -> None:
    with pytest.raises(Refused):
        read_file(_sheet(("甲", "乙"), ("1", "2")), "x.xlsx")


def test_hidden_signs_make_no_head() -> None:
    assert list(blocks("\u200b\t\u200b\t\u200b\n1\t2\t3")) == []
