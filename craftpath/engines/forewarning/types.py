"""What the engine takes and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Faulty(ValueError):
    """What was given cannot be worked with: a code and its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Feature:
    """A figure that the model knows: more of it never lowers the share. Above `cap` it counts as `cap`."""

    key: str
    cap: float

    def __post_init__(self) -> None:
        """A cap is a positive number."""
        if not (np.isfinite(self.cap) and self.cap > 0):
            raise Faulty("feature_without_cap", feature=self.key)


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `n` with its interval of 95 %; None where n is 0."""

    count: int
    n: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        """The proportion itself."""
        return self.count / self.n if self.n else None
