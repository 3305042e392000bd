"""Dots on a line: where values lie, drawn on the server; the same figures stand in words or a table beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

RADIUS = 4.0
STACK = 8.0  # from one dot to the next of the same value
EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One value at its place, in the drawing's own units, as text that no language changes."""

    x: str
    y: str
    letter: str
    own: bool
    far: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A line with dots, and where its mean and other marks stand; an empty mark is not drawn."""

    width: int
    height: int
    radius: str
    end: str
    base: str
    dots: list[Dot]
    mean: str
    other: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Value:
    """What one judge said."""

    at: float
    letter: str = ""
    own: bool = False
    far: bool = False


def strip(
    values: Iterable[Value],
    *,
    first: float = 0,
    last: float = 100,
    width: int = 220,
    radius: float = RADIUS,
    mean: float | None = None,
    other: float | None = None,
    error: float | None = None,
    stacks: int | None = None,
) -> Strip:
    """Dots that would cover one another stand on one another; `stacks` reserves the height of so many."""
    step = STACK * radius / RADIUS
    span = (last - first) or 1

    def place(value: float | None) -> str:
        if value is None:
            return ""
        inside = min(max(value, first), last)
        return f"{EDGE + (width - 2 * EDGE) * (inside - first) / span:.1f}"

    levels = _levels([(float(place(one.at)), one) for one in sorted(values, key=_by_place)], step)
    height = ceil(step * (stacks or len(levels) or 1) + radius + 2)
    base = height - radius - 1
    dots = [
        Dot(f"{x:.1f}", f"{base - step * n:.1f}", one.letter, one.own, one.far)
        for n, level in enumerate(levels)
        for x, one in level
    ]
    low = place(mean - error) if mean is not None and error is not None else ""
    high = place(mean + error) if mean is not None and error is not None else ""
    return Strip(
        width,
        height,
        f"{radius:g}",
        f"{width - EDGE:g}",
        f"{base:.1f}",
        dots,
        place(mean),
        place(other),
        low,
        high,
    )


def _by_place(one: Value) -> tuple[float, str]:
    return one.at, one.letter


def _levels(placed: list[tuple[float, Value]], step: float) -> list[list[tuple[float, Value]]]:
    """From the line up: each dot on the lowest level where it covers no other."""
    levels: list[list[tuple[float, Value]]] = []
    for x, one in placed:
        free = next((level for level in levels if x - level[-1][0] >= step), None)
        if free is None:
            levels.append([(x, one)])
        else:
            free.append((x, one))
    return levels


def tallest(values: Iterable[float], *, width: int = 220, radius: float = RADIUS) -> int:
    """How many dots stand on one another in a strip from 0 to 100."""
    placed = [(EDGE + (width - 2 * EDGE) * one / 100, Value(one)) for one in sorted(values)]
    return len(_levels(placed, STACK * radius / RADIUS))


def bounds(totals: Iterable[float], full: float) -> tuple[float, float]:
    """Whole points around all cut scores with some room, at least a tenth of the paper wide."""
    known = list(totals)
    if not known:
        return 0.0, full
    room = max(full / 20, (max(known) - min(known)) * 0.1)
    return max(0.0, float(floor(min(known) - room))), min(full, float(ceil(max(known) + room)))
