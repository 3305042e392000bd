"""Reading, writing and checking schemes."""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.evaluation import (
    Component,
    GradeRow,
    Item,
    Missing,
    Mode,
    Rule,
    Scheme,
    SchemeFaulty,
    check,
)
from tests.engines.evaluation.cohorts import schemes
from tests.engines.evaluation.test_grades import GATEWAY, HOURS

TABLE = {
    "key": "s",
    "component": [
        {"key": "a", "weight": 60, "missing": "zero", "drop_lowest": 1, "item": [{"key": "x", "max": "20"}]},
        {"key": "b", "weight": D("40.0"), "name_en": "ignored"},
    ],
    "rule": [{"kind": "overall_min", "value": "59.5"}],
}
READ = Scheme(
    "s",
    (
        Component("a", D(60), (Item("x", D(1), D(20)),), Missing.ZERO, 1),
        Component("b", D(40), (Item("b"),)),
    ),
    rules=(Rule("overall_min", D("59.5")),),
)


def test_from_table_reads_ints_texts_and_decimals():
    assert Scheme.from_table(TABLE) == READ
    assert [(part.key, item.key) for part, item in READ.items] == [("a", "x"), ("b", "b")]


@settings(deadline=None)
@given(schemes())
def test_a_scheme_survives_its_table_exactly(scheme):
    assert repr(Scheme.from_table(scheme.as_table())) == repr(scheme)
    assert check(scheme) == ()


@pytest.mark.parametrize("scheme", [GATEWAY, HOURS])
def test_grade_schemes_survive_their_tables_too(scheme):
    assert Scheme.from_table(scheme.as_table()) == scheme
    assert check(scheme) == ()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"key": None}, [("value_missing", "key")]),
        ({"key": 3}, [("not_text", "key")]),
        ({"key": ""}, [("text_empty", "key")]),
        ({"key": "a\tb"}, [("text_unprintable", "key")]),
        ({"mode": "best"}, [("not_one_of", "mode")]),
        ({"rules_use": "both"}, [("not_one_of", "rules_use")]),
        ({"decimals": D("1.5")}, [("not_whole", "decimals")]),
        ({"decimals": True}, [("not_a_number", "decimals")]),
        ({"levels": "x"}, [("not_a_list", "levels")]),
        ({"component": {"key": "a"}}, [("not_tables", "component")]),
        ({"component": [{"key": "a", "weight": 99.9}]}, [("binary_float", "component[0].weight")]),
        ({"component": [{"key": "a", "weight": "１００"}]}, [("not_a_number", "component[0].weight")]),
        ({"component": [{"key": "a", "weight": D("NaN")}]}, [("number_out_of_range", "component[0].weight")]),
        (
            {"component": [{"key": "a", "weight": D("1e9999999")}]},
            [("number_out_of_range", "component[0].weight")],
        ),
        ({"component": [{"key": "a", "weight": "1e-13"}]}, [("too_many_places", "component[0].weight")]),
        ({"component": [{"key": "a"}]}, [("value_missing", "component[0].weight")]),
        (
            {"rule": [{"kind": "overall_min", "value": []}]},
            [("not_a_number", "rule[0].value")],
        ),
    ],
)
def test_from_table_names_every_fault_of_form(changes, faults):
    with pytest.raises(SchemeFaulty) as refused:
        Scheme.from_table(TABLE | changes)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [
        (f"evaluation.{code}", place) for code, place in faults
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*"abc", "key", "weight", "item", "kind", "max"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["key", "mode", "decimals", "component", "rule", "levels", "scale"]), JSON
    )
)
def test_from_table_gives_a_scheme_or_its_faults_for_anything(table):
    with suppress(SchemeFaulty):
        check(Scheme.from_table(table))


def with_first(**changes) -> Scheme:
    return replace(READ, components=(replace(READ.components[0], **changes), *READ.components[1:]))


def with_rule(*rules: Rule) -> Scheme:
    return replace(READ, rules=rules)


def with_table(*rows: tuple[str, str, str]) -> Scheme:
    table = tuple(GradeRow((("m1", one), ("m2", two)), result) for one, two, result in rows)
    return replace(GATEWAY, rules=(Rule("grade_table", table=table),))


