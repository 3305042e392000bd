"""Positions of Chinese maps, moved back to WGS-84 by the published formulae."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

from craftpath.engines.geography.types import Position

SYSTEMS = ("wgs84", "gcj02", "bd09")
_AXIS, _FLAT = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as GCJ-02 reckons
_BAIDU = pi * 3000 / 180
_ROUNDS = 8  # each brings the answer some hundred times nearer; the first few are enough


def true_position(given: Position, system: str) -> Position:
    """By WGS-84 what a map with another system shows; ValueError for a system that is none of these."""
    if system not in SYSTEMS:
        raise ValueError(system)
    if system == "wgs84":
        return given
    shown = _gcj_of_bd(given) if system == "bd09" else given
    found = shown
    for _round in range(_ROUNDS):
        moved = shown_by_gcj(found)
        found = Position(found.lat + shown.lat - moved.lat, found.lon + shown.lon - moved.lon)
    return found


def shown_by_gcj(true: Position) -> Position:
    """Where a map by GCJ-02 shows a place; outside China it is not moved."""
    if not (0.8293 <= true.lat <= 55.8271 and 72.004 <= true.lon <= 137.8347):
        return true
    x, y = true.lon - 105.0, true.lat - 35.0
    wave = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    lat = true.lat / 180 * pi
    magic = 1 - _FLAT * sin(lat) ** 2
    north = north * 180 / (_AXIS * (1 - _FLAT) / (magic * sqrt(magic)) * pi)
    east = east * 180 / (_AXIS / sqrt(magic) * cos(lat) * pi)
    return Position(true.lat + north, true.lon + east)


def _gcj_of_bd(given: Position) -> Position:
    x, y = given.lon - 0.0065, given.lat - 0.006
    far = sqrt(x * x + y * y) - 0.00002 * sin(y * _BAIDU)
    angle = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return Position(far * sin(angle), far * cos(angle))
