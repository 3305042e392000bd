"""The college's place with a photo, seats, a way and an outline."""

from __future__ import annotations

import json

from craftpath.domain.places import actions
from craftpath.domain.places.models import Place
from craftpath.engines.geography.types import Position
from tests.cast import AT, TODAY, Cast
from tests.photos import picture

SQUARE = {"type": "Polygon", "coordinates": [[[114, 30], [115, 30], [115, 31], [114, 31], [114, 30]]]}


def describe_places(cast: Cast) -> dict[str, str]:
    """Public, with everything that a place can have. Once."""
    if not Place.objects.exists():
        by = {"by": cast.actor("coordinator"), "at": AT}
        told = actions.Told(
            "学院路 1 号",
            Position(30.5, 114.3),
            about={"zh": "主校区"},
            offers={"courses": ["车削"]},
            is_public=True,
        )
        actions.keep_place(cast.college, told, picture=picture(), **by)
        actions.keep_seats(cast.college, [actions.Term({"zh": "数控车工"}, TODAY, TODAY, 40)], **by)
        way = actions.Way(cast.college, cast.campus, "bus", 25)
        actions.keep_travel([way], organisation=cast.college, **by)
        actions.keep_outline(cast.college, json.dumps(SQUARE).encode(), **by)
    return {"place": cast.college.key}
