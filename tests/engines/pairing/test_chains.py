"""Chains: layers solved together, and rings that are named."""

from __future__ import annotations

from collections.abc import Sequence

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import ProblemFaulty, assign
from craftpath.engines.pairing.chains import Layers, acyclic, chained


def layers(
    levels: dict[str, int], edges: list[tuple[str, str, int]], standing: Sequence[tuple[str, str]] = ()
) -> Layers:
    people = tuple(levels)
    at = {one: place for place, one in enumerate(people)}
    at["x"] = -1
    return Layers(
        people,
        np.array(list(levels.values()), dtype=np.int64),
        capacity=np.ones(len(people), dtype=np.int64),
        need=np.ones(len(people), dtype=np.int64),
        trainer=np.array([at[one] for one, _, _ in edges], dtype=np.int64),
        apprentice=np.array([at[who] for _, who, _ in edges], dtype=np.int64),
        score=np.array([score for _, _, score in edges], dtype=np.int64),
        standing=np.array([(at[one], at[who]) for one, who in standing], dtype=np.int64).reshape(-1, 2),
    )


LEVELS = {"expert": 4, "chief": 3, "senior": 2, "junior": 1, "apprentice": 0}


def test_a_chain_runs_down_all_levels_and_everybody_is_on_both_sides() -> None:
    names = list(LEVELS)
    edges = [
        (one, who, 5 if names.index(who) == names.index(one) + 1 else 4)
        for one in names
        for who in names
        if one != who
    ]
    plan = assign(chained(layers(LEVELS, edges)))
    assert plan.pairs() == sorted(zip(names, names[1:], strict=False))
    assert plan.unmatched() == ["expert"]
    assert (plan.total, plan.proven_optimal) == (20, True)


def test_nobody_guides_up_or_sideways() -> None:
    problem = chained(
        layers({"a": 1, "b": 1, "c": 2}, [("a", "b", 9), ("a", "c", 9), ("c", "a", 1), ("a", "a", 9)])
    )
    assert assign(problem).pairs() == [("c", "a")]


def test_standing_pairs_are_checked() -> None:
    def told(standing: list[tuple[str, str]]) -> list[tuple[str, str, dict[str, object]]]:
        with pytest.raises(ProblemFaulty) as caught:
            chained(layers({"a": 3, "b": 2, "c": 1}, [], standing))
        return [(fault.code, fault.place, dict(fault.facts)) for fault in caught.value.faults]

    assert told([("b", "c"), ("c", "a"), ("a", "b")]) == [
        ("pairing.cycle", "standing", {"people": ("a", "b", "c")})
    ]
    assert told([("a", "b"), ("c", "b")]) == [("pairing.not_downwards", "standing[1]", {})]
    assert told([("a", "x")]) == [("pairing.person_unknown", "standing[0][1]", {})]
    assert chained(layers({"a": 2, "b": 1}, [("a", "b", 1)], [("a", "b")])).trainers == ("a", "b")


def test_levels_must_be_there_for_everybody() -> None:
    uneven = Layers(
        ("a", "a"),
        np.array([1]),
        *(np.zeros(2, dtype=np.int64) for _ in range(2)),
        *(np.zeros(0, dtype=np.int64) for _ in range(3)),
    )
    with pytest.raises(ProblemFaulty) as caught:
        chained(uneven)
    assert [fault.code for fault in caught.value.faults] == ["pairing.person_twice", "pairing.columns_uneven"]


def test_a_ring_is_named_from_its_lowest_place() -> None:
    assert acyclic([]) == ()
    assert acyclic([(1, 2), (2, 3), (1, 3)]) == ()
    assert acyclic([(5, 5)]) == (5,)
    assert acyclic([(0, 3), (3, 2), (2, 7), (7, 3), (2, 9)]) == (2, 7, 3)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_ring_is_found_where_there_is_one(pairs: list[tuple[int, int]]) -> None:
    ring = acyclic(pairs)
    assert bool(ring) is not networkx.is_directed_acyclic_graph(networkx.DiGraph(pairs))
    steps = set(zip(ring, (*ring[1:], *ring[:1]), strict=True))
    assert steps <= set(pairs)
    assert len(set(ring)) == len(ring)
    assert ring == acyclic(reversed(pairs))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.data())
def test_no_plan_has_a_ring_beside_what_stands(levels: list[int], data: st.DataObject) -> None:
    count = len(levels)
    pairs = [(one, who) for one in range(count) for who in range(count)]
    down = [pair for pair in pairs if levels[pair[0]] > levels[pair[1]]]
    standing = [pair for pair in down if data.draw(st.integers(0, 3)) == 0]
    drawn = [pair for pair in pairs if data.draw(st.booleans())]
    names = [f"p{at}" for at in range(count)]
    who = layers(
        dict(zip(names, levels, strict=True)),
        [(names[one], names[other], 1) for one, other in drawn],
        [(names[one], names[other]) for one, other in standing],
    )
    problem = chained(who)
    plan = assign(problem)
    made = list(
        zip(problem.trainer[plan.chosen].tolist(), problem.apprentice[plan.chosen].tolist(), strict=True)
    )
    assert acyclic([*standing, *made]) == ()
