"""Schemes: versions that never change, what makes no sense is refused, and the one in force is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from craftpath.domain.appraisals import actions, queries
from craftpath.domain.appraisals.definition import BUILT_IN, Band, Definition, can_hold
from craftpath.domain.appraisals.models import AppraisalScheme
from craftpath.values.text import Text
from tests.cast import TODAY, Cast
from tests.domain.appraisals.world import DAY, office, opened, refused

pytestmark = pytest.mark.usefixtures("all_rows")
OTHER = BUILT_IN.weighed({"progress": 60, "verification": 10, "response": 10, "continuity": 10, "voice": 10})


def keep(cast: Cast, definition: Definition = OTHER, **more: Any) -> AppraisalScheme:
    given = {"definition": definition, "valid_from": TODAY} | office(cast) | more
    return actions.set_scheme(given.pop("organisation", cast.college), **given)


def test_what_a_scheme_says_survives_its_row(cast: Cast) -> None:
    assert Definition.of(BUILT_IN.as_json()) == BUILT_IN
    assert can_hold(BUILT_IN)
    assert keep(cast).value == OTHER


def test_a_change_is_a_version_and_the_same_again_is_none(cast: Cast) -> None:
    first = keep(cast)
    assert keep(cast) == first
    second = keep(cast, BUILT_IN, valid_from=TODAY + DAY)
    assert (first.version, second.version) == (1, 2)
    with refused("appraisals.valid_before_newest"):
        keep(cast)
    assert queries.scheme_for(cast.college, TODAY) == first
    assert queries.scheme_for(cast.campus, TODAY + DAY) == second
    assert queries.scheme_for(cast.neighbour, TODAY) is None
    assert queries.definition_for(cast.neighbour, TODAY) == BUILT_IN
    assert opened(cast).scheme == first
    with refused("kernel.role_lacks"):
        keep(cast, by=cast.actor("trainer"))


PARTS = {one.key: one for one in BUILT_IN.parts}
WRONG = {
    "appraisals.weights_not_100": BUILT_IN.weighed(dict.fromkeys(PARTS, 30)),
    "appraisals.parts_unknown": replace(BUILT_IN, parts=BUILT_IN.parts[1:]),
    "appraisals.least_out_of_range": replace(
        BUILT_IN, parts=tuple(replace(p, least=0) for p in BUILT_IN.parts)
    ),
    "appraisals.voices_too_few": replace(
        BUILT_IN, parts=tuple(replace(p, least=4) if p.key == "voice" else p for p in BUILT_IN.parts)
    ),
    "appraisals.scale_does_not_rise": replace(
        BUILT_IN, parts=tuple(replace(p, points=p.points[::-1]) for p in BUILT_IN.parts)
    ),
    "appraisals.bands_have_gaps": replace(BUILT_IN, bands=(Band(10, Text("低", "low")),)),
    "appraisals.band_without_name": replace(BUILT_IN, bands=(Band(0, Text("低", "")),)),
    "appraisals.number_out_of_range": replace(BUILT_IN, months=7),
    "appraisals.days_out_of_range": replace(BUILT_IN, hearing_days=0),
}


@pytest.mark.parametrize("reason", sorted(WRONG))
def test_what_makes_no_sense_is_refused(cast: Cast, reason: str) -> None:
    with refused(reason):
        keep(cast, WRONG[reason])
    assert not AppraisalScheme.objects.exists()
