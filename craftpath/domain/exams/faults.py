"""What is wrong with an item's content, every fault with its place: what has one is never stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from craftpath.domain.exams.content import CHOICES, MOST_POINTS, Content, keys_of, numeric_key
from craftpath.engines.scoring import RULES, Kind, read_number
from craftpath.values.text import Text

LONGEST_TEXT = 20_000
LONGEST_LINE = 2_000
MOST_ROWS = 40
MOST_VARIANTS = 30
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}\Z")
PICTURED = re.compile(r"\(picture:([A-Za-z0-9]{1,32})\)")
GAP = re.compile(r"_{2,}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be mended: a code, the place in the content, and the values of its sentence."""

    code: str
    where: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def gaps_in(stem: Text) -> int:
    """How many blanks a stem shows: runs of two underscores or more, in the language that has most of them."""
    return max(len(GAP.findall(side)) for side in (stem.zh, stem.en))


def pictures_in(content: Content) -> frozenset[str]:
    """Public ids of all pictures that it shows."""
    found = {key for text in _texts(content) for side in (text.zh, text.en) for key in PICTURED.findall(side)}
    if content.kind is Kind.HOTSPOT and content.details.get("picture"):
        found.add(str(content.details["picture"]))
    return frozenset(found)


def _texts(content: Content) -> list[Text]:
    rows = [
        row for name in ("options", "left", "right_side", "entries") for row in content.details.get(name, ())
    ]
    guide = Text.of(content.details.get("guide"))
    return [content.stem, content.explanation, guide, *(Text.of(row.get("text")) for row in rows)]


def faults(content: Content) -> list[Fault]:
    """Every fault; what only lacks its key has none, since a draft may wait for it."""
    found = _of_stem(content)
    if not Decimal(0) < content.points <= MOST_POINTS or content.points != round(content.points, 2):
        found.append(Fault("exams.points_outside", "points", {"most": str(MOST_POINTS)}))
    if content.rule not in RULES[content.kind]:
        found.append(Fault("exams.rule_of_another_kind", "rule"))
    judge = {
        Kind.TRUE_FALSE: _of_true_false,
        Kind.NUMERIC: _of_number,
        Kind.SHORT: _of_blanks,
        Kind.MATCHING: _of_pairs,
        Kind.ORDERING: _of_order,
        Kind.HOTSPOT: _of_regions,
        Kind.ESSAY: _of_essay,
    }.get(content.kind, _of_options)
    found += judge(content)
    for text in (content.explanation, Text.of(content.details.get("guide"))):
        if max(len(text.zh), len(text.en)) > LONGEST_TEXT:
            found.append(Fault("exams.text_too_long", "explanation", {"most": LONGEST_TEXT}))
    return found


def _of_stem(content: Content) -> list[Fault]:
    stem = content.stem
    if not (stem.zh.strip() or stem.en.strip()):
        return [Fault("exams.stem_missing", "stem")]
    if max(len(stem.zh), len(stem.en)) > LONGEST_TEXT:
        return [Fault("exams.text_too_long", "stem", {"most": LONGEST_TEXT})]
    return []


def _rows(rows: Any, where: str, least: int, text: str = "text") -> list[Fault]:
    """Faults of a list of things to choose from: enough of them, each with its own key and some words."""
    found = []
    if len(rows) < least:
        found.append(Fault("exams.too_few_rows", where, {"least": least}))
    if len(rows) > MOST_ROWS:
        found.append(Fault("exams.too_many_rows", where, {"most": MOST_ROWS}))
    keys = [row["key"] for row in rows]
    if len(set(keys)) < len(keys) or not all(KEY.match(key) for key in keys):
        found.append(Fault("exams.keys_unclear", where))
    for number, row in enumerate(rows):
        words = Text.of(row.get(text))
        if not (words.zh.strip() or words.en.strip()):
            found.append(Fault("exams.row_empty", f"{where}-{number}", {"number": number + 1}))
        elif max(len(words.zh), len(words.en)) > LONGEST_LINE:
            found.append(Fault("exams.text_too_long", f"{where}-{number}", {"most": LONGEST_LINE}))
    return found


def _unknown(named: Any, known: frozenset[str], where: str = "right") -> list[Fault]:
    strange = sorted(set(named) - known)
    return [Fault("exams.key_unknown", where, {"keys": ", ".join(strange)[:80]})] if strange else []


