"""Answers as columns, for the analysis of needs: rows are read once and never become objects."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast

from craftpath.domain.surveys.grouping import Groups
from craftpath.domain.surveys.models import Answer, NamedAnswer, Survey
from craftpath.domain.surveys.questions import Question
from craftpath.engines.needs.types import Answers, Scales

_AT_ONCE = 10_000
_NAN = math.nan
Table = Mapping[Any, float]
"""What a tick of one wave is on the scale of the newest; None, an answer left out, is NaN."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the answers to one question, or to one row of a matrix, go."""

    key: str
    row: str
    place: int
    ticks: Table


def answers_of(surveys: Sequence[Survey]) -> Answers:
    """Every rating of importance and ability in these waves; items by skill, in the order of the newest wave.

    A mentor is a respondent too (group `role`): `importance` and `mentor` are filled, `ability` is NaN, and the
    mentor's view is of his or her apprentices together, so that it leads to none of them. A wave with other points,
    or whose scale stood the other way round, is put on the scale of the newest, 1 to its `points`.
    """
    waves = in_order(surveys)
    items, columns = _laid_out(waves, ("need",))
    groups = Groups(waves)
    who: list[int] = []
    what: list[int] = []
    ratings: list[float] = []
    for at, (survey, said) in enumerate(_rows(waves, groups)):
        for column in columns[survey]:
            given = said.get(column.key)
            if given:
                who.append(at)
                what.append(column.place)
                ratings += [column.ticks[tick] for tick in given]
    table = np.array(ratings, dtype=np.float64).reshape(-1, 3)
    mentors = any(one.kind == "need" and one.mentor for wave in waves for one in wave.asked_for)
    return Answers(
        items=tuple(items),
        respondents=groups.respondents,
        respondent=np.array(who, dtype=np.int64),
        item=np.array(what, dtype=np.int64),
        importance=table[:, 0],
        ability=table[:, 1],
        mentor=table[:, 2] if mentors else None,
        groups=groups.columns(),
    )


def scales_of(surveys: Sequence[Survey]) -> Scales:
    """Every answer to a plain rating question, or a row of a matrix (`key.row`), in these waves.

    Constructs and which items are turned are those of the newest wave that has the item; values lie between 1 and
    the newest wave's `points`, as above.
    """
    waves = in_order(surveys)
    items, columns = _laid_out(waves, ("scale", "matrix"))
    groups = Groups(waves)
    ratings: list[float] = []
    empty = [_NAN] * len(items)
    for survey, said in _rows(waves, groups):
        line = empty.copy()
        for column in columns[survey]:
            given = said.get(column.key)
            tick = given.get(column.row) if column.row and given else given
            line[column.place] = column.ticks.get(tick, _NAN)
        ratings += line
    return Scales(
        items=tuple(items),
        constructs=tuple(one.construct for one in items.values()),
        turned=tuple(one.turned for one in items.values()),
        low=1.0,
        high=float(waves[-1].points) if waves else 1.0,
        ratings=np.array(ratings, dtype=np.float64).reshape(groups.respondents, len(items)),
        groups=groups.columns(),
    )


def in_order(surveys: Sequence[Survey]) -> list[Survey]:
    """Waves from the oldest to the newest."""
    return sorted(surveys, key=lambda one: (one.wave, one.pk))


def _laid_out(
    waves: Sequence[Survey], kinds: tuple[str, ...]
) -> tuple[dict[str, Question], dict[int, list[_Column]]]:
    """item → the newest question that asks it, and for each survey (by id) its columns."""
    newest: dict[str, Question] = {}
    asked = {wave.pk: [one for one in wave.asked_for if one.kind in kinds] for wave in waves}
    for wave in reversed(waves):
        for question in asked[wave.pk]:
            for item, _ in _items(question):
                newest.setdefault(item, question)
    places = {item: at for at, item in enumerate(newest)}
    points = waves[-1].points if waves else 1
    columns = {
        wave.pk: [
            _Column(one.key, row, places[item], _ticks(one, newest[item], wave.points, points))
            for one in asked[wave.pk]
            for item, row in _items(one)
        ]
        for wave in waves
    }
    return newest, columns


def _items(question: Question) -> list[tuple[str, str]]:
    """The items of a question, each with its row of the matrix or ""."""
    if question.kind == "matrix":
        return [(f"{question.item}.{row.key}", row.key) for row in question.rows]
    return [(question.item, "")]


def _ticks(old: Question, new: Question, points: int, onto: int) -> Table:
    step = (onto - 1) / (points - 1)
    found: dict[Any, float] = {tick: 1 + (tick - 1) * step for tick in range(1, points + 1)}
    if stands_turned(old, new):
        found = {tick: 1 + onto - value for tick, value in found.items()}
    return found | {None: _NAN}


def stands_turned(old: Question, new: Question) -> bool:
    """Whether the words of a scale stand the other way round than in another wave."""
    return old.labels != new.labels and old.labels == tuple(reversed(new.labels))


def _rows(waves: Sequence[Survey], groups: Groups) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Survey id and what was said, one by one, while `groups` notes of whom."""
    ids = [wave.pk for wave in waves]
    found = [
        model.objects.filter(survey__in=ids)
        .annotate(who=Cast("groups", TextField()), what=Cast("said", TextField()))
        .order_by("pk")
        .values_list("survey_id", "who", "what")
        .iterator(chunk_size=_AT_ONCE)
        for model in (Answer, NamedAnswer)
    ]
    for survey, who, what in chain(*found):
        said = json.loads(what)
        groups.note(survey, who, said)
        yield survey, said
