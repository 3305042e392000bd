"""A problem as a network: people in an order of their own, pins settled, only what is still to be decided.

Arcs run from each apprentice to possible trainers (one unit, costing minus the score), from trainers to the sink
(the price of load), and from apprentices to the sink (an unmet need, costing the penalty).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from craftpath.engines.pairing.types import Problem, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What is left to decide, in the network's own places.

    `trainer`, `apprentice`, `gain` are the open pairs, sorted by apprentice and trainer; `edge` is the row of each
    in the problem. `room` and `need` are what pins leave, `load` what pins take. `trainer_origin` and
    `apprentice_origin` lead from places here to places in the problem, `trainer_place` and `apprentice_place` back.
    """

    trainer: Whole
    apprentice: Whole
    gain: Whole
    edge: Whole
    room: Whole
    need: Whole
    load: Whole
    capacity: Whole
    trainer_origin: Whole
    apprentice_origin: Whole
    trainer_place: Whole
    apprentice_place: Whole
    penalty: int
    load_price: int

    def marginal(self, trainer: Whole, load: Whole) -> Whole:
        """What the last of so many apprentices (pins not counted) costs at these trainers."""
        if not self.load_price:
            return np.zeros(len(trainer), dtype=np.int64)
        number = load + self.load[trainer]
        return self.load_price * (2 * number - 1) // np.maximum(self.capacity[trainer], 1)


def network(problem: Problem, seed: int) -> Network:
    """The network of a problem without faults."""
    trainer_origin, trainer_place = order(problem.trainers, seed)
    apprentice_origin, apprentice_place = order(problem.apprentices, seed + 1)
    pinned = problem.pinned
    load = np.bincount(pinned[:, 0], minlength=len(problem.trainers))
    met = np.bincount(pinned[:, 1], minlength=len(problem.apprentices))
    room, need = problem.capacity - load, problem.need - met
    free = (room[problem.trainer] > 0) & (need[problem.apprentice] > 0) & ~problem.pins & ~problem.struck
    rows = np.flatnonzero(free)
    trainer = trainer_place[problem.trainer[rows]]
    apprentice = apprentice_place[problem.apprentice[rows]]
    sorted_rows = np.argsort(apprentice * np.int64(max(1, len(trainer_origin))) + trainer)
    return Network(
        trainer=trainer[sorted_rows],
        apprentice=apprentice[sorted_rows],
        gain=problem.score[rows[sorted_rows]].astype(np.int64),
        edge=rows[sorted_rows],
        room=room[trainer_origin],
        need=need[apprentice_origin],
        load=load[trainer_origin],
        capacity=problem.capacity[trainer_origin],
        trainer_origin=trainer_origin,
        apprentice_origin=apprentice_origin,
        trainer_place=trainer_place,
        apprentice_place=apprentice_place,
        penalty=problem.unmatched_penalty,
        load_price=problem.load_price,
    )


def order(ids: Sequence[str], seed: int) -> tuple[Whole, Whole]:
    """Who stands at each place of an order drawn by the seed from sorted ids, and the place of each."""
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    origin = by_id[np.random.default_rng(seed).permutation(len(ids))]
    place = np.empty_like(origin)
    place[origin] = np.arange(len(ids))
    return origin, place
