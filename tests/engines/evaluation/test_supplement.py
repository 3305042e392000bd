"""An oral mark beside a written one: where it may be, whether it can decide, what it comes to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.evaluation import (
    Component,
    Item,
    Marks,
    Mode,
    Rule,
    Scheme,
    Status,
    Supplement,
    cells_of,
    chance,
    check,
    combined,
    evaluate,
    explain,
    oral_keys,
    used_in,
    with_orals,
)

D = Decimal
ALLOWED = ("planning", "analysis")


def scheme(**changes: Any) -> Scheme:
    parts = tuple(
        Component(key, D(weight), (Item(key),))
        for key, weight in (("order", 60), ("planning", 20), ("analysis", 20))
    )
    rules = (
        Rule("overall_min", D(50)),
        Rule("component_min", D(50), component="order"),
        Rule("count_min", D(50), components=ALLOWED, at_least=2),
    )
    whole = Scheme("german", parts, Mode.WEIGHTED_CONDITIONS, rules=rules, supplement=Supplement(ALLOWED))
    return replace(whole, **changes)


def row(**marks: int | None) -> dict[str, tuple[Decimal | None, Status]]:
    found = {}
    for key, mark in marks.items():
        status = Status.MISSING if mark is None else Status.SCORED
        found[key.replace("__", ".")] = (None if mark is None else D(mark), status)
    return found


def judged(
    whole: Scheme, marks: dict[str, tuple[Decimal | None, Status]]
) -> tuple[Decimal | None, bool | None]:
    expanded = with_orals(whole)
    cells = [("chen", *cell) for cell in cells_of(whole, marks)]
    found = evaluate(expanded, Marks.of(expanded, cells))
    return found.total_of(0), found.passed_of(0)


def test_written_and_oral_are_weighed_two_to_one_and_rounded_once() -> None:
    assert combined(scheme(), D(45), D(75)) == 55
    assert combined(scheme(), D(45), D(76)) == Fraction(166, 3)
    marks = row(order=60, planning=45, analysis=70, planning__oral=76)
    # 36 + 20 × 166/300 + 14 = 61.0666…
    assert judged(scheme(), marks) == (D("61.1"), True)
    expanded = with_orals(scheme())
    told = explain(expanded, Marks.of(expanded, [("chen", *cell) for cell in cells_of(scheme(), marks)]), 0)
    assert told.components[1].value == Fraction(166, 3)


def test_without_an_oral_mark_the_written_one_stands_alone() -> None:
    marks = row(order=60, planning=45, analysis=70)
    alone = evaluate(
        scheme(), Marks.of(scheme(), [("chen", *cell) for cell in [(k, *v) for k, v in marks.items()]])
    )
    assert judged(scheme(), marks) == (alone.total_of(0), alone.passed_of(0))


@pytest.mark.parametrize(
    ("marks", "component", "reason"),
    [
        (row(order=60, planning=45, analysis=70), "planning", ""),
        (row(order=60, planning=45, analysis=70), "order", "not_in_this_component"),
        (row(order=60, planning=45, analysis=70), "nothing", "not_in_this_component"),
        (row(order=60, planning=55, analysis=70), "planning", "already_passed"),
        (row(order=49, planning=45, analysis=70), "planning", "cannot_decide"),  # the work order decides
        (row(order=60, planning=20, analysis=70), "planning", "cannot_decide"),  # (40 + 100) ÷ 3 is under 50
        (row(order=60, planning=45, analysis=45), "planning", "cannot_decide"),  # two would be needed
        (row(order=60, planning=45, analysis=None), "planning", "still_open"),
        (row(order=60, planning=None, analysis=70), "planning", "nothing_to_supplement"),
        (row(order=60, planning=45, analysis=45, analysis__oral=80), "planning", "used_up"),
        (row(order=60, planning=45, analysis=70, planning__oral=80), "planning", ""),  # a correction
    ],
)
def test_an_oral_mark_only_where_it_could_decide(marks: Any, component: str, reason: str) -> None:
    found = chance(scheme(), marks, component)
    assert found.reason == reason
    assert bool(found) == (reason == "")


def test_the_least_that_would_decide_is_named() -> None:
    assert chance(scheme(), row(order=60, planning=45, analysis=70), "planning").least == 60
    assert (
        chance(scheme(supplement=None), row(order=60, planning=45, analysis=70), "planning").reason
        == "no_supplement"
    )


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 100)] * 3))
def test_a_chance_is_given_exactly_where_some_oral_mark_turns_the_result(marks: tuple[int, int, int]) -> None:
    """Against trying every oral mark, one at a time."""
    order, planning, analysis = marks
    base = row(order=order, planning=planning, analysis=analysis)
    passing = [p for p in range(101) if judged(scheme(), base | row(planning__oral=p))[1]]
    found = chance(scheme(), base, "planning")
    if judged(scheme(), base)[1]:
        assert found.reason == "already_passed"
    else:
        assert bool(found) == bool(passing)
        assert found.least == (passing[0] if passing else None)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 9), st.integers(1, 9))
def test_the_component_s_value_is_the_weighed_mean(
    written: int, oral: int, existing: int, weight: int
) -> None:
    whole = scheme(supplement=Supplement(ALLOWED, existing=existing, oral=weight))
    marks = row(order=100, planning=written, analysis=100, planning__oral=oral)
    expanded = with_orals(whole)
    told = explain(expanded, Marks.of(expanded, [("chen", *cell) for cell in cells_of(whole, marks)]), 0)
    assert told.components[1].value == combined(whole, D(written), D(oral))
    assert used_in(whole, marks) == ("planning",)
    assert oral_keys(whole) == ("planning.oral", "analysis.oral")


@pytest.mark.parametrize(
    ("given", "place", "code"),
    [
        (Supplement(()), "supplement.components", "supplement_components"),
        (Supplement(("planning", "planning")), "supplement.components", "supplement_components"),
        (Supplement(("nothing",)), "supplement.components", "supplement_component_unknown"),
        (Supplement(ALLOWED, existing=0), "supplement.existing", "supplement_weight"),
        (Supplement(ALLOWED, oral=101), "supplement.oral", "supplement_weight"),
        (Supplement(ALLOWED, most=3), "supplement.most", "supplement_most"),
        (Supplement(ALLOWED, most=0), "supplement.most", "supplement_most"),
    ],
)
def test_a_faulty_supplement_is_named_at_its_place(given: Supplement, place: str, code: str) -> None:
    found = check(scheme(supplement=given))
    assert (f"evaluation.{code}", place) in {(fault.code, fault.place) for fault in found}


def test_a_supplement_needs_one_mark_in_its_component() -> None:
    two = Component("planning", D(20), (Item("a"), Item("b")))
    parts = (scheme().components[0], two, scheme().components[2])
    assert [fault.code for fault in check(scheme(components=parts))] == [
        "evaluation.supplement_needs_one_item"
    ]


def test_a_supplement_survives_the_table_form() -> None:
    assert Scheme.from_table(scheme().as_table()) == scheme()
    assert with_orals(scheme(supplement=None)) == scheme(supplement=None)
