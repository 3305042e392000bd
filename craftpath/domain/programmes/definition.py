"""What a scheme's definition holds, as JSON, and how it becomes the engine's scheme.

The shape is that of the headless `scheme.toml`, with names and learning areas beside the figures:
`{"mode", "decimals", "rules_use", "levels", "component": [{"key", "name", "weight", "missing",
"drop_lowest", "item": [{"key", "name", "weight", "max", "area", "source",
"raters"}]}], "rule": [{"kind", "value", …}]}`.
Figures are texts such as `"30"` or `"12.5"`, never binary floats. Graded methods add `grades` and `grade_names`,
required parts `target` and `unit`, the whole `level_names`, `supplement`, `contest` and `assumed`
(`details.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from craftpath.domain.programmes.details import detail_faults, grade_names
from craftpath.engines.evaluation import (
    Fault,
    GradeRow,
    Mode,
    Raters,
    Scheme,
    SchemeFaulty,
    Source,
    check,
    oral_key,
    own_item,
    raters_of,
    source_of,
)
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

Definition = Mapping[str, Any]
LARGEST = Decimal(99_999_999)  # a score that its column can keep


@dataclass(frozen=True, slots=True)
class ItemInfo:
    """One thing that is marked: its place in the scheme and how it is called.

    An `open_ended` one accepts more than `max`, which then counts as `max`: 8,100 of 8,000 hours. One with a
    `source` is worked out from confirmed facts, and one with `raters` gets the mark on which several agree: neither has
    a column in a mark sheet.
    """

    component: str
    key: str
    name: Text
    weight: Decimal
    max: Decimal
    area: str
    grades: Mapping[str, Text] = field(default_factory=dict)
    unit: str = ""
    is_oral: bool = False
    target: Decimal | None = None
    open_ended: bool = False
    source: Source | None = None
    raters: Raters | None = None

    @property
    def top(self) -> Decimal:
        """The highest score that is accepted."""
        return LARGEST if self.open_ended else self.max

    @property
    def by_hand(self) -> bool:
        """Whether somebody simply gives its mark, in a sheet say."""
        return self.source is None and self.raters is None

    def grade(self, key: str) -> Text:
        """The name of one of its grades."""
        return self.grades.get(key) or Text.of(key)


@dataclass(frozen=True, slots=True)
class ComponentInfo:
    """One weighted part, with its items in order."""

    key: str
    name: Text
    weight: Decimal
    missing: str
    drop_lowest: int
    items: tuple[ItemInfo, ...]
    grades: Mapping[str, Text] = field(default_factory=dict)
    target: Decimal | None = None
    unit: str = ""


def engine_scheme(definition: Definition, key: str) -> Scheme:
    """The engine's view; `Refused` with every fault if the definition does not hold."""
    found = faults(definition, key)
    if found:
        raise Refused(not_now("programmes.scheme_faulty", faults=found))
    return Scheme.from_table({"key": key, **definition})


def faults(definition: Definition, key: str) -> tuple[Fault, ...]:
    """All that is wrong with a definition, in the engine's codes; empty if it may be saved."""
    try:
        found = check(Scheme.from_table({"key": key, **definition}))
    except SchemeFaulty as faulty:
        return tuple(faulty.faults)
    return (*found, *detail_faults(definition))


def components(definition: Definition) -> tuple[ComponentInfo, ...]:
    """The parts with their names, in scheme order; a part without items is one item with its own key."""
    mode = Mode(definition.get("mode", "weighted"))
    return tuple(_component(part, mode) for part in definition["component"])


def _component(part: Mapping[str, Any], mode: Mode) -> ComponentInfo:
    name = Text.of(part.get("name")) if part.get("name") else Text.of(part["key"])
    grades, unit = grade_names(part), part.get("unit") or ""
    target = None if part.get("target") is None else Decimal(str(part["target"]))
    own = own_item(part["key"], target, mode)
    listed = part.get("item") or [{"key": own.key, "name": name.as_json(), "max": own.max}]
    return ComponentInfo(
        key=part["key"],
        name=name,
        weight=Decimal(str(part.get("weight") or 0)),
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
                grades=grades,
                unit=unit if len(listed) == 1 else "",
                target=target if len(listed) == 1 else None,
                open_ended=own.open_ended and not part.get("item"),
                source=source_of(item),
                raters=raters_of(item),
            )
            for item in listed
        ),
        grades=grades,
        target=target,
        unit=unit,
    )


def items(definition: Definition) -> tuple[ItemInfo, ...]:
    """Every item in scheme order."""
    return tuple(item for part in components(definition) for item in part.items)


def sourced_items(definition: Definition) -> tuple[ItemInfo, ...]:
    """Those that are worked out from confirmed facts."""
    return tuple(item for item in items(definition) if item.source is not None)


def judged_items(definition: Definition) -> tuple[ItemInfo, ...]:
    """Every item that may have a mark: the columns of a mark sheet, and the oral marks beside them."""
    allowed = (definition.get("supplement") or {}).get("components", ())
    found: list[ItemInfo] = []
    for item in items(definition):
        found.append(item)
        if item.component in allowed:
            found.append(
                replace(
                    item,
                    key=oral_key(item.key),
                    name=_oral_name(item.name),
                    area="",
                    is_oral=True,
                    source=None,
                )
            )
    return tuple(found)


def _oral_name(name: Text) -> Text:
    return Text(zh=f"{name.say('zh')}（口试）", en=f"{name.say('en')} (oral)")


def table_rows(rule: Mapping[str, Any]) -> tuple[GradeRow, ...]:
    """The lines of a stored table of grades."""
    return tuple(
        GradeRow(tuple((key, grade) for key, grade in line.items() if key != "result"), line["result"])
        for line in rule.get("table", ())
    )


def fingerprint(definition: Definition) -> str:
    """A hash of the definition: what a result says it was computed by."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
