"""The slow and obvious way: every plan there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, permutations
from typing import Any

from craftpath.engines.pairing import Problem

Pair = tuple[str, str]
Pairs = frozenset[Pair]


@dataclass(frozen=True)
class Task:
    """A problem in ids."""

    trainers: dict[str, int]
    apprentices: dict[str, int]
    scores: dict[Pair, int]
    pinned: Pairs = frozenset()
    forbidden: Pairs = frozenset()
    penalty: int = 0
    load_price: int = 0

    def problem(self, order: Sequence[int] | None = None) -> Problem:
        """Rows in order, or turned round."""
        turn = (lambda rows: list(rows)) if order is None else (lambda rows: list(rows)[::-1])
        return Problem.named(
            dict(turn(self.trainers.items())),
            dict(turn(self.apprentices.items())),
            [(*pair, score) for pair, score in turn(self.scores.items())],
            turn(sorted(self.pinned)),
            turn(sorted(self.forbidden)),
            unmatched_penalty=self.penalty,
            load_price=self.load_price,
        )

    def but(self, **more: Any) -> Task:
        return replace(self, **more)


def every(task: Task) -> Iterator[Pairs]:
    """Every plan that keeps capacities, needs, pins and what is forbidden."""
    free = sorted(set(task.scores) - task.pinned - task.forbidden)
    parts = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    for part in parts:
        plan = task.pinned | set(part)
        loads, met = Counter(one for one, _ in plan), Counter(who for _, who in plan)
        fits = all(loads[one] <= most for one, most in task.trainers.items())
        if fits and all(met[who] <= need for who, need in task.apprentices.items()):
            yield frozenset(plan)


def unmet(task: Task, plan: Pairs) -> int:
    return sum(task.apprentices.values()) - len(plan)


def total(task: Task, plan: Pairs) -> int:
    return sum(task.scores[pair] for pair in plan) - task.penalty * unmet(task, plan)


def load_cost(task: Task, plan: Pairs) -> int:
    loads = Counter(one for one, _ in plan)
    return sum(
        task.load_price * (2 * number - 1) // task.trainers[one]
        for one, load in loads.items()
        for number in range(1, load + 1)
    )


def worth(task: Task, plan: Pairs) -> int:
    return total(task, plan) - load_cost(task, plan)


def best(task: Task) -> int:
    return max(worth(task, plan) for plan in every(task))


def matchings(edges: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Every choice of edges that share nobody."""
    if not edges:
        yield []
        return
    head, rest = edges[0], edges[1:]
    yield from matchings(rest)
    for others in matchings([edge for edge in rest if not {edge[0], edge[1]} & {head[0], head[1]}]):
        yield [head, *others]


def packings(offers: dict[tuple[int, int], int], people: int) -> int:
    """What the best choice of disjoint rings of two and three is worth."""
    rings = []
    for size in (2, 3):
        for ring in permutations(range(people), size):
            steps = list(zip(ring, (*ring[1:], ring[0]), strict=True))
            if ring[0] == min(ring) and all(step in offers for step in steps):
                rings.append((set(ring), sum(offers[step] for step in steps)))

    def of(rest: list[tuple[set[int], int]]) -> int:
        if not rest:
            return 0
        (who, value), others = rest[0], rest[1:]
        return max(of(others), value + of([ring for ring in others if not ring[0] & who]))

    return of(rings)
