"""Are the people people and their pairs pairs? Every fault with its place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from craftpath.engines.pairing.checking import ROOM, not_whole, outside, repeated, twice
from craftpath.engines.pairing.mutual.types import Offers, People
from craftpath.engines.pairing.types import Whole
from craftpath.values.faults import Fault


def check_people(people: People) -> tuple[Fault, ...]:
    """Every fault; none means that `match` will do. A pair and the same pair turned round are one."""
    low, high = np.minimum(people.one, people.other), np.maximum(people.one, people.other)
    return tuple(_faults(people.people, ("a", people.one), ("b", people.other), people.score, (low, high)))


def check_offers(offers: Offers) -> tuple[Fault, ...]:
    """Every fault; none means that `rings` will do."""
    ends = offers.teacher, offers.learner
    faults = _faults(offers.people, ("teacher", ends[0]), ("learner", ends[1]), offers.score, ends)
    return (*faults, *_too_large(offers))


def _too_large(offers: Offers) -> Iterator[Fault]:
    """Scores that could leave 64 bits where rings are added up."""
    most = ROOM // (3 * len(offers.people) + 1)
    for at, score in enumerate(offers.score.tolist()):
        if abs(score) > most:
            yield Fault("pairing.scores_too_large", f"edges[{at}].score", {"given": score, "most": most})


def _faults(
    people: tuple[str, ...],
    one: tuple[str, Whole],
    other: tuple[str, Whole],
    score: Whole,
    key: tuple[Whole, Whole],
) -> Iterator[Fault]:
    if not len(one[1]) == len(other[1]) == len(score):
        yield Fault("pairing.columns_uneven", "edges", {"wanted": len(one[1]), "given": len(score)})
        return
    yield from twice(people, "people[{}]", "pairing.person_twice")
    known = np.ones(len(score), dtype=np.bool_)
    for name, column in (one, other):
        strange = outside(column, len(people))
        known &= ~strange
        for at in np.flatnonzero(strange):
            yield Fault("pairing.person_unknown", f"edges[{at}].{name}")
    for at in np.flatnonzero(known & (one[1] == other[1])):
        yield Fault("pairing.with_oneself", f"edges[{at}]")
    for row, before in repeated(key[0] * np.int64(max(1, len(people))) + key[1], known):
        yield Fault("pairing.edge_twice", f"edges[{row}]", {"before": before})
    yield from not_whole(score)
