"""Pairs anew: fewest changes by hand and against every plan there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import First, ProblemFaulty, reassign, why
from craftpath.engines.pairing.types import UNKNOWN, Whole
from tests.engines.pairing import plain
from tests.engines.pairing.plain import Pairs, Task
from tests.engines.pairing.tasks import tasks

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def rows(task: Task, pairs: Pairs) -> Whole:
    """Rows of places; whoever is not there is unknown."""
    sides = list(task.trainers), list(task.apprentices)
    found = [
        [side.index(one) if one in side else UNKNOWN for side, one in zip(sides, pair, strict=True)]
        for pair in sorted(pairs)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


# Chen left. Her apprentice c could go to wang (8) if wang's a went to zhao, or to zhao (1) beside nobody moving.
LEFT = Task(
    {"wang": 1, "zhao": 1},
    {"a": 1, "b": 0, "c": 1},
    {("wang", "a"): 5, ("zhao", "a"): 5, ("wang", "c"): 8, ("zhao", "c"): 1},
)
BEFORE = frozenset({("chen", "c"), ("wang", "a")})


def test_nobody_moves_who_need_not() -> None:
    found = reassign(LEFT.problem(), rows(LEFT, BEFORE))
    assert found.plan.pairs() == [("wang", "a"), ("zhao", "c")]
    assert (found.total, found.gone, found.given_up.tolist()) == (6, 1, [])
    assert found.kept.tolist() == [0]
    assert found.plan.proven_optimal


def test_a_price_says_how_much_better_a_change_must_be() -> None:
    """Moving a brings 13 instead of 6."""
    for price, total in ((6, 13), (8, 6)):
        assert reassign(LEFT.problem(), rows(LEFT, BEFORE), price=price).total == total


def test_needs_may_come_before_changes() -> None:
    task = LEFT.but(scores={pair: score for pair, score in LEFT.scores.items() if pair != ("zhao", "c")})
    stays = reassign(task.problem(), rows(task, BEFORE))
    assert (stays.plan.pairs(), stays.plan.unmatched()) == ([("wang", "a")], ["c"])
    moves = reassign(task.problem(), rows(task, BEFORE), first=First.NEEDS)
    assert (moves.plan.pairs(), moves.plan.unmatched()) == ([("wang", "c"), ("zhao", "a")], [])
    assert moves.given_up.tolist() == [0]


def test_a_loss_is_taken_apart() -> None:
    found = reassign(LEFT.problem(), rows(LEFT, BEFORE))
    loss = why(found.plan, "wang", "c").loss
    assert loss is not None
    assert found.parts(loss) == (0, 1, -7)  # one pair given up, and the score would be 7 higher


def test_scores_that_leave_no_room_for_an_order_are_refused() -> None:
    task = LEFT.but(scores={pair: score * 2**40 for pair, score in LEFT.scores.items()})
    with pytest.raises(ProblemFaulty) as caught:
        reassign(
            task.but(apprentices={**task.apprentices, **{f"x{n}": 1 for n in range(2**16)}}).problem(),
            rows(LEFT, BEFORE),
        )
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("pairing.scores_too_large", "edges")
    ]


@SOME
@given(tasks(priced=False), st.data())
def test_first_fewest_changes_then_the_score(task: Task, data: st.DataObject) -> None:
    possible = sorted(set(task.scores) - task.forbidden)
    stood = frozenset(pair for pair in possible if data.draw(st.booleans()))
    first = data.draw(st.sampled_from(list(First)))
    found = reassign(task.problem(), rows(task, stood | {("gone", "a0")}), first=first)

    def rank(plan: Pairs) -> tuple[int, ...]:
        needs = (-plain.unmet(task, plan),) if first is First.NEEDS else ()
        return (*needs, len(stood & plan), plain.total(task, plan))

    pairs = frozenset(found.plan.pairs())
    assert rank(pairs) == max(rank(plan) for plan in plain.every(task))
    assert found.total == plain.total(task, pairs)
    assert (len(found.kept), len(found.given_up), found.gone) == (len(stood & pairs), len(stood - pairs), 1)
    for pair in sorted(set(task.scores) - task.pinned - pairs - task.forbidden):
        forced = task.but(pinned=task.pinned | {pair})
        loss = why(found.plan, *pair).loss
        if loss is not None:
            best = max(rank(plan) for plan in plain.every(forced))
            wanted = tuple(mine - other for mine, other in zip(rank(pairs), best, strict=True))
            assert found.parts(loss)[-len(wanted) :] == wanted
