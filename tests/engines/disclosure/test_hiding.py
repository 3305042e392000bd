"""No small group's figure follows from what is shown, whatever is added and subtracted."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.disclosure import Hidden, Tables, hidden_of, hide


def of(rows: list[tuple[int, ...]], sizes: tuple[int, ...], layers: list[list[bool]] | None = None) -> Tables:
    """Tables of people, one row each with its value in every column; `layers` say who answered a question."""
    codes, atom = np.unique(np.array(rows, dtype=np.int64), axis=0, return_inverse=True)
    count = [np.bincount(atom.ravel(), minlength=len(codes))]
    count += [np.bincount(atom.ravel(), np.array(who), len(codes)) for who in layers or []]
    return Tables(codes, sizes, np.array(count, dtype=np.int64))


def one(*sizes: int) -> Tables:
    return of([(value,) for value, n in enumerate(sizes) for _ in range(n)], (len(sizes),))


def names(hidden: Hidden, layer: int = 0) -> list[list[int]]:
    return [np.flatnonzero(column[layer]).tolist() for column in hidden.columns]


class TestOneColumn:
    def test_a_small_value_takes_the_next_smallest_along(self) -> None:
        assert names(hide(one(50, 9, 3))) == [[1, 2]]
        assert names(hide(one(50, 2, 2))) == [[0, 1, 2]]  # together under five
        assert names(hide(one(50, 4, 4))) == [[1, 2]]
        assert names(hide(one(50, 5))) == [[]]

    def test_few_people_altogether_are_hidden_whole(self) -> None:
        found = hide(one(2, 2))
        assert (found.whole.tolist(), names(found)) == ([True], [[0, 1]])

    def test_who_has_no_value_is_a_group_that_is_never_shown(self) -> None:
        people = [(0,)] * 20 + [(1,)] * 6
        assert names(hide(of([*people, *[(-1,)] * 3], (2,)))) == [[1]]
        assert names(hide(of([*people, *[(-1,)] * 5], (2,)))) == [[]]
        assert names(hide(of([*people, *[(2,)] * 3, *[(-1,)] * 7], (3,)))) == [[2]]

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(lambda sizes: sum(sizes) > 0))
    def test_it_hides_what_the_rule_for_one_column_hides(self, sizes: list[int]) -> None:
        found = {str(value) for value in names(hide(one(*sizes)))[0]}
        rule = hidden_of({str(value): n for value, n in enumerate(sizes)})
        assert sum(sizes) < 5 or found == rule


class TestSeveralColumns:
    def test_a_value_inside_another_leaves_three(self) -> None:
        """Ten at a site, seven of them fitters and all fitters there: the other three would follow."""
        people = [(0, 0)] * 7 + [(0, 1)] * 3 + [(1, 1)] * 20
        found = names(hide(of(people, (2, 2))))
        assert found in ([[0, 1], []], [[], [0, 1]])

    def test_what_is_hidden_in_one_column_does_not_follow_from_another(self) -> None:
        """Stages 1 and 2 are hidden at three and six; a site that is the same six people is hidden too."""
        people = [(0, 0)] * 20 + [(1, 0)] * 3 + [(2, 1)] * 6 + [(0, 2)] * 20
        found = names(hide(of(people, (3, 3))))
        assert 1 in found[0]
        assert not small_sets(of(people, (3, 3)), hide(of(people, (3, 3))), 0)

    def test_an_answer_that_few_gave_is_hidden_alone(self) -> None:
        people = [(0,)] * 20 + [(1,)] * 8 + [(2,)] * 9
        answered = [True] * 20 + [True] * 3 + [False] * 5 + [True] * 9
        found = hide(of(people, (3,), [answered]))
        assert (names(found, 0), names(found, 1)) == ([[]], [[1, 2]])

    def test_that_nobody_answered_does_not_follow_either(self) -> None:
        people = [(0,)] * 20 + [(1,)] * 8 + [(2,)] * 9
        found = hide(of(people, (3,), [[True] * 20 + [False] * 8 + [True] * 9]))
        assert names(found, 1) == [[1, 2]]
        public = hide(of(people, (3,), [[True] * 20 + [False] * 8 + [True] * 9]), empty=False)
        assert names(public, 1) == [[]]  # where everybody may know who was asked


def small_sets(tables: Tables, hidden: Hidden, layer: int, least: int = 5) -> list[tuple[int, ...]]:
    """Sets of atoms of fewer than `least` people that are a linear combination of what is shown: by brute force."""
    weights = tables.weights[layer]
    there = np.flatnonzero(weights)
    rows = [np.ones(len(there))] if not hidden.whole[layer] else []
    for column, size in enumerate(tables.sizes):
        shown = np.flatnonzero(~hidden.columns[column][layer])
        rows += [(tables.codes[there, column] == value).astype(float) for value in shown if value < size]
    if not rows:
        return []
    table = np.array(rows)
    rank = np.linalg.matrix_rank(table)
    found = []
    small = [at for at in range(len(there)) if weights[there[at]] < least]
    for size in range(1, least):
        for atoms in combinations(small, size):
            if weights[there[list(atoms)]].sum() < least:
                row = np.zeros(len(there))
                row[list(atoms)] = 1
                if np.linalg.matrix_rank(np.vstack([table, row])) == rank:
                    found.append(atoms)
    return found


def test_a_hidden_cell_of_many_kinds_does_not_follow_from_two_columns() -> None:
    """Sites X and Y less trades P and Q are R, however many kinds of people all of them are."""
    people = [(site, trade, k % 10) for site in (0, 1) for trade in (0, 1) for k in range(20)]
    people += [(0, 2, 0), (0, 2, 3), (1, 2, 5), (1, 2, 7)] + [(2, 3, k % 10) for k in range(30)]
    hidden = names(hide(of(people, (3, 4, 10))))
    assert 2 in hidden[1]
    assert set(hidden[0]) & {0, 1} or set(hidden[1]) & {0, 1}


PEOPLE = st.lists(
    st.tuples(st.integers(-1, 2), st.integers(0, 2), st.integers(0, 1), st.integers(1, 9), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_no_small_set_follows_from_any_pair_of_tables(rows: list[tuple[int, ...]]) -> None:
    """Tables are hidden for all columns at once, so that any two of them stand side by side."""
    people = [row[:3] for row in rows for _ in range(row[3])]
    answered = [person < row[4] for row in rows for person in range(row[3])]
    tables = of(people, (3, 3, 2), [answered])
    hidden = hide(tables)
    for layer in (0, 1):
        for pair in ((0, 1), (0, 2), (1, 2), (0, 1, 2)):
            part = Hidden(hidden.whole, tuple(hidden.columns[at] for at in pair))
            seen = Tables(tables.codes[:, list(pair)], tuple(tables.sizes[at] for at in pair), tables.weights)
            assert small_sets(seen, part, layer) == []
        for column, size in enumerate(tables.sizes):
            for value in range(size):
                if not hidden.columns[column][layer][value]:
                    inside = tables.codes[:, column] == value
                    assert tables.weights[layer][inside].sum() >= 5
    assert (
        hidden.columns[0][0] <= hidden.columns[0][1]
    ).all()  # hidden as people is hidden in every question


@settings(max_examples=30, deadline=None)
@given(PEOPLE, st.randoms())
def test_order_does_not_matter(rows: list[tuple[int, ...]], chance: object) -> None:
    people = [row[:3] for row in rows for _ in range(row[3])]
    other = list(people)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert names(hide(of(people, (3, 3, 2)))) == names(hide(of(other, (3, 3, 2))))
