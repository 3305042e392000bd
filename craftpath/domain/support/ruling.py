"""The rules and the model's figures, as their rows say them."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources
from typing import Any

from craftpath.engines.forewarning import Feature, Rule

_TEXT = (resources.files("craftpath.domain.support") / "presets" / "rules.toml").read_text("utf-8")
_TABLE: dict[str, Any] = tomllib.loads(_TEXT)

VERSION = hashlib.sha256(_TEXT.encode()).hexdigest()[:12]
"""Of the rows: kept with each sign, so that it can be told later by which it was given."""
WEEKS: int = _TABLE["weeks"]
FRESH_DAYS: int = _TABLE["fresh_days"]
RULES = tuple(
    Rule(
        row["code"],
        row["column"],
        tuple((step[0], step[1]) for step in row["steps"]),
        row.get("below", False),
        tuple((name, least) for name, least in row.get("needs", ())),
    )
    for row in _TABLE["rule"]
)
WHOSE: dict[str, str] = {row["code"]: row["whose"] for row in _TABLE["rule"]} | {"pattern": "both"}
"""Whether the house alone puts it right, or both together."""
NEXT: dict[str, str] = {row["code"]: row["act"] for row in _TABLE["rule"]} | {"pattern": "talk"}
FEATURES = tuple(Feature(row["key"], row["cap"]) for row in _TABLE["feature"])
PATTERN_POINTS = 20
KNOWN_LATER = ("silent", "absent", "waiting", "review", "mentorless")
"""Rules whose figures can be worked out for a past day: marks and gates keep no record of what stood then."""


def pattern(threshold: float) -> Rule:
    """The model's share as a rule beside the others."""
    return Rule("pattern", "share", ((threshold, PATTERN_POINTS),))
