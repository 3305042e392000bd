"""The importance-performance grid, and its diagonal.

Martilla and James (1977, Journal of Marketing 41(1), 77-79). The cross-hair stands at the mean of the items' means or
in the middle of the scale; ratings crowd at the top, so the means tell more apart. A mean that lies on a line counts
as high. The diagonal variant takes what is more important than mastered, the widest gap first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from craftpath.engines.needs.ranking import NEAR
from craftpath.engines.needs.types import Ratings


class Crosshair(StrEnum):
    """Where the lines stand."""

    MEANS = "means"
    MIDDLE = "middle"


class Quadrant(StrEnum):
    """What a field of the grid says."""

    CONCENTRATE = "concentrate"  # important, and not yet mastered
    KEEP_UP = "keep_up"  # both
    LOW = "low"  # neither
    OVERKILL = "overkill"  # mastered, and not important


@dataclass(frozen=True, slots=True)
class Grid:
    """The two lines, each item's quadrant ("" without a pair), and the items of the diagonal, widest gap first."""

    crosshair: Crosshair
    importance: float
    ability: float
    quadrants: tuple[str, ...]
    diagonal: tuple[int, ...]


def grid(
    importance: Ratings, ability: Ratings, crosshair: Crosshair, scale: tuple[float, float]
) -> Grid | None:
    """From each item's means, NaN without a pair; None where no item has one."""
    known = ~np.isnan(importance + ability)
    if not known.any():
        return None
    middle = (scale[0] + scale[1]) / 2
    lines = (middle, middle)
    if crosshair is Crosshair.MEANS:
        lines = (float(importance[known].mean()), float(ability[known].mean()))
    fields = {
        (True, False): Quadrant.CONCENTRATE,
        (True, True): Quadrant.KEEP_UP,
        (False, False): Quadrant.LOW,
        (False, True): Quadrant.OVERKILL,
    }
    high = (importance >= lines[0] - NEAR).tolist(), (ability >= lines[1] - NEAR).tolist()
    quadrants = [
        fields[pair].value if there else ""
        for pair, there in zip(zip(*high, strict=True), known, strict=True)
    ]
    gap = np.where(known, importance - ability, -np.inf)
    order = [int(at) for at in np.argsort(-gap, kind="stable") if gap[at] > NEAR]
    return Grid(crosshair, *lines, tuple(quadrants), tuple(order))
