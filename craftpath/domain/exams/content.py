"""What an item holds at one time, as plain values: what may be stored, what its key lacks, and what the scorer gets.

`details` by kind, texts being `{"zh": …, "en": …}` in Markdown:

- single, multiple: `options` [{key, text}], `right` [key]
- true_false: `right` ["true"] or ["false"]
- numeric: `value`, `tolerance` (texts), `percent`, `unit`
- short: `blanks` [{key, accepted}], `fold` {case, width, space}; the blanks are the runs of underscores in the stem
- matching: `left`, `right_side` [{key, text}], `pairs` {left: right}
- ordering: `entries` [{key, text}], `order` [key]
- hotspot: `picture` (public id), `width`, `height`, `regions` [{key, name, shape, at}], `right` [key]
- essay: `file`, `lines`, `guide`
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.engines.scoring import (
    Blank,
    Circle,
    Fold,
    Key,
    Kind,
    Numeric,
    Question,
    Rectangle,
    Region,
    Rule,
    read_number,
)
from craftpath.values.text import Text

CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE})
MOST_POINTS = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Content:
    """One version of an item before it has a number."""

    kind: Kind
    stem: Text
    details: Mapping[str, Any] = field(default_factory=dict)
    points: Decimal = Decimal(1)
    rule: Rule = Rule.ALL
    explanation: Text = Text()
    stimulus: str = ""

    @property
    def fingerprint(self) -> str:
        """Of everything that it says: the same content has the same, whatever order its JSON was written in."""
        said = {
            "kind": self.kind.value,
            "stem": self.stem.as_json(),
            "details": self.details,
            "points": f"{self.points.normalize():f}",
            "rule": self.rule.value,
            "explanation": self.explanation.as_json(),
            "stimulus": self.stimulus,
        }
        plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def question(content: Content) -> Question:
    """The item as the scorer needs it."""
    details, kind = content.details, content.kind
    right = frozenset(str(key) for key in details.get("right", ()))
    known: frozenset[str] = frozenset()
    regions: tuple[Region, ...] = ()
    key = Key(choices=right)
    if kind in CHOICES:
        known = keys_of(details.get("options", ()))
    elif kind is Kind.TRUE_FALSE:
        known = frozenset({"true", "false"})
    elif kind is Kind.NUMERIC:
        key = Key(numeric=numeric_key(details))
    elif kind is Kind.SHORT:
        key = Key(
            blanks=tuple(Blank(row["key"], tuple(row["accepted"])) for row in details.get("blanks", ()))
        )
    elif kind is Kind.MATCHING:
        known, key = keys_of(details.get("right_side", ())), Key(pairs=dict(details.get("pairs", {})))
    elif kind is Kind.ORDERING:
        known, key = keys_of(details.get("entries", ())), Key(order=tuple(details.get("order", ())))
    elif kind is Kind.HOTSPOT:
        known = keys_of(details.get("regions", ()))
        regions = tuple(Region(row["key"], shape_of(row)) for row in details.get("regions", ()))
    else:
        key = Key()
    fold = details.get("fold", {})
    return Question(
        kind=kind,
        points=Fraction(content.points),
        key=key,
        rule=content.rule,
        fold=Fold(*(bool(fold.get(name, True)) for name in ("case", "width", "space"))),
        known=known,
        regions=regions,
    )


def keys_of(rows: Any) -> frozenset[str]:
    """The keys of options, entries, sides or regions."""
    return frozenset(row["key"] for row in rows)


def numeric_key(details: Mapping[str, Any]) -> Numeric | None:
    """The figure that is right, or None while there is none."""
    unit = str(details.get("unit", ""))
    value = read_number(str(details.get("value", "")), unit)
    if value is None:
        return None
    tolerance = read_number(str(details.get("tolerance", "") or "0")) or Fraction(0)
    return Numeric(value, tolerance, bool(details.get("percent")), unit)


def shape_of(row: Mapping[str, Any]) -> Rectangle | Circle:
    """A region's shape from its figures."""
    at = [Fraction(str(figure)) for figure in row["at"]]
    return Circle(*at) if row["shape"] == "circle" else Rectangle(*at)


def has_key(content: Content) -> bool:
    """Whether it says what is right in full; an essay needs no key."""
    details, kind = content.details, content.kind
    if kind is Kind.ESSAY:
        return True
    if kind is Kind.NUMERIC:
        return numeric_key(details) is not None
    if kind is Kind.SHORT:
        blanks = details.get("blanks", ())
        return bool(blanks) and all(row["accepted"] for row in blanks)
    if kind is Kind.MATCHING:
        return keys_of(details.get("left", ())) == frozenset(details.get("pairs", {}))
    if kind is Kind.ORDERING:
        return bool(details.get("order"))
    return bool(details.get("right"))


def as_shown(entries: Any, order: Any) -> list[Any]:
    """Entries in an order that does not give the right one away, and is the same for everybody."""
    rows = list(entries)
    if [row["key"] for row in rows] != list(order):
        return rows
    mixed = sorted(rows, key=lambda row: hashlib.sha256(repr(row).encode()).hexdigest())
    return mixed if [row["key"] for row in mixed] != list(order) else mixed[1:] + mixed[:1]
