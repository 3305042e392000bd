"""What somebody has typed into the scheme form: texts as they came, in rows that can be added and taken away.

Nothing is judged here, so nothing typed can be lost here. Field names are `part-<n>-<field>` for a component,
`part-<n>-item-<m>-<field>` and `part-<n>-grade-<m>-<field>` for its rows, `level-<m>-<field>` and `rule-<m>-<field>`
for levels and pass rules, and `grid-<m>-when`, `grid-<m>-result` for the table of grades; gaps in the numbers do not
matter. A component is known by its `was`: the key under which it is stored, or `+<n>` for a new one; a grade by its
key, which is made from its name once and then stays.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from craftpath.delivery.web.programmes.keys import LONGEST, fresh_key
from craftpath.delivery.web.programmes.sourced import SOURCE, shown_source
from craftpath.domain.programmes.definition import table_rows
from craftpath.domain.programmes.details import assumed, contest_terms, level_names
from craftpath.engines.evaluation import ANY_GRADE, Mode, RuleKind

HEAD = (
    "name_zh",
    "name_en",
    "mode",
    "decimals",
    "rules_use",
    "pass_mark",
    "within_days",
    "answer_days",
    "existing",
    "oral",
    "most",
)
PART = (
    "was",
    "key",
    "name_zh",
    "name_en",
    "weight",
    "missing",
    "drop_lowest",
    "minimum",
    "target",
    "unit",
    "oral",
)
ITEM = ("key", "name_zh", "name_en", "weight", "max", "area", *SOURCE)
NAMED = ("key", "name_zh", "name_en")
RULE = ("kind", "value", "at_least")
NEW_PART = {"missing": "incomplete", "drop_lowest": "0"}
NEW_ITEM = {"weight": "1", "max": "100"}
NEW_RULE = {"kind": "count_min"}

_NUMBER = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{0,12})?")
_ROW = re.compile(r"(part|level|rule|grid)-([0-9]{1,6})-(?:(item|grade)-([0-9]{1,6})-)?([a-z_]+)")
_MOST_ROWS = 2000  # of a table of grades that a form may bring
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")

Row = dict[str, str]


@dataclass
class Part:
    """One component, its items, and its grades if it is a graded method."""

    row: Row
    items: list[Row] = field(default_factory=list)
    grades: list[Row] = field(default_factory=list)

    @property
    def was(self) -> str:
        """By what the form knows the component."""
        return self.row.get("was", "")


@dataclass
class RuleRow:
    """One pass rule that has no field of its own; `on` are the components that it names, by their `was`."""

    row: Row
    on: list[str] = field(default_factory=list)


@dataclass
class Typed:
    """The whole form. `grid` holds lines of the table of grades: (was → grade, level); `unsure` what is assumed."""

    head: Row
    parts: list[Part]
    levels: list[Row] = field(default_factory=list)
    rules: list[RuleRow] = field(default_factory=list)
    grid: list[tuple[Row, str]] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    @property
    def mode(self) -> Mode:
        """The kind of scheme, as it is chosen now."""
        given = self.head.get("mode", "")
        return Mode(given) if given in set(Mode) else Mode.WEIGHTED

    def without_blank_items(self) -> Typed:
        """The same without rows in which nobody typed anything."""
        parts = [
            Part(
                part.row,
                [row for row in part.items if not _blank(row)],
                [row for row in part.grades if not _blank(row)],
            )
            for part in self.parts
        ]
        levels = [row for row in self.levels if not _blank(row)]
        return Typed(self.head, parts, levels, self.rules, self.grid, self.unsure)

    def add(self, place: str) -> str:
        """Add a row: `part`, `level`, `rule`, or `item-<n>` and `grade-<n>`; returns the new row's prefix or ""."""
        if place == "part":
            self.parts.append(Part(NEW_PART | {"was": self._new_was()}))
            return f"part-{len(self.parts) - 1}"
        if place == "level":
            self.levels.append({"key": fresh_key("", "level", {row.get("key", "") for row in self.levels})})
            return f"level-{len(self.levels) - 1}"
        if place == "rule":
            self.rules.append(RuleRow(dict(NEW_RULE)))
            return f"rule-{len(self.rules) - 1}"
        kind, _, number = place.partition("-")
        part = self._part(number)
        if part is None or kind not in ("item", "grade"):
            return ""
        rows = part.items if kind == "item" else part.grades
        new = (
            dict(NEW_ITEM)
            if kind == "item"
            else {"key": fresh_key("", "grade", {row.get("key", "") for row in part.grades})}
        )
        rows.append(new)
        return f"part-{self.parts.index(part)}-{kind}-{len(rows) - 1}"

    def _new_was(self) -> str:
        taken = {part.was for part in self.parts}
        return next(f"+{n}" for n in range(len(taken) + 1) if f"+{n}" not in taken)

    def remove(self, place: str) -> None:
        """Take a row away; a row that is not there changes nothing."""
        kind, _, rest = place.partition("-")
        if kind in ("level", "rule"):
            rows: list[Any] = self.levels if kind == "level" else self.rules
            if rest.isdecimal() and int(rest) < len(rows):
                del rows[int(rest)]
            return
        number, _, row = rest.partition("-")
        part = self._part(number)
        if part is None:
            return
        if kind == "part":
            self.parts = [other for other in self.parts if other is not part]
        elif kind in ("item", "grade"):
            under = part.items if kind == "item" else part.grades
            if row.isdecimal() and int(row) < len(under):
                del under[int(row)]

    def _part(self, number: str) -> Part | None:
        return self.parts[int(number)] if number.isdecimal() and int(number) < len(self.parts) else None

    @property
    def total(self) -> Decimal:
        """The sum of the weights that can be read as numbers."""
        return sum((number(part.row.get("weight", "")) or Decimal(0) for part in self.parts), Decimal(0))


