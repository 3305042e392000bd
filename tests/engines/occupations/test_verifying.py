"""Figures of tasks: against a plain oracle, the same in any order, silent for few people, fair to ties and gaps."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.occupations import SCALES, TRAINED, Criteria, Figures, Ratings, decide, verify

COLUMNS = ("performs", *SCALES)
CELL = st.one_of(st.none(), st.integers(1, 5))
BIT = st.one_of(st.none(), st.integers(0, 1))
ROW = st.tuples(BIT, CELL, CELL, CELL, BIT)
TABLES = st.lists(st.lists(st.one_of(st.none(), ROW), min_size=4, max_size=4), max_size=9)
"""rater → task → what was said, None for nothing at all"""
LIMITS = st.sampled_from([Fraction(2), Fraction(3), Fraction(10, 3), Fraction("3.3")])
CRITERIA = st.builds(
    Criteria,
    cut=LIMITS,
    performed=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]),
    limits=st.fixed_dictionaries(dict.fromkeys(("difficulty", "importance", "frequency"), LIMITS)),
    weights=st.fixed_dictionaries(
        {name: st.sampled_from([Fraction(0), Fraction(1), Fraction(2)]) for name in SCALES}
    ),
    fewest=st.integers(1, 5),
)
Table = list[list[tuple[int | None, ...] | None]]


def ratings(table: Table, tasks: tuple[str, ...] = ("a", "b", "c", "d")) -> Ratings:
    rows = [(task, rater, said) for rater, line in enumerate(table) for task, said in enumerate(line) if said]
    cells = np.array(
        [[math.nan if cell is None else cell for cell in said] for _t, _r, said in rows], dtype=float
    ).reshape(len(rows), 5)
    places = [np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1)]
    return Ratings(
        tasks, *places, cells[:, 0], {name: cells[:, at] for at, name in enumerate(SCALES, start=1)}
    )


def oracle(table: Table, criteria: Criteria, task: int) -> dict[str, Any]:
    """Means, share, kept and the leaf of one task, counted by hand."""
    said = [line[task] for line in table if line[task]]
    found: dict[str, Any] = {"n": sum(any(cell is not None for cell in row or ()) for row in said)}
    means: dict[str, Fraction | None] = {}
    for at, name in enumerate(COLUMNS):
        values = [row[at] for row in said if row and row[at] is not None]
        enough = len(values) >= criteria.fewest
        means[name] = Fraction(sum(v for v in values if v is not None), len(values)) if enough else None
    found["share"], found["means"] = means["performs"], {name: means[name] for name in SCALES}
    importance, share = means["importance"], means["performs"]
    found["kept"] = (
        None
        if importance is None or share is None
        else importance >= criteria.cut and share >= criteria.performed
    )
    three = {name: means[name] for name in ("difficulty", "importance", "frequency")}
    found["priority"] = ""
    if all(mean is not None for mean in three.values()):
        found["priority"] = decide(*(mean >= criteria.limits[name] for name, mean in three.items()))  # type: ignore[operator]
    return found


@settings(max_examples=30, deadline=None)
@given(TABLES, CRITERIA)
def test_it_agrees_with_counting_by_hand(table: Table, criteria: Criteria) -> None:
    for at, one in enumerate(verify(ratings(table), criteria)):
        wanted = oracle(table, criteria, at)
        assert {name: getattr(one, name) for name in wanted} == wanted


@settings(max_examples=30, deadline=None)
@given(TABLES, CRITERIA, st.randoms(use_true_random=False))
def test_nobody_s_place_in_the_queue_matters(table: Table, criteria: Criteria, chance: Any) -> None:
    first = verify(ratings(table), criteria)
    people, order = list(table), list(range(4))
    chance.shuffle(people)
    chance.shuffle(order)
    mixed: Table = [[line[at] for at in order] for line in people]
    again = verify(ratings(mixed, tuple("abcd"[at] for at in order)), criteria)
    assert {one.task: one for one in first} == {one.task: one for one in again}


@settings(max_examples=30, deadline=None)
@given(TABLES, CRITERIA)
def test_everybody_saying_it_twice_changes_no_mean(table: Table, criteria: Criteria) -> None:
    def told(one: Figures) -> tuple[Any, ...]:
        return one.share, one.means, one.kept, one.priority, one.index, one.rank

    one_each = Criteria(criteria.cut, criteria.performed, criteria.limits, criteria.weights, fewest=1)
    once, twice = verify(ratings(table), one_each), verify(ratings(table + table), one_each)
    assert [told(one) for one in once] == [told(one) for one in twice]


@settings(max_examples=30, deadline=None)
@given(TABLES, CRITERIA)
def test_ranks_follow_the_index_and_ties_share_the_smaller(table: Table, criteria: Criteria) -> None:
    known = [one for one in verify(ratings(table), criteria) if one.index is not None]
    for one in known:
        assert one.index is not None
        assert one.rank == 1 + sum(other.index > one.index for other in known if other.index is not None)
    assert abs(sum(one.index or 0 for one in known)) < 1e-6  # standardised means cancel out


@settings(max_examples=30, deadline=None)
@given(TABLES, CRITERIA)
def test_tree_and_index_differ_by_whole_swaps(table: Table, criteria: Criteria) -> None:
    found = [one for one in verify(ratings(table), criteria) if one.priority and one.rank]
    many = sum(one.priority in TRAINED for one in found)
    chosen = [one for one in found if (one.priority in TRAINED) != one.differ]  # what the index would train
    assert len(chosen) >= many
    left = [one.rank for one in found if one not in chosen]  # ranks count tasks without a leaf too
    assert all(one.rank < other for one in chosen for other in left if one.rank and other)
    if len({one.rank for one in found}) == len(found):
        assert len(chosen) == many


def same(rating: tuple[int | None, ...], people: int) -> Table:
    return [[rating] * 4 for _n in range(people)]


def test_a_figure_of_four_is_none_and_of_five_is_given() -> None:
    assert {one.kept for one in verify(ratings(same((1, 4, 4, 4, 1), 4)), Criteria())} == {None}
    found = verify(ratings(same((1, 4, 4, 4, 1), 5)), Criteria())[0]
    assert (found.kept, found.priority, found.index, found.rank) == (True, "train", 0.0, 1)


def test_a_mean_that_equals_the_limit_reaches_it() -> None:
    table: Table = [[(1, value, 3, 3, 0)] * 4 for value in (3, 3, 3, 3, 4, 4, 3, 3, 3, 4)]  # 3.3
    reached = Criteria(cut=Fraction("3.3"), performed=Fraction(1))
    assert verify(ratings(table), reached)[0].kept is True
    assert verify(ratings(table), Criteria(cut=Fraction("3.31")))[0].kept is False


def test_one_question_left_out_hides_only_what_needs_it() -> None:
    found = verify(ratings(same((1, 4, None, 4, 1), 6)), Criteria())[0]
    assert (found.kept, found.priority, found.index, found.means["frequency"]) == (True, "", None, None)
    assert found.counts == {"performs": 6, "importance": 6, "frequency": 0, "difficulty": 6, "entry": 6}


def test_nothing_at_all() -> None:
    assert [one.n for one in verify(ratings([]), Criteria())] == [0, 0, 0, 0]
    assert verify(ratings([], ()), Criteria()) == ()


def test_somebody_twice_is_no_table() -> None:
    twice = ratings(same((1, 1, 1, 1, 1), 1))
    doubled = Ratings(
        twice.tasks, *(np.concatenate([column, column]) for column in (twice.task, twice.rater, twice.performs)),
        {name: np.concatenate([column, column]) for name, column in twice.values.items()},
    )  # fmt: skip
    with pytest.raises(ValueError, match="twice"):
        verify(doubled, Criteria())


def test_the_tree_as_it_is_printed() -> None:
    leaves = [decide(d, i, f) for d in (True, False) for i in (True, False) for f in (True, False)]
    assert leaves == [
        "train", "overtrain", "train", "workplace", "workplace", "train", "workplace", "workplace",
    ]  # fmt: skip
