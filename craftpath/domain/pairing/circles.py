"""Circles of arrows from teachers to learners: people who would teach themselves by way of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def circle(arrows: Mapping[int, Iterable[int]], wanted: Iterable[tuple[int, int]]) -> list[int]:
    """People ids along a circle that the wanted arrows (teacher, learner) would close; empty if none would.

    `arrows` are those that hold already: teacher → learners.
    """
    wanted = list(wanted)
    known: dict[int, set[int]] = defaultdict(set)
    for teacher, learners in arrows.items():
        known[teacher] |= set(learners)
    for teacher, learner in wanted:
        known[teacher].add(learner)
    for teacher, learner in wanted:
        way = _way(known, learner, teacher)
        if way:
            return [teacher, *way]
    return []


def _way(arrows: Mapping[int, set[int]], first: int, last: int) -> list[int]:
    """A way along the arrows from one to another; breadth first, so one of the shortest."""
    before: dict[int, int] = {}
    frontier, seen = [first], {first}
    while frontier:
        person = frontier.pop(0)
        if person == last:
            way = [person]
            while way[-1] != first:
                way.append(before[way[-1]])
            return way[::-1]
        for learner in sorted(arrows.get(person, ())):
            if learner not in seen:
                seen.add(learner)
                before[learner] = person
                frontier.append(learner)
    return []
