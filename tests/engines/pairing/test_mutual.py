"""Pairs and rings among equals, by hand, published and against every choice there is."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import ProblemFaulty
from craftpath.engines.pairing.mutual import Offers, People, check_offers, check_people, match, rings
from tests.engines.pairing import plain

SOME = settings(max_examples=60, deadline=None)


def people(*edges: tuple[int, int, int], count: int = 8) -> People:
    return People.named([str(at) for at in range(count)], [(str(a), str(b), score) for a, b, score in edges])


def test_a_path_where_the_middle_edge_alone_is_best_and_where_it_is_not() -> None:
    """Published with van Rantwijk's algorithm: 5, 11, 5 takes the middle."""
    assert match(people((1, 2, 5), (2, 3, 11), (3, 4, 5))).pairs() == [("2", "3")]
    assert match(people((1, 2, 6), (2, 3, 11), (3, 4, 6))).pairs() == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize(
    ("edges", "wanted"),
    [
        # Published test cases of the algorithm: blossoms that are made, relabelled, nested and expanded.
        ([(1, 2, 8), (1, 3, 9), (2, 3, 10), (3, 4, 7)], [("1", "2"), ("3", "4")]),
        (
            [(1, 2, 8), (1, 3, 9), (2, 3, 10), (3, 4, 7), (1, 6, 5), (4, 5, 6)],
            [("1", "6"), ("2", "3"), ("4", "5")],
        ),
        (
            [(1, 2, 9), (1, 3, 9), (2, 3, 10), (2, 4, 8), (3, 5, 8), (4, 5, 10), (5, 6, 6)],
            [("1", "3"), ("2", "4"), ("5", "6")],
        ),
        (
            [
                (1, 2, 10),
                (1, 7, 10),
                (2, 3, 12),
                (3, 4, 20),
                (3, 5, 20),
                (4, 5, 25),
                (5, 6, 10),
                (6, 7, 10),
                (7, 8, 8),
            ],
            [("1", "2"), ("3", "4"), ("5", "6"), ("7", "8")],
        ),
    ],
)
def test_published_matchings(edges: list[tuple[int, int, int]], wanted: list[tuple[str, str]]) -> None:
    found = match(people(*edges, count=9))
    assert found.pairs() == wanted
    assert found.proven_optimal


def test_an_odd_ring_leaves_one_person_and_the_bound_still_is_the_total() -> None:
    """A triangle: half of each edge would be 15, which no bound without odd sets tells from 10."""
    found = match(people((0, 1, 10), (1, 2, 10), (0, 2, 10)))
    assert (found.total, found.upper_bound) == (10, 10)


def test_nobody_and_nothing_worth_it() -> None:
    for nobody in (people(), People.named([], []), people((0, 1, 0), (1, 2, -5))):
        found = match(nobody)
        assert (found.pairs(), found.total, found.upper_bound) == ([], 0, 0)


edges = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(-2, 9),
    max_size=12,
)


@SOME
@given(edges, st.integers(0, 2))
def test_no_matching_is_worth_more_and_no_order_changes_it(
    found: dict[tuple[int, int], int], seed: int
) -> None:
    rows = [(*pair, score) for pair, score in found.items()]
    answer = match(people(*rows), seed)
    best = max(sum(score for _, _, score in chosen) for chosen in plain.matchings(rows))
    assert answer.total == answer.upper_bound == best
    turned = match(people(*[(b, a, score) for a, b, score in rows[::-1]]), seed)
    assert turned.pairs() == answer.pairs()
    who = [one for pair in answer.pairs() for one in pair]
    assert len(who) == len(set(who))


def test_scores_of_64_bits() -> None:
    most = 2**63 - 1
    found = match(people((0, 1, most), (1, 2, most), (2, 3, most - 1), (3, 4, most)))
    assert found.total == 2 * most


def test_another_process_breaks_ties_in_the_same_way() -> None:
    """The library keeps sets whose order may differ from one process to the next."""
    code = (
        "from craftpath.engines.pairing.mutual import People, match;"
        "e=[(str(a),str(b),1+(a*b)%2) for a in range(24) for b in range(a)];"
        "print(match(People.named([str(a) for a in range(24)], e)).pairs())"
    )
    told = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in range(2)
    }
    assert len(told) == 1


