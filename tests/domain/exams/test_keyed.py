"""What is keyed from a sheet: every answer goes there and back, and what cannot be one is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.exams.content import Content, question
from craftpath.domain.exams.keyed import WRITTEN, blanks_of, differing, places_of, read, shown
from craftpath.engines.scoring import Kind, score
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.domain.exams.samples import every_kind, rows

BY_KIND = {one.kind: one for one in every_kind()}
MANY = Content(Kind.MULTIPLE, Text("很多"), {"options": rows(*"一二三四五六七八九十子丑"), "right": ["a"]})


def answers(content: Content) -> st.SearchStrategy[Any]:
    """Any answer to this item in the form in which it is kept."""
    keys, kind = places_of(content), content.kind
    words = st.text(st.sampled_from("abG01 不x"), min_size=1, max_size=12).map(str.strip).filter(bool)
    if kind is Kind.SHORT:
        each = st.lists(
            words | st.just(""), min_size=len(blanks_of(content)), max_size=len(blanks_of(content))
        )
        return each.map(lambda some: dict(zip(blanks_of(content), some, strict=True)))
    if kind is Kind.NUMERIC:
        return st.decimals(-999, 999, places=2).map(str)
    if kind is Kind.ESSAY:
        return st.just(WRITTEN)
    if kind is Kind.ORDERING:
        return st.lists(st.sampled_from(keys), unique=True, min_size=1)
    if kind is Kind.MATCHING:
        left = [row["key"] for row in content.details["left"]]
        return st.fixed_dictionaries({key: st.sampled_from(["", *keys]) for key in left})
    if kind in (Kind.SINGLE, Kind.TRUE_FALSE):
        return st.sampled_from(keys).map(lambda one: [one])
    return st.sets(st.sampled_from(keys), min_size=1).map(lambda some: [key for key in keys if key in some])


@pytest.mark.parametrize("content", [*BY_KIND.values(), MANY], ids=lambda one: f"{one.kind.value}")
@given(data=st.data())
def test_every_answer_comes_back_as_it_was_keyed(content: Content, data: st.DataObject) -> None:
    answer = data.draw(answers(content))
    back = read(content, 1, shown(content, answer))
    nothing = isinstance(answer, dict) and not any(answer.values())
    assert back == (None if nothing else answer)


@pytest.mark.parametrize("content", [*BY_KIND.values(), MANY], ids=lambda one: one.kind.value)
@given(typed=st.lists(st.text(max_size=30), min_size=1, max_size=3))
def test_whatever_is_typed_is_an_answer_that_can_be_scored_or_is_refused(
    content: Content, typed: list[str]
) -> None:
    try:
        answer = read(content, 7, typed)
    except Refused as refused:
        said = refused.verdict.facts["question"]
    else:
        said = 7
        score(question(content), answer)
        assert read(content, 7, shown(content, answer)) == answer
    assert said == 7


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        (Kind.SINGLE, "B", ["b"]), (Kind.SINGLE, "2", ["b"]), (Kind.SINGLE, "ｂ", ["b"]), (Kind.SINGLE, ".", None),
        (Kind.MULTIPLE, "d a", ["a", "d"]), (Kind.MULTIPLE, "41", ["a", "d"]), (Kind.TRUE_FALSE, "t", ["true"]),
        (Kind.TRUE_FALSE, "×", ["false"]), (Kind.NUMERIC, " １２．５ ", "12.5"),
        (Kind.MATCHING, "-b", {"a": "", "b": "y"}),
        (Kind.HOTSPOT, "2", ["b"]), (Kind.ESSAY, "y", {"paper": True}), (Kind.ESSAY, "n", None),
    ],
)  # fmt: skip
def test_as_people_type(kind: Kind, typed: str, answer: Any) -> None:
    assert read(BY_KIND[kind], 1, [typed]) == answer


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        (Kind.SINGLE, "D", "key_no_such"), (Kind.SINGLE, "0", "key_no_such"), (Kind.SINGLE, "ab", "key_one_only"),
        (Kind.ORDERING, "aab", "key_twice"), (Kind.TRUE_FALSE, "q", "key_yes_or_no"),
        (Kind.HOTSPOT, "3", "key_no_such"),
        (Kind.MATCHING, "abc", "key_too_many"), (Kind.NUMERIC, "9" * 41, "key_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(kind: Kind, typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=f"^exams.{reason}$"):
        read(BY_KIND[kind], 3, [typed])


def test_beyond_nine_places_numbers_need_a_space() -> None:
    assert read(MANY, 1, ["12"]) == ["l"]
    assert read(MANY, 1, ["1 2"]) == ["a", "b"]
    with pytest.raises(Refused, match="key_apart"):
        read(MANY, 1, ["a2"])


def test_where_two_readings_differ() -> None:
    assert differing({"1": ["a"], "2": None, "10": "5"}, {"1": ["a"], "2": ["b"], "10": "6"}) == [2, 10]
