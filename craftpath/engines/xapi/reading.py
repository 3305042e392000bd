"""JSON as strict as statements need it: UTF-8, no name twice in one object, no number that is none."""

from __future__ import annotations

import json
import math
from typing import Any

from craftpath.engines.xapi.types import Json, Wrong

DEEPEST = 200
"""More levels than this are refused; a reader of another make may not follow further down."""


def read(content: bytes) -> Any:
    """What the text says; `Wrong` where two readers could take it differently."""
    try:
        said = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
        if rb"\ud" in content.lower():
            write(said)  # a half of a character cannot be written again
    except RecursionError as fault:
        raise Wrong("too_deep") from fault
    except (UnicodeError, ValueError) as fault:
        raise Wrong("not_json", what=str(fault)) from fault
    if _depth(said) > DEEPEST:
        raise Wrong("too_deep")
    return said


def write(value: Any) -> bytes:
    """The shortest text that says it, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        known: set[str] = set()
        for name, _value in pairs:
            if name in known:
                raise Wrong("said_twice", name=name)
            known.add(name)
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large")
    return number


def _depth(value: Any) -> int:
    """How many levels there are, level by level and not by calling itself."""
    level, found = [value], 0
    while level := [
        inner
        for one in level
        if isinstance(one, dict | list)
        for inner in (one.values() if isinstance(one, dict) else one)
    ]:
        found += 1
    return found
