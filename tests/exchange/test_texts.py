from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from craftpath.delivery import exchange
from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import Remark, SheetRefused
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.plans import CellError
from craftpath.delivery.web.papers import texts as printing
from craftpath.delivery.web.shell import lists
from craftpath.delivery.web.signing import texts as signing

from .zoo import ITEMS

CODE = re.compile(r'"((?:sheet|column|cell|roster|remark|exchange)\.[a-z0-9_]+)"')
NAMED = re.compile(r"%\(\w+\)s")


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def test_every_code_of_the_exchange_has_its_sentence_and_no_sentence_is_idle() -> None:
    used = set()
    rooms = (Path(exchange.__file__).parent, Path(printing.__file__).parent, Path(lists.__file__))
    for path in (path for room in rooms for path in ([room] if room.is_file() else room.rglob("*.py"))):
        if path.name not in {"texts.py", "layout_texts.py"}:
            used |= set(CODE.findall(path.read_text(encoding="utf-8")))
    said = [*signing.REASONS, *printing.REASONS]
    papers = {code for code in said if code.startswith("exchange.")}
    assert used == {
        *texts.REFUSALS, *texts.ERRORS, *texts.REMARKS, *texts.REASONS, *texts.LAYOUTS, *papers
    }  # fmt: skip


def test_an_error_says_where_what_why_and_what_is_allowed() -> None:
    facts = {"minimum": Decimal(0), "maximum": Decimal("100.0"), "words": ["absent", "deferred", "exempt"]}
    fault = CellError("表1", "C7", "测验1", "105", "cell.score_out_of_range", facts)
    assert texts.error(fault) == (
        "C7: “105”. This score is out of range. Allowed: 0–100 or absent, deferred, exempt."
    )


def test_similar_values_and_choices_are_told_apart() -> None:
    facts = {"near": ["20260001", "20260002"]}
    fault = CellError("表1", "A2", "学号", "20260009", "cell.unknown_number", facts)
    assert texts.error(fault) == (
        "A2: “20260009”. Nobody here has this student number. Similar and known: 20260001, 20260002."
    )
    facts = {"near": [], "choices": ["第一阶段", "第二阶段"], "field": "stage"}
    fault = CellError("表1", "B2", "阶段", "九", "cell.unknown_name", facts)
    assert texts.error(fault) == ("B2: “九”. This name is not in the register. Allowed: 第一阶段, 第二阶段.")


def test_similar_values_stand_in_a_sentence_of_their_own() -> None:
    assert [texts.similar({"near": ["1", "2"]}), texts.similar({"near": []}), texts.similar({})] == [
        "Similar and known: 1, 2.",
        "",
        "",
    ]


def test_a_blank_cell_is_called_blank() -> None:
    fault = CellError("表1", "A2", "学号", "", "cell.number_missing")
    assert texts.error(fault) == "A2: blank. This row has no student number."


def test_a_refusal_names_limit_and_count() -> None:
    refusal = SheetRefused("sheet.too_many_columns", sheet="表1", count=300, limit=200)
    assert texts.refusal(refusal) == (
        "The sheet “表1” has 300 columns; at most 200 can be read. Delete the columns that are not needed."
    )


def test_a_remark_names_its_cell_and_what_is_similar() -> None:
    facts = {"field": "enterprise", "name": "江南", "near": ["江南造船"]}
    assert texts.remark(Remark("remark.will_be_added", facts, "表1", "C2")) == (
        "C2: New in the register: Enterprise 江南. Similar and known: 江南造船."
    )


def test_targets_have_labels_in_the_readers_language() -> None:
    assert texts.target_choices(Kind.MARKS, ITEMS[:1]) == [
        ("ignore", "(do not read)"),
        ("number", "Student number"),
        ("name", "Name"),
        ("item", "Item"),
        ("score", "Score"),
        ("status", "Status"),
        ("item:quiz_1", "Quiz 1"),
    ]
    with translation.override("zh-hans"):
        assert texts.target_choices(Kind.MARKS, ITEMS[:1])[1:] == [
            ("number", "学号"),
            ("name", "姓名"),
            ("item", "评价条目"),
            ("score", "成绩"),
            ("status", "成绩状态"),
            ("item:quiz_1", "测验1"),
        ]


def test_statuses_have_labels() -> None:
    assert [texts.status_label(status) for status in ("scored", "")] == ["scored", "not chosen yet"]
