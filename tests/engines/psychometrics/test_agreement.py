"""Agreement of raters: published figures, plain oracles, and what must hold whoever rates whom."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.psychometrics import Figure, Missing, Why
from craftpath.engines.psychometrics.agreement import (
    Level,
    Ratings,
    Weights,
    agreement,
    fleiss_of_counts,
    kappa_of_table,
    kendall_w,
)
from tests.engines.psychometrics import oracle
from tests.engines.psychometrics.published import (
    AGREEMENT_WEIGHTS,
    COHEN_1968,
    COHEN_ASYMMETRIC,
    COHEN_WEIGHTS,
    FLEISS_COHEN_EVERITT,
    FLEISS_TEXTBOOK,
    KRIPPENDORFF,
    SHROUT_FLEISS,
)

nan = math.nan
some = settings(deadline=None, max_examples=80)
CELLS = st.sampled_from([1.0, 2.0, 3.0, 5.0, 9.0, nan])


def tables(cells: st.SearchStrategy = CELLS, raters: int = 2, most: int = 5) -> st.SearchStrategy:
    return st.integers(raters, most).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=9)
    )


def same(one: Figure, other: Figure) -> bool:
    if one.value is None or other.value is None:
        return (one.value, one.why, one.n) == (other.value, other.why, other.n)
    return math.isclose(one.value, other.value, abs_tol=1e-9) and one.n == other.n


def figures(rows: list, level: Level) -> dict[str, Figure]:
    found = agreement(Ratings.of(rows), level)
    names = ("percent", "cohen", "linear", "quadratic", "fleiss", "krippendorff")
    return {name: getattr(found, name) for name in names} | dict(found.icc)


def test_correlations_of_shrout_and_fleiss() -> None:
    found = agreement(Ratings.of(SHROUT_FLEISS), Level.INTERVAL).icc
    wanted = {"1,1": 0.16574, "2,1": 0.28976, "3,1": 0.71484, "1,k": 0.44280, "2,k": 0.62005, "3,k": 0.90932}
    assert {kind: figure.value for kind, figure in found.items()} == pytest.approx(wanted, abs=1e-4)
    assert {figure.n for figure in found.values()} == {6}
    # intervals as the psych package prints them for the same table
    assert (found["1,1"].low, found["1,1"].high) == pytest.approx((-0.133, 0.723), abs=5e-4)
    assert (found["2,1"].low, found["2,1"].high) == pytest.approx((0.019, 0.761), abs=5e-4)
    assert (found["3,1"].low, found["3,1"].high) == pytest.approx((0.342, 0.946), abs=5e-4)
    assert (found["1,k"].low, found["1,k"].high) == pytest.approx((-0.884, 0.912), abs=5e-4)
    assert (found["2,k"].low, found["2,k"].high) == pytest.approx((0.071, 0.927), abs=5e-4)
    assert (found["3,k"].low, found["3,k"].high) == pytest.approx((0.676, 0.986), abs=5e-4)


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        (None, 0.49153),
        (COHEN_WEIGHTS, 0.34783),
        (COHEN_ASYMMETRIC, 0.35338),
        (Weights.LINEAR, 0.47368),
        (Weights.QUADRATIC, 0.45455),
    ],
)
def test_kappas_of_cohen(weights: object, wanted: float) -> None:
    counts = np.array(COHEN_1968) * 200
    for table in (counts, COHEN_1968):
        assert kappa_of_table(table, weights).value == pytest.approx(wanted, abs=1e-4)
    assert kappa_of_table(counts).n == 200


def test_kappas_of_fleiss_cohen_and_everitt() -> None:
    assert kappa_of_table(FLEISS_COHEN_EVERITT).value == pytest.approx(0.42857, abs=1e-4)
    found = kappa_of_table(FLEISS_COHEN_EVERITT, AGREEMENT_WEIGHTS, agreement=True)
    assert found.value == pytest.approx(0.50707, abs=1e-4)


def test_the_textbook_s_fleiss() -> None:
    assert fleiss_of_counts(FLEISS_TEXTBOOK).value == pytest.approx(0.20993, abs=1e-4)
    rows = [[at for at, n in enumerate(unit) for _ in range(n)] for unit in FLEISS_TEXTBOOK]
    assert agreement(Ratings.of(rows), Level.NOMINAL).fleiss.value == pytest.approx(0.20993, abs=1e-4)


@pytest.mark.parametrize(
    ("level", "wanted"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alphas_of_krippendorff(level: str, wanted: float) -> None:
    found = agreement(Ratings.of(np.array(KRIPPENDORFF).T), Level(level))
    assert found.krippendorff.value == pytest.approx(wanted, abs=5e-4)
    assert (found.units, found.raters) == (11, 4)  # the twelfth unit has one rating


@some
@given(tables(), st.sampled_from(list(Level)))
def test_alpha_is_what_its_definition_says(rows: list, level: Level) -> None:
    found = agreement(Ratings.of(rows), level).krippendorff
    plain = [[None if math.isnan(cell) else cell for cell in row] for row in rows]
    if not any(sum(cell is not None for cell in row) > 1 for row in plain):
        assert (found.value, found.why) == (None, Why.TOO_FEW_UNITS)
        return
    wanted = oracle.krippendorff(plain, level.value)
    assert found.value == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


@some
@given(tables(most=2))
def test_kappa_is_what_its_definition_says(rows: list) -> None:
    found = agreement(Ratings.of(rows), Level.ORDINAL)
    pairs = [(a, b) for a, b in rows if not (math.isnan(a) or math.isnan(b))]
    for figure, power in ((found.cohen, 0), (found.linear, 1), (found.quadratic, 2)):
        assert figure.n == len(pairs)
        wanted = oracle.kappa(pairs, power) if pairs else None
        assert figure.value == (None if wanted is None else pytest.approx(wanted, abs=1e-9))
    if pairs:
        values = sorted({value for pair in pairs for value in pair})
        table = [[pairs.count((a, b)) for b in values] for a in values]
        assert same(found.cohen, kappa_of_table(table))
        assert same(found.quadratic, kappa_of_table(table, Weights.QUADRATIC))


@some
@given(tables(), st.sampled_from(list(Level)), st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_says_nothing(rows: list, level: Level, random: object) -> None:
    units, raters = list(range(len(rows))), list(range(len(rows[0])))
    random.shuffle(units)
    random.shuffle(raters)
    before, after = figures(rows, level), figures([[rows[u][r] for r in raters] for u in units], level)
    assert [name for name in before if not same(before[name], after[name])] == []


@some
@given(tables(), st.permutations([1.0, 2.0, 3.0, 5.0, 9.0]))
def test_other_names_of_categories_say_nothing_where_only_sameness_counts(rows: list, names: list) -> None:
    other = dict(zip([1.0, 2.0, 3.0, 5.0, 9.0], names, strict=True))
    turned = [[cell if math.isnan(cell) else other[cell] for cell in row] for row in rows]
    before, after = figures(rows, Level.NOMINAL), figures(turned, Level.NOMINAL)
    for name in ("percent", "cohen", "fleiss", "krippendorff"):
        assert same(before[name], after[name])


@some
@given(tables(), st.sampled_from([(2.0, 0.0), (0.5, 1000.0), (-3.0, 7.0)]))
def test_shift_and_scale_say_nothing_where_differences_count(rows: list, line: tuple) -> None:
    turned = [[line[0] * cell + line[1] for cell in row] for row in rows]
    before, after = figures(rows, Level.INTERVAL), figures(turned, Level.INTERVAL)
    for name in ("krippendorff", "1,1", "2,1", "3,1", "1,k", "2,k", "3,k"):
        assert same(before[name], after[name])


@some
@given(tables())
def test_stretching_keeps_ordinal_alpha_and_a_factor_keeps_ratio_alpha(rows: list) -> None:
    cubes = [[cell**3 for cell in row] for row in rows]
    assert same(figures(rows, Level.ORDINAL)["krippendorff"], figures(cubes, Level.ORDINAL)["krippendorff"])
    tenfold = [[cell * 10 for cell in row] for row in rows]
    assert same(figures(rows, Level.RATIO)["krippendorff"], figures(tenfold, Level.RATIO)["krippendorff"])


@some
@given(tables(), st.sampled_from(list(Level)))
def test_units_that_nobody_or_one_rated_are_as_if_absent(rows: list, level: Level) -> None:
    width = len(rows[0])
    more = [*rows, [nan] * width, [4.0] + [nan] * (width - 1)]
    before, after = figures(rows, level), figures(more, level)
    for name in ("percent", "cohen", "linear", "quadratic", "fleiss", "krippendorff"):
        assert same(before[name], after[name])


@some
@given(tables(st.sampled_from([1.0, 2.0, 4.0])), st.integers(2, 3))
def test_all_units_twice_leave_kappa_and_agreement_as_they_are(rows: list, times: int) -> None:
    before, after = figures(rows, Level.ORDINAL), figures(rows * times, Level.ORDINAL)
    for name in ("percent", "cohen", "linear", "quadratic", "fleiss"):
        assert before[name].value == (None if after[name].value is None else pytest.approx(after[name].value))


@some
@given(tables(st.sampled_from([1.0, 2.0, 4.0])), st.sampled_from(list(Level)))
def test_identical_ratings_agree_fully_unless_there_is_one_category(rows: list, level: Level) -> None:
    alike = [[row[0]] * len(row) for row in rows]
    found = figures(alike, level)
    one = len({row[0] for row in rows}) == 1
    assert found["percent"].value == 1
    for name in ("fleiss", "krippendorff", *(("cohen", "linear", "quadratic") if len(rows[0]) == 2 else ())):
        assert found[name].value == (None if one else pytest.approx(1))
        assert bool(found[name].why) == one
    if level.measured and not one:
        assert [found[kind].value for kind in ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")] == pytest.approx(
            [1] * 6
        )


@some
@given(tables(), st.sampled_from(list(Level)))
def test_figures_stay_in_their_bounds(rows: list, level: Level) -> None:
    found = figures(rows, level)
    assert found["percent"].value is None or 0 <= found["percent"].value <= 1
    for figure in found.values():
        assert figure.value is None or figure.value <= 1 + 1e-9
        assert (figure.value is None) == bool(figure.why)
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high + 1e-9


@pytest.mark.parametrize(
    ("rows", "level", "name", "why"),
    [
        ([[1, 2, 1]], Level.NOMINAL, "cohen", Why.NOT_TWO_RATERS),
        ([[1, 1], [1, 1]], Level.NOMINAL, "cohen", Why.CHANCE_CERTAIN),
        ([[1, nan], [nan, 1]], Level.NOMINAL, "cohen", Why.TOO_FEW_UNITS),
        ([[1, nan]], Level.NOMINAL, "percent", Why.TOO_FEW_UNITS),
        ([[1], [2]], Level.NOMINAL, "percent", Why.TOO_FEW_UNITS),
        ([[1, 1], [1, 1]], Level.NOMINAL, "fleiss", Why.CHANCE_CERTAIN),
        ([[1, 2, nan], [1, 2, 1]], Level.NOMINAL, "fleiss", Why.UNEQUAL_RATINGS),
        ([[nan, nan]], Level.NOMINAL, "fleiss", Why.TOO_FEW_UNITS),
        ([[1, 1], [1, 1]], Level.RATIO, "krippendorff", Why.NO_VARIATION),
        ([[1, 2], [2, 3]], Level.ORDINAL, "2,1", Why.LEVEL),
        ([[1, 2], [2, nan]], Level.INTERVAL, "2,1", Why.GAPS),
        ([[1, 2]], Level.INTERVAL, "2,1", Why.TOO_FEW_UNITS),
        ([[1], [2]], Level.INTERVAL, "2,1", Why.TOO_FEW_RATERS),
        ([[3, 3], [3, 3]], Level.INTERVAL, "1,1", Why.NO_VARIATION),
        ([[1, 5], [1, 5]], Level.INTERVAL, "3,1", Why.NO_VARIATION),  # judges differ, units do not
        ([[1, 3], [3, 1]], Level.INTERVAL, "1,k", Why.NO_VARIATION),
    ],
)
def test_what_cannot_be_said_has_a_reason(rows: list, level: Level, name: str, why: Why) -> None:
    figure = figures(rows, level)[name]
    assert (figure.value, figure.why) == (None, why)


def test_words_have_no_order() -> None:
    found = agreement(Ratings.of([[0, 1], [1, 1], [2, 2]], ordered=False), Level.NOMINAL)
    assert (found.linear.why, found.quadratic.why, found.cohen.why) == (Why.NO_ORDER, Why.NO_ORDER, "")
    assert found.cohen.missing is Missing.PAIRABLE
    turned = agreement(Ratings.of([[0, 1], [1, 1], [2, 2]], ordered=False), Level.ORDINAL)
    assert turned.krippendorff.why == Why.NO_ORDER


def test_a_row_without_ratings_is_no_gap() -> None:
    more = [*SHROUT_FLEISS, [nan] * 4]
    assert agreement(Ratings.of(more), Level.RATIO).icc["2,1"].value == pytest.approx(0.28976, abs=1e-4)


def test_an_interval_needs_an_error_to_stand_on() -> None:
    found = agreement(Ratings.of([[1, 1], [2, 2]]), Level.INTERVAL).icc["2,1"]
    assert (found.value, found.low, found.high) == (1, None, None)


@pytest.mark.parametrize(
    "broken",
    [
        lambda: kappa_of_table([[1, 2]]),
        lambda: kappa_of_table([[1, -2], [1, 1]]),
        lambda: kappa_of_table([[1, 2], [1, 1]], [[0, 1]]),
        lambda: kappa_of_table([[1, 2], [1, 1]], [[1, 1], [1, 0]]),
        lambda: kappa_of_table([[1, 2], [1, 1]], [[0, -1], [1, 0]]),
        lambda: Ratings.of([[1, math.inf]]),
        lambda: agreement(Ratings.of([[1, -1]]), Level.RATIO),
    ],
)
def test_impossible_tables_are_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="table|weights|agree|ratings|ratio"):
        broken()


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([[0, 0], [0, 0]], Why.TOO_FEW_UNITS),
        ([[5, 0], [0, 0]], Why.CHANCE_CERTAIN),
        ([[7]], Why.CHANCE_CERTAIN),
    ],
)
def test_a_table_that_says_nothing(table: list, why: Why) -> None:
    assert (kappa_of_table(table).value, kappa_of_table(table).why) == (None, why)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([], Why.TOO_FEW_UNITS),
        ([[1, 0], [0, 1]], Why.TOO_FEW_RATERS),
        ([[2, 0], [2, 1]], Why.UNEQUAL_RATINGS),
        ([[2, 0], [2, 0]], Why.CHANCE_CERTAIN),
    ],
)
def test_counts_that_say_nothing(counts: list, why: Why) -> None:
    assert fleiss_of_counts(counts).why == why


def test_judges_put_things_in_order() -> None:
    # Kendall & Gibbons: three judges with ties, six things; W worked out by hand below
    scores = [[1, 4.5, 2, 4.5, 3, 7.5], [2.5, 1, 2.5, 4.5, 4.5, 8], [2, 1, 4.5, 4.5, 4.5, 8]]
    ranks = np.array([[1, 4.5, 2, 4.5, 3, 6], [2.5, 1, 2.5, 4.5, 4.5, 6], [2, 1, 4, 4, 4, 6]])
    s = ((ranks.sum(axis=0) - 3 * 7 / 2) ** 2).sum()
    ties = (8 - 2) + (8 - 2) * 2 + (27 - 3)
    found = kendall_w(scores)
    assert found.w.value == pytest.approx(12 * s / (9 * (216 - 6) - 3 * ties))
    assert found.chi_square == pytest.approx(3 * 5 * found.w.value)
    assert (found.judges, found.w.n) == (3, 6)


@some
@given(st.permutations([1.0, 2.0, 3.0, 4.0, 5.0]), st.integers(2, 4))
def test_judges_of_one_mind_agree_fully_and_two_opposed_ones_not_at_all(order: list, judges: int) -> None:
    assert kendall_w([order] * judges).w.value == pytest.approx(1)
    assert kendall_w([order, [-one for one in order]]).w.value == pytest.approx(0)


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([[1, 2, 3]], Why.TOO_FEW_JUDGES),
        ([[1, nan], [1, 2]], Why.TOO_FEW_UNITS),
        ([[1, 1], [2, 2]], Why.NO_VARIATION),
    ],
)
def test_no_order_to_agree_on(scores: list, why: Why) -> None:
    found = kendall_w(scores)
    assert (found.w.value, found.w.why, found.p) == (None, why, None)
