"""An outline from a GeoJSON document: its rings, simplified until a page can hold them."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, isfinite
from typing import Any

from craftpath.engines.geography.types import Ring

MOST_CORNERS = 400_000
THINNED = 6_000
KEPT = 1_500  # corners of what is kept, all rings together


def rings_of(document: Any) -> list[list[tuple[float, float]]]:
    """The outer rings of all polygons; ValueError for what has none, or is no GeoJSON in degrees."""
    found: list[list[tuple[float, float]]] = []
    corners = 0
    for polygon in _polygons(document, 0):
        if not isinstance(polygon, list) or not polygon or not isinstance(polygon[0], list):
            raise ValueError("a polygon has no rings")
        corners += len(polygon[0])
        if corners > MOST_CORNERS:
            raise ValueError("too many corners")
        found.append([_corner(one) for one in polygon[0]])
    rings = [ring for ring in found if len(ring) > 3]
    if not rings:
        raise ValueError("no outline")
    return _few(rings)


def _polygons(node: Any, depth: int) -> Iterator[Any]:
    if not isinstance(node, dict) or depth > 4:
        raise ValueError("no GeoJSON")
    kind = node.get("type")
    if kind == "Polygon":
        yield node.get("coordinates")
    elif kind == "MultiPolygon":
        yield from _listed(node.get("coordinates"))
    elif kind == "Feature":
        yield from _polygons(node.get("geometry"), depth + 1)
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for one in _listed(node.get("features" if kind == "FeatureCollection" else "geometries")):
            yield from _polygons(one, depth + 1)
    else:
        raise ValueError("no polygon")


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


def _corner(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) < 2:
        raise ValueError("a corner has two figures")
    lon, lat = value[0], value[1]
    if (
        isinstance(lon, bool)
        or isinstance(lat, bool)
        or not isinstance(lon, int | float)
        or not isinstance(lat, int | float)
    ):
        raise ValueError("a corner has two figures")
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError("no degrees")
    return float(lon), float(lat)


def _few(rings: list[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """The same with fewer corners: twice as coarse until they are few enough."""
    corners = sum(map(len, rings))
    every = -(-corners // THINNED)  # what simplifying costs grows faster than the corners do
    simple = [ring[::every] for ring in rings]
    lons = [lon for ring in rings for lon, _lat in ring]
    coarse = max((max(lons) - min(lons)) / 4000, 1e-6)
    while True:
        simple = [
            one for one in (simplified(ring, coarse) for ring in simple if len(ring) > 3) if len(one) > 3
        ] or [max(simple, key=len)[:KEPT]]
        if sum(map(len, simple)) <= KEPT:
            return [[(round(lon, 5), round(lat, 5)) for lon, lat in ring] for ring in simple]
        coarse *= 2


def simplified(ring: Ring, coarse: float) -> list[tuple[float, float]]:
    """Without the corners that lie nearer than `coarse` to the line past them (Douglas and Peucker)."""
    points = list(ring)
    keep = {0, len(points) - 1, len(points) // 2}  # a ring begins where it ends: a second corner opens it
    stack = [(0, len(points) // 2), (len(points) // 2, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = 0.0, -1
        for n in range(first + 1, last):
            away = _away(points[n], points[first], points[last])
            if away > far:
                far, at = away, n
        if far > coarse:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def _away(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    x, y = b[0] - a[0], b[1] - a[1]
    long = hypot(x, y)
    if long == 0:
        return hypot(point[0] - a[0], point[1] - a[1])
    return abs(x * (a[1] - point[1]) - (a[0] - point[0]) * y) / long
