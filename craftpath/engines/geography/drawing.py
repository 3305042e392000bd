"""Places in a frame: equirectangular with the cosine of the middle latitude, labels where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from craftpath.engines.geography.travel import EARTH
from craftpath.engines.geography.types import Dot, Drawing, Drawn, Label, Position, Ring

MARGIN = 44
SIGN, WIDE, LINE = 6.6, 12.5, 15  # what a Latin and a Chinese character take, and the height of a line
LEAST = 1_500.0  # metres across; a single place is not drawn as a whole page
_DEGREE = radians(1) * EARTH
_BARS = [step * 10**power for power in range(2, 7) for step in (1, 2, 5)]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become units of the drawing."""

    west: float
    north: float
    east_scale: float
    scale: float
    left: float
    top: float

    def at(self, position: Position) -> tuple[float, float]:
        x = self.left + (position.lon - self.west) * self.east_scale * self.scale
        return round(x, 1), round(self.top + (self.north - position.lat) * _DEGREE * self.scale, 1)


def draw(dots: Sequence[Dot], outline: Sequence[Ring], width: float, height: float) -> Drawing:
    """The places fitted into a frame, the larger ones first where labels ask for the same room."""
    if not dots:
        return Drawing(width, height, (), (), 0, 0)
    frame = _frame([one.at for one in dots], width, height)
    paths = [_path(frame, ring) for ring in outline if len(ring) > 2]
    placed = {one.key: frame.at(one.at) for one in dots}
    taken: list[Box] = [_around(placed[one.key], one.size) for one in dots]
    labels: dict[str, Label | None] = {}
    for one in sorted(dots, key=lambda dot: (-dot.size, dot.key)):
        labels[one.key] = _label(one, placed[one.key], taken, width, height)
    drawn = [Drawn(one.key, *placed[one.key], one.size, labels[one.key]) for one in dots]
    metres = max((bar for bar in _BARS if bar * frame.scale <= width / 4), default=_BARS[0])
    return Drawing(width, height, drawn, paths, round(metres * frame.scale, 1), metres)


def _frame(positions: Sequence[Position], width: float, height: float) -> _Frame:
    south, north = min(one.lat for one in positions), max(one.lat for one in positions)
    west, east = min(one.lon for one in positions), max(one.lon for one in positions)
    east_scale = _DEGREE * max(cos(radians((south + north) / 2)), 0.01)
    across, down = max((east - west) * east_scale, LEAST), max((north - south) * _DEGREE, LEAST)
    scale = min((width - 2 * MARGIN) / across, (height - 2 * MARGIN) / down)
    left = (width - (east - west) * east_scale * scale) / 2
    top = (height - (north - south) * _DEGREE * scale) / 2
    return _Frame(west, north, east_scale, scale, left, top)


def _path(frame: _Frame, ring: Ring) -> str:
    points = (frame.at(Position(lat, lon)) for lon, lat in ring)
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def _around(at: tuple[float, float], size: float) -> Box:
    return at[0] - size, at[1] - size, at[0] + size, at[1] + size


def _label(dot: Dot, at: tuple[float, float], taken: list[Box], width: float, height: float) -> Label | None:
    """To the right, to the left, below, above: the first place that is free; none at all rather than one on another."""
    long = sum(WIDE if ord(sign) > 0x2E7F else SIGN for sign in dot.label)
    (x, y), gap = at, dot.size + 5
    places = (
        (Label(x + gap, y + 4, "start"), (x + gap, y - LINE / 2, x + gap + long, y + LINE / 2)),
        (Label(x - gap, y + 4, "end"), (x - gap - long, y - LINE / 2, x - gap, y + LINE / 2)),
        (Label(x, y + gap + 10, "middle"), (x - long / 2, y + gap, x + long / 2, y + gap + LINE)),
        (Label(x, y - gap, "middle"), (x - long / 2, y - gap - LINE, x + long / 2, y - gap)),
    )
    for label, box in places:
        inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return label
    return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
