"""Single questions of the arithmetic, each with figures that a reader can follow."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest

from craftpath.engines.evaluation import (
    Component,
    Item,
    Marks,
    Missing,
    Role,
    Rule,
    Scheme,
    SchemeFaulty,
    Status,
    evaluate,
    explain,
)

S, ABSENT, DEFERRED, EXEMPT, MISSING = Status


def scheme_334(**changes) -> Scheme:
    parts = (("process", 30), ("practical_activity", 30), ("final_exam", 40))
    components = tuple(Component(key, D(weight), (Item(key),)) for key, weight in parts)
    return replace(Scheme("cn_334", components, rules=(Rule("overall_min", D(60)),)), **changes)


def scored(scheme: Scheme, *scores: str | Status) -> Marks:
    """One person, one score or status an item, in scheme order."""
    rows = []
    for (_, item), score in zip(scheme.items, scores, strict=True):
        status = score if isinstance(score, Status) else S
        rows.append(("p", item.key, D(score) if status is S else None, status))
    return Marks.of(scheme, rows)


def result(scheme: Scheme, *scores: str | Status) -> tuple:
    results = evaluate(scheme, scored(scheme, *scores))
    return results.total_of(0), results.to_date_of(0), results.open_of(0), results.passed_of(0)


def one_component(**changes) -> Scheme:
    """Four equal items of 10 points in one component, and nothing else."""
    items = tuple(Item(f"i{i}", D(1), D(10)) for i in range(1, 5))
    return Scheme("one", (replace(Component("all", D(100), items), **changes),))


def test_82_90_75_under_334_gives_81_6():
    assert result(scheme_334(), "82", "90", "75") == (D("81.6"), D("81.6"), D("0.0"), True)


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        (("81.65", "81.65", "81.65"), "81.7"),
        (("81.649", "81.649", "81.649"), "81.6"),
        (("0.15", "0", "0"), "0.0"),
    ],
)
def test_an_exact_tie_is_rounded_up(scores, total):
    assert result(scheme_334(), *scores)[0] == D(total)


GERMAN = Scheme(
    "de",
    tuple(
        Component(key, D(weight), (Item(key),))
        for key, weight in (("part1", 40), ("order", 30), ("planning", 12), ("function", 12), ("social", 6))
    ),
    rules=(
        Rule("overall_min", D(50)),
        Rule("component_min", D(50), component="order"),
        Rule("count_min", D(50), components=("planning", "function", "social"), at_least=2),
        Rule("none_below", D(30), components=("order", "planning", "function", "social")),
    ),
)


@pytest.mark.parametrize(
    ("scores", "total", "passed", "met"),
    [
        (("60", "55", "45", "52", "70"), "56.3", True, [True, True, True, True]),
        (("80", "48", "60", "60", "60"), "64.4", False, [True, False, True, True]),
        (("80", "70", "60", "60", "20"), "68.6", False, [True, True, True, False]),
        (("70", "70", "45", "45", "80"), "64.6", False, [True, True, False, True]),
        (("40", "50", "50", "50", "50"), "46.0", False, [False, True, True, True]),
    ],
)
def test_conditions_on_components_decide_beside_the_average(scores, total, passed, met):
    marks = scored(GERMAN, *scores)
    results = evaluate(GERMAN, marks)
    assert (results.total_of(0), results.passed_of(0)) == (D(total), passed)
    assert [rule.met for rule in explain(GERMAN, marks, 0).rules] == met


def test_pass_rules_use_the_figures_that_the_scheme_says():
    close = ("59.95", "59.95", "59.95")
    assert result(scheme_334(), *close)[3] is True
    assert result(scheme_334(rules_use="exact"), *close)[3] is False
    assert result(scheme_334(rules_use="exact"), "60", "60", "60")[3] is True


def test_an_exempt_component_hands_its_weight_on_and_its_rules_fall_silent():
    assert result(GERMAN, "60", "60", "40", EXEMPT, EXEMPT)[3] is False
    assert result(GERMAN, "60", "60", "50", EXEMPT, EXEMPT) == (D("58.5"), D("58.5"), D("0.0"), True)
    told = explain(GERMAN, scored(GERMAN, "60", "60", "50", EXEMPT, EXEMPT), 0)
    assert [float(part.effective) for part in told.components] == pytest.approx(
        [48.78, 36.585, 14.634, 0, 0], abs=0.001
    )
    assert told.rules[2].figures[1][1] is None


def test_if_everything_has_left_the_result_is_incomplete_and_empty():
    assert result(scheme_334(), EXEMPT, EXEMPT, EXEMPT) == (None, D("0.0"), D("0.0"), None)


def test_a_missing_component_is_incomplete_and_never_zero():
    assert result(scheme_334(), "82", "90", MISSING) == (None, D("51.6"), D("40.0"), None)
    assert result(scheme_334(), "82", "90", "0") == (D("51.6"), D("51.6"), D("0.0"), False)
    assert result(scheme_334(), "82", "90", ABSENT) == (D("51.6"), D("51.6"), D("0.0"), False)


@pytest.mark.parametrize("missing", list(Missing))
def test_a_deferred_mark_is_open_whatever_missing_marks_are(missing):
    assert result(one_component(missing=missing), "10", "10", "5", DEFERRED) == (
        None,
        D("62.5"),
        D("25.0"),
        None,
    )


@pytest.mark.parametrize(
    ("missing", "total", "to_date", "waiting"),
    [
        (Missing.INCOMPLETE, None, "62.5", "25.0"),
        (Missing.ZERO, "62.5", "62.5", "0.0"),
        (Missing.EXCLUDE, "83.3", "83.3", "0.0"),
    ],
)
def test_the_component_says_what_a_missing_mark_means(missing, total, to_date, waiting):
    found = result(one_component(missing=missing), "10", "10", "5", MISSING)
    assert found[:3] == (total and D(total), D(to_date), D(waiting))


def roles(scheme: Scheme, *scores: str | Status) -> list[Role]:
    return [item.role for item in explain(scheme, scored(scheme, *scores), 0).components[0].items]


def test_the_lowest_are_dropped_of_equals_the_later():
    scheme = one_component(drop_lowest=2)
    assert roles(scheme, "5", "9", "5", "5") == [Role.COUNTED, Role.COUNTED, Role.DROPPED, Role.DROPPED]
    assert result(scheme, "5", "9", "5", "5")[0] == D("70.0")


def test_zeros_are_dropped_but_never_what_has_left():
    scheme = one_component(drop_lowest=1)
    assert roles(scheme, "5", ABSENT, EXEMPT, "3") == [Role.COUNTED, Role.DROPPED, Role.LEFT, Role.COUNTED]


def test_one_item_is_always_kept():
    scheme = one_component(drop_lowest=9)
    assert roles(scheme, "5", "9", "7", EXEMPT) == [Role.DROPPED, Role.COUNTED, Role.DROPPED, Role.LEFT]
    assert result(scheme, "5", EXEMPT, EXEMPT, EXEMPT)[0] == D("50.0")


def test_nothing_is_dropped_while_an_item_of_the_component_is_open():
    scheme = one_component(drop_lowest=1)
    assert Role.DROPPED not in roles(scheme, "2", "9", "7", MISSING)
    results = evaluate(scheme, scored(scheme, "2", "9", "7", MISSING))
    assert (results.to_date_of(0), results.component_of(0, 0)) == (D("45.0"), D("60.0"))


def test_a_closed_component_drops_its_lowest_while_another_is_open():
    first = replace(one_component(drop_lowest=1).components[0], weight=D(60))
    scheme = Scheme("two", (first, Component("exam", D(40), (Item("exam"),))))
    assert result(scheme, "2", "9", "9", "9", MISSING)[:3] == (None, D("54.0"), D("40.0"))


def test_dropping_looks_at_shares_alone_so_unequal_weights_may_surprise():
    """The rule drops the smallest share; why the promise "better never lowers" needs equal weights there."""
    items = (Item("long", D(10)), Item("short", D(1)), Item("fine", D(1)))
    scheme = Scheme("s", (Component("all", D(100), items, drop_lowest=1),))
    assert result(scheme, "49", "50", "100")[0] == D("75.0")
    assert result(scheme, "51", "50", "100")[0] == D("55.5")


def test_a_rule_may_make_the_result_wait_for_a_component_of_weight_zero():
    safety = Component("safety", D(0), (Item("safety"),))
    scheme = scheme_334(components=(*scheme_334().components, safety))
    assert result(scheme, "82", "90", "75", MISSING)[3] is True
    strict = replace(scheme, rules=(Rule("component_min", D(80), component="safety"),))
    assert result(strict, "82", "90", "75", MISSING) == (None, D("81.6"), D("0.0"), None)
    assert result(strict, "82", "90", "75", "79") == (D("81.6"), D("81.6"), D("0.0"), False)
    assert result(strict, "82", "90", "75", "80") == (D("81.6"), D("81.6"), D("0.0"), True)


def test_all_complete_is_met_once_nothing_is_open():
    scheme = scheme_334(rules=(Rule("all_complete"),))
    assert result(scheme, "1", "2", "3")[3] is True
    assert result(scheme, "1", "2", MISSING)[3] is None


def test_evaluate_refuses_a_faulty_scheme_and_impossible_cells():
    faulty = scheme_334(decimals=9)
    with pytest.raises(SchemeFaulty) as refused:
        evaluate(faulty, scored(scheme_334(), "1", "2", "3"))
    assert [fault.code for fault in refused.value.faults] == ["evaluation.decimals_out_of_range"]
    for scores, status in (([101, 0, 0], [0, 0, 0]), ([-1, 0, 0], [0, 0, 0]), ([1, 0, 0], [5, 0, 0])):
        marks = Marks(("x",), np.array([scores]), np.array([status], np.int8))
        with pytest.raises(ValueError, match="^x: a score or status"):
            evaluate(scheme_334(), marks)
    with pytest.raises(ValueError, match="2 columns of marks for 3 items"):
        evaluate(scheme_334(), Marks(("x",), np.zeros((1, 2), int), np.zeros((1, 2), np.int8)))


def test_an_empty_cohort_has_empty_columns():
    results = evaluate(scheme_334(), Marks.of(scheme_334(), []))
    assert (results.people, results.total.tolist(), results.components.shape) == ((), [], (0, 3))


def test_a_maximum_finer_than_every_score_is_explained_too():
    scheme = one_component(items=(Item("fine", D(1), D("0.3")),))
    assert explain(scheme, scored(scheme, "0"), 0).components[0].items[0].share == 0
    assert explain(scheme, scored(scheme, "0.1"), 0).total == Fraction(100, 3)
