"""Small lines beside figures: plain numbers in, an SVG path out, gaps where a figure is absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDE, HIGH, EDGE = 112.0, 28.0, 3.5


@dataclass(frozen=True, slots=True)
class Spark:
    """A line with its last point; `lone` are points between two gaps. `said` is what it says, for who cannot see it."""

    path: str
    lone: Sequence[tuple[str, str]]
    last: tuple[str, str] | None
    said: str
    wide: str = f"{WIDE:g}"
    high: str = f"{HIGH:g}"


def spark(
    values: Sequence[Decimal | None],
    said: str = "",
    *,
    ends: tuple[Decimal, Decimal] | None = None,
) -> Spark | None:
    """A line through these values from left to right; None where fewer than two are known.

    `ends` is a scale that several lines share; a line of its own runs from its least to its greatest value.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = ends or (min(known), max(known))
    places = [_place(at, value, len(values), low, high) for at, value in enumerate(values)]
    path, lone = "", []
    for at, place in enumerate(places):
        if place is None:
            continue
        begins = at == 0 or places[at - 1] is None
        ends_here = at == len(places) - 1 or places[at + 1] is None
        path += f"{'M' if begins else 'L'}{place[0]} {place[1]}"
        if begins and ends_here:
            lone.append(place)
    return Spark(path, lone, places[-1], said)


def _place(at: int, value: Decimal | None, count: int, low: Decimal, high: Decimal) -> tuple[str, str] | None:
    if value is None:
        return None
    x = EDGE + (WIDE - 2 * EDGE) * at / (count - 1)
    share = float((value - low) / (high - low)) if high > low else 0.5
    return f"{x:.1f}", f"{HIGH - EDGE - (HIGH - 2 * EDGE) * share:.1f}"
