"""What an item holds: every kind is sound and scored, and each fault is named with its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.exams.content import Content, has_key, question
from craftpath.domain.exams.faults import faults, pictures_in
from craftpath.domain.exams.texts import FAULTS
from craftpath.engines.scoring import Kind, Rule, State, score
from craftpath.values.text import Text
from tests.domain.exams.samples import PICTURE, every_kind, rows, single

RIGHT: dict[Kind, Any] = {
    Kind.SINGLE: ["b"],
    Kind.MULTIPLE: ["a", "b", "d"],
    Kind.TRUE_FALSE: ["false"],
    Kind.NUMERIC: "126 m/min",
    Kind.SHORT: {"1": "ｇ００", "2": "G 1"},
    Kind.MATCHING: {"a": "x", "b": "y"},
    Kind.ORDERING: ["b", "c", "a"],
    Kind.HOTSPOT: [[150, 100]],
}


@pytest.mark.parametrize("content", every_kind(), ids=lambda content: content.kind.value)
def test_every_kind_is_sound_and_its_right_answer_has_all_points(content: Content) -> None:
    assert faults(content) == []
    assert has_key(content)
    if content.kind is Kind.ESSAY:
        assert score(question(content), {"text": "…"}).state is State.WAITS
    else:
        assert score(question(content), RIGHT[content.kind]).full


@pytest.mark.parametrize("content", every_kind()[:-1], ids=lambda content: content.kind.value)
def test_without_its_key_it_is_sound_but_not_keyed(content: Content) -> None:
    bare = {
        key: value
        for key, value in content.details.items()
        if key not in {"right", "order", "pairs", "value"}
    }
    if content.kind is Kind.SHORT:
        bare["blanks"] = [{"key": "1", "accepted": []}, {"key": "2", "accepted": ["G01"]}]
    without = replace(content, details=bare)
    assert faults(without) == []
    assert not has_key(without)
    assert score(question(without), RIGHT[content.kind]).state is State.NO_KEY


def _kind(kind: Kind, **details: Any) -> Content:
    found = next(one for one in every_kind() if one.kind is kind)
    return replace(found, details={**found.details, **details})


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (single(stem=Text()), "exams.stem_missing", "stem"),
        (single(stem=Text("x" * 20_001)), "exams.text_too_long", "stem"),
        (single(points=Decimal(0)), "exams.points_outside", "points"),
        (single(points=Decimal("1.005")), "exams.points_outside", "points"),
        (single(points=Decimal(1001)), "exams.points_outside", "points"),
        (single(rule=Rule.EACH), "exams.rule_of_another_kind", "rule"),
        (_kind(Kind.SINGLE, options=rows("一")), "exams.too_few_rows", "option"),
        (_kind(Kind.SINGLE, options=rows(*"一二三四五六七八" * 6)), "exams.too_many_rows", "option"),
        (_kind(Kind.SINGLE, options=rows("一", "", "二")), "exams.row_empty", "option-1"),
        (_kind(Kind.SINGLE, right=["b", "c"]), "exams.one_right_only", "right"),
        (_kind(Kind.SINGLE, right=["e"]), "exams.key_unknown", "right"),
        (_kind(Kind.TRUE_FALSE, right=["maybe"]), "exams.key_unknown", "right"),
        (_kind(Kind.NUMERIC, value="much"), "exams.not_a_number", "value"),
        (_kind(Kind.NUMERIC, tolerance="-1"), "exams.tolerance_wrong", "tolerance"),
        (_kind(Kind.SHORT, blanks=[{"key": "1", "accepted": ["G00"]}]), "exams.gaps_disagree", "blank"),
        (_kind(Kind.MATCHING, pairs={"a": "q", "b": "y"}), "exams.key_unknown", "pairs"),
        (_kind(Kind.ORDERING, order=["a", "b"]), "exams.order_incomplete", "order"),
        (_kind(Kind.HOTSPOT, picture=""), "exams.picture_missing", "picture"),
        (_kind(Kind.HOTSPOT, width=100), "exams.region_outside", "region-1"),
        (_kind(Kind.ESSAY, lines=1000), "exams.lines_outside", "lines"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(content: Content, code: str, where: str) -> None:
    found = faults(content)
    assert (code, where) in {(fault.code, fault.where) for fault in found}
    assert all(FAULTS[fault.code] % fault.facts for fault in found)


def test_the_fingerprint_is_of_what_it_says_and_not_of_how_it_is_written() -> None:
    one = single()
    assert replace(one, points=Decimal("2.00")).fingerprint == one.fingerprint
    assert replace(one, details=dict(reversed(one.details.items()))).fingerprint == one.fingerprint
    others = [replace(one, points=Decimal(3)), replace(one, stem=Text("x")), replace(one, stimulus="s")]
    assert len({one.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_it_knows_every_picture_that_it_shows() -> None:
    shown = single(stem=Text("看图 ![轴](picture:abc234) 回答", "![x](https://evil.example/x.png)"))
    assert pictures_in(shown) == {"abc234"}
    assert pictures_in(_kind(Kind.HOTSPOT)) == {PICTURE}
