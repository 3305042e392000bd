"""Why this pair and not that one: codes by hand, losses against solving again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from craftpath.engines.pairing import Because, Reason, assign, why
from tests.engines.pairing import plain
from tests.engines.pairing.plain import Task
from tests.engines.pairing.tasks import tasks
from tests.engines.pairing.test_assign import BY_HAND, cohort

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def test_by_hand() -> None:
    plan = assign(BY_HAND.problem())
    # b with wang: 8 for b and 9 for a, but c has only zhao with 1: 18 instead of 22.
    full = why(plan, "wang", "b")
    assert (full.code, full.score, full.loss) == (Because.TRAINER_FULL, 8, 4)
    # zhao's place costs 5, so b is worth 1 there, and would bring 8 - 1 for wang's: as much as the price of it.
    assert (full.price, full.worth, full.short) == (7, 1, 0)
    chosen = why(plan, "wang", "c")
    assert (chosen.code, chosen.loss) == (Because.CHOSEN, 4)  # a, b with wang, c with zhao: 9 + 8 + 1 = 18


def test_codes() -> None:
    task = Task(
        {"t": 1, "u": 2, "v": 1, "w": 3},
        {"a": 1, "b": 1, "c": 1, "d": 0, "e": 1},
        {
            ("t", "a"): 5,
            ("t", "b"): 5,
            ("u", "a"): 5,
            ("u", "b"): 3,
            ("v", "c"): 2,
            ("v", "b"): 9,
            ("u", "c"): 9,
            ("w", "d"): 4,
            ("w", "a"): 1,
            ("w", "b"): 9,
            ("w", "e"): -7,
        },
        pinned=frozenset({("v", "c")}),
        forbidden=frozenset({("w", "b")}),
        penalty=1,
    )
    plan = assign(task.problem())
    assert plan.pairs() == [("t", "b"), ("u", "a"), ("v", "c")]
    assert why(plan, "v", "c") == Reason(Because.PINNED, 2, price=0, worth=-1)
    assert why(plan, "t", "c") == Reason(Because.NO_EDGE)
    assert why(plan, "v", "b").code is Because.NO_CAPACITY
    assert why(plan, "u", "c").code is Because.NO_NEED
    assert why(plan, "w", "d").code is Because.NO_NEED
    banned = why(plan, "w", "b")
    assert (banned.code, banned.loss) == (Because.FORBIDDEN, -4)  # without the ban 9 instead of 5
    assert why(plan, "u", "b").code is Because.BETTER_SERVED
    assert why(plan, "w", "a") == Reason(Because.BETTER_SERVED, 1, 4, 0, 5)
    assert (why(plan, "w", "e").code, why(plan, "w", "e").loss) == (Because.WORSE_THAN_NONE, 6)
    with pytest.raises(KeyError):
        why(plan, "nobody", "a")


def test_a_tie_is_told() -> None:
    plan = assign(Task({"t": 1}, {"a": 1, "b": 1}, {("t", "a"): 2, ("t", "b"): 2}).problem())
    ((_, chosen),) = plan.pairs()
    other = {"a": "b", "b": "a"}[chosen]
    assert (why(plan, "t", chosen).loss, why(plan, "t", other)) == (0, Reason(Because.TIED, 2, 0, 2, 0))


def test_room_that_costs_too_much_is_told() -> None:
    task = Task({"t": 2}, {"a": 1, "b": 1}, {("t", "a"): 9, ("t", "b"): 2}, load_price=2)
    plan = assign(task.problem())
    assert plan.pairs() == [("t", "a")]
    assert (why(plan, "t", "b").code, why(plan, "t", "b").loss) == (Because.TRAINER_LOADED, 1)


@SOME
@given(tasks())
def test_losses_are_what_solving_again_says(task: Task) -> None:
    plan = assign(task.problem())
    best, chosen = plain.best(task), set(plan.pairs())
    for pair in task.scores:
        reason = why(plan, *pair)
        if pair in task.pinned:
            assert reason.code is Because.PINNED
        elif pair in chosen:
            without = task.but(forbidden=task.forbidden | {pair})
            assert reason.code is Because.CHOSEN
            assert reason.loss == best - plain.best(without)
        else:
            _forced(task, pair, reason, best)


def _forced(task: Task, pair: plain.Pair, reason: Reason, best: int) -> None:
    forced = task.but(pinned=task.pinned | {pair}, forbidden=task.forbidden - {pair})
    plans = list(plain.every(forced))
    if not plans:
        assert reason.code in (Because.NO_NEED, Because.NO_CAPACITY)
        assert reason.loss is None
        return
    assert reason.loss == best - max(plain.worth(forced, one) for one in plans)
    assert (reason.code is Because.FORBIDDEN) == (pair in task.forbidden)
    if pair not in task.forbidden:
        assert (reason.code is Because.TIED) == (reason.loss == 0)
        assert reason.short is not None
        assert 0 <= reason.short <= reason.loss
        assert reason.code in {Because.TIED} | expected(task, reason)


def expected(task: Task, reason: Reason) -> set[Because]:
    """The codes that the figures allow."""
    assert reason.score is not None
    assert reason.worth is not None
    if reason.score > reason.worth:
        return {Because.TRAINER_FULL} | ({Because.TRAINER_LOADED} if task.load_price else set())
    none = {Because.WORSE_THAN_NONE} if reason.worth == -task.penalty else set()
    return {Because.BETTER_SERVED} | none


def test_a_cohort_is_explained_by_prices_that_agree_with_the_plan() -> None:
    plan = assign(cohort(300))
    problem, chosen = plan.problem, set(plan.chosen.tolist())
    for row in range(0, len(problem.score), 97):
        reason = why(
            plan, problem.trainers[problem.trainer[row]], problem.apprentices[problem.apprentice[row]]
        )
        assert (reason.code is Because.CHOSEN) == (row in chosen)
        assert reason.loss is not None
        assert reason.loss >= 0
