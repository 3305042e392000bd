"""Values of this engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Ring = Sequence[tuple[float, float]]
"""Corners as (longitude, latitude), as GeoJSON has them."""


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees: north and east are positive."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A place to draw; `size` is its radius in the units of the frame."""

    key: str
    at: Position
    size: float
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands; `anchor` as SVG has it."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dot in the frame; without a label where it would lie on another one."""

    key: str
    x: float
    y: float
    size: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map: dots, outlines as SVG paths, and a scale bar of so many metres."""

    width: float
    height: float
    dots: Sequence[Drawn]
    paths: Sequence[str]
    bar: float
    metres: int
