"""What a fitted model is: slopes and difficulties as columns, with how the fit went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from craftpath.figures.figure import VERSION, Figure, Figures, Flags, Floats, Missing


class Model(StrEnum):
    """Rasch with slope 1, Rasch with one slope to be estimated, and a slope for each item."""

    RASCH = "rasch"
    COMMON = "common"
    TWO_PL = "2pl"


@dataclass(frozen=True, slots=True)
class Course:
    """How an estimation went.

    `gradient` is the largest slope of the log-likelihood that was left, in standard errors of its parameter.
    """

    converged: bool
    iterations: int
    evaluations: int
    gradient: float


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A model of the items, P = 1/(1 + exp(-a(theta - b))), with theta ~ N(0, 1) in the population.

    `slope` and `difficulty` are columns with NaN and a reason where an item could not be estimated; `usable`
    marks the others. `nodes` is the size of the Gauss-Hermite rule.
    """

    model: Model
    items: tuple[str, ...]
    slope: Figures
    difficulty: Figures
    log_likelihood: Figure
    n: int
    nodes: int
    course: Course
    missing: Missing = Missing.IGNORED
    version: str = VERSION

    @property
    def usable(self) -> Flags:
        """Items with both parameters."""
        return np.asarray(~np.isnan(self.slope.values) & ~np.isnan(self.difficulty.values))


@dataclass(frozen=True, slots=True, eq=False)
class Conditional:
    """Rasch difficulties by conditional maximum likelihood: they sum to 0 and suppose no distribution."""

    items: tuple[str, ...]
    difficulty: Figures
    errors: Figures
    log_likelihood: Figure
    n: int
    course: Course
    missing: Missing = Missing.IGNORED
    version: str = VERSION


@dataclass(frozen=True, slots=True, eq=False)
class Abilities:
    """One row a person: expected a posteriori ability with its standard deviation; NaN where nothing was answered."""

    theta: Figures
    sd: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Information of the test and standard error of theta at each ability."""

    theta: Floats
    information: Floats
    error: Floats
