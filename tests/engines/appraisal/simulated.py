"""Made-up cases with a fixed seed, drawn from the model that is to be found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from craftpath.engines.appraisal import Cases


@dataclass(frozen=True)
class Simulated:
    cases: Cases
    truth: npt.NDArray[np.float64]


def simulated(
    trainers: int, seed: int, between: float = 3.0, within: float = 6.0, teams: bool = False, most: int = 12
) -> Simulated:
    """2 to `most` apprentices each; with `teams` every second case is shared with the neighbour, 60 to 40."""
    random = np.random.default_rng(seed)
    owner = np.repeat(np.arange(trainers), random.integers(2, most + 1, trainers))
    n = len(owner)
    truth = random.normal(0, between, trainers)
    start = random.normal(60, 6, n)
    stage, programme = random.integers(0, 3, n), random.integers(0, 4, n)
    shared = teams & (random.random(n) < 0.5)
    other = (owner + 1) % trainers
    own = np.where(shared, 0.6, 1.0)
    felt = own * truth[owner] + (1 - own) * truth[other]
    mean = 60 + 0.3 * (start - 60) + np.array([0, 2, -2])[stage] + np.array([0, 3, -3, 1])[programme]
    names = [f"t{at:05}" for at in range(trainers)]
    case = np.concatenate([np.arange(n), np.flatnonzero(shared)])
    who = np.concatenate([owner, other[shared]])
    cases = Cases.of(
        names,
        [f"a{at:06}" for at in range(n)],
        np.clip(mean + felt + random.normal(0, within, n), 0, 100),
        start,
        [f"stage{at}" for at in stage],
        [f"programme{at}" for at in programme],
        (case, [names[at] for at in who], np.concatenate([own, 1 - own[shared]])),
    )
    return Simulated(cases, truth)
