"""Results: scores, truths and durations."""

from __future__ import annotations

from typing import Any

from craftpath.engines.xapi.types import Json, Wrong
from craftpath.engines.xapi.values import (
    a_boolean,
    a_duration,
    a_number,
    a_string,
    an_object,
    extensions,
    inside,
)

_RESULT = ("score", "success", "completion", "response", "duration", "extensions")
_SCORE = ("scaled", "raw", "min", "max")


def a_result(value: Any, where: str) -> Json:
    """What came of it."""
    result = an_object(value, where, _RESULT)
    if "score" in result:
        a_score(result["score"], inside(where, "score"))
    for name in ("success", "completion"):
        if name in result:
            a_boolean(result[name], inside(where, name))
    if "response" in result:
        a_string(result["response"], inside(where, "response"))
    if "duration" in result:
        a_duration(result["duration"], inside(where, "duration"))
    if "extensions" in result:
        extensions(result["extensions"], inside(where, "extensions"))
    return result


def a_score(value: Any, where: str) -> Json:
    """Numbers that fit one another."""
    score = an_object(value, where, _SCORE)
    given = {name: a_number(score[name], inside(where, name)) for name in _SCORE if name in score}
    if "scaled" in given and not -1 <= given["scaled"] <= 1:
        raise Wrong("scaled", where, value=given["scaled"])
    low, high, raw = given.get("min"), given.get("max"), given.get("raw")
    if low is not None and high is not None and low >= high:
        raise Wrong("min_max", where)
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise Wrong("raw", where, value=raw)
    return score
