"""Deferred acceptance: apprentices ask in the order of their lists, trainers keep the best they have heard of."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from craftpath.engines.pairing.checking import twice
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.values.faults import Fault

Lists = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """Who wants whom. Places in the lists run from the most wanted to the least; who is not listed is not wanted.

    `choices` has a list of trainers for each apprentice, `rankings` a list of apprentices for each trainer. A pair is
    possible only where both list each other.
    """

    trainers: tuple[str, ...]
    capacity: tuple[int, ...]
    apprentices: tuple[str, ...]
    choices: Lists
    rankings: Lists


@dataclass(frozen=True, slots=True)
class Stable:
    """The trainer of each apprentice (None without), and how far down the own list everybody came, from 0.

    Of all stable plans the best for every apprentice at once. Who has nobody here has nobody in any stable plan, and
    a trainer with places left has the same apprentices in all of them.
    """

    trainer: tuple[int | None, ...]
    choice: tuple[int | None, ...]


def check_stated(stated: Stated) -> tuple[Fault, ...]:
    """Every fault: ids or list entries twice, people unknown, capacities below 0."""
    return tuple(_faults(stated))


def _faults(stated: Stated) -> Iterator[Fault]:
    yield from twice(stated.trainers, "trainers[{}].id", "pairing.trainer_twice")
    yield from twice(stated.apprentices, "apprentices[{}].id", "pairing.apprentice_twice")
    for name, given, wanted in (
        ("capacity", stated.capacity, stated.trainers),
        ("rankings", stated.rankings, stated.trainers),
        ("choices", stated.choices, stated.apprentices),
    ):
        if len(given) != len(wanted):
            yield Fault("pairing.columns_uneven", name, {"wanted": len(wanted), "given": len(given)})
    for at, capacity in enumerate(stated.capacity):
        if capacity < 0:
            yield Fault("pairing.capacity_negative", f"trainers[{at}].capacity", {"given": capacity})
    yield from _lists(stated.choices, "choices", "pairing.trainer_unknown", len(stated.trainers))
    yield from _lists(stated.rankings, "rankings", "pairing.apprentice_unknown", len(stated.apprentices))


def _lists(lists: Lists, part: str, unknown: str, length: int) -> Iterator[Fault]:
    for at, wanted in enumerate(lists):
        seen = set[int]()
        for turn, one in enumerate(wanted):
            if not 0 <= one < length:
                yield Fault(unknown, f"{part}[{at}][{turn}]")
            elif one in seen:
                yield Fault("pairing.listed_twice", f"{part}[{at}][{turn}]")
            seen.add(one)


def stable(stated: Stated) -> Stable:
    """The stable plan that is best for apprentices; the same whoever asks first. Raises `ProblemFaulty`."""
    if faults := check_stated(stated):
        raise ProblemFaulty(faults)
    rank = _ranks(stated.rankings)
    kept: list[list[tuple[int, int]]] = [[] for _ in stated.trainers]  # heaps with the least wanted on top
    asked = [0] * len(stated.apprentices)
    waiting = deque(range(len(stated.apprentices)))
    while waiting:
        who = waiting.popleft()
        while asked[who] < len(stated.choices[who]):
            trainer = stated.choices[who][asked[who]]
            loser = _answer(kept[trainer], stated.capacity[trainer], rank[trainer].get(who), who)
            if loser == who:
                asked[who] += 1
                continue
            if loser is not None:
                asked[loser] += 1
                waiting.append(loser)
            break
    choice = tuple(at if at < len(stated.choices[who]) else None for who, at in enumerate(asked))
    trainer_of = tuple(None if at is None else stated.choices[who][at] for who, at in enumerate(choice))
    return Stable(trainer_of, choice)


def _answer(kept: list[tuple[int, int]], capacity: int, rank: int | None, who: int) -> int | None:
    """Who is sent away when somebody asks: nobody, the one who asks, or who was kept until now."""
    if rank is None or not capacity:
        return who
    if len(kept) < capacity:
        heapq.heappush(kept, (-rank, who))
        return None
    return heapq.heappushpop(kept, (-rank, who))[1]


def _ranks(lists: Lists) -> list[dict[int, int]]:
    return [{one: at for at, one in enumerate(wanted)} for wanted in lists]


def blocking(stated: Stated, trainer: Sequence[int | None]) -> list[tuple[int, int]]:
    """(trainer, apprentice) who would both rather have each other than what a plan gives them; none if it is stable."""
    rank = _ranks(stated.rankings)
    have: list[list[int]] = [[] for _ in stated.trainers]
    for who, at in enumerate(trainer):
        if at is not None:
            have[at].append(who)
    found = []
    for who, choices in enumerate(stated.choices):
        for one in choices:
            if one == trainer[who]:
                break
            mine = rank[one].get(who)
            room = len(have[one]) < stated.capacity[one]
            better = mine is not None and any(rank[one][other] > mine for other in have[one])
            if mine is not None and (room or better):
                found.append((one, who))
    return found
