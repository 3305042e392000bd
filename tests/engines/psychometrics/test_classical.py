"""Classical item analysis against published figures, a plain oracle, and what must hold for every table."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Missing, Responses, Why, as_responses
from craftpath.engines.psychometrics.items import (
    Ebel,
    Flag,
    Limits,
    classical,
    distractors,
    readings,
    spearman_brown,
)
from tests.engines.psychometrics import oracle
from tests.engines.psychometrics.published import LSAT6

some = settings(deadline=None, max_examples=60)
CELLS = st.sampled_from([0, 1, 1, 2, 3, None])


def tables(cells: st.SearchStrategy = CELLS, items: int = 2, rows: int = 3) -> st.SearchStrategy:
    return st.integers(items, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=rows, max_size=14)
    )


def of(rows: list) -> Responses:
    return Responses.of([[np.nan if cell is None else cell for cell in row] for row in rows])


def near(found: float, wanted: float | None) -> bool:
    return math.isnan(found) if wanted is None else math.isclose(found, wanted, abs_tol=1e-9)


LSAT = classical(as_responses(LSAT6))


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("difficulty", [0.924, 0.709, 0.553, 0.763, 0.870]),
        ("item_total", [0.3620, 0.5668, 0.6184, 0.5344, 0.4354]),
        ("item_rest", [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]),
        ("alpha_without", [0.2754, 0.2376, 0.2168, 0.2459, 0.2663]),
        ("biserial", [0.6709, 0.7509, 0.7776, 0.7361, 0.6921]),
    ],
)
def test_columns_of_lsat6_are_those_published(name: str, published: list[float]) -> None:
    figures = getattr(LSAT, name)
    assert figures.values == pytest.approx(published, abs=1e-4)
    assert (set(figures.n.tolist()), set(figures.why)) == ({1000}, {""})


def test_figures_of_lsat6_are_those_published() -> None:
    assert (LSAT.n, LSAT.n_complete) == (1000, 1000)
    for figure in (LSAT.alpha, LSAT.alpha_pairwise, LSAT.kr20):
        assert figure.value == pytest.approx(0.29500, abs=1e-4)
    assert LSAT.error.value == pytest.approx(0.86907, abs=1e-4)
    assert LSAT.distribution.counts.tolist() == [3, 20, 85, 237, 357, 298]
    assert LSAT.distribution.mean.value == pytest.approx(3.819)
    assert LSAT.distribution.variance.value == pytest.approx(1.07131, abs=1e-5)


def test_a_figure_says_how_it_was_made() -> None:
    figure = LSAT.item_rest.one(2)
    assert (figure.n, figure.method, figure.missing) == (1000, "pearson_item_rest", Missing.COMPLETE)
    assert (LSAT.difficulty.missing, LSAT.alpha_pairwise.missing) == (Missing.ANSWERED, Missing.PAIRWISE)
    assert figure.version == "1"


@some
@given(tables())
def test_columns_are_what_plain_python_says(rows: list) -> None:
    found, whole = classical(of(rows)), [row for row in rows if None not in row]
    if len(whole) < 2:
        assert found.alpha.value is None
        assert np.isnan(found.item_rest.values).all()
        return
    assert near(math.nan if found.alpha.value is None else found.alpha.value, oracle.alpha(rows))
    for item in range(len(rows[0])):
        assert near(found.item_rest.values[item], oracle.item_rest(rows, item))
        answers = [row[item] for row in rows if row[item] is not None]
        if max(answers):
            assert found.difficulty.values[item] == pytest.approx(
                sum(answers) / len(answers) / max_of(rows, item)
            )


def max_of(rows: list, item: int) -> float:
    every = {cell for row in rows for cell in row if cell is not None}
    return 1 if every <= {0, 1} else max(row[item] for row in rows if row[item] is not None)


@some
@given(tables(st.sampled_from([0, 1, 2, 3, 4]), rows=4))
def test_upper_and_lower_group_share_tied_places(rows: list) -> None:
    found = classical(of(rows)).upper_lower
    for item in range(len(rows[0])):
        if not math.isnan(found.values[item]):
            wanted = oracle.difference(rows, item, 0.27) / max_of(rows, item)
            assert found.values[item] == pytest.approx(wanted, abs=1e-9)


@some
@given(tables(rows=6))
def test_pairwise_alpha_is_what_plain_python_says(rows: list) -> None:
    found = classical(of(rows)).alpha_pairwise
    known = [[cell is not None for cell in row] for row in rows]
    width = range(len(rows[0]))
    if all(sum(row[i] and row[j] for row in known) > 1 for i in width for j in width):
        assert near(math.nan if found.value is None else found.value, oracle.alpha_pairwise(rows))
    else:
        assert (found.value, found.why) in ((None, Why.TOO_FEW_ROWS), (None, Why.NO_ANSWERS))


COLUMNS = ("difficulty", "upper_lower", "item_rest", "item_total", "alpha_without")


@some
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_items_says_nothing(rows: list, random: object) -> None:
    plain = classical(of(rows))
    people, items = list(range(len(rows))), list(range(len(rows[0])))
    random.shuffle(people)
    random.shuffle(items)
    turned = classical(of([[rows[p][i] for i in items] for p in people]))
    for name in COLUMNS:
        before, after = getattr(plain, name), getattr(turned, name)
        assert after.values == pytest.approx(before.values[items], abs=1e-9, nan_ok=True)
        assert after.why == tuple(before.why[i] for i in items)
    assert (turned.alpha.value or 0) == pytest.approx(plain.alpha.value or 0, abs=1e-9)


@some
@given(tables())
def test_a_count_of_two_is_the_same_as_two_rows(rows: list) -> None:
    cells = [[np.nan if cell is None else cell for cell in row] for row in rows]
    counted = classical(Responses.of(cells, counts=[2] * len(rows)))
    written = classical(Responses.of(cells + cells))
    for name in COLUMNS:
        assert getattr(counted, name).values == pytest.approx(getattr(written, name).values, nan_ok=True)
        assert getattr(counted, name).n.tolist() == getattr(written, name).n.tolist()
    assert counted.alpha == written.alpha or counted.alpha.value == pytest.approx(written.alpha.value)


@some
@given(tables())
def test_people_without_an_answer_are_as_if_absent(rows: list) -> None:
    plain, more = classical(of(rows)), classical(of([*rows, [None] * len(rows[0])]))
    assert (more.n, more.alpha) == (plain.n, plain.alpha)
    assert more.difficulty.values == pytest.approx(plain.difficulty.values, nan_ok=True)


@some
@given(tables(st.sampled_from([0, 1])))
def test_kr20_is_alpha_where_all_is_right_or_wrong(rows: list) -> None:
    found = classical(of(rows))
    assert found.kr20.why == found.alpha.why
    if found.alpha.value is not None:
        assert found.kr20.value == pytest.approx(found.alpha.value, abs=1e-9)
        assert found.alpha.value <= 1 + 1e-12
        assert (np.nan_to_num(np.abs(found.item_rest.values)) <= 1).all()


@pytest.mark.parametrize(
    ("rows", "name", "why"),
    [
        ([[None, None]], "alpha", Why.NO_COMPLETE_ROWS),
        ([[1, 0]], "alpha", Why.TOO_FEW_ROWS),
        ([[1], [0]], "alpha", Why.TOO_FEW_ITEMS),
        ([[1, 0], [0, 1]], "alpha", Why.NO_VARIATION),  # totals do not vary
        ([[1, 1], [1, 1]], "kr20", Why.NO_VARIATION),
        ([[2, 1], [1, 0]], "kr20", Why.NOT_DICHOTOMOUS),
        ([[1, None], [None, 1]], "alpha_pairwise", Why.TOO_FEW_ROWS),
        ([[None, None]], "alpha_pairwise", Why.NO_ANSWERS),
        ([[1, 0]], "error", Why.TOO_FEW_ROWS),
    ],
)
def test_what_cannot_be_said_has_a_reason(rows: list, name: str, why: Why) -> None:
    figure = getattr(classical(of(rows)), name)
    assert (figure.value, figure.why) == (None, why)


@pytest.mark.parametrize(
    ("rows", "name", "why"),
    [
        ([[1, None], [0, None]], "difficulty", ("", Why.NO_ANSWERS)),
        ([[3, 0], [1, 0]], "difficulty", ("", Why.NO_MAXIMUM)),
        ([[1, 0], [0, 0]], "difficulty", ("", "")),  # all are 0 or 1, so the maximum is 1
        ([[1], [0]], "item_rest", (Why.TOO_FEW_ITEMS,)),
        ([[1, 0, 1], [0, 0, 0]], "item_rest", ("", Why.NO_VARIATION, "")),
        ([[2, 0], [1, 1], [0, 1]], "biserial", (Why.NOT_DICHOTOMOUS, "")),
        ([[1, 1, 0], [1, 0, 0]], "biserial", (Why.NO_VARIATION, "", Why.NO_VARIATION)),
        ([[1, 0], [0, 1]], "alpha_without", (Why.TOO_FEW_ITEMS,) * 2),
        ([[1, 1], [1, 1]], "upper_lower", (Why.NO_VARIATION,) * 2),
        ([[1, None], [None, 1]], "upper_lower", (Why.NO_COMPLETE_ROWS,) * 2),
    ],
)
def test_what_cannot_be_said_of_an_item_has_a_reason(rows: list, name: str, why: tuple) -> None:
    figures = getattr(classical(of(rows)), name)
    assert figures.why == why
    assert np.isnan(figures.values).tolist() == [bool(one) for one in why]


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Responses.of([[1, np.inf]]),
        lambda: Responses.of([[1, -1]]),
        lambda: Responses.of([[1, 0]], counts=[-1]),
        lambda: Responses.of([[1, 0]], counts=[1, 2]),
        lambda: Responses.of([[1, 0]], items=["a", "a"]),
        lambda: Responses.of([[1, 0]], maxima=[1, 0]),
        lambda: Responses.of([[2, 0]], maxima=[1, 1]),
        lambda: Responses.of([[[1]]]),
    ],
)
def test_impossible_tables_are_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="score|count|maximum|table"):
        broken()


def test_flags_need_enough_people() -> None:
    few = classical(of([[1, 0], [0, 1]] * 49 + [[1, 1]]))
    assert [(one.n, one.flags, one.ebel, one.why) for one in readings(few)] == [
        (99, None, None, Why.TOO_FEW_ROWS)
    ] * 2
    told = readings(few, Limits(enough=99))
    assert [one.flags for one in told] == [(Flag.WEAK, Flag.CHECK_KEY)] * 2


def test_flags_say_what_to_look_at() -> None:
    hard_and_easy = [[1, 1, 0], [1, 0, 0], [1, 0, 0]] * 33 + [[0, 0, 0], [1, 1, 1], [1, 1, 1]]
    told = readings(classical(of(hard_and_easy)))
    assert [one.flags for one in told] == [(Flag.TOO_EASY, Flag.WEAK), (), (Flag.TOO_HARD,)]
    assert told[1].ebel is Ebel.VERY_GOOD


@pytest.mark.parametrize(
    ("difference", "word"),
    [(0.4, "very_good"), (0.39, "good"), (0.2, "marginal"), (0.19, "poor"), (-1, "poor")],
)
def test_ebel_reads_the_difference(difference: float, word: str) -> None:
    from craftpath.engines.psychometrics.items.reading import ebel

    assert ebel(difference) == word
    assert ebel(math.nan) is None


def test_spearman_brown() -> None:
    assert spearman_brown(0.5, 2) == pytest.approx(2 / 3)
    assert spearman_brown(spearman_brown(0.7, 3), 1 / 3) == pytest.approx(0.7)
    assert [spearman_brown(0.5, 0), spearman_brown(-0.5, 3), spearman_brown(1.2, 2)] == [None] * 3


def test_options_by_thirds() -> None:
    chosen = np.array([["A"], ["B"], ["B"], ["C"], ["C"], [""]])
    (table,) = distractors(["q"], chosen, ["C"], np.array([1.0, 2, 3, 4, 5, 6]), [["A", "B", "C", "D"]])
    assert (table.options, table.n, table.idle) == (("A", "B", "C", "D"), 5, ("D",))
    assert table.shares.tolist() == [[0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 1, 0]]
    assert table.overall == pytest.approx([0.2, 0.4, 0.4, 0])


def test_those_tied_between_thirds_count_in_both() -> None:
    chosen = np.array([["A"], ["B"], ["A"]])
    (table,) = distractors(["q"], chosen, ["A"], np.array([1.0, 1, 1]))
    assert table.shares == pytest.approx(np.array([[2 / 3, 1 / 3]] * 3))


def test_nobody_answered_and_nobody_is_idle() -> None:
    (table,) = distractors(["q"], np.array([[""]]), ["A"], np.array([1.0]))
    assert (table.n, table.idle) == (0, ())
    assert np.isnan(table.overall).all()
