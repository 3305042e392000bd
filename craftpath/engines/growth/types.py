"""What proofs, the rule and levels are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rule:
    """How proofs become a level; `version` changes with any of the figures.

    `neutral` (0–1) is what is taken where nothing is known, and counts as much as `known` proofs of weight 1. A proof
    counts half after `half_life` days. The interval holds `deviations` standard deviations to either side, which for
    a bell curve is 80 of 100. `fewest` others stand behind a median.
    """

    version: str = "1"
    neutral: float = 0.5
    known: float = 2.0
    half_life: float = 180.0
    deviations: float = 1.2816
    fewest: int = 5


@dataclass(frozen=True, slots=True, eq=False)
class Proofs:
    """One row a proof: places of person, skill and stage; age in days (0 or more) on the day as of which it is asked.

    `value` is 0–1, NaN where the proof says that the skill was taught or practised and not how well. `weight` is
    over 0.
    """

    person: Whole
    skill: Whole
    stage: Whole
    age: Floats
    value: Floats
    weight: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int, float, float | None, float]]) -> Proofs:
        """From plain rows (person, skill, stage, age, value or None, weight)."""
        columns = list(zip(*rows, strict=True)) or [()] * 6
        places = [np.array(column, dtype=np.int64) for column in columns[:3]]
        value = np.array([np.nan if one is None else one for one in columns[4]], dtype=np.float64)
        return cls(
            places[0],
            places[1],
            places[2],
            np.array(columns[3], dtype=np.float64),
            value,
            np.array(columns[5], dtype=np.float64),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Arrays of shape (people, skills, stages); `level`, `low` and `high` are 0–1, NaN where there is no proof.

    `n` counts the proofs that say how well, `told` those that only say that it was taught or practised; `weight` is
    what the first weigh together, by their age.
    """

    level: Floats
    low: Floats
    high: Floats
    n: Whole
    told: Whole
    weight: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Pulls:
    """What each proof brings to its level, in the order of the proofs: `weight` by its age, and `pull`.

    The pulls of a person's skill in a stage, added to the neutral value, are the level. NaN: it says not how well.
    """

    weight: Floats
    pull: Floats
