"""What somebody answered, held against the questions: which of them were asked, what is kept, what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.surveys.questions import Question, When
from craftpath.values.verdict import Verdict, not_now

LONGEST_TEXT = 2000


@dataclass(slots=True)
class Checked:
    """`said` is what can be kept, `faults` what is missing or cannot be read, by the key of the question."""

    said: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Verdict] = field(default_factory=dict)


def meant_for(questions: Sequence[Question], role: str) -> list[Question]:
    """The questions that go to a role; of an ability, mentors are asked only where their view is wanted."""
    return [
        one
        for one in questions
        if (not one.roles or role in one.roles)
        and not (one.kind == "need" and role == "mentor" and not one.mentor)
    ]


def checked(questions: Sequence[Question], points: int, role: str, given: Mapping[str, Any]) -> Checked:
    """Keep what answers a question that was asked; an answer to one that was not is left out, not refused."""
    found = Checked()
    section_open = True
    for one in meant_for(questions, role):
        if one.kind == "section":
            section_open = holds(one.when, found.said)
            continue
        if not section_open or not holds(one.when, found.said):
            continue
        try:
            value = _READERS[one.kind](one, given.get(one.key), points, role)
        except (ValueError, TypeError, OverflowError):
            found.faults[one.key] = not_now("surveys.not_an_answer")
            continue
        if value is not None:
            found.said[one.key] = value
        if one.required and not _whole(one, value, role):
            found.faults[one.key] = not_now("surveys.answer_missing")
    return found


def holds(when: When | None, said: Mapping[str, Any]) -> bool:
    """Whether a condition is met by the answers before; an answer that was left out meets none."""
    if when is None:
        return True
    given = said.get(when.question)
    if given is None:
        return False
    if when.operator in ("is", "is_not"):
        chosen = {str(one) for one in given} if isinstance(given, list) else {str(given)}
        return bool(chosen & set(when.values)) == (when.operator == "is")
    bound = float(when.values[0])
    return bool(given >= bound if when.operator == "at_least" else given <= bound)


def parts_of(one: Question, role: str) -> tuple[bool, bool, bool]:
    """Of a need, which is asked of a role: importance, own level, the mentor's view."""
    return True, role != "mentor", role == "mentor"


def _tick(value: Any, points: int) -> int | None:
    if value in (None, ""):
        return None
    tick = int(str(value))
    if not 1 <= tick <= points:
        raise ValueError(value)
    return tick


def _need(one: Question, value: Any, points: int, role: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError(value)
    asked = parts_of(one, role)
    ticks = [_tick(part, points) if wanted else None for part, wanted in zip(value, asked, strict=True)]
    return ticks if any(ticks) else None


def _scale(one: Question, value: Any, points: int, role: str) -> Any:
    return _tick(value, points)


def _matrix(one: Question, value: Any, points: int, role: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError(value)
    ticks = {row.key: _tick(value.get(row.key), points) for row in one.rows}
    return {key: tick for key, tick in ticks.items() if tick is not None} or None


def _single(one: Question, value: Any, points: int, role: str) -> Any:
    if value in (None, ""):
        return None
    if value not in {option.key for option in one.options}:
        raise ValueError(value)
    return value


def _several(one: Question, value: Any, points: int, role: str) -> Any:
    if not value:
        return None
    known = {option.key for option in one.options}
    if not isinstance(value, list) or not set(value) <= known or len(set(value)) < len(value):
        raise ValueError(value)
    return value


def _text(one: Question, value: Any, points: int, role: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("no text")
    words = value.replace("\0", "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST_TEXT:
        raise ValueError("too long")
    return words or None


def _number(one: Question, value: Any, points: int, role: str) -> Any:
    if value in (None, ""):
        return None
    number = float(str(value).strip().replace(",", "."))
    low = -math.inf if one.least is None else one.least
    high = math.inf if one.most is None else one.most
    if not math.isfinite(number) or not low <= number <= high or abs(number) > 1e12:
        raise ValueError(value)
    return int(number) if number == int(number) else number


_READERS = {
    "need": _need,
    "scale": _scale,
    "matrix": _matrix,
    "single": _single,
    "multiple": _several,
    "ranking": _several,
    "text": _text,
    "number": _number,
}


def _whole(one: Question, value: Any, role: str) -> bool:
    """Whether a required question is answered in all its parts."""
    if value is None:
        return False
    if one.kind == "need":
        return all(tick is not None for tick, asked in zip(value, parts_of(one, role), strict=True) if asked)
    if one.kind == "matrix":
        return len(value) == len(one.rows)
    return one.kind != "ranking" or len(value) == len(one.options)
