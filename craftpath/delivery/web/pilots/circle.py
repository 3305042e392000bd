"""The circle drawn: each step an arrow that leads into the next one, as paths in the square of an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

WIDTH, HEIGHT = 720, 440
"""The drawing with names beside it; the small one is the square in its middle."""
OUTER, INNER, NOSE = 180, 110, 9
"""Radii, and by how many degrees the tip of an arrow goes ahead of its sides (for six steps)."""
GAP = 2.4  # degrees between two arrows
A_LINE = {"zh": 9, "en": 18}  # signs of one line of a name
LINES = 3


@dataclass(frozen=True, slots=True)
class Arc:
    """A step as an arrow: its outline, where its number stands, and where its name stands in up to three lines."""

    path: str
    x: float
    y: float
    name_x: float
    name_y: float
    anchor: str
    lines: tuple[tuple[str, float], ...]


def arcs(names: Sequence[str], language: str) -> list[Arc]:
    """An arrow for each name, the first one at the top right, clockwise."""
    count = len(names)
    return [_arc(n, count, name, language) for n, name in enumerate(names)]


def _arc(n: int, count: int, name: str, language: str) -> Arc:
    span = 360 / count
    first, last = n * span + GAP / 2, (n + 1) * span - GAP / 2
    nose = min(NOSE, span / 4) if count > 1 else 0
    middle = (first + last) / 2
    x, y = _at((OUTER + INNER) / 2, middle + nose / 2)
    name_x, name_y = _at(OUTER + 20, middle)
    anchor = "middle" if abs(name_x - WIDTH / 2) < 12 else "start" if name_x > WIDTH / 2 else "end"
    lines = _lines(name, language)
    top = name_y - (len(lines) - 1) * 10 + 5
    placed = tuple((line, round(top + 20 * at, 1)) for at, line in enumerate(lines))
    return Arc(_outline(first, last, nose), x, y, name_x, name_y, anchor, placed)


def _outline(first: float, last: float, nose: float) -> str:
    """Outer side, the tip, the inner side back, and the notch in which the arrow before ends."""
    wide = 1 if last - first > 180 else 0
    middle = (OUTER + INNER) / 2
    points = {
        "a": _at(OUTER, first), "b": _at(OUTER, last), "tip": _at(middle, last + nose), "c": _at(INNER, last),
        "d": _at(INNER, first), "notch": _at(middle, first + nose),
    }  # fmt: skip
    said = {key: f"{x:.1f} {y:.1f}" for key, (x, y) in points.items()}
    return (
        f"M{said['a']}A{OUTER} {OUTER} 0 {wide} 1 {said['b']}L{said['tip']}L{said['c']}"
        f"A{INNER} {INNER} 0 {wide} 0 {said['d']}L{said['notch']}Z"
    )


def _at(radius: float, degrees: float) -> tuple[float, float]:
    """A point by its angle, clockwise from the top."""
    angle = radians(degrees) - pi / 2
    return round(WIDTH / 2 + radius * cos(angle), 1), round(HEIGHT / 2 + radius * sin(angle), 1)


def _lines(name: str, language: str) -> list[str]:
    """A name in at most three lines; Chinese breaks anywhere, Latin between words."""
    most = A_LINE["zh" if language.startswith("zh") else "en"]
    pieces = list(name) if language.startswith("zh") else [f"{word} " for word in name.split()]
    lines = [""]
    for piece in pieces:
        if len((lines[-1] + piece).strip()) > most and lines[-1]:
            lines.append("")
        lines[-1] += piece
    kept = [line.strip() for line in lines[:LINES]]
    return [*kept[:-1], f"{kept[-1]}…"] if len(lines) > LINES else kept
