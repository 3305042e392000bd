from __future__ import annotations

import json

import pytest

from craftpath.delivery.exchange.columns import guess
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.marks_words import DEFAULT_WORDS, MarkWords, WordFound, words_in

from .zoo import ITEMS, MARKS, sheet


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("缺考", "absent"),
        ("缺席", "absent"),
        (" ABSENT ", "absent"),
        ("缓考", "deferred"),
        ("Deferred", "deferred"),
        ("免修", "exempt"),
        ("免 考", "exempt"),
        ("exempt", "exempt"),
        ("-", "missing"),
        ("－", "missing"),
        ("—", "missing"),
        ("Ｎ／Ａ", "missing"),
        ("未交", "missing"),
        ("？", "missing"),
        ("优", ""),
        ("85", ""),
    ],
)
def test_the_words_of_offices_have_a_default_meaning(word: str, meaning: str) -> None:
    assert DEFAULT_WORDS.meaning(word) == meaning


def test_only_the_words_of_this_sheet_are_shown() -> None:
    mapping = guess([str(name) for name in MARKS[1]], Kind.MARKS, ITEMS)
    rows = sheet(*MARKS, ("20260004", "赵六", "缺 考", "病假", 101))
    assert words_in(rows, 2, mapping) == (
        WordFound("缺考", "absent", 2, "C4"),
        WordFound("缓考", "deferred", 1, "D4"),
        WordFound("免修", "exempt", 1, "E4"),
        WordFound("-", "missing", 1, "C5"),
        WordFound("N/A", "missing", 1, "D5"),
        WordFound("病假", "", 1, "D6"),
    )


def test_words_of_a_long_sheet_stand_in_score_and_status() -> None:
    mapping = guess(["学号", "项目", "成绩", "状态"], Kind.MARKS, ITEMS)
    rows = sheet(("学号", "项目", "成绩", "状态"), ("1", "测验1", None, "缺考"), ("1", "测验2", "免修", None))
    assert words_in(rows, 1, mapping) == (
        WordFound("缺考", "absent", 1, "D2"),
        WordFound("免修", "exempt", 1, "C3"),
    )


def test_a_coordinator_may_change_what_words_mean() -> None:
    words = DEFAULT_WORDS.with_meanings({"病 假": "deferred", "缺考": ""})
    assert (words.meaning("病假"), words.meaning("缺考"), words.meaning("缓考")) == (
        "deferred",
        "",
        "deferred",
    )
    assert MarkWords.from_json(json.loads(json.dumps(words.as_json()))) == words


@pytest.mark.parametrize(
    "value", [{"changed": {"x": "scored"}, "blank": ""}, {"changed": {}, "blank": "absent"}]
)
def test_a_meaning_that_does_not_exist_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="scored|absent"):
        MarkWords.from_json(value)
