"""How a cohort's figures are spread: bins for a histogram, five numbers for a box plot.

Readers who may see figures but no persons get no cell in which 1 to 4 people stand, also not by subtracting
what is shown from a whole that is shown too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

SMALLEST_CELL = 5  # people
WIDTHS = (5, 10, 20, 25, 50)  # points; each divides 100


@dataclass(frozen=True, slots=True)
class Box:
    """Least, quartiles and greatest of `n` figures; quartiles interpolate linearly between ranks."""

    n: int
    low: float
    q1: float
    median: float
    q3: float
    high: float


def showable(*cells: int) -> bool:
    """Whether the parts of a whole may be told to somebody who may see no persons."""
    return all(cell == 0 or cell >= SMALLEST_CELL for cell in cells) and sum(cells) >= SMALLEST_CELL


def coarse_histogram(figures: Sequence[Decimal]) -> list[tuple[int, int, int]] | None:
    """The finest histogram with equal bins of which none holds 1 to 4 people; None if there is none."""
    found = (histogram(figures, width=width) for width in WIDTHS)
    return next((bins for bins in found if showable(*(count for _, _, count in bins))), None)


def histogram(figures: Sequence[Decimal], *, width: int = 5, top: int = 100) -> list[tuple[int, int, int]]:
    """(from, below, count) of each bin from 0 to `top`; the last bin holds `top` itself."""
    edges = list(range(0, top + 1, width))
    counts, _ = np.histogram([float(figure) for figure in figures], bins=edges)
    return [(low, low + width, int(count)) for low, count in zip(edges[:-1], counts, strict=True)]


def box(figures: Sequence[Decimal]) -> Box | None:
    """The five numbers, or None for no figures: undefined is not zero."""
    if not figures:
        return None
    low, q1, median, q3, high = np.percentile([float(figure) for figure in figures], [0, 25, 50, 75, 100])
    return Box(len(figures), float(low), float(q1), float(median), float(q3), float(high))
