from __future__ import annotations

import json
from decimal import Decimal

import pytest

from craftpath.delivery.exchange.columns import ColumnMapping, ItemChoice, guess, targets
from craftpath.delivery.exchange.fields import FIELDS, Kind
from craftpath.delivery.exchange.spelling import plain

from .zoo import ITEMS


def taken(header: list[str], kind: Kind = Kind.ROSTER) -> list[tuple[str, int]]:
    return [(found.target, found.confidence) for found in guess(header, kind, ITEMS).columns]


@pytest.mark.parametrize("kind", Kind)
def test_every_name_of_a_field_is_taken_for_that_field(kind: Kind) -> None:
    for field in FIELDS[kind]:
        if field.key in ("item", "score", "status"):
            continue
        for name in field.names:
            assert taken([name], kind) == [(field.key, 100)], name


@pytest.mark.parametrize("kind", Kind)
def test_no_name_belongs_to_two_fields(kind: Kind) -> None:
    names = [spelling for field in FIELDS[kind] for spelling in {plain(name) for name in field.names}]
    assert sorted(names) == sorted(set(names))


def test_width_case_spaces_and_punctuation_do_not_count() -> None:
    header = ["ＳＴＵＤＥＮＴ　ＮＯ．", "姓 名", "Mentor_Number", "（入学日期）"]
    assert taken(header) == [("number", 100), ("name", 100), ("mentor_number", 100), ("starts_on", 100)]


def test_a_note_in_brackets_costs_a_little_confidence() -> None:
    assert taken(["学号（必填）", "姓名*"]) == [("number", 95), ("name", 100)]


def test_the_surest_column_gets_the_field() -> None:
    assert taken(["学徒的姓名", "姓名"]) == [("ignore", 0), ("name", 100)]


def test_items_are_matched_by_either_name_and_by_likeness() -> None:
    header = ["学号", "姓名", "测验1", "QUIZ 2（20%）", "焊接实操成绩", "期未考试", "总分", "杂项"]
    assert taken(header, Kind.MARKS) == [
        ("number", 100),
        ("name", 100),
        ("item:quiz_1", 100),
        ("item:quiz_2", 95),
        ("item:weld", 80),
        ("ignore", 0),
        ("ignore", 100),
        ("ignore", 0),
    ]
    assert taken(["welding taks"], Kind.MARKS) == [("item:weld", 81)]


def test_digits_tell_items_apart() -> None:
    items = [ItemChoice("h1", "平时作业成绩1", ""), ItemChoice("h10", "平时作业成绩10", "")]
    found = guess(["平时作业成绩2", "平时作业成绩10"], Kind.MARKS, items)
    assert [column.target for column in found.columns] == ["ignore", "item:h10"]


def test_a_long_sheet_is_recognised_by_item_and_score_together() -> None:
    found = guess(["学号", "考核项目", "成绩", "状态"], Kind.MARKS, ITEMS)
    assert [column.target for column in found.columns] == ["number", "item", "score", "status"]
    assert found.is_long
    alone = guess(["学号", "成绩"], Kind.MARKS, ITEMS)
    assert [column.target for column in alone.columns] == ["number", "ignore"]


def test_a_person_may_choose_otherwise_and_it_goes_through_a_form() -> None:
    found = guess(["学号", "期未考试"], Kind.MARKS, ITEMS).with_targets({1: "item:exam"})
    assert [(column.target, column.confidence) for column in found.columns] == [
        ("number", 100),
        ("item:exam", 100),
    ]
    assert ColumnMapping.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert list(found.items()) == [(1, "exam")]


def test_the_targets_of_a_kind_are_listed() -> None:
    assert targets(Kind.MARKS, ITEMS[:1]) == (
        "ignore",
        "number",
        "name",
        "item",
        "score",
        "status",
        "item:quiz_1",
    )
    assert "item:quiz_1" not in targets(Kind.ROSTER, ITEMS)


def test_an_item_knows_its_target() -> None:
    assert ItemChoice("x", "甲", "A", Decimal(5)).target == "item:x"
