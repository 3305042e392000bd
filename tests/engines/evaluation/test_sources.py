"""Items that nobody marks: what counts are worth, when a mark stays open, and which rules make no sense."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.evaluation import KINDS, Scheme, Source, check, source_of, work_out

FULL = Decimal(100)


def rule(kind: str, **more: Any) -> Source:
    found = source_of({"source": {"kind": kind, **more}})
    assert found is not None
    return found


def scheme(source: Any) -> Scheme:
    item = {"key": "i", "source": source}
    return Scheme.from_table({"key": "s", "component": [{"key": "p", "weight": "100", "item": [item]}]})


@pytest.mark.parametrize(
    ("source", "counts", "score"),
    [
        (rule("attendance"), {"present": 18, "excused": 2}, "100.0"),
        (rule("attendance"), {"present": 17, "absent": 1}, "94.4"),  # 94.44…
        (rule("attendance"), {"present": 16, "late": 2, "absent": 2}, "85.0"),
        (rule("attendance", late="1"), {"present": 16, "late": 2, "absent": 2}, "90.0"),
        (rule("attendance"), {"present": 4, "differs": 9}, None),  # five at least
        (rule("weeks_confirmed"), {"on_time": 9, "late": 2, "missed": 1, "not_due": 1}, "75.0"),
        (rule("weeks_confirmed"), {"on_time": 9, "unanswered": 4}, "100.0"),
        (rule("weeks_confirmed"), {"on_time": 9, "unanswered": 5}, None),
        (rule("talks"), {"agrees": 1, "partly": 1}, "75.0"),
        (rule("talks", at_least=3), {"agrees": 1, "partly": 1}, None),
        (rule("reviews"), {"on_time": 2, "late": 1, "missed": 1}, "62.5"),
        (rule("activities"), {"confirmed": 3, "lacking": 1}, "75.0"),
        (rule("activities"), {"confirmed": 0, "lacking": 0}, None),  # nothing was expected yet
    ],
)
def test_counts_become_a_share_of_full_marks(
    source: Source, counts: dict[str, int], score: str | None
) -> None:
    found = work_out(source, counts, FULL).score
    assert (None if found is None else str(found)) == score


def test_thresholds_take_the_place_of_the_share() -> None:
    steps = [{"share": "90", "points": "100"}, {"share": "75", "points": "80"}]
    source = rule("attendance", steps=steps)
    shares = {18: "20.0", 15: "16.0", 14: "0.0"}  # of twenty sessions, out of 20 points
    for present, score in shares.items():
        counts = {"present": present, "absent": 20 - present}
        assert str(work_out(source, counts, Decimal(20)).score) == score


@given(
    st.dictionaries(
        st.sampled_from(["present", "late", "left_early", "absent", "excused"]), st.integers(0, 300)
    )
)
def test_the_mark_is_the_exact_share_rounded_once(counts: dict[str, int]) -> None:
    found = work_out(rule("attendance"), counts, FULL)
    of = sum(counts.get(name, 0) for name in ("present", "late", "left_early", "absent"))
    assert found.counted == of
    if of < 5:
        assert found.score is None
        return
    half = counts.get("late", 0) + counts.get("left_early", 0)
    exact = Fraction(100 * (2 * counts.get("present", 0) + half), 2 * of)
    assert found.score is not None
    assert abs(Fraction(found.score) - exact) <= Fraction(1, 20)
    assert Fraction(found.score) - exact != Fraction(-1, 20)  # half goes up


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_scheme_with_a_source_survives_the_way_there_and_back(kind: str) -> None:
    first = scheme(kind)
    assert check(first) == ()
    assert Scheme.from_table(first.as_table()) == first
    steps = scheme({"kind": kind, "steps": [{"share": "90", "points": "100"}]})
    assert Scheme.from_table(steps.as_table()) == steps != first


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ({"kind": "attendance", "late": "1.5"}, "worth_out_of_range"),
        ({"kind": "attendance", "left_early": "-1"}, "worth_out_of_range"),
        ({"kind": "talks", "at_least": 0}, "least_out_of_range"),
        ({"kind": "weeks_confirmed", "within_days": 61}, "between_zero_and"),
        ({"kind": "weeks_confirmed", "unanswered": -1}, "between_zero_and"),
        ({"kind": "activities", "every_days": 0}, "least_out_of_range"),
        ({"kind": "talks", "steps": [{"share": "101", "points": "1"}]}, "steps_out_of_range"),
        (
            {"kind": "talks", "steps": [{"share": "50", "points": "1"}, {"share": "60", "points": "0"}]},
            "steps_not_falling",
        ),
        (
            {"kind": "talks", "steps": [{"share": str(n), "points": str(n)} for n in range(50, 39, -1)]},
            "too_many_steps",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_named(source: dict[str, Any], code: str) -> None:
    assert [fault.code for fault in check(scheme(source))] == [f"evaluation.{code}"]


@pytest.mark.parametrize("source", ["words_written", {"kind": "clicks"}, {"kind": ""}, 3, [1]])
def test_a_kind_that_is_not_known_is_a_fault_of_form(source: Any) -> None:
    with pytest.raises(ValueError, match="source"):
        scheme(source)


def test_a_graded_part_cannot_be_worked_out() -> None:
    part = {"key": "p", "grades": ["fail", "pass"], "item": [{"key": "i", "source": "talks"}]}
    table = [{"p": "fail", "result": "no"}, {"p": "pass", "result": "yes"}]
    found = Scheme.from_table(
        {
            "key": "s",
            "mode": "gateway_grade",
            "levels": ["no", "yes"],
            "component": [part],
            "rule": [{"kind": "grade_table", "table": table}],
        }
    )
    assert [fault.code for fault in check(found)] == ["evaluation.source_on_grades"]