def _of_options(content: Content) -> list[Fault]:
    options, right = content.details.get("options", ()), content.details.get("right", ())
    found = _rows(options, "option", 2) + _unknown(right, keys_of(options))
    if content.kind is Kind.SINGLE and len(right) > 1:
        found.append(Fault("exams.one_right_only", "right"))
    return found


def _of_true_false(content: Content) -> list[Fault]:
    right = content.details.get("right", ())
    found = _unknown(right, frozenset({"true", "false"}))
    return [*found, Fault("exams.one_right_only", "right")] if len(right) > 1 else found


def _of_number(content: Content) -> list[Fault]:
    value = str(content.details.get("value", ""))
    if value.strip() and numeric_key(content.details) is None:
        return [Fault("exams.not_a_number", "value", {"given": value[:40]})]
    tolerance = str(content.details.get("tolerance", ""))
    figure = read_number(tolerance or "0")
    if figure is None or figure < 0:
        return [Fault("exams.tolerance_wrong", "tolerance", {"given": tolerance[:40]})]
    return (
        [Fault("exams.text_too_long", "unit", {"most": 20})]
        if len(str(content.details.get("unit", ""))) > 20
        else []
    )


def _of_blanks(content: Content) -> list[Fault]:
    blanks = content.details.get("blanks", ())
    gaps, found = gaps_in(content.stem), []
    if not blanks or len(blanks) > MOST_ROWS:
        found.append(
            Fault(
                "exams.too_few_rows" if not blanks else "exams.too_many_rows",
                "blank",
                {"least": 1, "most": MOST_ROWS},
            )
        )
    if gaps and gaps != len(blanks):
        found.append(Fault("exams.gaps_disagree", "blank", {"gaps": gaps, "blanks": len(blanks)}))
    if len({row["key"] for row in blanks}) < len(blanks):
        found.append(Fault("exams.keys_unclear", "blank"))
    for number, row in enumerate(blanks):
        if len(row["accepted"]) > MOST_VARIANTS or any(len(one) > LONGEST_LINE for one in row["accepted"]):
            found.append(Fault("exams.too_many_variants", f"blank-{number}", {"most": MOST_VARIANTS}))
    return found


def _of_pairs(content: Content) -> list[Fault]:
    left, right = content.details.get("left", ()), content.details.get("right_side", ())
    pairs = content.details.get("pairs", {})
    found = _rows(left, "left", 2) + _rows(right, "other", 2)
    if keys_of(left) & keys_of(right):
        found.append(Fault("exams.keys_unclear", "pairs"))
    return found + _unknown(pairs, keys_of(left), "pairs") + _unknown(pairs.values(), keys_of(right), "pairs")


def _of_order(content: Content) -> list[Fault]:
    entries, order = content.details.get("entries", ()), content.details.get("order", ())
    found = _rows(entries, "entry", 2)
    if order and sorted(order) != sorted(row["key"] for row in entries):
        found.append(Fault("exams.order_incomplete", "order"))
    return found


def _of_regions(content: Content) -> list[Fault]:
    details = content.details
    regions, found = details.get("regions", ()), []
    if not details.get("picture"):
        found.append(Fault("exams.picture_missing", "picture"))
    found += _rows(regions, "region", 2, "name") + _unknown(details.get("right", ()), keys_of(regions))
    width, height = int(details.get("width") or 0), int(details.get("height") or 0)
    for number, row in enumerate(regions):
        if not _fits(row, width, height):
            facts = {"number": number + 1, "width": width, "height": height}
            found.append(Fault("exams.region_outside", f"region-{number}", facts))
    return found


def _fits(row: Mapping[str, Any], width: int, height: int) -> bool:
    figures = [read_number(str(figure)) for figure in row.get("at", ())]
    at = [figure for figure in figures if figure is not None]
    if len(at) < len(figures) or len(at) != {"rect": 4, "circle": 3}.get(str(row.get("shape")), -1):
        return False
    if row["shape"] == "circle":
        x, y, radius = at
        return radius > 0 and 0 <= x <= width and 0 <= y <= height and radius <= max(width, height)
    left, top, right, bottom = at
    return 0 <= left < right <= width and 0 <= top < bottom <= height


def _of_essay(content: Content) -> list[Fault]:
    lines = content.details.get("lines", 0)
    return (
        []
        if isinstance(lines, int) and 0 <= lines <= 200
        else [Fault("exams.lines_outside", "lines", {"most": 200})]
    )


__all__ = ["CHOICES", "Fault", "faults", "gaps_in", "pictures_in"]
