"""Pasted exams: what offices write is understood, what is not is shown, and no line is ever lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.delivery.exchange.exams.drafting import Exam, Reading, leftover, read_exam
from craftpath.delivery.exchange.exams.pasting import MOST_LINES
from craftpath.delivery.exchange.exams.texts import NOTES
from craftpath.domain.exams.texts import FAULTS
from tests.exchange.exams import papers

ALL = [value for name, value in vars(papers).items() if name.isupper()]


def _kinds(exam: Exam) -> list[str]:
    return [one.content.kind.value for one in exam.readings]


def _key(reading: Reading) -> Any:
    details = reading.content.details
    if "blanks" in details:
        return [row["accepted"] for row in details["blanks"]]
    return details.get("right", details.get("value", details.get("guide")))


def test_a_whole_paper_in_chinese() -> None:
    exam = read_exam(papers.TURNERS)
    assert _kinds(exam) == [
        *["single"] * 4,
        *["multiple"] * 2,
        *["true_false"] * 3,
        *["short"] * 2,
        "numeric",
        "essay",
        "essay",
    ]
    assert [_key(one) for one in exam.readings[:9]] == [
        ["b"],
        ["b"],
        ["a"],
        ["c"],
        ["a", "b", "d"],
        ["a", "b", "c"],
        ["false"],
        ["true"],
        ["false"],
    ]
    assert [_key(one) for one in exam.readings[9:11]] == [[["G00", "G0"], ["G01", "G1"]], [["m/min"]]]
    numeric = exam.readings[11].content
    assert dict(numeric.details) == {"value": "125.7", "tolerance": "0.5", "percent": False, "unit": "m/min"}
    assert [one.content.points for one in exam.readings] == [
        Decimal(n) for n in (2, 2, 2, 2, 3, 3, 1, 1, 1, 1, 1, 5, 1, 1)
    ]
    assert {one.content.rule.value for one in exam.readings[4:6]} == {"half"}
    assert exam.readings[0].content.stem.zh == "M03 指令的含义是（\u3000）。"
    assert exam.readings[1].content.explanation.zh == "刃倾角为正时切屑流向待加工表面。"
    assert exam.readings[3].content.stem.zh.startswith(r"尺寸在 10\~20 mm 之间、数量 5\*3 件")
    assert exam.readings[13].content.stem.zh.count("\n") == 2  # （1） and （2） belong to the essay
    assert [line for line, _ in exam.pasted.loose] == [1, 2, 55]
    assert not any(one.faulty for one in exam.readings)
    assert all(one.keyed for one in exam.readings)


def test_a_whole_paper_in_english() -> None:
    exam = read_exam(papers.SAFETY_EN)
    assert _kinds(exam) == ["single", "multiple", "true_false", "true_false", "short", "essay"]
    assert [_key(one) for one in exam.readings[:4]] == [["b"], ["a", "b", "d"], ["false"], ["false"]]
    assert _key(exam.readings[4]) == [["rapid", "fast"]]
    assert [one.content.points for one in exam.readings] == [2, 3, 1, 1, 1, 10]
    assert exam.readings[0].content.stem.en == "What does M03 do?"
    assert exam.readings[0].content.explanation.en == "M04 turns it the other way."


def test_a_key_at_the_end_is_spread_over_the_questions() -> None:
    exam = read_exam(papers.WELDERS_IN_ONE)
    assert [_key(one) for one in exam.readings] == [["c"], ["a"], ["a"], ["a"], ["a"]]
    assert {one.content.points for one in exam.readings} == {Decimal(1)}


def test_without_sections_the_kind_is_told_by_what_a_question_shows() -> None:
    exam = read_exam(papers.NO_HEADS)
    assert _kinds(exam) == ["single", "single", "true_false", "numeric", "essay"]
    assert [_key(one) for one in exam.readings[:4]] == [["a"], ["a"], ["false"], "5"]
    assert exam.readings[3].difficulty == "hard"


def test_each_fault_stands_at_its_line_and_half_a_key_leaves_drafts() -> None:
    exam = read_exam(papers.HALF_A_KEY)
    notes = [[(note.code, note.line, note.fault) for note in one.notes] for one in exam.readings]
    assert notes == [
        [("paste.no_key", 2, False)],
        [],
        [("exams.key_unknown", 8, True)],
        [("paste.two_keys", 14, True)],
        [("exams.too_few_rows", 15, True)],
    ]
    assert [(one.keyed, one.faulty) for one in exam.readings[:2]] == [(False, False), (True, False)]


def test_answers_go_to_the_section_that_they_name_and_those_that_fit_none_are_shown() -> None:
    exam = read_exam(papers.ANSWERS_BY_SECTION)
    assert [_key(one) for one in exam.readings] == [["b"], ["a"], ["true"], ["false"]]
    assert [(number, key) for _, number, key in exam.pasted.unplaced] == [(1, "没有这道题")]


@pytest.mark.parametrize(
    ("key", "variants"),
    [
        ("G00/G0", ["G00", "G0"]),
        ("G00；G0", ["G00", "G0"]),
        ("m/min", ["m/min"]),
        ("60 r/min", ["60 r/min"]),
        ("快 或 迅速", ["快", "迅速"]),
        ("快速或迅速", ["快速", "迅速"]),
        ("rapid or fast", ["rapid", "fast"]),
    ],
)
def test_variants_of_one_blank(key: str, variants: list[str]) -> None:
    [one] = read_exam(f"一、填空题\n1. 它是____。\n答案：{key}").readings
    assert _key(one) == [variants]


@pytest.mark.parametrize(
    ("key", "value", "tolerance", "percent", "unit"),
    [
        ("12.5±0.1", "12.5", "0.1", False, ""),
        ("12.5 mm ± 0.1", "12.5", "0.1", False, "mm"),
        ("125.7±1% m/min", "125.7", "1", True, "m/min"),
        ("-3", "-3", "0", False, ""),
        ("1,250 N", "1250", "0", False, "N"),
        ("50 ± 0.05 mm", "50", "0.05", False, "mm"),
    ],
)
def test_figures_with_their_tolerance(key: str, value: str, tolerance: str, percent: bool, unit: str) -> None:
    [one] = read_exam(f"一、计算题\n1. 是多少？\n答案：{key}").readings
    assert dict(one.content.details) == {
        "value": value,
        "tolerance": tolerance,
        "percent": percent,
        "unit": unit,
    }


def test_what_was_taken_leaves_the_text_and_the_rest_stays() -> None:
    exam = read_exam(papers.HALF_A_KEY)
    left = leftover(papers.HALF_A_KEY, exam, {one.anchor for one in exam.readings if not one.faulty})
    assert left.splitlines()[0] == "一、单项选择题（每小题2分）"
    assert [one.asked.number for one in read_exam(left).readings] == [3, 4, 5]
    whole = read_exam(papers.WELDERS_IN_ONE)
    assert leftover(papers.WELDERS_IN_ONE, whole, {one.anchor for one in whole.readings}) == ""


def _every_line_once(text: str) -> None:
    exam = read_exam(text)
    found: list[int] = [line for one in exam.pasted.questions for line in one.lines]
    found += [section.line for section in exam.pasted.sections]
    found += exam.pasted.answer_lines
    found += [line for line, _ in exam.pasted.loose]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = [n for n, line in enumerate(lines, start=1) if line.replace("\u00a0", " ").strip()]
    assert sorted(found) == written
    assert all((NOTES | FAULTS)[note.code] % note.facts for one in exam.readings for note in one.notes)


_PIECES = st.sampled_from(
    [
        "一、单项选择题（每题2分）",
        "二、判断题",
        "Part B: True or false",
        "1. 甲",
        "2、乙（ B ）",
        "（3）丙",
        "Q4",
        "4 丁",
        "A. 一 B. 二",
        "A、一",
        "B．二",
        "(C) 三",
        "D 四 √",
        "答案：B",
        "Answer: A",
        "答：",
        "参考答案",
        "1-5 ABCDA",
        "1.B 2.C",
        "三、1. √",
        "解析：因为",
        "（5分）",
        "____",
        "1. __ 与 __",
        "答案：12±0.5 mm",
        "难度：难",
        "分值：3",
        "",
        "   ",
        "甲乙丙",
        "1",
        "1.",
        "A.",
        "（",
        "-",
        "±",
        "（ ）",
        "\u00a0",
        "1.5 mm",
        "0",
        "999. x",
        "\ue000",
        "![](picture:abc)",
        "$x",
        "a\tb",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=25).map("\n".join))
def test_no_text_is_an_error_and_no_line_is_lost(text: str) -> None:
    _every_line_once(text)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ALL), st.data())
def test_a_bent_paper_loses_no_line(paper: str, data: st.DataObject) -> None:
    lines = paper.split("\n")
    for _ in range(data.draw(st.integers(0, 5))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(st.one_of(st.just(""), _PIECES, st.just(lines[place][::-1])))
    _every_line_once("\n".join(lines))


@pytest.mark.parametrize("paper", ALL)
def test_every_paper_keeps_its_lines(paper: str) -> None:
    _every_line_once(paper)


@pytest.mark.parametrize(
    "text",
    [
        "1. " + "（" * 20_000,
        "1." * 20_000,
        "A." * 20_000,
        "1-300 " + "A" * 20_000,
        "（ A" * 9_000,
        "1. x\nA. " + " _" * 20_000,
        "1. x\n答案：" + "1" * 20_000 + "±",
        "\n".join(["1."] * MOST_LINES),
        "一、" + "题" * 20_000,
        "1. " + " " * 20_000 + "）",
    ],
    ids=range(10),
)
@pytest.mark.timeout(20)
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    read_exam(text)


def test_a_second_exam_behind_the_answers_of_the_first_is_read_as_one() -> None:
    exam = read_exam(f"{papers.TURNERS}\n{papers.HALF_A_KEY}")
    assert len(exam.readings) == 14 + 5
    assert [one.faulty for one in exam.readings] == [False] * 16 + [True] * 3
