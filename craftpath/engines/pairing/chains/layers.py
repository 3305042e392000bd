"""All layers of a chain as one problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from craftpath.engines.pairing.chains.acyclic import acyclic
from craftpath.engines.pairing.checking import outside, twice
from craftpath.engines.pairing.faults import ProblemFaulty
from craftpath.engines.pairing.types import Problem, Whole, no_pairs
from craftpath.values.faults import Fault


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """People with levels (a higher number stands higher), what each may give and needs, and possible pairs.

    `capacity` counts those whom somebody may guide, `need` those by whom somebody shall be guided. `standing` has a
    row (trainer, apprentice) of places for each pair that stands and stays, outside of the problem.
    """

    people: tuple[str, ...]
    level: Whole
    capacity: Whole
    need: Whole
    trainer: Whole
    apprentice: Whole
    score: Whole
    standing: Whole = field(default_factory=no_pairs)
    unmatched_penalty: int = 0


def chained(layers: Layers) -> Problem:
    """One problem for `assign`, with everybody on both sides and only pairs that lead downwards.

    Layers do not share places or needs, so solving them together is solving each. Pairs within a level or upwards are
    left out. Raises `ProblemFaulty` for unknown people, standing pairs that run in a ring, and those that do not lead
    downwards: without the first and the second no plan beside the standing pairs has a cycle.
    """
    if faults := tuple(_faults(layers)):
        raise ProblemFaulty(faults)
    down = layers.level[layers.trainer] > layers.level[layers.apprentice]
    return Problem(
        trainers=layers.people,
        capacity=layers.capacity,
        apprentices=layers.people,
        need=layers.need,
        trainer=layers.trainer[down],
        apprentice=layers.apprentice[down],
        score=layers.score[down],
        unmatched_penalty=layers.unmatched_penalty,
    )


def _faults(layers: Layers) -> Iterator[Fault]:
    count = len(layers.people)
    yield from twice(layers.people, "people[{}]", "pairing.person_twice")
    if len(layers.level) != count:
        yield Fault("pairing.columns_uneven", "level", {"wanted": count, "given": len(layers.level)})
        return
    strange = [
        (part, at)
        for part, column in (
            ("edges[{}].trainer", layers.trainer),
            ("edges[{}].apprentice", layers.apprentice),
            ("standing[{}][0]", layers.standing[:, 0]),
            ("standing[{}][1]", layers.standing[:, 1]),
        )
        for at in np.flatnonzero(outside(column, count))
    ]
    for part, at in strange:
        yield Fault("pairing.person_unknown", part.format(at))
    if strange:
        return
    ring = acyclic((int(one), int(other)) for one, other in layers.standing.tolist())
    if ring:
        yield Fault("pairing.cycle", "standing", {"people": tuple(layers.people[one] for one in ring)})
    upwards = layers.level[layers.standing[:, 0]] <= layers.level[layers.standing[:, 1]]
    for at in np.flatnonzero(upwards):
        if not ring:
            yield Fault("pairing.not_downwards", f"standing[{at}]")
