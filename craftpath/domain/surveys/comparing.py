"""What a wave asks otherwise than the one before: told to whoever writes it, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.surveys.columns import stands_turned
from craftpath.domain.surveys.models import Survey
from craftpath.domain.surveys.questions import Question


@dataclass(frozen=True, slots=True)
class Change:
    """A code of `texts.CHANGES` with its values; `serious`: answers of both waves do not compare as they are."""

    code: str
    place: int
    facts: dict[str, Any] = field(default_factory=dict)
    serious: bool = False


def changes(before: Survey, now: Survey) -> list[Change]:
    """What differs, in the order of the newer questions; what is gone comes last."""
    old = {one.key: (at, one) for at, one in enumerate(before.asked_for, start=1)}
    found = [] if before.points == now.points else [_points(before, now)]
    questions = now.asked_for
    for place, one in enumerate(questions, start=1):
        if one.key not in old:
            found.append(Change("added", place))
            continue
        found += _of_one(place, *old[one.key], one)
    keys = {one.key for one in questions}
    found += [Change("gone", at) for key, (at, _one) in old.items() if key not in keys]
    return found


def _points(before: Survey, now: Survey) -> Change:
    return Change("points", 0, {"before": before.points, "now": now.points}, serious=True)


def _of_one(place: int, at: int, old: Question, new: Question) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change("kind", place, serious=True)
    elif stands_turned(old, new):
        yield Change("turned_round", place, {"other": at}, serious=True)
    elif old.labels != new.labels:
        yield Change("labels", place, serious=True)
    if old.turned != new.turned:
        yield Change("turned_mark", place, serious=True)
    if old.title != new.title:
        yield Change("words", place)
    if _keys(old.options) != _keys(new.options) or _keys(old.rows) != _keys(new.rows):
        yield Change("options", place)


def _keys(parts: Sequence[Any]) -> set[str]:
    return {part.key for part in parts}


def turned(found: Sequence[Change]) -> list[Change]:
    """Those by which a scale stands the other way round, or has other points: the opening asks about them."""
    return [one for one in found if one.code in ("turned_round", "points")]
