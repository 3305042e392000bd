"""What somebody has typed into the scheme form: texts as they came, in rows that can be added and taken away.

Nothing is judged here, so nothing typed can be lost here. Field names are `part-<n>-<field>` for a component
and `part-<n>-item-<m>-<field>` for its items; gaps in the numbers do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

HEAD = ("name_zh", "name_en", "decimals", "rules_use", "pass_mark")
PART = ("was", "key", "name_zh", "name_en", "weight", "missing", "drop_lowest", "minimum")
ITEM = ("key", "name_zh", "name_en", "weight", "max", "area")
NEW_PART = {"missing": "incomplete", "drop_lowest": "0"}
NEW_ITEM = {"weight": "1", "max": "100"}

_PART = re.compile(r"part-([0-9]{1,6})-([a-z_]+)")
_ITEM = re.compile(r"part-([0-9]{1,6})-item-([0-9]{1,6})-([a-z_]+)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{0,12})?")
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")

Row = dict[str, str]


@dataclass
class Part:
    """One component and its items."""

    row: Row
    items: list[Row] = field(default_factory=list)


@dataclass
class Typed:
    """The whole form; `kept` names the pass rules that have no field and stay."""

    head: Row
    parts: list[Part]
    kept: list[str] = field(default_factory=list)

    def without_blank_items(self) -> Typed:
        """The same without item rows in which nobody typed anything."""
        parts = [Part(part.row, [row for row in part.items if not _blank(row)]) for part in self.parts]
        return Typed(self.head, parts, self.kept)

    def add(self, place: str) -> str:
        """Add a row: `part`, or `item-<n>` for the component `n`; returns the prefix of the new row, or ""."""
        if place == "part":
            self.parts.append(Part(dict(NEW_PART)))
            return f"part-{len(self.parts) - 1}"
        part = self._part(place.removeprefix("item-"))
        if part is None:
            return ""
        part.items.append(dict(NEW_ITEM))
        return f"part-{self.parts.index(part)}-item-{len(part.items) - 1}"

    def remove(self, place: str) -> None:
        """Take a row away: `part-<n>`, or `item-<n>-<m>`; a row that is not there changes nothing."""
        kind, _, rest = place.partition("-")
        number, _, item = rest.partition("-")
        part = self._part(number)
        if part is None:
            return
        if kind == "part":
            self.parts = [other for other in self.parts if other is not part]
        elif item.isdecimal() and int(item) < len(part.items):
            del part.items[int(item)]

    def _part(self, number: str) -> Part | None:
        return self.parts[int(number)] if number.isdecimal() and int(number) < len(self.parts) else None

    @property
    def total(self) -> Decimal:
        """The sum of the weights that can be read as numbers."""
        return sum((number(part.row.get("weight", "")) or Decimal(0) for part in self.parts), Decimal(0))


def _blank(row: Row) -> bool:
    return all(not text.strip() or NEW_ITEM.get(name) == text.strip() for name, text in row.items())


def plain(text: str) -> str:
    """A figure as typed, with full-width digits and points turned into plain ones."""
    return unicodedata.normalize("NFKC", text.strip()).replace("。", ".").strip()


def number(text: str) -> Decimal | None:
    """The figure that the text stands for, or None."""
    figure = plain(text)
    return Decimal(figure) if _NUMBER.fullmatch(figure) else None


def has_exponent(text: str) -> bool:
    """Whether it is a number such as `1e1`: files may hold that, but nobody who types it means ten."""
    return _EXPONENT.fullmatch(plain(text)) is not None


def from_post(post: Mapping[str, Any], kept: list[str]) -> Typed:
    """Read the fields of a posted form."""
    parts: dict[int, Row] = {}
    items: dict[int, dict[int, Row]] = {}
    for name in post:
        if (found := _PART.fullmatch(name)) and found[2] in PART:
            parts.setdefault(int(found[1]), {})[found[2]] = post[name]
        elif (found := _ITEM.fullmatch(name)) and found[3] in ITEM:
            items.setdefault(int(found[1]), {}).setdefault(int(found[2]), {})[found[3]] = post[name]
    return Typed(
        head={name: post.get(name, "") for name in HEAD},
        parts=[
            Part(parts.get(n, {}), [row for _, row in sorted(items.get(n, {}).items())])
            for n in sorted(parts.keys() | items.keys())
        ],
        kept=kept,
    )


def from_definition(name: Mapping[str, str], definition: Mapping[str, Any]) -> Typed:
    """What the form shows of a stored scheme."""
    own, minima, others = split_rules(definition)
    return Typed(
        head={
            "name_zh": name.get("zh", ""),
            "name_en": name.get("en", ""),
            "decimals": str(definition.get("decimals", 1)),
            "rules_use": definition.get("rules_use") or "rounded",
            "pass_mark": own,
        },
        parts=[_part_of(row, minima) for row in definition.get("component", [])],
        kept=[str(index) for index in others],
    )


def _part_of(row: Mapping[str, Any], minima: Mapping[str, str]) -> Part:
    shown = _named(row) | {
        "was": row["key"],
        "weight": _figure(row.get("weight", "")),
        "missing": row.get("missing", "incomplete"),
        "drop_lowest": str(row.get("drop_lowest", 0)),
        "minimum": minima.get(row["key"], ""),
    }
    items = [
        _named(item)
        | {
            "weight": _figure(item.get("weight", 1)),
            "max": _figure(item.get("max", 100)),
            "area": item.get("area", ""),
        }
        for item in row.get("item", [])
    ]
    return Part(shown, items)


def _named(row: Mapping[str, Any]) -> Row:
    name = row.get("name") or {}
    name = {"zh": name, "en": name} if isinstance(name, str) else name
    return {"key": row["key"], "name_zh": name.get("zh", ""), "name_en": name.get("en", "")}


def _figure(value: Any) -> str:
    return "" if value is None else str(value)


def split_rules(definition: Mapping[str, Any]) -> tuple[str, dict[str, str], dict[int, Mapping[str, Any]]]:
    """The pass mark, the minimum of each component by its key, and all other rules by their index."""
    pass_mark, minima, others = "", dict[str, str](), dict[int, Mapping[str, Any]]()
    for index, rule in enumerate(definition.get("rule", [])):
        component = rule.get("component", "")
        if rule["kind"] == "overall_min" and not pass_mark:
            pass_mark = _figure(rule.get("value"))
        elif rule["kind"] == "component_min" and component not in minima:
            minima[component] = _figure(rule.get("value"))
        else:
            others[index] = rule
    return pass_mark, minima, others
