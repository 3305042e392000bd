"""The star schema and every indicator over it, from their definitions."""

from __future__ import annotations

from craftpath.delivery.commands.reference import marking
from craftpath.engines.indicators import (
    CATALOGUE,
    GROUP_TEXTS,
    MISSING_TEXTS,
    TABLES,
    VERSION,
    WHY_TEXTS,
    Group,
    Indicator,
    Method,
    Part,
)
from craftpath.engines.indicators.star import DIMENSION_COLUMNS, Column, Table

WHAT = (
    "Every indicator is defined once, in `craftpath/engines/indicators/catalogue`, over the tables below. *Counted\n"
    "from* names its parts: sums of a column, or numbers of rows, over the rows that meet the conditions in brackets.\n"
    "Parts add up over any pieces; the value is worked out of them at the end, exactly, and rounded once, half up.\n"
    "*Floor*: with fewer people a cell is not shown, nor what would tell it by subtraction."
)
STAR = (
    f"Version {VERSION}. A lake holds each table as `<table>/city=<code>/year=<year>/part-*.parquet`, listed with\n"
    "digest and number of rows in `manifests/city=<code>/manifest.json`, which the city signs (`manifest.sig`,\n"
    "Ed25519). Every row carries the five dimensions; what does not apply is `-`. A column is never empty unless it\n"
    "says so. Amounts are in minor units, scores, levels and credits in hundredths."
)


def page() -> str:
    """The whole file."""
    groups = [part for group in Group for part in _group(group)]
    tables = [part for table in TABLES for part in _table(table)]
    return marking.page(
        "Indicators",
        WHAT,
        *groups,
        "## Why a cell has no value",
        marking.table(
            ("code", "English", "中文"),
            [(marking.code(why), text.en, text.zh) for why, text in WHY_TEXTS.items()],
        ),
        "## The star schema",
        STAR,
        marking.table(("dimension", "holds", "meaning"), map(_column, DIMENSION_COLUMNS)),
        *tables,
    )


def _group(group: Group) -> list[str]:
    rows = [_indicator(one) for one in CATALOGUE if one.group is group]
    name = GROUP_TEXTS[group]
    head = ("key", "name", "meaning", "unit", "counted from", "missing", "floor")
    return [f"## {name.en} · {name.zh}", marking.table(head, rows)]


def _indicator(one: Indicator) -> tuple[str, ...]:
    return (
        marking.code(one.key),
        f"{one.name.en} · {one.name.zh}",
        f"{one.text.en} · {one.text.zh}",
        f"{one.unit}, {one.places} places" if one.places else str(one.unit),
        _counted(one),
        MISSING_TEXTS[one.missing].en,
        str(one.floor),
    )


def _counted(one: Indicator) -> str:
    """The parts in a line; long curves by their first and last part."""
    top = _parts(one.top, " − " if one.method in (Method.DIFFERENCE, Method.GROWTH) else " + ")
    return f"{top} ÷ ({_parts(one.base, ' + ')})" if one.base else top


def _parts(parts: tuple[Part, ...], sign: str) -> str:
    return (
        f"{_part(parts[0])} … {_part(parts[-1])}"
        if len(parts) > 4
        else sign.join(_part(part) for part in parts)
    )


def _part(part: Part) -> str:
    signs = {"equal": "=", "least": "≥", "least_column": "≥", "given": "given"}
    where = ", ".join(
        f"{one.column} {signs[one.how]}" + ("" if one.how == "given" else f" {one.value}")
        for one in part.where
    )
    what = marking.code(f"{part.table}.{part.column}" if part.column else part.table)
    return f"{what} ({where})" if where else what


def _table(table: Table) -> list[str]:
    rows = [_column(column) for column in table.own]
    return [
        f"### {table.name}",
        f"One row: {table.row}.",
        marking.table(("column", "holds", "meaning"), rows),
    ]


def _column(column: Column) -> tuple[str, str, str]:
    kind = {"key": "text, a pseudonym", "word": "text", "day": "day", "whole": "integer", "flag": "0 or 1"}[
        column.kind
    ]
    words = f": {', '.join(map(marking.code, column.words))}" if column.words else ""
    return (
        marking.code(column.name),
        f"{kind}, may be empty" if column.optional else kind,
        f"{column.meaning}{words}",
    )
