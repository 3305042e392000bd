"""Answers as columns: what was ticked comes back as numbers at its place, over waves whose scales differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from craftpath.domain.surveys.columns import answers_of, scales_of
from craftpath.domain.surveys.grouping import names_of
from craftpath.domain.surveys.models import Answer, Survey
from craftpath.values.text import Text
from tests.cast import AT, Cast

pytestmark = pytest.mark.usefixtures("all_rows")
GOOD = [{"en": "poor"}, {"en": "good"}]


def _need(key: str, skill: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "need", "title": {"en": skill}, "skill": skill, "labels": GOOD, **more}


def _scale(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "scale", "title": {"en": key}, "labels": GOOD, **more}


def _survey(cast: Cast, questions: list[dict[str, Any]], said: list[Any], **more: Any) -> Survey:
    survey = Survey.objects.create(
        organisation=cast.college, title={"en": "Needs"}, questions=questions, made_at=AT, **more
    )
    Answer.objects.bulk_create([Answer(survey=survey, said=one, groups=groups) for one, groups in said])
    return survey


def _of(group: Any) -> list[str]:
    return [group.values[at] if at >= 0 else "" for at in group.of]


def test_ratings_stand_at_their_respondent_and_item(cast: Cast) -> None:
    welder, mentor = {"role": "apprentice", "occupation": "welder"}, {"role": "mentor", "occupation": "other"}
    survey = _survey(
        cast,
        [_need("q1", "communication", mentor=True), _need("q2", "teamwork", mentor=True)],
        [({"q1": [5, 2, None], "q2": [4, None, None]}, welder), ({"q2": [3, None, 1]}, mentor), ({}, welder)],
        groups=["role", "occupation"],
        group_names={"occupation": {"welder": {"zh": "焊工", "en": "Welder"}}},
    )
    found = answers_of([survey])
    assert (found.items, found.respondents) == (("communication", "teamwork"), 3)
    roles = _of(found.groups["role"])
    assert sorted(roles) == ["apprentice", "apprentice", "mentor"]
    assert set(_of(found.groups["wave"])) == {"1"}
    assert found.mentor is not None
    columns = (found.respondent, found.item, found.importance, found.ability, found.mentor)
    rows = {
        (roles[who], found.items[item], str(importance), str(own), str(seen))
        for who, item, importance, own, seen in zip(*columns, strict=True)
    }
    assert rows == {
        ("apprentice", "communication", "5.0", "2.0", "nan"),
        ("apprentice", "teamwork", "4.0", "nan", "nan"),
        ("mentor", "teamwork", "3.0", "nan", "1.0"),
    }
    assert names_of([survey]) == {"occupation": {"welder": Text(zh="焊工", en="Welder")}}


def test_an_older_wave_is_put_on_the_scale_of_the_newest(cast: Cast) -> None:
    turned = {"labels": list(reversed(GOOD))}
    first = _survey(
        cast, [_need("a", "x", **turned), _scale("s")], [({"a": [1, 3, None], "s": 1}, {})], points=3
    )
    second = _survey(
        cast, [_need("b", "x"), _scale("s", turned=True)], [({"b": [5, 5, None], "s": 4}, {})],
        series=first.series, wave=2,
    )  # fmt: skip
    found = answers_of([second, first])
    by_wave = dict(
        zip(_of(found.groups["wave"]), zip(found.importance, found.ability, strict=True), strict=True)
    )
    assert by_wave == {"1": (5.0, 1.0), "2": (5.0, 5.0)}
    assert found.mentor is None
    scales = scales_of([first, second])
    assert (scales.low, scales.high, scales.turned) == (1.0, 5.0, (True,))
    assert sorted(scales.ratings[:, 0]) == [1.0, 4.0]


def test_a_matrix_is_an_item_a_row_and_own_choices_are_groups(cast: Cast) -> None:
    rows = [{"key": "tools", "text": {"en": "Tools"}}, {"key": "time", "text": {"en": "Time"}}]
    shift = [{"key": "day", "text": {"en": "Day"}}]
    survey = _survey(
        cast,
        [
            {"key": "m", "kind": "matrix", "title": {"en": "m"}, "rows": rows, "construct": "place"},
            {"key": "shift", "kind": "single", "title": {"en": "Shift"}, "options": shift, "group": True},
        ],
        [({"m": {"tools": 4}, "shift": "day"}, {}), ({}, {})],
    )
    found = scales_of([survey])
    assert (found.items, found.constructs) == (("m.tools", "m.time"), ("place", "place"))
    day = _of(found.groups["shift"]).index("day")
    assert found.ratings[day, 0] == 4
    assert np.isnan(found.ratings[day, 1])
    assert np.isnan(found.ratings[1 - day]).all()
    assert sorted(_of(found.groups["shift"])) == ["", "day"]


def test_nobody_answered(cast: Cast) -> None:
    survey = _survey(cast, [_need("q1", "x"), _scale("s")], [])
    assert answers_of([survey]).importance.shape == (0,)
    assert scales_of([survey]).ratings.shape == (0, 1)
    assert answers_of([]).respondents == 0
