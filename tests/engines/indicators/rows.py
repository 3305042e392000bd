"""Plain rows of every table of the star, made by chance, and the same rows as ibis tables."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from craftpath.engines.indicators import STAR
from craftpath.engines.indicators.star import Column, Kind

WORDS = {
    "place": ("330102", "330106", "320102"),
    "stage": ("junior_craftsman", "craftsman", "-"),
    "occupation": ("welding", "cooking"),
    "enterprise": ("a", "b", "c", "d"),
    "period": ("2023-Q4", "2024-Q1", "2024-Q2"),
    "reason": ("health", "other"),
    "scheme": ("cn-334",),
    "item": ("process",),
}
LARGEST = {
    "quarter_no": 26,
    "attempt": 3,
    "months_from_start": 70,
    "step": 4,
    "total": 10_000,
    "process": 10_000,
}


def cell(column: Column, chance: random.Random) -> Any:
    if column.optional and chance.random() < 0.3:
        return None
    if column.kind is Kind.FLAG:
        return chance.randrange(2)
    if column.kind is Kind.WHOLE:
        return chance.randrange(LARGEST.get(column.name, 500) + 1)
    if column.kind is Kind.DAY:
        return date(2024, 1 + chance.randrange(12), 1 + chance.randrange(28))
    words = column.words or WORDS.get(column.name)
    return chance.choice(words) if words else f"k{chance.randrange(10**6)}"


def star_rows(seed: int, size: int = 60) -> dict[str, list[dict[str, Any]]]:
    chance = random.Random(seed)
    return {
        name: [{column.name: cell(column, chance) for column in table.columns} for _ in range(size)]
        for name, table in STAR.items()
    }


def arrow(rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    import pyarrow as pa

    return {name: pa.Table.from_pylist(some, schema=STAR[name].schema()) for name, some in rows.items()}


def on_duckdb(rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    import ibis

    connection = ibis.duckdb.connect()
    return {name: connection.create_table(name, table) for name, table in arrow(rows).items()}
