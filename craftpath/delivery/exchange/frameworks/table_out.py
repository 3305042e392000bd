"""A framework as a workbook of four sheets, or its skills alone as a text table; and the empty form of both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.frameworks.columns import (
    ABOUT_ROWS,
    EXCHANGE_COLUMNS,
    KIND_WORDS,
    LEVEL_COLUMNS,
    MATCH_WORDS,
    PAIR_COLUMNS,
    SHEETS,
    SKILL_COLUMNS,
    level_heads,
)
from craftpath.delivery.exchange.writing import CELL, OutSheet, write_csv, write_xlsx
from craftpath.domain.standards.content import Content, Level, Node, Pair
from craftpath.values.verdict import Refused, not_now

TEMPLATE = Content(
    levels=(
        Level("l1", {"zh": "带着做", "en": "With guidance"}),
        Level("l2", {"zh": "自己做", "en": "On one's own"}),
        Level("l3", {"zh": "能带人", "en": "Shows others"}),
    ),
    levels_by="own",
    nodes=(
        Node("order", kind="domain", name={"zh": "现场秩序", "en": "Order at work"}),
        Node(
            "tidy", parent="order", name={"zh": "整理整顿", "en": "Tidy workplace"},
            meaning={"zh": "工位上只放用得着的，用完放回原处。", "en": "Keeps at hand what is used and puts it back."},
            indicators=({"zh": "下班前工具上墙、台面干净。", "en": "Tools hang on the wall at the end of the shift."},),
            levels={"l1": {"zh": "提醒了会收。", "en": "Puts away when told."}},
        ),
    ),
)  # fmt: skip
"""Two lines that show how it is meant; whoever fills the form writes over them."""


def write_book(content: Content) -> bytes:
    """Everything: the framework, its scale, its nodes, its crosswalks. What no cell holds is refused, never cut."""
    return write_xlsx(list(map(_held, _sheets(content))))


def _held(sheet: OutSheet) -> OutSheet:
    for row in sheet.rows:
        if any(isinstance(cell, str) and len(cell) > CELL for cell in row):
            raise Refused(not_now("framework.cell_too_long", given=row[0], most=CELL))
    return sheet


def _sheets(content: Content) -> list[OutSheet]:
    return [
        OutSheet(SHEETS["framework"], ["", ""], list(about_rows(content))),
        OutSheet(SHEETS["levels"], list(LEVEL_COLUMNS.values()), [_level(one) for one in content.levels]),
        OutSheet(
            SHEETS["skills"],
            _heads(content),
            [_node(node, content.levels) for node in content.nodes],
            choices={2: [words[0] for words in KIND_WORDS.values()]},
            text_columns=frozenset({0, 1, 3}),
        ),
        OutSheet(
            SHEETS["crosswalk"],
            list(PAIR_COLUMNS.values()),
            [_pair(one) for one in content.pairs],
            choices={1: [words[0] for words in MATCH_WORDS.values()]},
            text_columns=frozenset({0, 2}),
        ),
    ]


def write_table(content: Content) -> bytes:
    """Domains and skills alone, as a text table."""
    return write_csv([_heads(content), *(_node(node, content.levels) for node in content.nodes)])


def _heads(content: Content) -> list[str]:
    return [*SKILL_COLUMNS.values(), *level_heads(content.levels), *EXCHANGE_COLUMNS.values()]


def about_rows(content: Content) -> list[Row]:
    """A row for each thing that a framework says of itself."""
    said: dict[str, Any] = {
        name: getattr(content, name)
        for name in (
            "publisher", "year", "source", "licence", "address", "wording", "levels_by", "key", "version", "prefix",
            "identifier", "uri", "stamp",
        )
    }  # fmt: skip
    for name in ("name", "about"):
        for language in ("zh", "en"):
            said[f"{name}_{language}"] = getattr(content, name).get(language)
    said["carried"] = as_json(content.carried)
    return [(head, said[name] or None) for name, head in ABOUT_ROWS.items()]


def _level(level: Level) -> Row:
    return (level.key, *_both(level.name), *_both(level.meaning))


def _node(node: Node, levels: Sequence[Level]) -> Row:
    return (
        node.key, node.parent or None, node.kind, node.code or None,
        *_both(node.name), *_both(node.meaning),
        _lines(node, "zh"), _lines(node, "en"),
        ", ".join(node.hints.get("zh", ())) or None, ", ".join(node.hints.get("en", ())) or None,
        *(node.levels.get(level.key, {}).get(language) for level in levels for language in ("zh", "en")),
        node.identifier or None, node.uri or None, node.stamp or None, as_json(node.carried),
    )  # fmt: skip


def _pair(pair: Pair) -> Row:
    return pair.one, pair.kind, pair.other, pair.strength, pair.identifier, pair.stamp, as_json(pair.carried)


def _both(words: Mapping[str, str]) -> tuple[Cell, Cell]:
    return words.get("zh"), words.get("en")


def _lines(node: Node, language: str) -> Cell:
    """A line for each indicator, empty where it lacks this language, so that both sides go on belonging together."""
    lines = [one.get(language, "").replace("\n", " ") for one in node.indicators]
    return "\n".join(lines) if any(lines) else None


def as_json(carried: Mapping[str, Any]) -> Cell:
    """What is carried along, as one cell."""
    return json.dumps(carried, ensure_ascii=False, sort_keys=True) if carried else None
