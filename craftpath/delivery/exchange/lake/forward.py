"""Older schemas: what they lacked, and how a table of theirs becomes one of today's.

Schema 0 is the draft that the first pilots wrote before version 1 was fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from craftpath.engines.indicators.star import NOT_APPLICABLE, VERSION, Kind, Table

LACKED: Mapping[int, Mapping[str, Mapping[str, str | None]]] = {
    0: {
        "apprenticeship": {"reason": None, "birth_year": None},
        "money": {"partner_kind": NOT_APPLICABLE},
    }
}
"""Version → table → column that it lacked → what stands for it: nothing, where it is not known."""


def can_be_read(version: Any) -> bool:
    """Whether files of this version can be read, as they are or brought forward."""
    return type(version) is int and (version == VERSION or version in LACKED)


def lacked(version: int, table: str) -> Mapping[str, str | None]:
    """The columns of today that a table of this version did not have."""
    return LACKED.get(version, {}).get(table, {})


def brought_forward(rows: Any, table: Table, version: int) -> Any:
    """An ibis table of this version with the columns of today, in their order."""
    import ibis  # noqa: PLC0415  (the site starts without it)

    types = {Kind.DAY: "date", Kind.WHOLE: "int64", Kind.FLAG: "int64"}
    missing = lacked(version, table.name)
    cells = []
    for column in table.columns:
        kind = types.get(column.kind, "string")
        if column.name in missing:
            value = missing[column.name]
            cell = ibis.null(kind) if value is None else ibis.literal(value, kind)
        else:
            cell = rows[column.name].cast(kind)
        cells.append(cell.name(column.name))
    return rows.select(*cells)
