"""The two modes whose result is a level."""

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest

from craftpath.engines.evaluation import (
    Component,
    GradeRow,
    Item,
    Marks,
    Missing,
    Mode,
    Rule,
    Scheme,
    Status,
    check,
    evaluate,
    explain,
)
from craftpath.engines.evaluation.rows import own_item

GRADES = ("fail", "pass", "distinction")
TABLE = tuple(
    GradeRow((("m1", one), ("m2", two)), result)
    for one, two, result in (
        ("fail", "*", "fail"),
        ("*", "fail", "fail"),
        ("distinction", "distinction", "distinction"),
        ("distinction", "pass", "merit"),
        ("pass", "distinction", "merit"),
        ("pass", "pass", "pass"),
    )
)
GATEWAY = Scheme(
    "uk",
    tuple(Component(key, D(0), (Item(key),), grades=GRADES) for key in ("m1", "m2")),
    mode=Mode.GATEWAY_GRADE,
    rules=(Rule("grade_table", table=TABLE),),
    levels=("fail", "pass", "merit", "distinction"),
)
GATED = replace(
    GATEWAY,
    components=(*GATEWAY.components, Component("english", D(0), (Item("english"),))),
    rules=(*GATEWAY.rules, Rule("component_min", D(50), component="english")),
)
HOURS = Scheme.from_table(
    {
        "key": "us",
        "mode": "all_required",
        "component": [{"key": "hours", "target": 8000}, {"key": "units"}],
        "rule": [{"kind": "all_complete", "components": ["hours", "units"]}],
    }
)


def found(scheme: Scheme, **values: str | D | Status) -> tuple:
    rows = [
        ("p", key, None, value) if isinstance(value, Status) else ("p", key, value, Status.SCORED)
        for key, value in values.items()
    ]
    results = evaluate(scheme, Marks.of(scheme, rows))
    assert results.total_of(0) is None
    return (
        bool(results.complete[0]),
        results.grade_of(0),
        results.passed_of(0),
        results.to_date_of(0),
        results.open_of(0),
    )


@pytest.mark.parametrize(
    ("m1", "m2", "grade", "passed", "to_date"),
    [
        ("pass", "pass", "pass", True, "100.0"),
        ("distinction", "pass", "merit", True, "100.0"),
        ("distinction", "distinction", "distinction", True, "100.0"),
        ("fail", "distinction", "fail", False, "50.0"),
        (Status.ABSENT, "pass", "fail", False, "50.0"),
    ],
)
def test_the_table_gives_the_grade(m1, m2, grade, passed, to_date):
    assert found(GATEWAY, m1=m1, m2=m2) == (True, grade, passed, D(to_date), D("0.0"))


def test_a_method_without_a_grade_leaves_the_result_incomplete():
    assert found(GATEWAY, m1="pass") == (False, None, None, D("50.0"), D("50.0"))
    assert found(GATEWAY, m1="pass", m2=Status.EXEMPT) == (False, None, None, D("100.0"), D("0.0"))


def test_a_missing_method_may_count_as_the_lowest_grade():
    strict = tuple(replace(part, missing=Missing.ZERO) for part in GATEWAY.components)
    assert found(replace(GATEWAY, components=strict), m1="pass")[:3] == (True, "fail", False)


def test_conditions_open_the_gate():
    assert found(GATED, m1="pass", m2="pass", english=D(50))[:3] == (True, "pass", True)
    assert found(GATED, m1="pass", m2="pass", english=D(49))[:3] == (True, None, False)
    assert found(GATED, m1="pass", m2="pass")[:3] == (False, None, None)


def test_explain_names_the_grades():
    told = explain(GATED, Marks.of(GATED, [("p", "m1", "pass", Status.SCORED)]), 0)
    assert [(part.grade, part.items[0].grade, part.items[0].score) for part in told.components] == [
        ("pass", "pass", None),
        (None, None, None),
        (None, None, None),
    ]


