"""Scores as drawings: one interval on the scale of 0 to 100, and how many scores lie where, without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.appraisals.definition import HUNDRED, MIDDLE, Definition

FEWEST_DRAWN = 5
"""Of fewer scores a drawing without names would name them all the same."""
STEP = 5  # points of one column
DOT, GAP = 6, 15  # radius and distance of dots, in pixels


@dataclass(frozen=True, slots=True)
class Zone:
    """A band on the scale, from and how long in percent."""

    name: str
    begins: int
    length: int
    middle: bool

    @property
    def ends(self) -> int:
        """The last whole score in it."""
        end = self.begins + self.length
        return end if end == HUNDRED else end - 1


@dataclass(frozen=True, slots=True)
class Scale:
    """One score on the scale; positions in percent as texts with a point."""

    zones: Sequence[Zone]
    at: str
    low: str
    length: str
    score: str
    interval: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One of many: where from the left in percent, where from the top in pixels."""

    x: str
    y: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Dots of all scores, and the same as a table: (from, to, how many)."""

    zones: Sequence[Zone]
    dots: Sequence[Dot]
    height: int
    rows: Sequence[tuple[int, int, int]]
    n: int
    side: str
    """half the length of an interval, on the average"""


def zones(rule: Definition) -> list[Zone]:
    """The bands from left to right."""
    ends = [band.lowest for band in rule.bands[1:]] + [HUNDRED]
    return [
        Zone(text(band.name.as_json()), band.lowest, end - band.lowest, band.lowest <= MIDDLE < end)
        for band, end in zip(rule.bands, ends, strict=True)
    ]


def scale(rule: Definition, score: Decimal, low: Decimal | None, high: Decimal | None) -> Scale:
    """One score with its interval."""
    first, last = (score if side is None else side for side in (low, high))
    return Scale(
        zones(rule),
        f"{score:.2f}",
        f"{first:.2f}",
        f"{last - first:.2f}",
        whole(score),
        f"{whole(first)}–{whole(last)}",
    )


def spread(
    rule: Definition, scores: Iterable[tuple[Decimal, Decimal | None, Decimal | None]]
) -> Spread | None:
    """All scores as dots by columns of five points, in no order of people; None of fewer than five."""
    rows = list(scores)
    if len(rows) < FEWEST_DRAWN:
        return None
    columns = Counter(min(int(score) // STEP, HUNDRED // STEP - 1) for score, _, _ in rows)
    most = max(columns.values())
    height = most * GAP + DOT
    dots = [
        Dot(f"{(column + 0.5) * STEP:.2f}", height - DOT - n * GAP - 1)
        for column, count in sorted(columns.items())
        for n in range(count)
    ]
    table = [(column * STEP, column * STEP + STEP, columns[column]) for column in sorted(columns)]
    sides = [(high - low) / 2 for _, low, high in rows if low is not None and high is not None]
    side = whole(sum(sides, Decimal(0)) / len(sides)) if sides else ""
    return Spread(zones(rule), dots, height, table, len(rows), side)


def whole(value: Decimal) -> str:
    """Without decimals: more would say more than is known."""
    return f"{value:.0f}"


def days(starts_on: date, ends_on: date) -> str:
    """From the first day to the last; `ends_on` is the first day after."""
    return f"{day(starts_on)} – {day(ends_on - timedelta(days=1))}"
