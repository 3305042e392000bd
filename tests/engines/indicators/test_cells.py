"""Cells add up, whoever adds them, and the engines agree with plain Python."""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from typing import Any

import numpy as np
import pytest

from craftpath.engines.indicators import (
    CATALOGUE,
    DIMENSIONS,
    STAR,
    cells,
    finish,
    grouped,
    life_tables,
    most_of_a_period,
    parts_by_table,
)
from tests.engines.indicators.rows import on_duckdb, star_rows

PARTS = parts_by_table(CATALOGUE)


def plain(
    rows: list[dict[str, Any]], table: str, by: tuple[str, ...]
) -> dict[tuple[Any, ...], dict[str, int]]:
    """The oracle: rows sorted into cells, parts added up one by one."""
    sorted_in: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        sorted_in.setdefault(tuple(row[name] for name in by), []).append(row)
    if not by:
        sorted_in.setdefault((), [])
    return {key: {part.key: part.over(some) for part in PARTS[table]} for key, some in sorted_in.items()}


def table_cells(table: Any, by: tuple[str, ...], name: str) -> dict[tuple[Any, ...], dict[str, int]]:
    return {
        tuple(row[one] for one in by): {part.key: row[part.key] for part in PARTS[name]}
        for row in table.to_pylist()
    }


@pytest.mark.parametrize("by", [(), ("period",), ("place", "stage"), DIMENSIONS], ids=len)
def test_duckdb_says_what_plain_python_says(by: tuple[str, ...]) -> None:
    rows = star_rows(1)
    found = cells(on_duckdb(rows), CATALOGUE, by)
    assert set(found) == set(PARTS)
    for name in PARTS:
        assert table_cells(found[name], by, name) == plain(rows[name], name, by), name


@pytest.mark.parametrize("name", PARTS)
def test_sqlite_says_the_same(name: str) -> None:
    """The same expression as SQL of SQLite, run by the library of Python."""
    import ibis

    rows = star_rows(2)
    columns = [column.name for column in STAR[name].columns]
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    places = ", ".join("?" * len(columns))
    for row in rows[name]:
        plainly = [cell.isoformat() if isinstance(cell, date) else cell for cell in row.values()]
        connection.execute(f"INSERT INTO {name} VALUES ({places})", plainly)
    table = ibis.table(ibis.Schema.from_pyarrow(STAR[name].schema()), name=name)
    by = ("place", "period")
    told = connection.execute(ibis.to_sql(grouped(table, PARTS[name], by), dialect="sqlite"))
    heads = [head[0] for head in told.description]
    found = {}
    for row in told:
        cell = dict(zip(heads, row, strict=True))
        found[tuple(cell[one] for one in by)] = {part.key: cell[part.key] for part in PARTS[name]}
    assert found == plain(rows[name], name, by)
    connection.close()


@pytest.mark.parametrize("dialect", ["postgres", "sqlite", "duckdb"])
def test_every_dialect_has_words_for_every_part(dialect: str) -> None:
    import ibis

    for name, parts in PARTS.items():
        table = ibis.table(ibis.Schema.from_pyarrow(STAR[name].schema()), name=name)
        for expression in (
            grouped(table, parts, ("place",)),
            most_of_a_period(table, parts[:1], ("enterprise",)),
        ):
            assert "SELECT" in str(ibis.to_sql(expression, dialect=dialect))


@pytest.mark.parametrize("seed", range(5))
def test_parts_of_the_whole_are_the_sums_of_those_of_any_pieces(seed: int) -> None:
    rows = star_rows(seed, 80)
    chance = random.Random(seed)
    whole = cells(on_duckdb(rows), CATALOGUE, ())
    pieces = [{name: [] for name in rows} for _ in range(chance.randrange(2, 6))]
    for name, some in rows.items():
        chance.shuffle(some)
        for row in some:
            pieces[chance.randrange(len(pieces))][name].append(row)
    counted = [cells(on_duckdb(piece), CATALOGUE, ()) for piece in pieces]
    for indicator in CATALOGUE:
        name = indicator.table
        sums = {
            part.key: np.array([sum(piece[name][part.key][0].as_py() for piece in counted)])
            for part in indicator.parts
        }
        alone = {part.key: whole[name][part.key].to_numpy() for part in indicator.parts}
        assert {key: column.tolist() for key, column in sums.items()} == {
            key: column.tolist() for key, column in alone.items()
        }
        assert finish(indicator, sums).values() == finish(indicator, alone).values()


def test_the_order_of_rows_does_not_matter() -> None:
    rows = star_rows(9)
    first = cells(on_duckdb(rows), CATALOGUE, ("place",))
    for some in rows.values():
        some.reverse()
    again = cells(on_duckdb(rows), CATALOGUE, ("place",))
    for name in PARTS:
        assert table_cells(first[name], ("place",), name) == table_cells(again[name], ("place",), name)


def test_the_largest_sum_of_one_period_is_told() -> None:
    rows = star_rows(4)
    parts = PARTS["hours"]
    told = most_of_a_period(on_duckdb(rows)["hours"], parts, ("place",)).to_pyarrow().to_pylist()
    within = plain(rows["hours"], "hours", ("place", "period"))
    assert {row["place"] for row in told} == {place for place, _ in within}
    for row in told:
        for part in parts:
            most = max(cell[part.key] for (place, _), cell in within.items() if place == row["place"])
            assert row[part.key] == most


def test_curves_of_every_cell_are_those_of_its_own_rows() -> None:
    rows = star_rows(6, 300)
    for row in rows["risk"]:
        row["quarter_no"] = 1 + row["quarter_no"] % 4
        row["left"] &= 1 - row["completed"]
    found = cells(on_duckdb(rows), CATALOGUE, ("place",))["risk"]
    curves = life_tables({part.key: found[part.key].to_numpy() for part in PARTS["risk"]})
    for place, curve in zip(found["place"].to_pylist(), curves, strict=True):
        mine = [row for row in rows["risk"] if row["place"] == place]
        assert len(curve) == 4
        for quarter in curve:
            there = [row for row in mine if row["quarter_no"] == quarter.quarter]
            assert quarter.at == len(there)
            assert quarter.left == sum(row["left"] for row in there)
            assert quarter.completed == sum(row["completed"] for row in there)
