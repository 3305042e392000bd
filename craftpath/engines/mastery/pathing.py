"""A path of one's own: what is mastered is skipped, what is missing comes first, and each step says why.

Keys may be of skills or of units alike: whoever asks says for each how probable its mastery is and what it needs
before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heapify, heappop, heappush

import numpy as np


class Why(StrEnum):
    """Why something is on the path, or is not."""

    NEEDED = "needed"  # facts: weight
    GOAL = "goal"
    BEFORE = "before"  # facts: keys, of what needs it
    NOTHING_KNOWN = "nothing_known"  # no answer yet: chance
    NOT_MASTERED = "not_mastered"  # chance, n
    ASKED_FOR = "asked_for"  # somebody wants it although it is mastered
    MASTERED = "mastered"  # chance, n
    EXCUSED = "excused"  # somebody says that it need not be
    LATER_STAGE = "later_stage"  # stage


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its facts."""

    why: Why
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is wanted: how much it weighs, from which stage on it is due, and whether it is an own goal.

    An own goal comes before what weighs more.
    """

    key: str
    weight: float = 1.0
    stage: int = 0
    goal: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The chance that something is mastered, and from how many answers that is known."""

    chance: float
    n: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is mastered at a chance of `enough`; what is kept on the path all the same, and what is taken off."""

    enough: float = 0.9
    asked_for: Set[str] = frozenset()
    excused: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing with its reasons; a reason for being there comes first."""

    key: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """`steps` in the order of learning, `skipped` and `later` with why; `rings` of things that need one another.

    A ring begins with its least key, each needs the next and the last the first. What stands in one is on the path, in
    the order of what is wanted most, and whatever else needs any of it comes after all of it.
    """

    steps: tuple[Step, ...]
    skipped: tuple[Step, ...]
    later: tuple[Step, ...]
    rings: tuple[tuple[str, ...], ...]


UNKNOWN = Known(0.0, 0)


def path(
    needs: Sequence[Need],
    mastery: Mapping[str, Known],
    prerequisites: Mapping[str, Sequence[str]],
    stage: int,
    wishes: Wishes | None = None,
) -> Path:
    """What to learn now, in which order, and why. The order of needs and of prerequisites changes nothing."""
    wishes = wishes or Wishes()
    wanted = {
        need.key: need for need in sorted(needs, key=lambda one: (one.weight, one.goal)) if need.weight > 0
    }
    if len({need.key for need in needs}) < len(needs):
        raise ValueError("a key is needed twice")
    now = {key for key, need in wanted.items() if need.stage <= stage}
    off = {key: reason for key in _all(wanted, prerequisites) if (reason := _off(key, mastery, wishes))}
    todo, for_whom = _missing(now - set(off), prerequisites, set(off))
    before = {key: {one for one in prerequisites.get(key, ()) if one in todo and one != key} for key in todo}
    rank = _ranks(todo, wanted, before)
    order, rings = _untied(before, rank)
    own = {(key,) for key in todo if key in prerequisites.get(key, ())}
    met = {one for key in todo for one in prerequisites.get(key, ())} | now
    return Path(
        tuple(Step(key, _reasons(key, wanted, for_whom, mastery, wishes, now)) for key in order),
        tuple(Step(key, (off[key],)) for key in sorted(off.keys() & met)),
        tuple(
            Step(key, (Reason(Why.LATER_STAGE, {"stage": wanted[key].stage}),))
            for key in sorted(wanted.keys() - now - todo - off.keys())
        ),
        tuple(sorted({*rings, *own})),
    )


def _all(wanted: Mapping[str, Need], prerequisites: Mapping[str, Sequence[str]]) -> set[str]:
    return {*wanted, *prerequisites, *(one for some in prerequisites.values() for one in some)}


def _off(key: str, mastery: Mapping[str, Known], wishes: Wishes) -> Reason | None:
    """Why this is not learnt, if it is not; a wish of somebody stands over what answers say."""
    known = mastery.get(key, UNKNOWN)
    if key in wishes.excused:
        return Reason(Why.EXCUSED)
    if key not in wishes.asked_for and known.chance >= wishes.enough:
        return Reason(Why.MASTERED, {"chance": known.chance, "n": known.n})
    return None


def _missing(
    start: set[str], prerequisites: Mapping[str, Sequence[str]], off: set[str]
) -> tuple[set[str], dict[str, list[str]]]:
    """What is needed and all that is missing before it, and for each of these what needs it."""
    found, open_ = set(start), sorted(start)
    for_whom: dict[str, list[str]] = {}
    while open_:
        key = open_.pop()
        for one in sorted({*prerequisites.get(key, ())} - off - {key}):
            for_whom.setdefault(one, []).append(key)
            if one not in found:
                found.add(one)
                open_.append(one)
    return found, {key: sorted(some) for key, some in for_whom.items()}


Rank = tuple[bool, float, str]


