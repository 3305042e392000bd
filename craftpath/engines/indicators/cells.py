"""Parts of indicators by dimensions, on whichever engine the tables live: one expression, written with ibis.

Only what DuckDB, PostgreSQL, SQLite and Spark share is used: comparisons, `ifelse`, sums, `group_by`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from craftpath.engines.indicators.parts import Part
from craftpath.engines.indicators.types import Indicator


def parts_by_table(indicators: Iterable[Indicator]) -> dict[str, tuple[Part, ...]]:
    """Table of the star → the parts that these indicators need of it, each once."""
    found: dict[str, dict[Part, None]] = {}
    for indicator in indicators:
        for part in indicator.parts:
            found.setdefault(part.table, {})[part] = None
    return {table: tuple(parts) for table, parts in found.items()}


def grouped(table: Any, parts: Sequence[Part], by: Sequence[str]) -> Any:
    """The parts of one table by these columns, as an ibis expression."""
    aggregates = {part.key: part.of(table) for part in parts}
    return table.group_by(list(by)).aggregate(**aggregates) if by else table.aggregate(**aggregates)


def most_of_a_period(table: Any, counted: Sequence[Part], by: Sequence[str]) -> Any:
    """Of each part the largest sum of one period, by these columns, as an ibis expression.

    However often the same people come back in other periods, so many are different people.
    """
    within = grouped(table, counted, [*by, "period"])
    return within.group_by(list(by)).aggregate(**{part.key: within[part.key].max() for part in counted})


def cells(tables: Mapping[str, Any], indicators: Iterable[Indicator], by: Sequence[str]) -> dict[str, Any]:
    """Table of the star → an Arrow table of the dimensions in `by` and one column a part, named by its key.

    `tables` are ibis tables by name. What stands in no row of facts has no row here.
    """
    needed = parts_by_table(indicators)
    return {name: grouped(tables[name], parts, by).to_pyarrow() for name, parts in needed.items()}
