"""Cells are what the engine says of the same star: by DuckDB and ibis, by SQL of the site's database, by plain sums."""

from __future__ import annotations

from collections import Counter
from typing import Any

import ibis
import pyarrow as pa
import pytest

from craftpath.domain.insight.adding import GROUPINGS, parts_in
from craftpath.domain.insight.models import Cell, Slice
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS, STAR, cells
from craftpath.kernel.organisations import Organisation
from tests.cast import Cast
from tests.domain.insight.world import inside, keep_up, star
from tests.house.furnishing import furnish

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    furnish(cast)
    return cast


def kept(
    reader: Organisation, table: str, grouping: tuple[str, ...]
) -> dict[tuple[str, ...], dict[str, int]]:
    """What the database keeps for one reader by one grouping."""
    found: dict[tuple[str, ...], Counter[str]] = {}
    for cell in Cell._base_manager.filter(organisation=reader, table=table):
        dims = [getattr(cell, name) for name in DIMENSIONS]
        if {name for name, value in zip(DIMENSIONS, dims, strict=True) if value} == set(grouping):
            key = tuple(value for value in dims if value)
            found.setdefault(key, Counter()).update(cell.parts)
    return {key: dict(sums) for key, sums in found.items()}


def test_cells_are_what_duckdb_says_of_the_same_star(furnished: Cast) -> None:
    keep_up()
    rows = star()
    assert {table for table, some in rows.items() if some} >= {
        "apprenticeship",
        "risk",
        "exam",
        "mark",
        "hours",
    }
    wanted = [one for one in CATALOGUE if one.table in rows]
    seen = 0
    for reader in (furnished.city, furnished.college, furnished.jinheng):
        con = ibis.duckdb.connect()
        tables = {}
        for table in {one.table for one in wanted}:
            schema = STAR[table].schema()
            mine = [{name: row[name] for name in schema.names} for row in rows[table] if inside(row, reader)]
            tables[table] = con.create_table(table, pa.Table.from_pylist(mine, schema=schema))
        for grouping in GROUPINGS:
            told = cells(tables, wanted, by=grouping)
            for table, arrow in told.items():
                expected = {
                    tuple(row[name] for name in DIMENSIONS if name in grouping): {
                        part.key: row[part.key] for part in parts_in()[table] if row[part.key]
                    }
                    for row in arrow.to_pylist()
                }
                if not grouping and not any(expected[()].values()):
                    expected = {}
                found = kept(reader, table, grouping)
                assert {key: one for key, one in expected.items() if one} == found, (table, grouping)
                seen += len(found)
    assert seen > 100


def test_a_second_look_changes_nothing(furnished: Cast) -> None:
    def all_of_it() -> list[Any]:
        names = ("organisation_id", "table", "side", *DIMENSIONS, "parts", "hidden")
        return sorted(map(repr, Cell._base_manager.values_list(*names)))

    assert keep_up() > 0
    before = all_of_it()
    assert keep_up() == 0
    Slice.objects.update(marks=7)
    assert keep_up() > 0
    assert all_of_it() == before
