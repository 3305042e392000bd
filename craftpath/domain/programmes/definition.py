"""What a scheme's definition holds, as JSON, and how it becomes the engine's scheme.

The shape is that of the headless `scheme.toml`, with names and learning areas beside the figures:
`{"mode", "decimals", "rules_use", "levels", "component": [{"key", "name", "weight", "missing",
"drop_lowest", "item": [{"key", "name", "weight", "max", "area"}]}], "rule": [{"kind", "value", …}]}`.
Figures are texts such as `"30"` or `"12.5"`, never binary floats.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.engines.evaluation import Fault, Scheme, SchemeFaulty, check
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

Definition = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemInfo:
    """One thing that is marked: its place in the scheme and how it is called."""

    component: str
    key: str
    name: Text
    weight: Decimal
    max: Decimal
    area: str


@dataclass(frozen=True, slots=True)
class ComponentInfo:
    """One weighted part, with its items in order."""

    key: str
    name: Text
    weight: Decimal
    missing: str
    drop_lowest: int
    items: tuple[ItemInfo, ...]


def engine_scheme(definition: Definition, key: str) -> Scheme:
    """The engine's view; `Refused` with every fault if the definition does not hold."""
    found = faults(definition, key)
    if found:
        raise Refused(not_now("programmes.scheme_faulty", faults=found))
    return Scheme.from_table({"key": key, **definition})


def faults(definition: Definition, key: str) -> tuple[Fault, ...]:
    """All that is wrong with a definition, in the engine's codes; empty if it may be saved."""
    try:
        return check(Scheme.from_table({"key": key, **definition}))
    except SchemeFaulty as faulty:
        return tuple(faulty.faults)


def components(definition: Definition) -> tuple[ComponentInfo, ...]:
    """The parts with their names, in scheme order; a part without items is one item with its own key."""
    return tuple(_component(part) for part in definition["component"])


def _component(part: Mapping[str, Any]) -> ComponentInfo:
    name = Text.of(part.get("name")) if part.get("name") else Text.of(part["key"])
    listed = part.get("item") or [{"key": part["key"], "name": name.as_json()}]
    return ComponentInfo(
        key=part["key"],
        name=name,
        weight=Decimal(str(part["weight"])),
        missing=part.get("missing", "incomplete"),
        drop_lowest=int(part.get("drop_lowest", 0)),
        items=tuple(
            ItemInfo(
                component=part["key"],
                key=item["key"],
                name=Text.of(item.get("name")) if item.get("name") else Text.of(item["key"]),
                weight=Decimal(str(item.get("weight", 1))),
                max=Decimal(str(item.get("max", 100))),
                area=item.get("area", ""),
            )
            for item in listed
        ),
    )


def items(definition: Definition) -> tuple[ItemInfo, ...]:
    """Every item in scheme order: the columns of a mark sheet."""
    return tuple(item for part in components(definition) for item in part.items)


def fingerprint(definition: Definition) -> str:
    """A hash of the definition: what a result says it was computed by."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ContestTerms:
    """In how many days after the decision a result may be contested, and in how many more it is answered."""

    within_days: int = 15
    answer_days: int = 10


def contest_terms(definition: Definition) -> ContestTerms:
    """The scheme's own terms (`{"contest": {"within_days", "answer_days"}}`), else the usual ones."""
    given = definition.get("contest") or {}
    usual = ContestTerms()
    return ContestTerms(
        int(given.get("within_days", usual.within_days)), int(given.get("answer_days", usual.answer_days))
    )
