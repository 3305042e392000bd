"""What a gate asks, as values: from the presets or from an organisation's own version, checked before it is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from craftpath.values.text import Text

GATES = ("stage", "exam")
KINDS = (
    "agreement",
    "mentor",
    "hours",
    "log",
    "attendance",
    "reviews",
    "colour",
    "result",
    "months",
    "document",
)
SUPPLIERS = ("apprentice", "mentor", "enterprise", "college")
SHARED = ("hours", "log", "attendance")  # kinds that ask for a share
ANY = "*"
MOST = 20  # conditions of one gate
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a gate. `key` tells it from the others; `share`, `months` and `name` as its kind needs them."""

    kind: str
    key: str
    by: str
    share: Fraction | None = None
    months: int = 0
    name: Text = field(default_factory=Text)
    waivable: bool = True

    def as_json(self) -> dict[str, Any]:
        """The form that a row keeps."""
        kept: dict[str, Any] = {"kind": self.kind, "key": self.key, "by": self.by, "waivable": self.waivable}
        if self.share is not None:
            kept["share"] = str(self.share)
        if self.months:
            kept["months"] = self.months
        if self.kind == "document":
            kept["name"] = self.name.as_json()
        return kept


class ConditionFaulty(ValueError):
    """A line that no gate can have; `code` says why, `place` which one it is, from 1 on."""

    def __init__(self, code: str, place: int) -> None:
        super().__init__(f"{code} at {place}")
        self.code, self.place = code, place


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Read conditions as a file or a row has them; ConditionFaulty for the first that cannot be."""
    found: list[Condition] = []
    for place, row in enumerate(rows, start=1):
        condition = _read(row, place)
        if any(one.key == condition.key for one in found):
            raise ConditionFaulty("twice", place)
        found.append(condition)
    if not 0 < len(found) <= MOST:
        raise ConditionFaulty("none" if not found else "too_many", len(found))
    return tuple(found)


def _read(row: Mapping[str, Any], place: int) -> Condition:
    kind, by = row.get("kind"), row.get("by")
    if kind not in KINDS:
        raise ConditionFaulty("kind_unknown", place)
    if by not in SUPPLIERS:
        raise ConditionFaulty("supplier_unknown", place)
    share = _share(row.get("share"), place) if kind in SHARED else None
    months = row.get("months", 0)
    if kind == "months" and not (isinstance(months, int) and 0 < months <= MOST_MONTHS):
        raise ConditionFaulty("months_unknown", place)
    name = Text.of(row.get("name"))
    if kind == "document" and not name.both().strip():
        raise ConditionFaulty("document_without_name", place)
    key = str(row.get("key") or kind)
    waivable = bool(row.get("waivable", True))
    return Condition(kind, key, by, share, months if kind == "months" else 0, name, waivable)


def _share(value: Any, place: int) -> Fraction:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ConditionFaulty("share_unknown", place) from None
    if not 0 < share <= 1:
        raise ConditionFaulty("share_unknown", place)
    return share


@cache
def _presets() -> dict[tuple[str, str, str], tuple[Condition, ...]]:
    """(gate, programme, stage) → conditions."""
    folder = resources.files("craftpath.domain.progression") / "presets"
    table = tomllib.loads((folder / "gates.toml").read_text("utf-8"))
    return {(row["kind"], row["programme"], row["stage"]): read(row["condition"]) for row in table["gate"]}


def preset(gate: str, programme: str, stage: str) -> tuple[Condition, ...]:
    """What comes with the program for this gate: for the stage, else for the programme, else for all."""
    known = _presets()
    for place in ((programme, stage), (programme, ANY), (ANY, ANY)):
        if (gate, *place) in known:
            return known[(gate, *place)]
    return ()


def documents_named() -> dict[str, Text]:
    """key → name of every paper that the presets ask for."""
    return {one.key: one.name for some in _presets().values() for one in some if one.kind == "document"}