def test_every_fault_of_people_is_named() -> None:
    faulty = People.named(["a", "b", "a"], [("a", "x", 1), ("a", "a", 1), ("a", "b", 1), ("b", "a", 2)])
    told = [(fault.code, fault.place, dict(fault.facts)) for fault in check_people(faulty)]
    assert told == [
        ("pairing.person_twice", "people[2]", {"id": "a", "before": 0}),
        ("pairing.person_unknown", "edges[0].b", {}),
        ("pairing.with_oneself", "edges[1]", {}),
        ("pairing.edge_twice", "edges[3]", {"before": 2}),
    ]
    with pytest.raises(ProblemFaulty):
        match(faulty)
    halves = People(("a", "b"), np.array([0]), np.array([1]), np.array([1.5]))
    assert [fault.code for fault in check_people(halves)] == ["pairing.score_not_whole"]
    uneven = People(("a", "b"), np.array([0]), np.array([1]), np.array([1, 2]))
    assert [fault.code for fault in check_people(uneven)] == ["pairing.columns_uneven"]


# ---- Rings ------------------------------------------------------------------------------------------


def offers(*rows: tuple[str, str, int]) -> Offers:
    return Offers.named(sorted({one for row in rows for one in row[:2]}), rows)


def test_a_ring_of_three_where_no_two_can_swap() -> None:
    """Li has TIG and wants PLC, Wang has PLC and wants CAD, Zhao has CAD and wants TIG."""
    found = rings(offers(("wang", "li", 4), ("zhao", "wang", 5), ("li", "zhao", 6)))
    assert found.rings == ((0, 2, 1),)  # li teaches zhao, zhao wang, wang li
    assert (found.total, found.proven_optimal) == (15, True)


def test_two_swaps_are_better_than_a_ring_that_breaks_both() -> None:
    rows = [("a", "b", 5), ("b", "a", 5), ("c", "d", 5), ("d", "c", 5), ("b", "c", 5), ("c", "a", 5)]
    found = rings(offers(*rows))
    assert (found.rings, found.total) == (((0, 1), (2, 3)), 20)


def test_both_directions_of_three_people_are_different_rings() -> None:
    rows = [("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("a", "c", 2), ("c", "b", 2), ("b", "a", 2)]
    assert rings(offers(*rows)).rings == ((0, 2, 1),)


def test_no_offers_and_one_direction_only() -> None:
    assert rings(offers()).rings == ()
    assert rings(offers(("a", "b", 5))).rings == ()
    assert rings(offers(("a", "b", 5), ("b", "a", -5))).rings == ()


def test_rings_without_time_have_an_honest_bound() -> None:
    found = rings(offers(("a", "b", 5), ("b", "a", 5), ("b", "c", 5), ("c", "b", 6)), work=0, seconds=0)
    assert found.upper_bound >= 11
    assert not found.proven_optimal


directed = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(-3, 6),
    max_size=14,
)


@SOME
@given(directed)
def test_no_choice_of_rings_is_worth_more(found: dict[tuple[int, int], int]) -> None:
    names = [str(at) for at in range(6)]
    rows = [(str(a), str(b), score) for (a, b), score in found.items()]
    answer = rings(Offers.named(names, rows))
    assert answer.total == answer.upper_bound == plain.packings(found, 6)
    who = [one for ring in answer.rings for one in ring]
    assert len(who) == len(set(who))
    steps = [step for ring in answer.rings for step in zip(ring, (*ring[1:], ring[0]), strict=True)]
    assert sum(found[step] for step in steps) == answer.total
    assert rings(Offers.named(names[::-1], rows[::-1])).total == answer.total


def test_every_fault_of_offers_is_named() -> None:
    rows = Offers.named(
        ["a", "b"], [("a", "b", 1), ("b", "a", 1), ("a", "b", 2), ("a", "x", 1), ("b", "b", 1)]
    )
    assert [(fault.code, fault.place) for fault in check_offers(rows)] == [
        ("pairing.person_unknown", "edges[3].learner"),
        ("pairing.with_oneself", "edges[4]"),
        ("pairing.edge_twice", "edges[2]"),
    ]
    with pytest.raises(ProblemFaulty):
        rings(rows)
    huge = Offers.named(["a", "b"], [("a", "b", 2**58), ("b", "a", 1)])
    assert [(fault.code, fault.place) for fault in check_offers(huge)] == [
        ("pairing.scores_too_large", "edges[0].score")
    ]
