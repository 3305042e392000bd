"""What a package says of somebody, read within the bounds of its standard: a claim, and never more than that.

The run-time in the browser keeps the data model; what arrives here may come from anywhere and is looked at once more.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from craftpath.values.verdict import Refused, not_now

LONGEST_SUSPEND = 64_000
"""Characters of `suspend_data`: what 2004 allows, and sixteen times what 1.2 does, since most tools take no notice."""
LONGEST_DATA = 400_000
"""Characters of all that a package keeps of one attempt, interactions and all."""
MOST_SECONDS = 1000 * 3600
_PLACES = Decimal("0.00001")
_ONE = {
    "passed": "passed",
    "failed": "failed",
    "completed": "completed",
    "browsed": "completed",
    "incomplete": "incomplete",
    "not attempted": "incomplete",
    "": "incomplete",
}
_STAYS = ("suspend", "logout")
"""Ways to leave a part that is to be gone on with."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A state, a score from -1 to 1, seconds, and whether the package is done with this attempt."""

    state: str
    score: Decimal | None
    seconds: int
    ends: bool


def read_claim(
    kind: str, entry: Mapping[str, Any], data: Any, *, seconds: Any = 0, final: bool = False
) -> Claim:
    """The claim in what a page sent; `Refused` in words where it breaks the standard."""
    if not isinstance(data, dict):
        raise _unfit("data")
    size = _size(data)
    if size > LONGEST_DATA:
        raise _too_long("data", LONGEST_DATA, size)
    spent = _seconds(seconds)
    if kind == "h5p":
        return _of_h5p(data, spent)
    if not entry.get("reports"):
        return Claim("completed" if data.get("done") is True else "incomplete", None, spent, final)
    if kind == "scorm12":
        return _of_one(entry, _mapping(data, "cmi"), spent, final)
    if kind == "scorm2004":
        return _of_2004(entry, _mapping(data, "cmi"), spent, final)
    raise _unfit("kind")


def _size(data: Any) -> int:
    """Characters of what is to be kept; `Refused` for what no database keeps: infinities, half letters, a NUL."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError):
        raise _unfit("data") from None
    if "\\u0000" in text and any("\0" in word for word in _words(data)):
        raise _unfit("data")
    return len(text)


def _words(data: Any) -> Iterator[str]:
    """All texts in it, and all names."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def _of_one(entry: Mapping[str, Any], cmi: Mapping[str, Any], seconds: int, final: bool) -> Claim:
    _suspended(cmi)
    core = _mapping(cmi, "core")
    given = _word(core, "lesson_status")
    if given not in _ONE:
        raise _unfit("cmi.core.lesson_status")
    state, raw, score = _ONE[given], *_scaled(_mapping(core, "score"))
    mastery = _number(str(entry.get("mastery") or ""))
    if final and mastery is not None and raw is not None:
        state = "passed" if raw >= mastery else "failed"
    ends = final and state != "incomplete" and _word(core, "exit") not in _STAYS
    return Claim(state, score, seconds, ends)


def _of_2004(entry: Mapping[str, Any], cmi: Mapping[str, Any], seconds: int, final: bool) -> Claim:
    _suspended(cmi)
    success, completion = _word(cmi, "success_status"), _word(cmi, "completion_status")
    if success not in ("", "unknown", "passed", "failed"):
        raise _unfit("cmi.success_status")
    if completion not in ("", "unknown", "completed", "incomplete", "not attempted"):
        raise _unfit("cmi.completion_status")
    held = _mapping(cmi, "score")
    score = _within(_word(held, "scaled"))
    if score is None:
        score = _scaled(held)[1]
    least = _number(str(entry.get("mastery") or ""))
    if least is not None:  # with a mark to pass, what the package says of passing counts for nothing
        success = "" if score is None else "passed" if score >= least else "failed"
    through = _number(str(entry.get("completion") or ""))
    progress = _number(_word(cmi, "progress_measure"))
    if through is not None:  # with a measure to complete, the same holds of completing
        completion = "" if progress is None else "completed" if progress >= through else "incomplete"
    state = (
        success
        if success in ("passed", "failed")
        else "completed"
        if completion == "completed"
        else "incomplete"
    )
    ends = final and state != "incomplete" and _word(cmi, "exit") not in _STAYS
    return Claim(state, score, seconds, ends)


def _of_h5p(data: Mapping[str, Any], seconds: int) -> Claim:
    said = _mapping(data, "result")
    success, completion = said.get("success"), said.get("completion")
    if success not in (None, True, False) or completion not in (None, True, False):
        raise _unfit("result")
    held = _mapping(said, "score")
    score = _within(_word(held, "scaled"))
    if score is None:
        score = _scaled(held)[1]
    if not completion:
        return Claim("incomplete", score, seconds, ends=False)
    state = "completed" if success is None else "passed" if success else "failed"
    return Claim(state, score, seconds, ends=True)


def _suspended(cmi: Mapping[str, Any]) -> None:
    kept = _word(cmi, "suspend_data", most=LONGEST_DATA)
    if len(kept) > LONGEST_SUSPEND:
        raise _too_long("cmi.suspend_data", LONGEST_SUSPEND, len(kept))


def _scaled(held: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """(the score as it was given, the same from -1 to 1): between its own bounds, else of a hundred."""
    raw = _number(_word(held, "raw"), strict=True)
    if raw is None:
        return None, None
    least, most = _number(_word(held, "min")), _number(_word(held, "max"))
    least = least if least is not None else Decimal(0)
    most = most if most is not None else Decimal(100)
    if most <= least:
        return raw, None
    return raw, _within(str((raw - least) / (most - least)))


def _within(given: str) -> Decimal | None:
    value = _number(given, strict=True)
    if value is None:
        return None
    if not -1 <= value <= 1:
        raise Refused(not_now("packages.score_unfit", given=given[:40]))
    return value.quantize(_PLACES, ROUND_HALF_EVEN)


def _number(given: str, *, strict: bool = False) -> Decimal | None:
    """A finite number; None for nothing, and for anything else unless it has to be one."""
    given = given.strip()
    if not given:
        return None
    try:
        value = Decimal(given) if len(given) <= 40 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and abs(value) < Decimal(10) ** 9:
        return value
    if strict:
        raise Refused(not_now("packages.score_unfit", given=given[:40]))
    return None


def _seconds(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise _unfit("seconds")
    return max(0, min(round(given), MOST_SECONDS))


def _mapping(held: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = held.get(name, {})
    if not isinstance(value, dict):
        raise _unfit(name)
    return value


def _word(held: Mapping[str, Any], name: str, most: int = 250) -> str:
    """A value of the data model: a text, or a number that some write as such."""
    value = held.get(name, "")
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unfit(name)
    text = str(value)
    if len(text) > most:
        raise _too_long(name, most, len(text))
    return text


def _unfit(name: str) -> Refused:
    return Refused(not_now("packages.data_unfit", name=name))


def _too_long(name: str, most: int, count: int) -> Refused:
    return Refused(not_now("packages.data_too_long", name=name, most=most, count=count))
