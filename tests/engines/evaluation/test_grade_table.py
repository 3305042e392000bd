"""A grade table covers each combination once: gaps and contradictions are refused, the first match hides nothing."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.evaluation import ANY_GRADE, GradeRow, Scheme, check, compressed, grid

LEVELS = ("fail", "pass", "top")


@st.composite
def methods(draw: st.DrawFn) -> list[tuple[str, tuple[str, ...]]]:
    counts = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    return [(f"m{n}", tuple(f"g{grade}" for grade in range(count))) for n, count in enumerate(counts)]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[str, tuple[str, ...]]], list[GradeRow]]:
    """Any lines whatever: with wildcards, overlaps, gaps and contradictions."""
    found = draw(methods())
    lines = draw(
        st.lists(
            st.tuples(
                st.tuples(*(st.sampled_from([ANY_GRADE, *grades]) for _, grades in found)),
                st.sampled_from(LEVELS),
            ),
            min_size=1,
            max_size=12,
        )
    )
    keys = [key for key, _ in found]
    return found, [GradeRow(tuple(zip(keys, grades, strict=True)), result) for grades, result in lines]


def _codes(found: Any, rows: list[GradeRow]) -> set[str]:
    table = {
        "key": "x",
        "mode": "gateway_grade",
        "levels": list(LEVELS),
        "component": [{"key": key, "grades": list(grades)} for key, grades in found],
        "rule": [
            {"kind": "grade_table", "table": [{**dict(row.when), "result": row.result} for row in rows]}
        ],
    }
    return {fault.code for fault in check(Scheme.from_table(table))}


@settings(max_examples=200, deadline=None)
@given(tables())
def test_a_table_is_accepted_exactly_if_each_combination_has_one_result(given_table: Any) -> None:
    found, rows = given_table
    results = [
        {
            row.result
            for row in rows
            if all(grade in (ANY_GRADE, of) for (_, grade), of in zip(row.when, grades, strict=True))
        }
        for grades in product(*(grades for _, grades in found))
    ]
    codes = _codes(found, rows)
    assert ("evaluation.table_gap" in codes) == any(not one for one in results)
    assert ("evaluation.table_contradicts" in codes) == any(len(one) > 1 for one in results)
    assert (codes == set()) == all(len(one) == 1 for one in results)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_is_compressed_for_reading_covers_each_combination_once_and_says_the_same(
    data: st.DataObject,
) -> None:
    found = data.draw(methods())
    results = {
        grades: data.draw(st.sampled_from(LEVELS)) for grades in product(*(grades for _, grades in found))
    }
    lines = compressed(found, results)
    keys = [key for key, _ in found]
    for grades, result in results.items():
        matching = [line.result for line in lines if line.matches(dict(zip(keys, grades, strict=True)))]
        assert matching == [result]
    assert grid(found, lines) == results
    assert len(lines) <= len(results)
    assert _codes(found, list(lines)) == set()


def test_a_method_that_does_not_matter_is_left_out() -> None:
    found = [("a", ("f", "p")), ("b", ("f", "p"))]
    results = {("f", "f"): "fail", ("f", "p"): "fail", ("p", "f"): "fail", ("p", "p"): "pass"}
    assert [(dict(line.when), line.result) for line in compressed(found, results)] == [
        ({"a": "f", "b": "*"}, "fail"),
        ({"a": "p", "b": "f"}, "fail"),
        ({"a": "p", "b": "p"}, "pass"),
    ]
    assert grid(found, ())[("f", "p")] == ""
