"""What holds for every scheme and every cohort."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.evaluation import (
    Component,
    Item,
    Marks,
    Results,
    Rule,
    Scheme,
    Status,
    evaluate,
    evaluating,
    explain,
)
from craftpath.engines.evaluation.plan import INT64_MAX, largest_figure, plan_of
from tests.engines.evaluation.cohorts import (
    cells_for,
    cohorts,
    marks_of,
    required_cohorts,
    schemes,
    with_component,
)
from tests.engines.evaluation.oracle import half_up, outcome_of

many = settings(deadline=None, max_examples=200)
some = settings(deadline=None, max_examples=80)


def row_of(results: Results, row: int) -> tuple:
    size = range(len(results.scheme.components))
    return (
        bool(results.complete[row]),
        results.total_of(row),
        results.to_date_of(row),
        results.open_of(row),
        results.passed_of(row),
        [results.component_of(row, c) for c in size],
    )


def by_key(results: Results, row: int) -> dict:
    keys = [component.key for component in results.scheme.components]
    *whole, parts = row_of(results, row)
    return {"whole": whole, **dict(zip(keys, parts, strict=True))}


def columns(results: Results) -> list:
    names = ("complete", "total", "to_date", "open", "passed", "components", "component_to_date")
    return [getattr(results, name).tolist() for name in (*names, "component_open", "has_component")]


@many
@given(cohorts())
def test_evaluate_equals_the_fraction_oracle(cohort):
    scheme, people = cohort
    results = evaluate(scheme, marks_of(scheme, people))
    for row, cells in enumerate(people):
        told = outcome_of(scheme, cells)
        places = scheme.decimals
        assert row_of(results, row) == (
            told.complete,
            None if told.total is None else half_up(told.total, places),
            half_up(told.to_date, places),
            half_up(told.open, places),
            told.passed,
            [None if value is None else half_up(value, places) for value in told.values],
        )


@many
@given(required_cohorts())
def test_what_all_is_required_of_equals_the_oracle_and_never_leaves_its_range(cohort):
    scheme, people = cohort
    assert Scheme.from_table(scheme.as_table()) == scheme
    marks = marks_of(scheme, people)
    results = evaluate(scheme, marks)
    for row, cells in enumerate(people):
        exact, places = outcome_of(scheme, cells), scheme.decimals
        assert row_of(results, row) == (
            exact.complete,
            None,
            half_up(exact.to_date, places),
            half_up(exact.open, places),
            exact.passed,
            [None if value is None else half_up(value, places) for value in exact.values],
        )
        assert 0 <= exact.to_date <= 100
        told = explain(scheme, marks, row)
        assert (told.to_date, told.open, told.passed) == (exact.to_date, exact.open, exact.passed)
        assert [part.value for part in told.components] == exact.values
        shares = [item.share for part in told.components for item in part.items if item.share is not None]
        assert all(0 <= share <= 1 for share in shares)
        given_scores = {key: score for key, (score, status) in cells.items() if status is Status.SCORED}
        shown = {item.key: item.score for part in told.components for item in part.items}
        assert {key: shown[key] for key in given_scores} == given_scores  # as given, not as capped


@some
@given(cohorts())
def test_explain_derives_the_figures_of_evaluate(cohort):
    scheme, people = cohort
    marks = marks_of(scheme, people)
    results = evaluate(scheme, marks)
    for row, cells in enumerate(people):
        told, exact, places = explain(scheme, marks, row), outcome_of(scheme, cells), scheme.decimals
        assert (told.complete, told.total, told.to_date, told.open, told.passed) == (
            exact.complete,
            exact.total,
            exact.to_date,
            exact.open,
            exact.passed,
        )
        assert [part.value for part in told.components] == exact.values
        assert sum((part.points for part in told.components), Fraction(0)) == told.to_date
        assert sum((part.open for part in told.components), Fraction(0)) == told.open
        for c, part in enumerate(told.components):
            assert sum((item.points for item in part.items), Fraction(0)) == part.points
            assert sum((item.open for item in part.items), Fraction(0)) == part.open
            assert half_up(part.points, places) == results.component_to_date_of(row, c)
            assert half_up(part.open, places) == results.component_open_of(row, c)
        assert (told.total_rounded, told.to_date_rounded, told.open_rounded, told.passed) == (
            results.total_of(row),
            results.to_date_of(row),
            results.open_of(row),
            results.passed_of(row),
        )
        if told.complete:
            assert all(rule.met for rule in told.rules) == told.passed
            assert (told.to_date, told.open) == (told.total, 0)


@some
@given(st.data())
def test_a_better_mark_never_lowers_the_total(data):
    """Dropping is by share alone, so the promise needs items of equal weight where something is dropped."""
    scheme = data.draw(schemes(equal_items=data.draw(st.booleans())))
    for index, component in enumerate(scheme.components):
        if len({item.weight for item in component.items}) > 1:
            scheme = with_component(scheme, index, drop_lowest=0)
    cells = data.draw(cells_for(scheme))
    scored = sorted(key for key, (_, status) in cells.items() if status is Status.SCORED)
    if not scored:
        return
    key = data.draw(st.sampled_from(scored))
    most = next(item.max for _, item in scheme.items if item.key == key)
    better = min(most, cells[key][0] + Decimal(data.draw(st.integers(1, 5000))) / 100)
    before = evaluate(scheme, marks_of(scheme, [cells]))
    after = evaluate(scheme, marks_of(scheme, [cells | {key: (better, Status.SCORED)}]))
    assert after.total[0] >= before.total[0]
    assert after.to_date[0] >= before.to_date[0]
    assert after.passed[0] >= before.passed[0]


@some
@given(cohorts(), st.randoms(use_true_random=False))
def test_the_order_of_people_rows_and_items_does_not_matter(cohort, random):
    scheme, people = cohort
    # Of equal shares the later item is dropped; with unequal weights that choice is the scheme's order.
    calm = with_equal_weights_where_dropped(scheme)
    before = evaluate(calm, marks_of(calm, people))
    components = [replace(c, items=tuple(random.sample(c.items, len(c.items)))) for c in calm.components]
    other = replace(calm, components=tuple(random.sample(components, len(components))))
    rows = [
        (f"p{number}", key, score, status)
        for number, cells in enumerate(people)
        for key, (score, status) in (cells or {scheme.items[0][1].key: (None, Status.MISSING)}).items()
    ]
    random.shuffle(rows)
    after = evaluate(other, Marks.of(other, rows))
    assert {person: by_key(after, row) for row, person in enumerate(after.people)} == {
        person: by_key(before, row) for row, person in enumerate(before.people)
    }


def with_equal_weights_where_dropped(scheme):
    for index, component in enumerate(scheme.components):
        if component.drop_lowest:
            items = tuple(replace(item, weight=Decimal(1)) for item in component.items)
            scheme = with_component(scheme, index, items=items)
    return scheme


@some
@given(cohorts(), st.data())
def test_adding_an_exempt_item_changes_nothing(cohort, data):
    scheme, people = cohort
    index = data.draw(st.integers(0, len(scheme.components) - 1))
    at = data.draw(st.integers(0, len(scheme.components[index].items)))
    items = list(scheme.components[index].items)
    items.insert(at, Item("more", Decimal("1.7"), Decimal(9)))
    longer = with_component(scheme, index, items=tuple(items))
    exempt = [cells | {"more": (None, Status.EXEMPT)} for cells in people]
    assert columns(evaluate(longer, marks_of(longer, exempt))) == columns(
        evaluate(scheme, marks_of(scheme, people))
    )


@some
@given(cohorts(), st.data())
def test_weights_of_zero_are_ignored(cohort, data):
    scheme, people = cohort
    idle = Component("idle", Decimal(0), (Item("idle"),))
    first = scheme.components[0]
    grown = replace(
        scheme,
        components=(
            replace(first, items=(*first.items, Item("weightless", Decimal(0)))),
            *scheme.components[1:],
            idle,
        ),
    )
    marked = [cells | data.draw(idle_cells()) for cells in people]
    before, after = evaluate(scheme, marks_of(scheme, people)), evaluate(grown, marks_of(grown, marked))
    for row in range(len(people)):
        *whole, parts = row_of(after, row)
        assert (*whole, parts[:-1]) == row_of(before, row)


@st.composite
def idle_cells(draw) -> dict:
    return {
        key: draw(st.sampled_from([(Decimal(100), Status.SCORED), (None, Status.MISSING)]))
        for key in ("idle", "weightless")
    }


@pytest.fixture
def compiled_always(monkeypatch):
    monkeypatch.setattr(evaluating, "COMPILED_FROM", 0)


@pytest.mark.timeout(300)
def test_compiled_rows_equal_those_of_python(compiled_always, monkeypatch):
    @some
    @given(st.one_of(cohorts(), required_cohorts()))
    def compare(cohort):
        scheme, people = cohort
        marks = marks_of(scheme, people)
        compiled = evaluate(scheme, marks)
        monkeypatch.setattr(evaluating, "COMPILED_FROM", 10**9)
        plain = evaluate(scheme, marks)
        monkeypatch.setattr(evaluating, "COMPILED_FROM", 0)
        assert columns(compiled) == columns(plain)

    compare()


def test_figures_beyond_64_bits_stay_exact(compiled_always):
    """Long decimals make numerators that no machine word holds: the Python path takes over by itself."""
    items = tuple(Item(f"i{i}", Decimal(f"1.00000000{i}"), Decimal("99.999999999")) for i in range(1, 5))
    scheme = with_component(three_four(), 0, items=items)
    cells = {item.key: (Decimal("33.333333333333333333333333"), Status.SCORED) for item in items}
    cells |= {"b": (Decimal("81.7"), Status.SCORED), "c": (Decimal("60.05"), Status.SCORED)}
    marks = marks_of(scheme, [cells])
    assert marks.scores.dtype == object
    told = outcome_of(scheme, cells)
    assert explain(scheme, marks, 0).total == told.total
    assert evaluate(scheme, marks).total_of(0) == half_up(told.total, 1)


def test_the_kernel_compiles_where_nothing_can_be_kept(monkeypatch):
    """A read-only installation has no folder for compiled code; it must work all the same."""
    import numba

    from craftpath.engines.evaluation import compiled

    monkeypatch.setattr(numba.config, "CACHE_LOCATOR_CLASSES", "ZipCacheLocator")
    assert compiled._bind().py_func.__name__ == "run"


def test_compiled_rows_are_told_apart_in_every_block(compiled_always, monkeypatch):
    """Blocks of rows run on several threads: each writes its own rows, and the first bad one is named."""
    from craftpath.engines.evaluation import compiled

    monkeypatch.setattr(compiled, "BLOCK", 3)
    scores = np.tile(np.arange(100, dtype=np.int16)[:, None], (1, 3))
    marks = Marks(tuple(f"p{row}" for row in range(100)), scores, np.zeros((100, 3), np.int8))
    assert evaluate(three_four(), marks).total.tolist() == [10 * row for row in range(100)]
    scores[[41, 77], 1] = 101
    with pytest.raises(ValueError, match="^p41: "):
        evaluate(three_four(), marks)


@pytest.mark.parametrize(
    ("decimals", "least"),
    [(6, None), (0, "59.999999999999"), (0, "60.000000000001")],
)
def test_the_bound_foresees_rounding_and_thresholds(compiled_always, decimals, least):
    """Sums of this scheme fit into 64 bits; what rounding or a fine threshold makes of them does not."""
    most = Decimal(999_999_999_999)
    rules = (Rule("overall_min", Decimal(least)),) if least else ()
    component = Component("a", Decimal(100), (Item("a", max=most),))
    scheme = Scheme("s", (component,), decimals=decimals, rules=rules, rules_use="exact")
    scores = [1, 10**10, 599_999_999_989, 599_999_999_999, 600_000_000_000, 876_543_210_987]
    people = [{"a": (Decimal(score), Status.SCORED)} for score in scores]
    results = evaluate(scheme, marks_of(scheme, people))
    told = [outcome_of(scheme, cells) for cells in people]
    assert [results.total_of(row) for row in range(6)] == [half_up(one.total, decimals) for one in told]
    assert [results.passed_of(row) for row in range(6)] == [one.passed for one in told]


def test_a_fine_threshold_on_rounded_figures_stays_exact_in_python():
    """Figure times the threshold's denominator is beyond 64 bits: NumPy's integers must not take part."""
    rules = (Rule("overall_min", Decimal("59.999999999999")),)
    scheme = Scheme("s", (Component("a", Decimal(100), (Item("a"),)),), decimals=6, rules=rules)
    results = evaluate(
        scheme, marks_of(scheme, [{"a": (Decimal(score), Status.SCORED)} for score in (59, 60)])
    )
    assert results.passed.tolist() == [0, 1]


def test_sums_that_do_not_fit_side_by_side_are_left_to_python(compiled_always):
    """Weights fine enough that three sums together are longer than a machine word, though each fits."""
    items = tuple(Item(f"i{i}", Decimal(f"1.{i}0000{i}")) for i in range(1, 8))
    scheme = Scheme("s", (Component("a", Decimal(100), items, drop_lowest=2),))
    plan = plan_of(scheme, 0)
    assert largest_figure(plan) > INT64_MAX > sum(plan.weight) * plan.unit * 100
    cells = {item.key: (Decimal(90 - 10 * i), Status.SCORED) for i, item in enumerate(items)}
    results = evaluate(scheme, marks_of(scheme, [cells]))
    assert results.total_of(0) == half_up(outcome_of(scheme, cells).total, 1)


@pytest.mark.parametrize("cells_from", [0, 10**9])
@pytest.mark.parametrize(
    ("score", "status"), [(-1, 0), (101, 0), (32_767, 0), (-32_768, 4), (5, 5), (5, -1), (5, 127), (5, -128)]
)
def test_an_impossible_cell_is_refused_compiled_and_not(monkeypatch, cells_from, score, status):
    monkeypatch.setattr(evaluating, "COMPILED_FROM", cells_from)
    scores, states = np.full((3, 3), 50, np.int16), np.zeros((3, 3), np.int8)
    scores[1, 2], states[1, 2] = score, status
    with pytest.raises(ValueError, match="^p1: "):
        evaluate(three_four(), Marks(("p0", "p1", "p2"), scores, states))


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64, np.uint8])
def test_every_integer_width_gives_the_same_figures(compiled_always, dtype):
    scheme = three_four()
    scores = np.array([[82, 90, 75], [60, 0, 100]], dtype=dtype)
    results = evaluate(scheme, Marks(("a", "b"), scores, np.zeros((2, 3), np.int8)))
    assert results.total.tolist() == [816, 580]


def three_four():
    parts = zip("abc", (30, 30, 40), strict=True)
    return Scheme("s", tuple(Component(key, Decimal(weight), (Item(key),)) for key, weight in parts))