def _blank(row: Row) -> bool:
    return all(
        not text.strip() or NEW_ITEM.get(name) == text.strip() or (name == "key" and made_up(text))
        for name, text in row.items()
    )


def made_up(key: str) -> bool:
    """A key that a new row of grades or levels got before anybody typed."""
    return re.fullmatch(r"(grade|level)[0-9]+", key) is not None


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


def from_post(post: Mapping[str, Any]) -> Typed:
    """Read the fields of a posted form (a QueryDict, or a dict of texts and lists)."""
    found: dict[str, dict[int, dict[str, Any]]] = {kind: {} for kind in ("part", "level", "rule", "grid")}
    under: dict[tuple[str, int], dict[int, Row]] = {}
    for name in post:
        given = _ROW.fullmatch(name)
        if given is None:
            continue
        kind, at, inner, place, field_name = given.groups()
        if inner:
            if kind == "part" and field_name in (ITEM if inner == "item" else NAMED):
                found["part"].setdefault(int(at), {})
                row = under.setdefault((inner, int(at)), {}).setdefault(int(place), {})
                row[field_name] = _given(post, name, hidden=inner == "grade" and field_name == "key")
        elif kind == "rule" and field_name == "on":
            found[kind].setdefault(int(at), {})["on"] = _many(post, name)
        elif field_name in {"part": PART, "level": NAMED, "rule": RULE, "grid": ("when", "result")}[kind]:
            hidden = kind == "level" and field_name == "key"
            found[kind].setdefault(int(at), {})[field_name] = _given(post, name, hidden=hidden)
    parts = [
        Part(
            row,
            [one for _, one in sorted(under.get(("item", at), {}).items())],
            [one for _, one in sorted(under.get(("grade", at), {}).items())],
        )
        for at, row in sorted(found["part"].items())
    ]
    typed = Typed(
        head={name: str(post.get(name, "")) for name in HEAD},
        parts=parts,
        levels=[row for _, row in sorted(found["level"].items())],
        rules=[
            RuleRow({name: row.get(name, "") for name in RULE}, row.get("on", []))
            for _, row in sorted(found["rule"].items())
        ],
        grid=[_line(row) for _, row in sorted(found["grid"].items())[:_MOST_ROWS]],
        unsure=_many(post, "unsure"),
    )
    seen: set[str] = set()
    for part in parts:  # a row that nobody knows yet, or that stands twice, is a new one
        if not part.was or part.was in seen:
            part.row["was"] = ""
            part.row["was"] = typed._new_was()
        seen.add(part.was)
    return typed


