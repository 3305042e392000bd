"""Ratings of tasks as columns, what decides about them, and the figures of one task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Values = NDArray[np.float64]

SCALES = ("importance", "frequency", "difficulty", "entry")
"""What is rated beside whether somebody does the task: three scales of 1 to 5, and 0 or 1 for the first day."""
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Ratings:
    """One row for each task that somebody said something about; NaN where a question was left out.

    `tasks` are keys; `task` and `rater` are places, no pair stands twice. `performs` is 1 or 0, `values` has one
    column for each of `SCALES`.
    """

    tasks: tuple[str, ...]
    task: Places
    rater: Places
    performs: Values
    values: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What decides: exact numbers, and reached where a figure equals them.

    A task is kept where its mean importance reaches `cut` and the share of those who do it reaches `performed`
    (0 to 1). `limits` are the means of difficulty, importance and frequency from which the tree goes the way of yes,
    `weights` those of the index. A figure of fewer than `fewest` people is not given.
    """

    cut: Fraction = Fraction(3)
    performed: Fraction = Fraction(1, 2)
    limits: Mapping[str, Fraction] = field(default_factory=lambda: dict.fromkeys(SCALES[:3], Fraction(3)))
    weights: Mapping[str, Fraction] = field(default_factory=lambda: dict.fromkeys(SCALES[:3], Fraction(1)))
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Figures:
    """What was said of one task. None stands for what too few people said, `priority` is "" then.

    `n` counts who said anything; `counts` who used a scale, "performs" among them. `share` is of those who said
    whether they do it. `rank` is 1 for the greatest index; equal ones share the smaller number. `differ` is set
    where tree and index, training equally many tasks, do not agree on this one.
    """

    task: str
    n: int
    counts: Mapping[str, int]
    share: Fraction | None
    means: Mapping[str, Fraction | None]
    kept: bool | None
    priority: str
    index: float | None
    rank: int | None
    differ: bool
