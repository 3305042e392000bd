"""Who or what marks an item, in the form: the fields of each kind, what is typed, and the rule that they stand for.

A source works the mark out, raters agree on it; both are one choice in the form and two keys in the definition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from craftpath.engines.evaluation import KINDS, Raters, raters_of, raters_row, source_of, source_row

RATERS = "raters"  # the choice in the form, and the field of how many
RATER_FIELDS = ("method", "raters", "gap", "beyond")
SOURCE = (
    "source",
    "late",
    "left_early",
    "partly",
    "within_days",
    "at_least",
    "unanswered",
    "every_days",
    "steps",
    *RATER_FIELDS,
)
_WHOLE = frozenset({"within_days", "at_least", "unanswered", "every_days"})
SOURCE_FIELDS = frozenset(SOURCE) - {"source"}
_STEP = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)=([0-9]{1,3}(?:\.[0-9]{1,4})?)")


def fields_of(kind: str) -> list[str]:
    """The fields that a kind of source uses; none where a person marks the item."""
    if kind == RATERS:
        return list(RATER_FIELDS)
    found = KINDS.get(kind)
    if found is None:
        return []
    days = ["within_days"] if found.within_days is not None else []
    limit = ["unanswered"] if found.unanswered is not None else []
    rhythm = ["every_days"] if found.every_days is not None else []
    return [*found.free, *days, *rhythm, "at_least", *limit, "steps"]


def usual_values(kind: str) -> dict[str, str]:
    """field → what an empty one means, for a kind of source."""
    if kind == RATERS:
        return {"raters": str(Raters().raters)}
    source = source_of({"source": kind}) if kind in KINDS else None
    row = source_row(source) if source else {}
    return {name: str(value) for name, value in row.items() if name != "kind"}


def shown_source(item: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows of an item's source, or of its raters."""
    raters = raters_of(item)
    if raters is not None:
        return {"source": RATERS} | {name: str(value) for name, value in raters_row(raters).items()}
    source = source_of(item)
    if source is None:
        return {}
    row = source_row(source)
    steps = ", ".join(f"{step['share']}={step['points']}" for step in row.pop("steps", []))
    return {"source": row.pop("kind"), "steps": steps} | {name: str(value) for name, value in row.items()}


def steps_typed(text: str) -> list[dict[str, str]] | None:
    """The thresholds of `90=100, 75=80`; None where it is not written like that."""
    parts = re.split(
        r"[,;，；、\s]+", re.sub(r"\s*[=＝]\s*", "=", unicodedata.normalize("NFKC", text)).strip(" ,;")
    )
    found = [_STEP.fullmatch(part) for part in parts]
    if not all(found):
        return None
    return [{"share": one[1], "points": one[2]} for one in found if one]


def source_of_form(given: Mapping[str, Any]) -> dict[str, Any]:
    """Source or raters as the definition keeps them; nothing where a person marks the item. What is empty is usual."""
    kind = str(given.get("source") or "")
    if not kind:
        return {}
    if kind == RATERS:
        return {"raters": _raters_of_form(given)}
    row: dict[str, Any] = {"kind": kind}
    for name in fields_of(kind):
        typed = str(given.get(name) or "").strip()
        if name == "steps":
            row |= {"steps": steps_typed(typed)} if typed and steps_typed(typed) else {}
        elif typed:
            row[name] = _whole(typed) if name in _WHOLE else typed
    usual = source_of({"source": kind})
    return {"source": source_row(usual) | row if usual else row}


def _raters_of_form(given: Mapping[str, Any]) -> dict[str, Any]:
    typed = {name: str(given.get(name) or "").strip() for name in RATER_FIELDS}
    usual = raters_row(Raters())
    row = {"method": typed["method"] or usual["method"], "beyond": typed["beyond"] or usual["beyond"]}
    gap = {"gap": typed["gap"]} if typed["gap"] else {}
    return {**row, **gap, "raters": _whole(typed["raters"]) if typed["raters"] else usual["raters"]}


def _whole(text: str) -> Any:
    """Plain digits as an int, as the definition keeps them; anything else for the engine to refuse."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else text