def _ranks(todo: set[str], wanted: Mapping[str, Need], before: Mapping[str, set[str]]) -> dict[str, Rank]:
    """How early each thing wants to come; what only leads to others is as urgent as the most urgent of these."""
    rank: dict[str, Rank] = {}
    own = {
        key: (not wanted[key].goal, -wanted[key].weight) if key in wanted else (True, 0.0)
        for key in sorted(todo)
    }
    for key in sorted(todo, key=lambda one: (own[one], one)):
        reached = [key]
        while reached:
            one = reached.pop()
            if one not in rank:
                rank[one] = (*own[key], one)
                reached += sorted(before[one])
    return rank


def _untied(
    before: Mapping[str, set[str]], rank: Mapping[str, Rank]
) -> tuple[list[str], set[tuple[str, ...]]]:
    """Knots of things that need one another in one or more rings, each together; inside, the rings are cut."""
    knot = _knots(before)
    needs: dict[str, set[str]] = {name: set() for name in knot.values()}
    inside: dict[str, dict[str, set[str]]] = {name: {} for name in knot.values()}
    first: dict[str, Rank] = {}
    for key, some in before.items():
        name = knot[key]
        needs[name] |= {knot[one] for one in some} - {name}
        inside[name][key] = {one for one in some if knot[one] == name}
        here = (*rank[key][:2], name)
        first[name] = min(first.get(name, here), here)
    order: list[str] = []
    rings: set[tuple[str, ...]] = set()
    for name in _ordered(needs, first)[0]:
        keys, cut = _ordered(inside[name], rank)
        order += keys
        rings |= cut
    return order, rings


def _knots(before: Mapping[str, set[str]]) -> dict[str, str]:
    """For each key the least of those that it needs and that need it, by whichever way; mostly itself."""
    keys = sorted(before)
    place = {key: at for at, key in enumerate(keys)}
    ends = np.array(
        [(place[key], place[one]) for key, some in before.items() for one in some], dtype=np.int64
    ).reshape(-1, 2)
    from scipy import sparse  # noqa: PLC0415  (slow to import, and no start needs it)
    from scipy.sparse import csgraph  # noqa: PLC0415  (the same)

    table = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(keys), len(keys)))
    label = csgraph.connected_components(table, connection="strong")[1].tolist() if keys else []
    least: dict[int, str] = {}
    for key, one in zip(keys, label, strict=True):
        least.setdefault(one, key)
    return {key: least[one] for key, one in zip(keys, label, strict=True)}


def _ordered(
    before: Mapping[str, set[str]], rank: Mapping[str, Rank]
) -> tuple[list[str], set[tuple[str, ...]]]:
    """What is wanted most among what is open, again and again; where nothing is open, a ring is cut and told."""
    left = {key: set(some) for key, some in before.items()}
    after: dict[str, set[str]] = {key: set() for key in before}
    for key, some in before.items():
        for one in some:
            after[one].add(key)
    order: list[str] = []
    rings: set[tuple[str, ...]] = set()
    ready = [rank[key] for key, some in left.items() if not some]
    heapify(ready)
    while left:
        if not ready:
            ring = _ring(left)
            rings.add(ring)
            for key, one in zip(ring, (*ring[1:], ring[0]), strict=True):
                left[key].discard(one)
                after[one].discard(key)
                if not left[key]:
                    heappush(ready, rank[key])
            continue
        key = heappop(ready)[-1]
        del left[key]
        order.append(key)
        for one in after[key]:
            left[one].discard(key)
            if not left[one]:
                heappush(ready, rank[one])
    return order, rings


def _ring(left: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Going from each thing to the least that it still needs, one comes round."""
    key = min(left)
    place: dict[str, int] = {}
    while key not in place:
        place[key] = len(place)
        key = min(left[key])
    ring = list(place)[place[key] :]
    at = ring.index(min(ring))
    return (*ring[at:], *ring[:at])


def _reasons(
    key: str,
    wanted: Mapping[str, Need],
    for_whom: Mapping[str, Sequence[str]],
    mastery: Mapping[str, Known],
    wishes: Wishes,
    now: set[str],
) -> tuple[Reason, ...]:
    found = []
    if key in now:
        found += [Reason(Why.GOAL)] if wanted[key].goal else []
        found += [Reason(Why.NEEDED, {"weight": wanted[key].weight})]
    if key in for_whom:
        found.append(Reason(Why.BEFORE, {"keys": tuple(for_whom[key])}))
    known = mastery.get(key, UNKNOWN)
    if known.chance >= wishes.enough:
        found.append(Reason(Why.ASKED_FOR, {"chance": known.chance, "n": known.n}))
    elif known.n:
        found.append(Reason(Why.NOT_MASTERED, {"chance": known.chance, "n": known.n}))
    else:
        found.append(Reason(Why.NOTHING_KNOWN, {"chance": known.chance}))
    return tuple(found)
