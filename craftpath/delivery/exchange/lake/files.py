"""Checking one file of rows against its manifest and the star: digest, columns, and what its own statistics say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from craftpath.delivery.exchange.lake.forward import lacked
from craftpath.delivery.exchange.lake.layout import Listed, sha256_of
from craftpath.delivery.exchange.lake.types import LakeFault
from craftpath.engines.indicators.star import STAR, Kind, Table

PERIOD = re.compile(r"\d{4}-Q[1-4]")
MAY_BE_NEGATIVE = {("money", "amount_minor")}


def file_faults(folder: Path, code: str, version: int, listed: Listed, until: str) -> list[LakeFault]:
    """What is wrong with it; the first thing for which it is left out ends the search."""
    path, name = folder / listed.path, listed.path
    try:
        if path.is_symlink() or not path.is_file():
            return [LakeFault("partition_missing", name, code)]
        if sha256_of(path) != listed.sha256:
            return [LakeFault("file_changed", name, code)]
    except OSError:
        return [LakeFault("file_unreadable", name, code)]
    return _content(path, code, version, listed, until)


def _content(path: Path, code: str, version: int, listed: Listed, until: str) -> list[LakeFault]:
    import pyarrow as pa  # noqa: PLC0415  (the site starts without it)
    import pyarrow.parquet as pq  # noqa: PLC0415  (the same)

    try:
        with pq.ParquetFile(path) as file:
            metadata, schema = file.metadata, file.schema_arrow
    except (pa.ArrowException, OSError):
        return [LakeFault("file_unreadable", listed.path, code)]
    if metadata.num_rows != listed.rows:
        facts = {"rows": metadata.num_rows, "told": listed.rows}
        return [LakeFault("rows_differ", listed.path, code, facts)]
    table = STAR[listed.table]
    absent = lacked(version, table.name)
    wrong = [
        field.name
        for field in table.schema()
        if field.name not in absent
        and (schema.get_field_index(field.name) < 0 or not _fits(schema.field(field.name).type, field.type))
    ]
    if wrong:
        return [LakeFault("columns_differ", listed.path, code, {"columns": ", ".join(wrong)})]
    return list(_told_by_statistics(metadata, table, code, version, listed, until))


def _fits(given: Any, wanted: Any) -> bool:
    import pyarrow as pa  # noqa: PLC0415  (the site starts without it)

    if pa.types.is_dictionary(given):
        given = given.value_type
    if pa.types.is_string(wanted):
        return bool(pa.types.is_string(given) or pa.types.is_large_string(given))
    return bool(given == wanted)


def _told_by_statistics(
    metadata: Any, table: Table, code: str, version: int, listed: Listed, until: str
) -> Iterator[LakeFault]:
    """Empty cells, impossible numbers and periods elsewhere or ahead, without reading the rows."""
    seen = _statistics(metadata)
    for column in table.columns:
        found = seen.get(column.name)
        if found is None:
            if column.name not in lacked(version, table.name) and listed.rows:
                yield LakeFault("statistics_missing", listed.path, code, {"column": column.name})
            continue
        least, most, empty = found
        if empty and not column.optional:
            yield LakeFault("cells_empty", listed.path, code, {"column": column.name})
        if least is None or column.kind not in (Kind.WHOLE, Kind.FLAG):
            continue
        negative = least < 0 and (table.name, column.name) not in MAY_BE_NEGATIVE
        if negative or (column.kind is Kind.FLAG and most > 1):
            yield LakeFault("value_impossible", listed.path, code, {"column": column.name})
    least, most, _ = seen.get("period", (None, None, 0))
    if least is None:
        return
    if not (PERIOD.fullmatch(least) and PERIOD.fullmatch(most)):
        yield LakeFault("value_impossible", listed.path, code, {"column": "period"})
        return
    if least[:4] != most[:4] or least[:4] != str(listed.year):
        yield LakeFault("year_differs", listed.path, code, {"first": least, "last": most})
    if most > until:
        yield LakeFault(
            "period_ahead", listed.path, code, {"period": most, "until": until}, kept=least <= until
        )


def _statistics(metadata: Any) -> dict[str, tuple[Any, Any, int]]:
    """Column → least, largest and number of empty cells; what a row group does not tell is not known."""
    seen: dict[str, tuple[Any, Any, int]] = {}
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for place in range(rows.num_columns):
            cells = rows.column(place)
            told = cells.statistics
            if told is None:
                continue
            least, most, empty = seen.get(cells.path_in_schema, (None, None, 0))
            if told.has_min_max:
                least = told.min if least is None else min(least, told.min)
                most = told.max if most is None else max(most, told.max)
            seen[cells.path_in_schema] = (least, most, empty + (told.null_count or 0))
    return seen
