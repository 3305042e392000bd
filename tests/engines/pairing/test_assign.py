"""Plans against numbers worked by hand, and against every plan there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import Problem, ProblemFaulty, assign
from craftpath.engines.pairing.checking import limit
from craftpath.engines.pairing.network import network
from craftpath.engines.pairing.pricing import bound
from tests.engines.pairing import plain
from tests.engines.pairing.plain import Task
from tests.engines.pairing.tasks import tasks

SOME = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

# Wang can take two, Zhao one. Greedy takes (wang, a) 9, (wang, b) 8 and then zhao has c with 1: 18.
# Better: wang takes a and c (9 + 7), zhao takes b (6): 22.
BY_HAND = Task(
    {"wang": 2, "zhao": 1},
    {"a": 1, "b": 1, "c": 1},
    {("wang", "a"): 9, ("wang", "b"): 8, ("wang", "c"): 7, ("zhao", "b"): 6, ("zhao", "c"): 1},
)


def test_by_hand() -> None:
    plan = assign(BY_HAND.problem())
    assert plan.pairs() == [("wang", "a"), ("wang", "c"), ("zhao", "b")]
    assert (plan.total, plan.upper_bound, plan.proven_optimal) == (22, 22, True)
    assert plan.unmatched() == []
    assert plan.load.tolist() == [2, 1]


def test_prices_by_hand() -> None:
    """With one place less, wang has a and zhao b: 15. Without zhao, wang has a and b: 17. Both instead of 22."""
    plan = assign(BY_HAND.problem())
    assert plan.price.tolist() == [7, 5]
    # At zhao b brings 1 beyond the price; a brings 2 beyond wang's, c nothing.
    assert plan.worth.tolist() == [2, 1, 0]


def test_a_need_of_two_is_met_by_two_different_trainers_and_named_once_for_each_that_is_not() -> None:
    task = Task({"t": 5}, {"a": 3, "b": 1}, {("t", "a"): 4}, penalty=2)
    plan = assign(task.problem())
    assert (plan.pairs(), plan.unmatched()) == ([("t", "a")], ["a", "a", "b"])
    assert (plan.total, plan.upper_bound) == (4 - 2 * 3, -2)


def test_a_pin_keeps_its_score_even_where_it_harms() -> None:
    task = Task({"t": 1, "u": 1}, {"a": 1}, {("t", "a"): -5, ("u", "a"): 3}, frozenset({("t", "a")}))
    plan = assign(task.problem())
    assert (plan.pairs(), plan.total, plan.proven_optimal) == ([("t", "a")], -5, True)


def test_a_pair_is_made_only_where_it_beats_the_penalty() -> None:
    scores = {("t", "a"): -3}
    for penalty, pairs, total in ((2, [], -2), (4, [("t", "a")], -3)):
        plan = assign(Task({"t": 1}, {"a": 1}, scores, penalty=penalty).problem())
        assert (plan.pairs(), plan.total, plan.proven_optimal) == (pairs, total, True)


@pytest.mark.parametrize(
    "task",
    [
        Task({}, {}, {}),
        Task({"t": 1}, {}, {}),
        Task({}, {"a": 2}, {}, penalty=3),
        Task({"t": 0}, {"a": 1}, {("t", "a"): 5}),
    ],
    ids=["nobody", "no apprentices", "no trainers", "no places"],
)
def test_an_empty_side_leaves_everybody_without(task: Task) -> None:
    plan = assign(task.problem())
    assert plan.pairs() == []
    assert plan.total == plan.upper_bound == -task.penalty * sum(task.apprentices.values())


def test_the_price_of_load_spreads_equal_scores() -> None:
    task = Task(
        {"t": 4, "u": 4}, {f"a{n}": 1 for n in range(4)}, {(t, f"a{n}"): 10 for t in "tu" for n in range(4)}
    )
    plan = assign(task.but(load_price=4).problem())
    assert plan.load.tolist() == [2, 2]
    assert (plan.total, plan.load_cost) == (40, 2 * (1 + 3))
    assert plan.proven_optimal


@SOME
@given(tasks())
def test_no_plan_is_worth_more_and_the_bound_says_so(task: Task) -> None:
    plan = assign(task.problem())
    pairs = frozenset(plan.pairs())
    assert pairs in set(plain.every(task))
    assert plan.total == plain.total(task, pairs)
    assert plan.load_cost == plain.load_cost(task, pairs)
    assert plan.total - plan.load_cost == plan.upper_bound == plain.best(task)
    assert len(plan.unmatched()) == plain.unmet(task, pairs)


@SOME
@given(tasks(priced=False), st.data())
def test_the_bound_of_any_prices_holds(task: Task, data: st.DataObject) -> None:
    """Weak duality: the certificate is one because wrong prices only make it weaker."""
    problem = task.problem()
    net = network(problem, 0)
    price = np.array([data.draw(st.integers(0, 7)) for _ in task.trainers], dtype=np.int64)
    worth = np.array([data.draw(st.integers(-task.penalty, 9)) for _ in task.apprentices], dtype=np.int64)
    pinned = sum(task.scores[pair] for pair in task.pinned)
    assert pinned + bound(net, price, worth) >= plain.best(task)


@SOME
@given(tasks(), st.integers(0, 3))
def test_the_order_of_rows_changes_nothing(task: Task, seed: int) -> None:
    plan, turned = assign(task.problem(), seed), assign(task.problem(order=[-1]), seed)
    assert plan.pairs() == turned.pairs()
    assert plan.unmatched() == turned.unmatched()
    assert plan.price.tolist() == turned.price.tolist()[::-1]


@SOME
@given(tasks(priced=False, pins=False))
def test_a_price_is_what_one_place_less_costs(task: Task) -> None:
    plan = assign(task.problem())
    for at, (one, most) in enumerate(task.trainers.items()):
        if most:
            fewer = task.but(trainers={**task.trainers, one: most - 1})
            assert plan.total - plain.best(fewer) == plan.price[at]


def test_the_seed_settles_ties() -> None:
    task = Task({"t": 1}, {f"a{n}": 1 for n in range(6)}, {("t", f"a{n}"): 1 for n in range(6)})
    found = {assign(task.problem(), seed).pairs()[0] for seed in range(30)}
    assert len(found) > 1


def shuffled(problem: Problem, seed: int) -> Problem:
    draw = np.random.default_rng(seed)
    rows = draw.permutation(len(problem.score))
    sides = draw.permutation(len(problem.trainers)), draw.permutation(len(problem.apprentices))
    back = [np.argsort(side) for side in sides]
    return replace(
        problem,
        trainers=tuple(problem.trainers[at] for at in sides[0]),
        capacity=problem.capacity[sides[0]],
        apprentices=tuple(problem.apprentices[at] for at in sides[1]),
        need=problem.need[sides[1]],
        trainer=back[0][problem.trainer[rows]],
        apprentice=back[1][problem.apprentice[rows]],
        score=problem.score[rows],
    )


def cohort(apprentices: int, seed: int = 1) -> Problem:
    draw = np.random.default_rng(seed)
    trainers = apprentices // 5
    keys = np.unique(
        np.repeat(np.arange(apprentices), 20) * trainers + draw.integers(0, trainers, 20 * apprentices)
    )
    return Problem(
        trainers=tuple(f"t{at}" for at in range(trainers)),
        capacity=np.full(trainers, 6),
        apprentices=tuple(f"a{at}" for at in range(apprentices)),
        need=np.ones(apprentices, dtype=np.int64),
        trainer=keys % trainers,
        apprentice=keys // trainers,
        score=draw.integers(0, 10, len(keys)),
    )


def test_a_cohort_with_many_ties_is_proved_and_the_same_in_any_order() -> None:
    problem = cohort(600)
    plan = assign(problem, 5)
    assert plan.proven_optimal
    assert plan.pairs() == assign(shuffled(problem, 3), 5).pairs()


def test_the_greatest_scores_that_are_let_in_are_solved_exactly() -> None:
    """A long chain in which everybody has to move by one, with scores at the limit."""
    count = 40
    trainers = {f"t{at:02}": 1 for at in range(count)}
    apprentices = {f"a{at:02}": 1 for at in range(count)}
    edges = {(f"t{at:02}", f"a{at:02}"): 0 for at in range(count)}
    edges |= {(f"t{at:02}", f"a{at + 1:02}"): 0 for at in range(count - 1)}
    task = Task(trainers, apprentices, edges)
    most = limit(task.problem())
    edges = {pair: most if at < count else most - 1 for at, pair in enumerate(edges)}
    plan = assign(task.but(scores=edges, penalty=most).problem())
    assert plan.total == plan.upper_bound == most * count
    with pytest.raises(ProblemFaulty):
        assign(task.but(scores={**edges, ("t00", "a00"): most + 1}).problem())
