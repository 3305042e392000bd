"""Pairs in a pasted exam: which lines are the left side, which letters belong to them, and what is no pair."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.delivery.exchange.exams.drafting import Reading, read_exam
from craftpath.domain.exams.content import question
from craftpath.domain.exams.faults import faults
from craftpath.engines.scoring import Kind, score

BEFORE = "三、匹配题（每题 4 分）\n"
ONE = (
    BEFORE
    + """1. 将指令与功能配对：
(1) 快速定位
(2) 直线插补
(3) 顺时针圆弧
A. G01  B. G02  C. G00  D. G04
"""
)
SIDES = """第三部分 连线题
1. 连线
(1) 千分尺   A. 测外径
(2) 内径表   B. 测内孔
2. 再连
① 丙
② 丁
A. 三
B. 四
"""


def read(text: str) -> list[Reading]:
    return list(read_exam(text).readings)


def words(rows: Any) -> list[str]:
    return [row["text"].get("zh") or row["text"].get("en") for row in rows]


@pytest.mark.parametrize(
    "key",
    ["答案：(1)-C (2)-A (3)-B", "答案：1-C，2-A，3-B", "答案: 1C2A3B", "【答案】：①C ②A ③B",
     "答案：（1）—Ｃ（2）—Ａ（3）—Ｂ",
     "参考答案\n1. (1)-C (2)-A (3)-B", "参考答案\n三、匹配题\n1. 1—C 2—A 3—B"],
)  # fmt: skip
def test_a_left_side_a_right_side_and_a_key_are_a_matching_item(key: str) -> None:
    [one] = read(ONE + key)
    details = one.content.details
    assert one.content.kind is Kind.MATCHING
    assert not one.faulty, one.notes
    assert one.content.stem.zh == "将指令与功能配对："
    assert words(details["left"]) == ["快速定位", "直线插补", "顺时针圆弧"]
    assert words(details["right_side"]) == ["G01", "G02", "G00", "G04"]
    right = {"l1": "c", "l2": "a", "l3": "b"}
    assert details["pairs"] == right
    assert score(question(one.content), right).earned == one.content.points == 4
    assert faults(one.content) == []


def test_both_sides_may_stand_on_one_line_and_keys_in_a_list() -> None:
    first, second = read(SIDES + "参考答案\n第三部分\n1. (1)A (2)B\n2. ①B ②A")
    assert first.content.details["pairs"] == {"l1": "a", "l2": "b"}
    assert words(first.content.details["right_side"]) == ["测外径", "测内孔"]
    assert second.content.details["pairs"] == {"l1": "b", "l2": "a"}
    assert not first.faulty
    assert not second.faulty


def test_a_letter_that_is_no_option_is_said_and_keeps_the_question_out() -> None:
    [one] = read(ONE + "答案：(1)-C (2)-H (3)-B")
    assert [note.code for note in one.notes if note.fault] == ["paste.key_unclear"]


def test_without_a_key_it_comes_in_as_one_that_waits_for_it() -> None:
    [one] = read(ONE)
    assert one.content.kind is Kind.MATCHING
    assert [note.code for note in one.notes] == ["paste.no_key"]


def test_a_choice_between_numbered_statements_stays_a_choice() -> None:
    [one] = read("一、单选题\n1. 下列正确的是\n(1) 甲\n(2) 乙\nA. 只有(1) B. 只有(2) C. 都对\n答案：C")
    assert one.content.kind is Kind.SINGLE
    assert one.content.details["right"] == ["c"]
    assert "(1) 甲" in one.content.stem.zh


def test_a_list_of_single_letters_is_not_taken_for_pairs() -> None:
    text = (
        "三、匹配题\n"
        + "".join(f"{n}. 第{n}题\nA. 一 B. 二 C. 三\n" for n in (1, 2, 3))
        + "参考答案\n1. A 2. B 3. C"
    )
    assert not read_exam(text).pasted.unplaced
    assert [one.asked.keys[0][0] for one in read(text)] == ["A", "B", "C"]


def test_pairs_without_two_sides_come_in_as_an_essay_and_say_so() -> None:
    [one] = read(BEFORE + "1. 把下列各项配对（见图）\n")
    assert one.content.kind is Kind.ESSAY
    assert "paste.matching_by_hand" in [note.code for note in one.notes]
