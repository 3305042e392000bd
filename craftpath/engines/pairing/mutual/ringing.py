"""Rings of two and three: everybody teaches one person and learns from one."""

from __future__ import annotations

import numpy as np

from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.mutual.checking import check_offers
from craftpath.engines.pairing.mutual.types import Offers, Rings
from craftpath.engines.pairing.network import order
from craftpath.engines.pairing.searching import search
from craftpath.engines.pairing.types import Flags, Whole

Ring = tuple[tuple[int, ...], int]  # people, and what it is worth


def rings(offers: Offers, seed: int = 0, work: float = 30, seconds: float = 120) -> Rings:
    """Disjoint rings of two or three people of greatest total score; those worth nothing or less are never made.

    All rings that the offers allow are listed, then chosen from by CP-SAT; `work` is its own count, the same on every
    machine. Where that ends the search, the best that was found comes back with its bound. Raises `ProblemFaulty`.
    """
    if faults := check_offers(offers):
        raise ProblemFaulty(faults)
    origin, place = order(offers.people, seed)
    found = _rings(place[offers.teacher], place[offers.learner], offers.score.astype(np.int64), len(origin))
    taken, bound = _packed(found, seed, work, seconds)
    total = sum(worth for _, worth in taken)
    named = [_from_first(offers, tuple(int(origin[one]) for one in ring)) for ring, _ in taken]
    named.sort(key=lambda ring: [offers.people[one] for one in ring])
    return Rings(tuple(named), total, bound)


def _from_first(offers: Offers, ring: tuple[int, ...]) -> tuple[int, ...]:
    at = min(range(len(ring)), key=lambda turn: offers.people[ring[turn]])
    return ring[at:] + ring[:at]


def _rings(teacher: Whole, learner: Whole, score: Whole, people: int) -> list[Ring]:
    """Every ring that is worth something, as places beginning with the lowest, and what it is worth."""
    keys = teacher * np.int64(max(1, people)) + learner
    rows = np.argsort(keys)
    teacher, learner, score, keys = teacher[rows], learner[rows], score[rows], keys[rows]

    def back(one: Whole, other: Whole) -> tuple[Flags, Whole]:
        """Whether `one` could teach `other`, and in which row."""
        wanted = one * np.int64(max(1, people)) + other
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        return (keys[at] == wanted if len(keys) else np.zeros(len(wanted), dtype=np.bool_)), at

    rising = np.flatnonzero(teacher < learner)
    closed, at = back(learner[rising], teacher[rising])
    first, last = rising[closed], at[closed]
    worth = score[first] + score[last]
    twos = zip(teacher[first].tolist(), learner[first].tolist(), strict=True)
    found: list[Ring] = list(zip(twos, worth.tolist(), strict=True))
    # A way of two steps from the lowest place: each rising row, joined with all rows of its learner.
    start = np.searchsorted(teacher, learner[rising])
    many = np.searchsorted(teacher, learner[rising], side="right") - start
    one = np.repeat(rising, many)
    two = np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)
    onward = learner[two] > teacher[one]
    one, two = one[onward], two[onward]
    closed, three = back(learner[two], teacher[one])
    one, two, three = one[closed], two[closed], three[closed]
    worth = score[one] + score[two] + score[three]
    ways = zip(teacher[one].tolist(), teacher[two].tolist(), teacher[three].tolist(), strict=True)
    found += list(zip(ways, worth.tolist(), strict=True))
    return [(ring, worth) for ring, worth in found if worth > 0]


def _packed(found: list[Ring], seed: int, work: float, seconds: float) -> tuple[list[Ring], int]:
    """Rings of which nobody is in two, and a bound of what such rings can be worth."""
    if not found:
        return [], 0
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to import)

    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in found]
    mine: dict[int, list[cp_model.IntVar]] = {}
    for variable, (ring, _) in zip(taken, found, strict=True):
        for person in ring:
            mine.setdefault(person, []).append(variable)
    for variables in mine.values():
        model.add_at_most_one(variables)
    model.maximize(cp_model.LinearExpr.weighted_sum(taken, [worth for _, worth in found]))
    answer = search(model, seed, work, seconds)
    if answer.value is None or answer.bound is None:
        return [], _by_person(found)
    chosen = [ring for variable, ring in zip(taken, found, strict=True) if answer.value(variable)]
    return chosen, sum(worth for _, worth in chosen) if answer.best else answer.bound


def _by_person(found: list[Ring]) -> int:
    """A bound without a search: everybody brings at most their share of the best ring for them, rounded up."""
    most: dict[int, int] = {}
    for ring, worth in found:
        for person in ring:
            most[person] = max(most.get(person, 0), -(-worth // len(ring)))
    return sum(most.values())
