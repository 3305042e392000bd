"""Problems that make no sense: every fault with its code and place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from craftpath.engines.pairing import Problem, ProblemFaulty, assign, check
from craftpath.engines.pairing.checking import limit
from tests.engines.pairing.plain import Task

GOOD = Task(
    {"t": 1, "u": 2},
    {"a": 1, "b": 2},
    {("t", "a"): 1, ("t", "b"): 2, ("u", "a"): 3, ("u", "b"): 4},
)


def told(problem: Problem) -> list[tuple[str, str]]:
    with pytest.raises(ProblemFaulty) as caught:
        assign(problem)
    assert str(caught.value) == str(ProblemFaulty(check(problem)))
    return [(fault.code.removeprefix("pairing."), fault.place) for fault in check(problem)]


def test_a_good_problem_has_no_fault() -> None:
    assert check(GOOD.problem()) == ()
    forbidden = frozenset({("t", "a")})
    assert check(GOOD.but(forbidden=forbidden, pinned=frozenset({("u", "a"), ("u", "b")})).problem()) == ()


def table(*rows: tuple[int, int]) -> np.ndarray:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"trainers": ("t", "t")}, [("trainer_twice", "trainers[1].id")]),
        ({"apprentices": ("a", "a")}, [("apprentice_twice", "apprentices[1].id")]),
        ({"capacity": np.array([1, -1])}, [("capacity_negative", "trainers[1].capacity")]),
        ({"need": np.array([-2, 1])}, [("need_negative", "apprentices[0].need")]),
        ({"need": np.array([10**9, 1])}, [("need_too_large", "apprentices[0].need")]),
        ({"trainer": np.array([0, -1, 1, 1])}, [("trainer_unknown", "edges[1].trainer")]),
        ({"trainer": np.array([0, 0, 1, 2])}, [("trainer_unknown", "edges[3].trainer")]),
        ({"apprentice": np.array([0, 1, 0, 9])}, [("apprentice_unknown", "edges[3].apprentice")]),
        ({"trainer": np.array([0, 0, 0, 1])}, [("edge_twice", "edges[2]")]),
        ({"score": np.array([1, 2.5, 3, 4])}, [("score_not_whole", "edges[1].score")]),
        ({"score": np.array([1, 2, float("nan"), 4])}, [("score_not_whole", "edges[2].score")]),
        ({"score": np.array([1, 2, 3, float("inf")])}, [("score_not_whole", "edges[3].score")]),
        ({"score": np.array([1, 2, 2**70, 4], dtype=object)}, [("scores_too_large", "edges[2].score")]),
        ({"score": np.array([1, 2, 3, True], dtype=object)}, [("score_not_whole", "edges[3].score")]),
        ({"score": np.array([1, 2, 3, -(2**60)])}, [("scores_too_large", "edges[3].score")]),
        ({"unmatched_penalty": 2**60}, [("scores_too_large", "unmatched_penalty")]),
        ({"load_price": -1}, [("load_price_negative", "load_price")]),
        ({"load_price": 2**57}, [("scores_too_large", "load_price")]),
        ({"score": np.array([1, 2])}, [("columns_uneven", "edges")]),
        ({"capacity": np.array([1])}, [("columns_uneven", "trainers")]),
        ({"pinned": table((7, 0))}, [("trainer_unknown", "pinned[0][0]")]),
        ({"forbidden": table((0, 0), (0, -1))}, [("apprentice_unknown", "forbidden[1][1]")]),
        ({"pinned": table((1, 0), (1, 0))}, [("pin_twice", "pinned[1]")]),
        ({"pinned": table((1, 0)), "forbidden": table((0, 1), (1, 0))}, [("pin_forbidden", "pinned[0]")]),
        ({"pinned": table((0, 0), (0, 1))}, [("pins_over_capacity", "pinned[1]")]),
        ({"pinned": table((0, 0), (1, 0))}, [("pins_over_need", "pinned[1]")]),
    ],
)  # fmt: skip
def test_each_fault(change: dict[str, Any], wanted: list[tuple[str, str]]) -> None:
    assert told(replace(GOOD.problem(), **change)) == wanted


def test_a_pin_without_an_edge() -> None:
    problem = Problem.named({"t": 1}, {"a": 1, "b": 1}, [("t", "a", 1)], pinned=[("t", "b")])
    assert told(problem) == [("pin_without_edge", "pinned[0]")]


def test_to_forbid_twice_or_what_is_not_possible_is_no_fault() -> None:
    assert check(replace(GOOD.problem(), forbidden=table((0, 0), (0, 0)))) == ()
    problem = Problem.named({"t": 1}, {"a": 1}, [], forbidden=[("t", "a")])
    assert assign(problem).unmatched() == ["a"]


def test_all_faults_are_told_at_once() -> None:
    problem = Problem.named({"t": -1}, {"a": -1}, [("x", "a", 1), ("t", "y", 1)], [("t", "z")], [("w", "a")])
    assert told(problem) == [
        ("capacity_negative", "trainers[0].capacity"),
        ("need_negative", "apprentices[0].need"),
        ("trainer_unknown", "edges[0].trainer"),
        ("apprentice_unknown", "edges[1].apprentice"),
        ("apprentice_unknown", "pinned[0][1]"),
        ("trainer_unknown", "forbidden[0][0]"),
    ]


def test_facts_name_what_the_sentence_needs() -> None:
    faults = check(replace(GOOD.problem(), pinned=table((0, 0), (0, 1))))
    assert [dict(fault.facts) for fault in faults] == [{"pins": 2, "most": 1}]
    faults = check(replace(GOOD.problem(), trainers=("t", "t")))
    assert [dict(fault.facts) for fault in faults] == [{"id": "t", "before": 0}]


def test_places_for_everybody_and_needs_that_nobody_can_meet_are_added_up_exactly() -> None:
    task = Task({"t": 2**62}, {"a": 1_000_000}, {("t", "a"): 5})
    penalty = limit(task.problem())
    plan = assign(task.but(penalty=penalty).problem())
    assert plan.pairs() == [("t", "a")]
    assert plan.total == plan.upper_bound == 5 - penalty * 999_999
