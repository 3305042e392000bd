"""What is to blame where nothing fits: as few wishes as quarrel, and one way that works."""

from __future__ import annotations

import numpy as np

from craftpath.engines.curriculum.model import Model, Row
from craftpath.engines.curriculum.solving import Answer, Budget, solve
from craftpath.engines.curriculum.types import AT_LEAST, Blame, Kind, Problem, Wish
from craftpath.engines.curriculum.wishes import counted


def blame(problem: Problem, budget: Budget) -> Blame:
    """The conflict has as few wishes as any; if the time runs out it is a larger one, in the end all wishes."""
    model = Model(problem)
    return Blame(_conflict(model, budget), _way(model, budget))


def _conflict(model: Model, budget: Budget) -> tuple[Wish, ...]:
    """A set of wishes that cannot be kept has to meet every set without which the others can (Ignatiev et al. 2015).

    Of all sets that meet those known so far, a smallest is tried; if it can be kept, what cannot be kept beside it
    is one more set to meet. The first that cannot be kept is a smallest conflict.
    """
    every = range(len(model.wishes))
    to_meet: list[set[int]] = []
    while True:
        tried = _meeting(to_meet, len(every), budget)
        given = None if tried is None else _given_up(model, tried, budget)
        if tried is None or given is None:
            return tuple(model.wishes[at][0] for at in every)
        if not given:
            return tuple(model.wishes[at][0] for at in sorted(tried))
        to_meet.append(given)


def _meeting(sets: list[set[int]], many: int, budget: Budget) -> set[int] | None:
    """As few places as may be, one of each set at least; of equals by order."""
    if not sets:
        return set()
    rows = [Row(dict.fromkeys(sorted(one), 1.0), low=1) for one in sets]
    answer = solve(rows, -(2.0 * many * many + np.arange(many, dtype=np.float64)), np.ones(many), budget)
    return None if answer.x is None else {int(at) for at in np.flatnonzero(answer.x > 0.5)}


def _given_up(model: Model, kept: set[int], budget: Budget) -> set[int] | None:
    """As few of the others as have to be given up where these are kept; none if these cannot be; None: unknown."""
    answer = _elastic(model, kept, budget)
    if answer.impossible:
        return set()
    if answer.x is None:
        return None
    return {at for at in range(len(model.wishes)) if at not in kept and answer.x[_given(model, at)] > 0.5}


def _given(model: Model, at: int) -> int:
    return model.width + 2 * at


def _elastic(model: Model, kept: set[int], budget: Budget) -> Answer:
    """Every other wish may be given up: as few as may be, of equals rather limits than pins, these by little."""
    many = len(model.wishes)
    most = 1.0 + sum(_room(model, row) for _, row in model.wishes)
    rows = list(model.structure)
    goal = np.zeros(model.width + 2 * many)
    high = np.concatenate([model.high, np.ones(2 * many)])
    for at, (wish, row) in enumerate(model.wishes):
        if at in kept:
            rows.append(row)
            continue
        slack, given, room = _given(model, at) + 1, _given(model, at), _room(model, row)
        sign = 1.0 if _lower(wish) else -1.0
        rows.append(Row({**row.terms, slack: sign}, row.low, row.high))
        rows.append(Row({slack: 1.0, given: -room}, high=0))
        high[slack] = room
        goal[given] = -most * (many + 1)
        goal[slack] = -most if wish.kind in (Kind.PINNED, Kind.FORBIDDEN) else -1.0
    return solve(rows, goal, high, budget)


def _lower(wish: Wish) -> bool:
    return wish.kind in AT_LEAST or wish.kind is Kind.PINNED


def _room(model: Model, row: Row) -> float:
    """The most by which a wish can be missed."""
    return max(row.low if np.isfinite(row.low) else 0.0, sum(row.terms.values()))


def _way(model: Model, budget: Budget) -> tuple[tuple[Wish, int | None], ...]:
    """As few changes as let everything else be kept, each as small as it can be beside the others."""
    answer = _elastic(model, set(), budget)
    if answer.x is None:
        return ()
    placed, told = model.placed(answer.x), []
    for at, (wish, _) in enumerate(model.wishes):
        if answer.x[_given(model, at)] > 0.5:
            plain = wish.kind in (Kind.PINNED, Kind.FORBIDDEN)
            told.append((wish, None if plain else counted(model.problem, wish, placed)))
    return tuple(told)
