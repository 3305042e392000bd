"""Made-up answers with a fixed seed, drawn from the model that is to be found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from craftpath.engines.psychometrics import Responses


@dataclass(frozen=True)
class Simulated:
    slope: npt.NDArray[np.float64]
    difficulty: npt.NDArray[np.float64]
    theta: npt.NDArray[np.float64]
    responses: Responses


def simulated(
    people: int, items: int, seed: int, missing: float = 0.0, common: float = 0.0, mean: float = 0.0
) -> Simulated:
    random = np.random.default_rng(seed)
    slope = np.full(items, common) if common else random.lognormal(0, 0.3, items)
    difficulty, theta = random.normal(0, 1, items), random.normal(0, 1, people)
    theta += mean
    chance = 1 / (1 + np.exp(-slope * (theta[:, None] - difficulty)))
    right = (random.random((people, items)) < chance).astype(float)
    right[random.random((people, items)) < missing] = np.nan
    return Simulated(slope, difficulty, theta, Responses.of(right))
