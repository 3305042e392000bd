"""Places: who writes what, seats, travel times before estimates, outlines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from craftpath.domain.places import actions, queries
from craftpath.domain.places.models import Outline, Place, Seats, Travel
from craftpath.engines.geography.types import Position
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
HERE, THERE = Position(30.5, 114.3), Position(30.58993, 114.3)
SQUARE = {"type": "Polygon", "coordinates": [[[114, 30], [115, 30], [115, 31], [114, 31], [114, 30]]]}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def test_written_again_it_is_one_and_the_photo_stays(cast: Cast) -> None:
    actions.keep_place(cast.campus, actions.Told(address="东路 1 号"), picture=picture(), **by(cast))
    row = actions.keep_place(cast.campus, actions.Told(address="东路 2 号", position=HERE), **by(cast))
    assert Place.objects.count() == 1
    assert row.photo is not None
    assert row.position == HERE


def test_an_office_writes_about_its_own_and_below(cast: Cast) -> None:
    with refused("kernel.belongs_to_another"):
        actions.keep_place(cast.jinheng, actions.Told(), **by(cast))
    with refused("kernel.role_lacks"):
        actions.keep_place(cast.college, actions.Told(), by=cast.actor("trainer"), at=AT)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (actions.Told(position=Position(91, 0)), "places.position_unclear"),
        (actions.Told(address="x" * 201), "places.too_long"),
        (actions.Told(offers={"courses": ["x"] * 41}), "places.too_long"),
        (actions.Told(network="fast"), "places.network_unknown"),
    ],
)
def test_what_no_page_can_show_is_refused(cast: Cast, told: actions.Told, reason: str) -> None:
    with refused(reason):
        actions.keep_place(cast.college, told, **by(cast))


def test_seats_are_written_whole(cast: Cast) -> None:
    term = actions.Term({"zh": "焊工"}, date(2026, 9, 1), date(2027, 1, 31), 20)
    actions.keep_seats(cast.campus, [term, term], **by(cast))
    assert actions.keep_seats(cast.campus, [term], **by(cast)) == 20
    assert Seats.objects.count() == 1
    with refused("places.seats_unclear"):
        actions.keep_seats(
            cast.campus, [actions.Term({"zh": "焊工"}, date(2027, 1, 31), date(2026, 9, 1), 2)], **by(cast)
        )


def test_what_is_stated_counts_before_the_estimate_both_ways(cast: Cast) -> None:
    for place, at in ((cast.college, HERE), (cast.campus, THERE)):
        actions.keep_place(place, actions.Told(position=at), **by(cast))
    ids = [cast.college.pk, cast.campus.pk]
    assert queries.ways_among(ids, "bus").between(*ids) == queries.Minutes(44, False)
    way = actions.Way(cast.college, cast.campus, "bus", 25)
    for minutes in (30, 25):
        actions.keep_travel(
            [actions.Way(way.origin, way.target, way.mode, minutes)], organisation=cast.college, **by(cast)
        )
    assert Travel.objects.count() == 1
    assert queries.ways_among(ids, "bus").between(*ids) == queries.Minutes(25, True)
    assert queries.ways_among(ids, "bus").between(*reversed(ids)) == queries.Minutes(25, True)
    assert queries.ways_among([*ids, cast.jinheng.pk], "bus").between(ids[0], cast.jinheng.pk) is None


def test_all_rows_or_none(cast: Cast) -> None:
    good = actions.Way(cast.college, cast.campus, "bus", 25)
    with refused("places.travel_unclear"):
        actions.keep_travel(
            [good, actions.Way(cast.college, cast.college, "bus", 25)], organisation=cast.college, **by(cast)
        )
    with refused("kernel.belongs_to_another"):
        actions.keep_travel(
            [good, actions.Way(cast.jinheng, cast.campus, "bus", 25)], organisation=cast.college, **by(cast)
        )
    assert Travel.objects.count() == 0


def test_an_outline_serves_those_below_and_can_be_taken_away(cast: Cast) -> None:
    content = json.dumps(SQUARE).encode()
    actions.keep_outline(cast.college, content, **by(cast))
    assert len(queries.outline_for(cast.campus)[0]) == 5
    for broken in (b"{", b"\xff\xfe", b"[" * 100_000):
        with refused("places.outline_broken"):
            actions.keep_outline(cast.college, broken, **by(cast))
    actions.keep_outline(cast.college, b"", **by(cast))
    assert Outline.objects.count() == 0


def test_everybody_of_the_same_tree_sees_places_and_nobody_else(cast: Cast) -> None:
    actions.keep_place(cast.campus, actions.Told(address="东路"), **by(cast))
    seen = {}
    for who, where in (("apprentice", None), ("hr", cast.jinheng), ("stranger", cast.neighbour)):
        with looking_for(cast.actor(who, where).scope):
            seen[who] = Place.objects.count()
    assert seen == {"apprentice": 1, "hr": 1, "stranger": 0}
