"""Positions made true, distances, drawings and outlines."""

from __future__ import annotations

import json
from itertools import combinations
from math import cos, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.geography import draw, estimate, true_position
from craftpath.engines.geography.drawing import LINE, SIGN, WIDE
from craftpath.engines.geography.outline import KEPT, rings_of
from craftpath.engines.geography.positions import shown_by_gcj
from craftpath.engines.geography.travel import metres
from craftpath.engines.geography.types import Dot, Drawn, Position

TIANANMEN = Position(39.9075, 116.39723)
LATS = st.floats(18, 53)
LONS = st.floats(75, 134)


def test_maps_of_china_show_a_place_where_the_formula_says() -> None:
    shown = shown_by_gcj(Position(31.1774276, 121.5272106))  # a pair that implementations are tested with
    assert shown.lat == pytest.approx(31.17530398364597, abs=1e-6)
    assert shown.lon == pytest.approx(121.531541859215, abs=1e-6)


@given(LATS, LONS)
def test_a_position_comes_back_from_a_chinese_map(lat: float, lon: float) -> None:
    there = Position(lat, lon)
    assert metres(true_position(shown_by_gcj(there), "gcj02"), there) < 0.1


def test_baidu_lies_further_aside_and_comes_back_too() -> None:
    # Tiananmen on three maps, as published tables have it.
    there = Position(39.90736606309809, 116.39137454892173)
    assert metres(true_position(Position(39.915, 116.404), "bd09"), there) < 60
    with pytest.raises(ValueError, match="osm"):
        true_position(TIANANMEN, "osm")


def test_outside_china_nothing_moves() -> None:
    assert true_position(Position(-33.86, 151.2), "gcj02") == Position(-33.86, 151.2)


def test_distance_and_minutes() -> None:
    shanghai = Position(31.2304, 121.4737)
    assert metres(TIANANMEN, shanghai) == pytest.approx(1_067_000, rel=0.01)
    assert metres(TIANANMEN, TIANANMEN) == 0
    assert estimate(TIANANMEN, TIANANMEN, "bus") == 0
    ten_km = Position(TIANANMEN.lat + 0.08993, TIANANMEN.lon)
    assert [estimate(TIANANMEN, ten_km, mode) for mode in ("walk", "bike", "bus", "car")] == [174, 56, 44, 21]


def _dots(count: int) -> list[Dot]:
    return [
        Dot(f"p{n}", Position(30 + 0.01 * sin(n), 114 + 0.01 * cos(n * 1.7)), 5 + n % 9, f"石桥村学习点{n}")
        for n in range(count)
    ]


def _box(dot: Drawn, words: str) -> tuple[float, float, float, float]:
    assert dot.label is not None
    long = sum(WIDE if ord(one) > 0x2E7F else SIGN for one in words)
    left = {"start": 0.0, "end": long, "middle": long / 2}[dot.label.anchor]
    return dot.label.x - left, dot.label.y - LINE / 2, dot.label.x - left + long, dot.label.y


@pytest.mark.parametrize("size", [(760.0, 460.0), (336.0, 336.0)])
def test_everything_lies_inside_and_no_label_on_another(size: tuple[float, float]) -> None:
    dots = _dots(30)
    names = {one.key: one.label for one in dots}
    drawing = draw(dots, (), *size)
    assert all(0 <= one.x <= size[0] and 0 <= one.y <= size[1] for one in drawing.dots)
    boxes = [_box(one, names[one.key]) for one in drawing.dots if one.label]
    assert 3 <= len(boxes) < 30
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_north_is_up_a_degree_east_is_shorter_and_the_bar_is_true() -> None:
    south, north, east = Position(40, 116), Position(40.1, 116), Position(40, 116.1)
    drawing = draw([Dot("s", south, 5, ""), Dot("n", north, 5, ""), Dot("e", east, 5, "")], (), 760, 460)
    at = {one.key: one for one in drawing.dots}
    up, across = at["s"].y - at["n"].y, at["e"].x - at["s"].x
    assert up > 0
    assert across / up == pytest.approx(cos(40.05 * pi / 180), rel=0.01)
    assert drawing.bar / drawing.metres == pytest.approx(up / metres(south, north), rel=0.01)
    assert drawing.bar <= 760 / 4


def test_one_place_and_none() -> None:
    assert draw([], (), 100, 100).dots == ()
    [only] = draw([Dot("a", TIANANMEN, 5, "A")], (), 300, 200).dots
    assert (only.x, only.y) == (150, 100)


def _round(corners: int) -> dict[str, object]:
    ring = [[114 + cos(2 * pi * n / corners), 30 + sin(2 * pi * n / corners)] for n in range(corners)]
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}


def test_an_outline_is_simplified_until_a_page_holds_it() -> None:
    [ring] = rings_of({"type": "FeatureCollection", "features": [_round(30_000)]})
    assert 20 < len(ring) <= KEPT
    assert max(abs(((lon - 114) ** 2 + (lat - 30) ** 2) ** 0.5 - 1) for lon, lat in ring) < 0.02


def test_many_small_islands_are_few_in_the_end() -> None:
    island = _round(40)["geometry"]["coordinates"]  # type: ignore[index]
    rings = rings_of({"type": "MultiPolygon", "coordinates": [island] * 2000})
    assert 0 < sum(map(len, rings)) <= KEPT


@pytest.mark.parametrize(
    "document",
    [
        "[]", "{}", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "FeatureCollection", "features": 7}',
        '{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[["a", 2], [3, 4], [5, 6], [7, 8]]]}',
        '{"type": "Polygon", "coordinates": [[[500000, 2], [3, 4], [5, 6], [7, 8]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 2], [3, 4], [5, 6], [7, 8]]]}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null}]}',
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rings_of(json.loads(document))
