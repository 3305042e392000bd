"""What stands in the form of an item, as it was typed: rows come, go and move before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from craftpath.domain.exams.content import CHOICES, Content
from craftpath.domain.exams.faults import MOST_ROWS, gaps_in
from craftpath.domain.exams.queries import Tags
from craftpath.engines.scoring import RULES, Kind, Rule, read_number
from craftpath.values.text import Text

ROWS: dict[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("option",),
    Kind.MULTIPLE: ("option",),
    Kind.SHORT: ("blank",),
    Kind.MATCHING: ("left", "other"),
    Kind.ORDERING: ("entry",),
    Kind.HOTSPOT: ("region",),
}
FIRST_ROWS = {"option": 4, "left": 3, "other": 3, "entry": 3, "blank": 1, "region": 2}
_ROW = re.compile(r"(option|left|other|entry|blank|region)-(\d{1,2})-([a-z]{1,10})\Z")
_MANY = ("outcomes", "skills")


@dataclass
class Typed:
    """One form: `head` and `tags` by field, `rows` by their kind."""

    kind: Kind
    head: dict[str, str] = field(default_factory=dict)
    tags: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, name: str) -> None:
        """One row more, with a key that is free."""
        rows = self.rows.setdefault(name, [])
        if name in ROWS.get(self.kind, ()) and len(rows) < MOST_ROWS:
            rows.append({"key": self.free_key(name), "shape": "rect"})

    def remove(self, name: str, place: int) -> None:
        """One row less."""
        rows = self.rows.get(name, [])
        if 0 <= place < len(rows):
            del rows[place]

    def up(self, name: str, place: int) -> None:
        """A row before the one above it."""
        rows = self.rows.get(name, [])
        if 0 < place < len(rows):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]

    def free_key(self, name: str) -> str:
        """A key that no row has: a, b, c …, for blanks 1, 2, 3 …"""
        taken = {row.get("key", "") for row in self.rows.get(name, [])}
        if name == "blank":
            keys = (str(n) for n in range(1, 2 * MOST_ROWS))
        elif name == "other":
            keys = (f"r{n}" for n in range(1, 2 * MOST_ROWS))
        else:
            keys = (chr(97 + n) if n < 26 else f"k{n}" for n in range(2 * MOST_ROWS))
        return next(key for key in keys if key not in taken)

    def without_empty_rows(self) -> Typed:
        """Rows at the end that nobody filled in are not meant."""
        for name, rows in self.rows.items():
            while (
                rows
                and len(rows) > 1
                and not any(rows[-1].get(part, "").strip() for part in ("zh", "en", "accepted", "a", "b"))
            ):
                rows.pop()
            self.rows[name] = rows
        return self

    def content(self, size: tuple[int, int] = (0, 0)) -> Content:
        """What was typed as the content of an item; what cannot be read becomes a fault there."""
        head = self.head
        points = read_number(head.get("points", ""))
        rule = head.get("rule", "")
        return Content(
            kind=self.kind,
            stem=_text(head, "stem"),
            details=self._details(size),
            points=Decimal(points.numerator) / Decimal(points.denominator)
            if points is not None and points < 10**6
            else Decimal(0),
            rule=Rule(rule) if rule in {one.value for one in RULES[self.kind]} else RULES[self.kind][0],
            explanation=_text(head, "explanation"),
            stimulus=head.get("stimulus", ""),
        )

    def _details(self, size: tuple[int, int]) -> dict[str, Any]:
        head, kind = self.head, self.kind
        if kind in CHOICES:
            options = self.rows.get("option", [])
            return {"options": _rows(options), "right": [row["key"] for row in options if row.get("right")]}
        if kind is Kind.TRUE_FALSE:
            return {"right": [head["truth"]] if head.get("truth") else []}
        if kind is Kind.NUMERIC:
            return {
                "value": head.get("value", "").strip(),
                "tolerance": head.get("tolerance", "").strip() or "0",
                "percent": bool(head.get("percent")),
                "unit": head.get("unit", "").strip(),
            }
        if kind is Kind.SHORT:
            blanks = [
                {
                    "key": row["key"],
                    "accepted": [one.strip() for one in row.get("accepted", "").splitlines() if one.strip()],
                }
                for row in self.rows.get("blank", [])
            ]
            return {
                "blanks": blanks,
                "fold": {name: bool(head.get(f"fold_{name}")) for name in ("case", "width", "space")},
            }
        if kind is Kind.MATCHING:
            left, other = self.rows.get("left", []), self.rows.get("other", [])
            pairs = {row["key"]: row["pair"] for row in left if row.get("pair")}
            return {"left": _rows(left), "right_side": _rows(other), "pairs": pairs}
        if kind is Kind.ORDERING:
            entries = self.rows.get("entry", [])
            # They are kept by their keys, so that saving what nobody changed makes no version.
            kept = sorted(entries, key=lambda row: row["key"])
            return {"entries": _rows(kept), "order": [row["key"] for row in entries]}
        if kind is Kind.HOTSPOT:
            return self._picture(size)
        lines = head.get("lines", "").strip()
        return {
            "file": bool(head.get("file")),
            "lines": int(lines) if lines.isascii() and lines.isdecimal() else (0 if not lines else -1),
            "guide": _text(head, "guide").as_json(),
        }

    def _picture(self, size: tuple[int, int]) -> dict[str, Any]:
        regions = []
        for row in self.rows.get("region", []):
            circle = row.get("shape") == "circle"
            at = [row.get(part, "").strip() for part in ("a", "b", "c", *(() if circle else ("d",)))]
            name = {side: row[side].strip() for side in ("zh", "en") if row.get(side, "").strip()}
            regions.append(
                {"key": row["key"], "name": name, "shape": "circle" if circle else "rect", "at": at}
            )
        return {
            "picture": self.head.get("picture", ""),
            "width": size[0],
            "height": size[1],
            "regions": regions,
            "right": [row["key"] for row in self.rows.get("region", []) if row.get("right")],
        }


def _text(head: Mapping[str, str], name: str) -> Text:
    return Text(*(head.get(f"{name}_{side}", "").replace("\r\n", "\n").strip() for side in ("zh", "en")))


def _rows(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "key": row["key"],
            "text": {side: row[side].strip() for side in ("zh", "en") if row.get(side, "").strip()},
        }
        for row in rows
    ]


def blank_form(kind: Kind) -> Typed:
    """The form of a new item."""
    typed = Typed(
        kind, head={"points": "1", "fold_case": "on", "fold_width": "on", "fold_space": "on", "lines": "10"}
    )
    for name in ROWS.get(kind, ()):
        for _ in range(FIRST_ROWS[name]):
            typed.add(name)
    return typed


def from_content(content: Content, tags: Tags) -> Typed:
    """The form of what an item says now."""
    details, kind = content.details, content.kind
    fold = details.get("fold", {})
    guide = Text.of(details.get("guide"))
    head: dict[str, str] = {
        "stem_zh": content.stem.zh,
        "stem_en": content.stem.en,
        "points": f"{content.points.normalize():f}",
        "rule": content.rule.value,
        "explanation_zh": content.explanation.zh,
        "explanation_en": content.explanation.en,
        "stimulus": content.stimulus,
        "value": str(details.get("value", "")),
        "tolerance": str(details.get("tolerance", "")),
        "percent": "1" if details.get("percent") else "",
        "unit": str(details.get("unit", "")),
        "truth": (details.get("right") or [""])[0] if kind is Kind.TRUE_FALSE else "",
        "file": "on" if details.get("file") else "",
        "lines": str(details.get("lines", "")),
        "guide_zh": guide.zh,
        "guide_en": guide.en,
        "picture": str(details.get("picture", "")),
    } | {f"fold_{name}": "on" if fold.get(name, True) else "" for name in ("case", "width", "space")}
    right, pairs = set(details.get("right", ())), details.get("pairs", {})
    rows: dict[str, list[dict[str, str]]] = {}
    for name, of in (("option", "options"), ("left", "left"), ("other", "right_side")):
        if name in ROWS.get(kind, ()):
            rows[name] = [_typed_row(row, right) | {"pair": pairs.get(row["key"], "")} for row in details[of]]
    if kind is Kind.ORDERING:
        entries = {row["key"]: row for row in details["entries"]}
        order = details.get("order") or list(entries)
        rows["entry"] = [_typed_row(entries[key], right) for key in order]
    if kind is Kind.SHORT:
        rows["blank"] = [
            {"key": row["key"], "accepted": "\n".join(row["accepted"])} for row in details["blanks"]
        ]
    if kind is Kind.HOTSPOT:
        rows["region"] = [
            _typed_row(row, right, "name")
            | {"shape": row["shape"]}
            | dict(zip("abcd", map(str, row["at"]), strict=False))
            for row in details["regions"]
        ]
    said: dict[str, Any] = {
        "difficulty": tags.difficulty,
        "expected_p": "" if tags.expected_p is None else str(tags.expected_p),
        "seconds": str(tags.seconds or ""),
        "exposure_limit": str(tags.exposure_limit or ""),
        "enemies": " ".join(tags.enemies),
        "outcomes": [str(pk) for pk in tags.outcomes],
        "skills": list(tags.skills),
    }
    return Typed(kind, head, said, rows)


def _typed_row(row: Mapping[str, Any], right: set[str], name: str = "text") -> dict[str, str]:
    text = Text.of(row.get(name))
    return {"key": row["key"], "zh": text.zh, "en": text.en, "right": "on" if row["key"] in right else ""}


def from_post(kind: Kind, posted: QueryDict) -> Typed:
    """What a browser sent; rows keep the order of their numbers, and each has a key of its own."""
    typed = Typed(kind)
    found: dict[str, dict[int, dict[str, str]]] = {}
    for name in posted:
        place = _ROW.match(name)
        if place and place[1] in ROWS.get(kind, ()):
            found.setdefault(place[1], {}).setdefault(int(place[2]), {})[place[3]] = str(posted[name])
        elif name.startswith("tag-"):
            typed.tags[name[4:]] = posted.getlist(name) if name[4:] in _MANY else posted[name]
        elif not place:
            typed.head[name] = str(posted[name])
    for name, by_place in found.items():
        typed.rows[name] = [by_place[number] for number in sorted(by_place)][:MOST_ROWS]
    chosen = set(posted.getlist("right"))
    for name, rows in typed.rows.items():
        seen: set[str] = set()
        for row in rows:
            key = row.get("key", "")
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}|\d{1,3}", key) or key in seen:
                row["key"] = key = typed.free_key(name)
            seen.add(key)
            if name in ("option", "region"):
                row["right"] = "on" if key in chosen or row.get("right") else ""
    return typed


def wanted_blanks(typed: Typed) -> int:
    """How many blanks the stem shows."""
    return gaps_in(_text(typed.head, "stem"))