def _given(post: Mapping[str, Any], name: str, *, hidden: bool) -> str:
    """What was typed, whole; a key that nobody types is no longer than keys are."""
    return str(post[name])[:LONGEST] if hidden else str(post[name])


def _many(post: Mapping[str, Any], name: str) -> list[str]:
    given = post.getlist(name) if hasattr(post, "getlist") else post.get(name, [])
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def _line(row: Row) -> tuple[Row, str]:
    try:
        when = json.loads(row.get("when", "{}"))
    except ValueError:
        when = {}
    known = when if isinstance(when, dict) else {}
    return {str(key): str(grade) for key, grade in known.items()}, row.get("result", "")


def from_definition(name: Mapping[str, str], definition: Mapping[str, Any]) -> Typed:
    """What the form shows of a stored scheme."""
    own, minima, others = split_rules(definition)
    days, supplement = contest_terms(definition), definition.get("supplement") or {}
    tables = [rule for rule in others if rule["kind"] == RuleKind.GRADE_TABLE]
    return Typed(
        head={
            "name_zh": name.get("zh", ""),
            "name_en": name.get("en", ""),
            "mode": definition.get("mode") or "weighted",
            "decimals": str(definition.get("decimals", 1)),
            "rules_use": definition.get("rules_use") or "rounded",
            "pass_mark": own,
            "within_days": str(days.within_days),
            "answer_days": str(days.answer_days),
            "existing": str(supplement.get("existing", 2)),
            "oral": str(supplement.get("oral", 1)),
            "most": str(supplement.get("most", 1)),
        },
        parts=[
            _part_of(row, minima, supplement.get("components", ())) for row in definition.get("component", [])
        ],
        levels=[
            {"key": key, "name_zh": name.zh, "name_en": name.en}
            for key, name in level_names(definition).items()
        ],
        rules=[
            RuleRow(
                {
                    "kind": rule["kind"],
                    "value": _figure(rule.get("value")),
                    "at_least": _figure(rule.get("at_least")),
                },
                list(rule.get("components") or ([rule["component"]] if rule.get("component") else [])),
            )
            for rule in others
            if rule["kind"] != RuleKind.GRADE_TABLE
        ],
        grid=[
            ({key: grade for key, grade in line.when if grade != ANY_GRADE}, line.result)
            for rule in tables
            for line in table_rows(rule)
        ],
        unsure=list(assumed(definition)),
    )


def _part_of(row: Mapping[str, Any], minima: Mapping[str, str], orals: Any) -> Part:
    shown = _named(row) | {
        "was": row["key"],
        "weight": _figure(row.get("weight", "")),
        "missing": row.get("missing", "incomplete"),
        "drop_lowest": str(row.get("drop_lowest", 0)),
        "minimum": minima.get(row["key"], ""),
        "target": _figure(row.get("target")),
        "unit": row.get("unit") or "",
        "oral": "on" if row["key"] in orals else "",
    }
    items = [
        _named(item)
        | {
            "weight": _figure(item.get("weight", 1)),
            "max": _figure(item.get("max", 100)),
            "area": item.get("area", ""),
        }
        | shown_source(item)
        for item in row.get("item", [])
    ]
    names = row.get("grade_names") or {}
    grades = [_named({"key": key, "name": names.get(key) or key}) for key in row.get("grades", ())]
    return Part(shown, items, grades)


def _named(row: Mapping[str, Any]) -> Row:
    name = row.get("name") or {}
    name = {"zh": name, "en": name} if isinstance(name, str) else name
    return {"key": row["key"], "name_zh": name.get("zh", ""), "name_en": name.get("en", "")}


def _figure(value: Any) -> str:
    return "" if value is None else str(value)


def split_rules(definition: Mapping[str, Any]) -> tuple[str, dict[str, str], list[Mapping[str, Any]]]:
    """The pass mark, the minimum of each component by its key, and all other rules in their order."""
    pass_mark, minima, others = "", dict[str, str](), list[Mapping[str, Any]]()
    for rule in definition.get("rule", []):
        component = rule.get("component", "")
        if rule["kind"] == "overall_min" and not pass_mark:
            pass_mark = _figure(rule.get("value"))
        elif rule["kind"] == "component_min" and component not in minima:
            minima[component] = _figure(rule.get("value"))
        else:
            others.append(rule)
    return pass_mark, minima, others
