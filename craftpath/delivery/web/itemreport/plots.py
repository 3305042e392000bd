"""Drawings as plain numbers: places in percent along and in points up, so that words keep their size on any screen.

A template draws a frame of fixed height whose width follows the page. What goes sideways is a percentage, what goes up
is a point, and lines are drawn in a box of 1000 units that the browser stretches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.web.itemreport.figures import number

HEIGHT = 240
WIDE = 1000


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, and where it has marks; their names are figures unless others are given."""

    low: float
    high: float
    ticks: tuple[float, ...]
    places: int = 0
    names: tuple[str, ...] = ()

    def share(self, value: float) -> float:
        """Where a value lies, 0 at the low end and 1 at the high one; what is outside stays at the edge."""
        return min(max((value - self.low) / (self.high - self.low), 0), 1)


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar or a band; `x` and `width` in percent, the others in points."""

    x: str
    y: str
    width: str
    height: str
    look: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, in a box of 1000 × the height."""

    path: str
    look: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point, perhaps with words beside it and an address behind it."""

    x: str
    y: str
    look: str
    words: str = ""
    title: str = ""
    url: str = ""
    size: int = 5
    left: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis with its words."""

    at: str
    words: str
    anchor: str = "middle"


@dataclass(slots=True)
class Plot:
    """A drawing with its frame, its words and its figures as a table."""

    label: str
    x: Axis
    y: Axis
    x_name: str
    y_name: str
    n: int | None = None
    note: str = ""
    rects: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    height: int = HEIGHT
    wide: int = WIDE

    def along(self, value: float) -> str:
        """The percentage of a value sideways."""
        return f"{100 * self.x.share(value):.2f}"

    def up(self, value: float) -> str:
        """The point of a value from the top."""
        return f"{self.height * (1 - self.y.share(value)):.1f}"

    @property
    def x_ticks(self) -> list[Tick]:
        """Marks below; those at the ends keep their words inside."""
        found = []
        names = self.x.names or [number(one, self.x.places) for one in self.x.ticks]
        for one, words in zip(self.x.ticks, names, strict=True):
            share = self.x.share(one)
            anchor = "start" if share < 0.03 else "end" if share > 0.97 else "middle"  # noqa: PLR2004
            found.append(Tick(self.along(one), words, anchor))
        return found

    @property
    def y_ticks(self) -> list[Tick]:
        """Marks at the left."""
        return [Tick(self.up(one), number(one, self.y.places)) for one in self.y.ticks]

    def bar(
        self, low: float, high: float, count: float, look: str, words: str = "", *, base: float | None = None
    ) -> None:
        """A bar from the ground up, or between a value and another one."""
        left, right = self.x.share(low), self.x.share(high)
        ends = float(self.up(count)), float(self.height) if base is None else float(self.up(base))
        self.rects.append(
            Rect(
                f"{100 * left:.2f}",
                f"{min(ends):.1f}",
                f"{100 * (right - left):.2f}",
                f"{abs(ends[0] - ends[1]):.1f}",
                look,
                words,
            )
        )

    def band(self, low: float, high: float, look: str) -> None:
        """A stretch of the whole height."""
        self.bar(low, high, self.y.high, look)

    def line(self, points: Iterable[tuple[float, float]], look: str, *, dashed: bool = False) -> None:
        """A line through (x, y); where one is not finite the line ends and begins anew."""
        pieces, move = [], True
        for x, y in points:
            if not (math.isfinite(x) and math.isfinite(y)):
                move = True
                continue
            pieces.append(f"{'M' if move else 'L'}{WIDE * self.x.share(x):.1f} {self.up(y)}")
            move = False
        self.lines.append(Line(" ".join(pieces), look, dashed))

    def dot(self, x: float, y: float, look: str, **other: Any) -> None:
        """A point; words at the right edge stand to its left."""
        left = self.x.share(x) > 0.85  # noqa: PLR2004  (of the width)
        self.dots.append(Dot(self.along(x), self.up(y), look, left=left, **other))


def axis(low: float, high: float, *, about: int = 5, places: int | None = None) -> Axis:
    """An axis with round marks that holds both values."""
    if not high > low:
        high = low + 1
    step = _round((high - low) / about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(step * n for n in range(first, last + 1))
    shown = max(0, -math.floor(math.log10(step) + 1e-9)) if places is None else places
    return Axis(ticks[0], ticks[-1], ticks, shown)


def _round(step: float) -> float:
    """The next of 1, 2, 5, 10 …"""
    size = 10.0 ** math.floor(math.log10(step))
    return float(next(times * size for times in (1, 2, 5, 10) if times * size >= step * (1 - 1e-9)))


def share_axis() -> Axis:
    """From nothing to everything."""
    return Axis(0, 1, (0, 0.25, 0.5, 0.75, 1), 2)


def bins_of(values: Sequence[float], most: float) -> list[tuple[float, float, int]]:
    """(from, to, how many): about ten to twenty equal steps from nothing to full points; full stands in the last."""
    step = max(_round(most / 20), 1.0 if most >= 10 else _round(most / 10))  # noqa: PLR2004  (whole points)
    count = max(math.ceil(most / step - 1e-9), 1)
    held = [0] * count
    for one in values:
        held[min(int(one / step + 1e-9), count - 1)] += 1
    return [(n * step, min((n + 1) * step, count * step), had) for n, had in enumerate(held)]
