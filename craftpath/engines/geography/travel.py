"""Minutes between two places from the great circle between them: an estimate, and said to be one."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt

from craftpath.engines.geography.types import Position

EARTH = 6_371_008.8  # metres, the mean radius


@dataclass(frozen=True, slots=True)
class Pace:
    """Kilometres an hour, how much longer the way is than the great circle, minutes of waiting."""

    speed: float
    detour: float
    wait: int = 0


PACES = {
    "walk": Pace(4.5, 1.3),
    "bike": Pace(14, 1.3),
    "bus": Pace(25, 1.4, 10),
    "car": Pace(40, 1.35),
}


def metres(a: Position, b: Position) -> float:
    """The great circle between two places."""
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    half = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def estimate(a: Position, b: Position, mode: str) -> int:
    """Minutes by this mode, rounded up; none for the same place. KeyError for a mode without a pace."""
    pace = PACES[mode]
    far = metres(a, b) / 1000 * pace.detour
    return ceil(far / pace.speed * 60) + pace.wait if far > 0.05 else 0
