"""The figures of a needs survey: toy figures, identities, and ten lines of plain Python beside them."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from craftpath.engines.needs import (
    Answers,
    Crosshair,
    Group,
    Scales,
    Weighed,
    chosen,
    constructs,
    crossing,
    differences,
    doubled,
    grid,
    joined,
    paired,
    ranks,
    reliability,
    spearman,
    sums_of,
    views,
    weighed,
)

Row = tuple[int, int, float | None, float | None]  # respondent, item, importance, ability
ITEMS = ("a", "b", "c")


def answers(
    rows: list[Row], people: int, groups: dict[str, list[int]] | None = None, mentor: Any = None
) -> Answers:
    def column(at: int) -> np.ndarray:
        return np.array([np.nan if row[at] is None else row[at] for row in rows], dtype=np.float64)

    return Answers(
        ITEMS,
        people,
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        column(2),
        column(3),
        None if mentor is None else np.array(mentor, dtype=np.float64),
        {name: Group(("x", "y", "z"), np.array(of)) for name, of in (groups or {}).items()},
    )


def whole(given: Answers) -> Weighed:
    return weighed(sums_of(given, np.zeros(given.respondents, dtype=np.int64), 1))


def toy() -> Answers:
    pairs = zip([5, 4, 5, 4, 5], [3, 3, 4, 4, 2], strict=True)
    return answers([(who, 0, *pair) for who, pair in enumerate(pairs)], 5)


def test_the_toy_figures() -> None:
    found = whole(toy())
    assert found.mwds.mean[0, 0] == pytest.approx(6.44)
    assert (found.rds.mean[0, 0], found.nr[0, 0], found.pr[0, 0], found.tr[0, 0]) == (-80, 80, 0, 20)
    assert found.importance.sd[0, 0] == pytest.approx(statistics.stdev([5, 4, 5, 4, 5]))
    assert found.gap.low[0, 0] == pytest.approx(
        1.4 - 2.776445 * statistics.stdev([2, 1, 1, 0, 3]) / 5**0.5, abs=1e-6
    )
    assert np.isnan(found.mwds.mean[0, 1]), "nobody answered b, so there is no figure, and no 0"


WHOLE, BROKEN = st.integers(1, 5), st.floats(0, 40).map(lambda value: round(value, 2))


def rows_of(ratings: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    pair = st.tuples(st.none() | ratings, st.none() | ratings)
    table = st.lists(st.lists(pair, min_size=3, max_size=3), min_size=1, max_size=8)
    return table.map(
        lambda people: [
            (who, item, *pair) for who, mine in enumerate(people) for item, pair in enumerate(mine)
        ]
    )


ROWS = rows_of(WHOLE) | rows_of(BROKEN)


def oracle(rows: list[Row], item: int) -> dict[str, float]:
    """Borich, and Narine and Harder, as they say it."""
    pairs = [(i, a) for _, one, i, a in rows if one == item and i is not None and a is not None]
    if not pairs:
        return {"n": 0}
    mean = sum(i for i, _ in pairs) / len(pairs)
    below, above = sum(a < i for i, a in pairs), sum(a > i for i, a in pairs)
    mwds = sum((i - a) * mean for i, a in pairs) / len(pairs)
    return {"n": len(pairs), "mwds": mwds, "rds": 100 * (above - below) / len(pairs), "importance": mean}


@settings(deadline=None)
@given(ROWS)
def test_figures_are_those_of_the_sources(rows: list[Row]) -> None:
    people = max(row[0] for row in rows) + 1
    found = whole(answers(rows, people))
    for item in range(3):
        wanted = oracle(rows, item)
        assert found.n[0, item] == wanted["n"]
        if wanted["n"]:
            assert found.mwds.mean[0, item] == pytest.approx(wanted["mwds"], abs=1e-8)
            assert found.rds.mean[0, item] == pytest.approx(wanted["rds"])
            assert found.importance.mean[0, item] == pytest.approx(wanted["importance"])
        else:
            assert np.isnan([found.mwds.mean[0, item], found.rds.mean[0, item], found.nr[0, item]]).all()
    told = found.n[0] > 0
    identity = found.importance.mean * (found.importance.mean - found.ability.mean)
    np.testing.assert_allclose(found.mwds.mean[0, told], identity[0, told], atol=1e-8)
    assert (np.abs(found.rds.mean[0, told]) <= 100).all()
    np.testing.assert_allclose((found.nr + found.pr + found.tr)[0, told], 100)


@settings(deadline=None)
@given(ROWS, st.randoms())
def test_order_and_doubling_change_no_figure(rows: list[Row], chance: Any) -> None:
    people = max(row[0] for row in rows) + 1
    found = whole(answers(rows, people))
    mixed = list(rows)
    chance.shuffle(mixed)
    twice = [*rows, *((who + people, *rest) for who, *rest in rows)]
    for other, times in ((answers(mixed, people), 1), (answers(twice, 2 * people), 2)):
        again = whole(other)
        np.testing.assert_array_equal(again.n, times * found.n)
        for name in ("importance", "ability", "gap", "mwds", "rds"):
            np.testing.assert_allclose(getattr(again, name).mean, getattr(found, name).mean, atol=1e-8)
        np.testing.assert_allclose([again.nr, again.pr, again.tr], [found.nr, found.pr, found.tr])


@settings(deadline=None)
@given(ROWS, st.data())
def test_a_group_is_what_its_people_alone_would_be(rows: list[Row], data: Any) -> None:
    people = max(row[0] for row in rows) + 1
    groups = {
        name: data.draw(st.lists(st.integers(-1, 2), min_size=people, max_size=people))
        for name in ("site", "stage")
    }
    given = answers(rows, people, groups)
    crossed = crossing(given.groups, ["site", "stage"], people)
    sums = sums_of(given, crossed.of, crossed.kinds)
    for at, name in enumerate(crossed.names):
        found = weighed(sums.over(crossed.codes[:, at], 3))
        for value in range(3):
            own = whole(
                answers(
                    [row for row in rows if groups[name][row[0]] == value] or [(0, 0, None, None)], people
                )
            )
            np.testing.assert_array_equal(found.n[value], own.n[0])
            np.testing.assert_allclose(found.mwds.mean[value], own.mwds.mean[0], atol=1e-8)
            np.testing.assert_allclose(found.gap.half[value], own.gap.half[0], atol=1e-6)
    np.testing.assert_array_equal(sums.whole().n, whole(given).n)


def test_the_interval_of_the_weighted_need_holds_the_truth() -> None:
    """Of 400 surveys of 60 people about 95 in a hundred intervals hold the true need."""
    draw = np.random.default_rng(7)
    hits = 0
    for _ in range(400):
        importance = draw.choice([3, 4, 5], 60, p=[0.2, 0.3, 0.5])
        ability = draw.choice([1, 2, 3, 4], 60, p=[0.1, 0.4, 0.4, 0.1])
        found = whole(
            answers([(who, 0, *pair) for who, pair in enumerate(zip(importance, ability, strict=True))], 60)
        )
        hits += bool(found.mwds.low[0, 0] <= 4.3 * (4.3 - 2.5) <= found.mwds.high[0, 0])
    assert 0.92 <= hits / 400 <= 0.98


class TestRanks:
    def test_ties_share_a_place_and_are_told(self) -> None:
        found = ranks(np.array([3.0, 5, 3 + 1e-12, np.nan, 1]))
        assert (found.place.tolist(), found.tied.tolist()) == (
            [2, 1, 2, 0, 4],
            [True, False, True, False, False],
        )

    def test_spearman(self) -> None:
        values = np.array([4.0, 2, 9, 7])
        assert spearman(values, values * 3).value == pytest.approx(1)
        assert spearman(values, -values).value == pytest.approx(-1)
        assert spearman(np.array([1.0, 2, 3, 4, 5]), np.array([5.0, 6, 7, 8, 7])).value == pytest.approx(
            0.820783, abs=1e-6
        )
        assert (spearman(values, np.ones(4)).value, spearman(values, np.ones(4)).why) == (
            None,
            "no_variation",
        )
        assert spearman(values[:2], values[:2]).why == "too_few_items"


class TestGrid:
    IMPORTANCE, ABILITY = np.array([5.0, 4, 2, 1, np.nan]), np.array([2.0, 4, 2, 4, 3])

    def test_quadrants_and_a_mean_on_the_line_counts_as_high(self) -> None:
        found = grid(self.IMPORTANCE, self.ABILITY, Crosshair.MEANS, (1, 5))
        assert found is not None
        assert (found.importance, found.ability) == (3, 3)
        assert found.quadrants == ("concentrate", "keep_up", "low", "overkill", "")
        assert found.diagonal == (0,)
        on = grid(np.array([3.0, 4]), np.array([3.0, 1]), Crosshair.MIDDLE, (1, 5))
        assert on is not None
        assert on.quadrants == ("keep_up", "concentrate")

    def test_without_pairs_there_is_no_grid(self) -> None:
        assert grid(np.array([np.nan]), np.array([np.nan]), Crosshair.MEANS, (1, 5)) is None


class TestScales:
    def test_alpha_is_that_of_the_published_law_test_and_turned_items_are_turned(self) -> None:
        draw = np.random.default_rng(3)
        trait = draw.normal(size=(400, 1))
        ratings = np.clip(np.rint(3 + trait + draw.normal(size=(400, 4))), 1, 5)
        other = ratings.copy()
        other[:, 2] = 6 - other[:, 2]
        plain = Scales(("a", "b", "c", "d"), ("m",) * 4, (False,) * 4, 1, 5, ratings)
        turned = Scales(("a", "b", "c", "d"), ("m",) * 4, (False, False, True, False), 1, 5, other)
        [one], [two] = constructs(plain), constructs(turned)
        items, totals = ratings.var(axis=0, ddof=1).sum(), ratings.sum(axis=1).var(ddof=1)
        assert one.alpha.value == pytest.approx(4 / 3 * (1 - items / totals))
        assert two.alpha.value == pytest.approx(one.alpha.value)
        assert two.whole.mean[0] == pytest.approx(ratings.mean())

    def test_before_and_after_are_independent_samples(self) -> None:
        first, second = (
            constructs(Scales(("a",), ("m",), (False,), 1, 5, np.array(ratings)))[0]
            for ratings in ([[1.0], [2], [3]], [[4.0], [5], [5]])
        )
        assert first.alpha.why == "too_few_items"
        assert (first.whole.mean[0], second.whole.mean[0]) == pytest.approx((2, 14 / 3))
        told = differences(first.whole, second.whole)
        wanted = stats.ttest_ind([4, 5, 5], [1, 2, 3], equal_var=False).confidence_interval()
        assert (told.value[0], told.low[0], told.high[0]) == pytest.approx((8 / 3, wanted.low, wanted.high))

    def test_who_left_a_part_out_is_counted_apart(self) -> None:
        none = np.nan
        ratings = np.array([[1.0, 2], [none, 4], [3, none], [none, none]])
        [found] = constructs(Scales(("a", "b"), ("m", "m"), (False, False), 1, 5, ratings))
        assert (found.whole.n[0], found.whole.mean[0], found.partial) == (1, 1.5, 2)

    def test_alpha_of_both_ratings(self) -> None:
        rows: list[Row] = [
            (who, item, 1 + (who + item) % 5, 1 + who % 5) for who in range(10) for item in range(3)
        ]
        importance, ability = reliability(answers(rows, 10))
        assert (ability.value, ability.n) == (pytest.approx(1), 10)
        assert importance.value is not None
        assert importance.value < 1


def test_the_mentor_s_view_stands_beside_the_own() -> None:
    rows: list[Row] = [(0, 0, 5, 4), (1, 0, 5, 3), (2, 0, None, 3), (3, 0, 5, None), (4, 0, 4, None)]
    found = views(answers(rows, 5, mentor=[np.nan, np.nan, np.nan, 2, 1]))
    assert found is not None
    assert (found.own.n[0], found.own.mean[0]) == (2, 3.5)  # of whoever rated both sides
    assert (found.mentor.n[0], found.difference.value[0]) == (2, -2)
    assert views(toy()) is None


def test_people_are_chosen_and_surveys_joined() -> None:
    one = answers([(0, 0, 5, 4), (1, 1, 4, 1), (1, 0, None, 2)], 2, {"site": [0, 2]})
    two = answers([(0, 2, 1, 1)], 1, {"stage": [1]})
    part = chosen(one, np.array([False, True]))
    assert (part.respondents, part.respondent.tolist(), part.item.tolist()) == (1, [0, 0], [1, 0])
    assert (part.groups["site"].values, part.groups["site"].of.tolist()) == (("z",), [0])
    both = joined([part, two])
    assert (both.respondents, both.respondent.tolist(), both.item.tolist()) == (2, [0, 0, 1], [1, 0, 2])
    assert (both.groups["site"].of.tolist(), both.groups["stage"].of.tolist()) == ([0, -1], [-1, 1])
    assert paired(joined([one, two])).tolist() == [True, True, True]
    assert paired(answers([(0, 0, 5, None)], 1)).tolist() == [False]


def test_one_respondent_twice_for_an_item_is_found() -> None:
    rows: list[Row] = [(0, 0, 1, 1), (1, 0, 1, 1), (0, 0, 2, 2)]
    assert doubled(answers(rows, 2)).tolist() == [False, False, True]