def test_a_scored_method_needs_its_grade():
    marks = Marks(("p",), np.zeros((1, 2), int), np.zeros((1, 2), np.int8))
    with pytest.raises(ValueError, match="^p: no grade in m1"):
        evaluate(GATEWAY, marks)


def test_everything_required_is_met_or_not():
    assert found(HOURS, hours=D(8000), units=D(100)) == (True, "met", True, D("100.0"), D("0.0"))
    assert found(HOURS, hours=D(6000), units=D(100)) == (True, "not_met", False, D("87.5"), D("0.0"))
    assert found(HOURS, hours=D("7999.99"), units=D(100))[:3] == (True, "not_met", False)
    assert found(HOURS, hours=D(6000)) == (False, None, None, D("37.5"), D("50.0"))
    assert found(HOURS, hours=D(8000), units=Status.EXEMPT)[:3] == (True, "met", True)


def test_hours_beyond_the_target_count_as_the_target():
    assert found(HOURS, hours=D(8100), units=D(100)) == (True, "met", True, D("100.0"), D("0.0"))
    assert found(HOURS, hours=D(16000), units=D(50)) == (True, "not_met", False, D("75.0"), D("0.0"))
    told = explain(HOURS, Marks.of(HOURS, [("p", "hours", D("8100.5"), Status.SCORED)]), 0)
    assert (told.components[0].value, told.components[0].points) == (100, 50)
    assert (told.components[0].items[0].score, told.components[0].items[0].share) == (D("8100.5"), 1)


def test_a_target_with_more_places_than_the_scores_is_met_exactly():
    table = {"key": "t", "mode": "all_required", "component": [{"key": "h", "target": D("100.25")}]}
    scheme = Scheme.from_table(table)
    assert found(scheme, h=D(101)) == (True, "met", True, D("100.0"), D("0.0"))
    assert found(scheme, h=D(100))[1:3] == ("not_met", False)


def test_a_target_up_to_100_is_asked_of_a_full_mark_of_100():
    table = {"key": "t", "mode": "all_required", "component": [{"key": "a", "target": 80}]}
    scheme = Scheme.from_table(table)
    assert scheme.components[0].items == (Item("a", D(1), D(100)),)
    assert own_item("a", D(8000), scheme.mode) == Item("a", D(1), D(8000), open_ended=True)
    assert found(scheme, a=D(90)) == (True, "met", True, D("90.0"), D("0.0"))
    assert found(scheme, a=D("79.99"))[1:3] == ("not_met", False)
    with pytest.raises(ValueError, match="score_over_max"):
        Marks.of(scheme, [("p", "a", D(101), Status.SCORED)])


def test_an_item_s_own_maximum_stays_a_maximum():
    item = {"key": "h", "max": 8000}
    part = {"key": "hours", "target": 8000, "item": [item]}
    scheme = Scheme.from_table({"key": "t", "mode": "all_required", "component": [part]})
    with pytest.raises(ValueError, match="score_over_max"):
        Marks.of(scheme, [("p", "h", D(8001), Status.SCORED)])


def test_a_target_may_lie_below_the_full_mark():
    several = Component("several", D(0), (Item("a"), Item("b")), target=D(80))
    single = Component("single", D(0), (Item("c", max=D(10000)),), target=D(8000))
    scheme = replace(HOURS, components=(several, single), rules=())
    assert check(scheme) == ()
    assert found(scheme, a=D(90), b=D(70), c=D(8000))[1] == "met"
    assert found(scheme, a=D(90), b=D(69), c=D(8000))[1] == "not_met"
    assert found(scheme, a=D(90), b=D(70), c=D(7999))[1] == "not_met"


def test_levels_that_a_scheme_does_not_name_follow_from_its_table():
    table = GATEWAY.as_table()
    del table["levels"]
    rows = table["rule"][0]["table"]
    rows.reverse()
    assert Scheme.from_table(table).levels[0] == "fail"
