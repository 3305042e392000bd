"""The scale of levels: ours. The framework of core skills gives none."""

from __future__ import annotations

LOWEST, HIGHEST = 1, 4
LEVELS = (1, 2, 3, 4)
SEEN_AS_VALUE = {"alone": 1.0, "helped": 1 / 3, "not_yet": 0.0}
"""What one observed job says on the scale of 0 to 1: the best that its form can say is the top."""


def value_of(level: float) -> float:
    """A level (1–4) as a share of the way from the lowest to the highest."""
    return (level - LOWEST) / (HIGHEST - LOWEST)


def level_of(value: float) -> float:
    """A share (0–1) as a level (1–4)."""
    return LOWEST + (HIGHEST - LOWEST) * value


def nearest(value: float) -> int:
    """The level that lies nearest to a share, a half going up."""
    return min(HIGHEST, int(level_of(value) + 0.5))
