"""What a rubric's definition holds, as JSON, and what is wrong with one.

`{"unobserved": "shared_out" | "waits", "levels": [{"value", "name"}], "criteria": [{"key", "name", "weight", "area",
"skill", "outcome", "anchors"}]}`: levels lowest first, the same for all criteria; `anchors` says for each level what
is seen at it, `outcome` is the id of a learning outcome as text. Figures are texts, never binary floats.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from craftpath.engines.rating import Criterion, RubricScore, Unobserved, score
from craftpath.values.text import Text

Definition = Mapping[str, Any]
FEWEST_LEVELS, MOST_LEVELS = 2, 6
MOST_CRITERIA = 20
LONGEST_NAME, LONGEST_ANCHOR = 120, 300
NOT_OBSERVED = "not_observed"
_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_FIGURE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class RubricFault:
    """What is wrong, and where: the code and the path of the field, such as `criteria[2].weight`."""

    code: str
    place: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its value as the ratings keep it, and its name."""

    value: str
    name: Text


@dataclass(frozen=True, slots=True)
class CriterionInfo:
    """One row with what is seen at each level; what it is tied to is empty or a key."""

    key: str
    name: Text
    weight: Decimal
    area: str
    skill: str
    outcome: str
    anchors: tuple[Text, ...]


def levels_of(definition: Definition) -> tuple[Level, ...]:
    """The levels, lowest first."""
    return tuple(Level(str(one["value"]), Text.of(one["name"])) for one in definition["levels"])


def criteria_of(definition: Definition) -> tuple[CriterionInfo, ...]:
    """The rows in order."""
    return tuple(
        CriterionInfo(
            key=one["key"],
            name=Text.of(one["name"]),
            weight=Decimal(one["weight"]),
            area=one.get("area", ""),
            skill=one.get("skill", ""),
            outcome=one.get("outcome", ""),
            anchors=tuple(Text.of(anchor) for anchor in one["anchors"]),
        )
        for one in definition["criteria"]
    )


def score_of(definition: Definition, levels: Mapping[str, str]) -> RubricScore:
    """What these levels come to, of 100; a criterion that is not observed is never zero."""
    values = tuple(Decimal(one.value) for one in levels_of(definition))
    rubric = [Criterion(one.key, one.weight, values) for one in criteria_of(definition)]
    given = {
        key: None if value == NOT_OBSERVED else Decimal(value)
        for key, value in levels.items()
        if any(row.key == key for row in rubric)
    }
    return score(rubric, given, Unobserved(definition.get("unobserved", Unobserved.SHARED_OUT)))


def fingerprint(definition: Definition) -> str:
    """Sixteen hex digits of the canonical text."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def faults(definition: Definition) -> tuple[RubricFault, ...]:
    """All that is wrong with a definition; empty if it may be saved."""
    return tuple(_faults(definition))


def _faults(definition: Definition) -> Iterator[RubricFault]:
    levels, criteria = definition.get("levels") or [], definition.get("criteria") or []
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        yield RubricFault("levels_count", "levels", {"least": FEWEST_LEVELS, "most": MOST_LEVELS})
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        yield RubricFault("criteria_count", "criteria", {"most": MOST_CRITERIA})
    if definition.get("unobserved") not in {one.value for one in Unobserved}:
        yield RubricFault("unobserved_unknown", "unobserved", {})
    yield from _level_faults(levels)
    yield from _criterion_faults(criteria, len(levels))


def _level_faults(levels: Any) -> Iterator[RubricFault]:
    values = [_figure(one.get("value")) for one in levels]
    for n, one in enumerate(levels):
        if values[n] is None:
            yield RubricFault("not_a_figure", f"levels[{n}].value", {"given": str(one.get("value"))[:20]})
        if not _named(one.get("name"), LONGEST_NAME):
            yield RubricFault("no_name", f"levels[{n}].name", {"most": LONGEST_NAME})
    known = [value for value in values if value is not None]
    if len(known) == len(values) and any(low >= high for low, high in zip(known, known[1:], strict=False)):
        yield RubricFault("levels_do_not_rise", "levels", {})


def _criterion_faults(criteria: Any, levels: int) -> Iterator[RubricFault]:
    keys = [one.get("key") for one in criteria]
    total = Decimal(0)
    for n, one in enumerate(criteria):
        place, weight = f"criteria[{n}]", _figure(one.get("weight"))
        if (
            not isinstance(one.get("key"), str)
            or not _KEY.fullmatch(one["key"])
            or keys.count(one["key"]) > 1
        ):
            yield RubricFault("key_faulty", f"{place}.key", {})
        if not _named(one.get("name"), LONGEST_NAME):
            yield RubricFault("no_name", f"{place}.name", {"most": LONGEST_NAME})
        if weight is None or weight <= 0:
            yield RubricFault("not_a_figure", f"{place}.weight", {"given": str(one.get("weight"))[:20]})
        total += weight or Decimal(0)
        anchors = one.get("anchors") or []
        if len(anchors) != levels:
            yield RubricFault("anchors_missing", f"{place}.anchors", {})
        for at, anchor in enumerate(anchors):
            if not _named(anchor, LONGEST_ANCHOR):
                yield RubricFault("no_anchor", f"{place}.anchors[{at}]", {"most": LONGEST_ANCHOR})
    if criteria and total != 100:
        yield RubricFault("weights_not_100", "criteria", {"total": f"{total.normalize():f}"})


def _figure(value: Any) -> Decimal | None:
    if not isinstance(value, str) or not _FIGURE.fullmatch(value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _named(value: Any, longest: int) -> bool:
    if not isinstance(value, Mapping):
        return False
    words = [text for text in value.values() if isinstance(text, str) and text.strip()]
    return bool(words) and all(len(text) <= longest and text.isprintable() for text in words)