@pytest.mark.parametrize(
    ("scheme", "faults"),
    [
        (replace(READ, components=(), rules=()), [("no_component", "component")]),
        (
            with_first(weight=D("-60")),
            [("weights_not_100", "component"), ("weight_negative", "component[0].weight")],
        ),
        (with_first(weight=D("59.99")), [("weights_not_100", "component")]),
        (with_first(key="b"), [("key_twice", "component[1].key")]),
        (with_first(items=(Item("x"), Item("b"))), [("key_twice", "component[1].item[0].key")]),
        (with_first(drop_lowest=-1), [("drop_negative", "component[0].drop_lowest")]),
        (with_first(items=(Item("x", max=D(0)),)), [("max_not_positive", "component[0].item[0].max")]),
        (with_first(items=(Item("x", D(0)),)), [("no_item_weighs", "component[0].item")]),
        (
            with_first(items=(Item("x", D(-1)), Item("y"))),
            [("weight_negative", "component[0].item[0].weight")],
        ),
        (with_first(grades=("a", "b")), [("grades_not_in_mode", "component[0].grades")]),
        (replace(READ, decimals=7), [("decimals_out_of_range", "decimals")]),
        (with_rule(Rule("odd")), [("rule_unknown", "rule[0].kind")]),
        (with_rule(Rule("overall_min")), [("value_missing", "rule[0].value")]),
        (with_rule(Rule("overall_min", D(101))), [("threshold_out_of_range", "rule[0].value")]),
        (with_rule(Rule("component_min", D(1))), [("value_missing", "rule[0].component")]),
        (
            with_rule(Rule("component_min", D(1), component="z")),
            [("rule_component_unknown", "rule[0].component")],
        ),
        (
            with_rule(Rule("none_below", D(1), components=("a", "z"))),
            [("rule_component_unknown", "rule[0].component")],
        ),
        (
            with_rule(Rule("count_min", D(1), components=("a", "b"), at_least=3)),
            [("at_least_out_of_range", "rule[0].at_least")],
        ),
        (with_rule(Rule("grade_table")), [("rule_not_in_mode", "rule[0].kind")]),
        (replace(HOURS, rules=(Rule("overall_min", D(1)),)), [("rule_not_in_mode", "rule[0].kind")]),
        (replace(HOURS, levels=("a", "b", "c")), [("levels_not_two", "levels")]),
        (replace(HOURS, levels=("a", "a")), [("levels_not_distinct", "levels")]),
        (
            replace(HOURS, components=(Component("h", D(0), (Item("h"),), target=D(101)),), rules=()),
            [("target_out_of_range", "component[0].target")],
        ),
        (replace(GATEWAY, rules=()), [("one_grade_table", "rule")]),
        (
            with_table(("*", "*", "pass"), ("fail", "fail", "fail")),
            [("table_contradicts", "rule[0].table")],
        ),
        (
            with_table(("fail", "*", "fail"), ("pass", "*", "pass"), ("distinction", "pass", "merit")),
            [("table_gap", "rule[0].table"), ("table_gap", "rule[0].table")],
        ),
        (with_table(("*", "*", "great")), [("level_unknown", "rule[0].table[0].result")]),
        (
            with_table(("*", "*", "pass"), ("gold", "*", "pass")),
            [("grade_unknown", "rule[0].table[1]")],
        ),
        (
            replace(GATEWAY, rules=(*GATEWAY.rules, Rule("none_below", D(1), components=("m1",)))),
            [("rule_on_grades", "rule[1].component")],
        ),
    ],
)
def test_check_names_what_makes_no_sense(scheme, faults):
    assert [(fault.code, fault.place) for fault in check(scheme)] == [
        (f"evaluation.{code}", place) for code, place in faults
    ]


def test_overlapping_lines_that_agree_are_fine():
    assert check(with_table(("*", "*", "pass"), ("fail", "fail", "pass"))) == ()


def test_a_graded_component_has_one_item_and_two_grades():
    odd = Component("m1", D(0), (Item("x"), Item("y")), grades=("pass",))
    scheme = replace(
        GATEWAY,
        components=(odd, Component("m2", D(0), (Item("m2"),))),
        rules=(Rule("grade_table", table=(GradeRow((), "pass"),)),),
    )
    assert [fault.code for fault in check(scheme)] == [
        "evaluation.grades_not_distinct",
        "evaluation.grades_need_one_item",
    ]


def test_a_table_without_graded_components_and_a_huge_one_are_refused():
    plain = replace(GATEWAY, components=(Component("m1", D(0), (Item("m1"),)),))
    assert [fault.code for fault in check(plain)] == ["evaluation.no_graded_component"]
    many = tuple(Component(f"m{i}", D(0), (Item(f"m{i}"),), grades=tuple("abcdefgh")) for i in range(1, 7))
    table = (GradeRow((), "pass"),)
    huge = replace(GATEWAY, components=many, rules=(Rule("grade_table", table=table),))
    assert [fault.code for fault in check(huge)] == ["evaluation.table_too_large"]


def test_a_mode_knows_whether_it_gives_grades():
    assert [mode.grades for mode in Mode] == [False, False, True, True]
