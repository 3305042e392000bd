"""Additive parts: sums of integers over rows, so that the part of a whole is the sum of the parts of its pieces.

A part is data, not code: `of` makes an ibis expression of it for any engine, `over` adds up plain rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Is:
    """A condition on one column: it equals `value`, or is at least `value` or the column `value`, or is given.

    An empty cell meets no condition.
    """

    column: str
    value: str | int = 0
    how: str = "equal"  # equal, least, least_column, given

    def of(self, table: Any) -> Any:
        """The condition as an expression."""
        column = table[self.column]
        if self.how == "given":
            return column.notnull()
        if self.how == "least":
            return column >= self.value
        return column >= table[str(self.value)] if self.how == "least_column" else column == self.value

    def met(self, row: Mapping[str, Any]) -> bool:
        """Whether a plain row meets it."""
        cell = row[self.column]
        if cell is None or self.how == "given":
            return cell is not None
        if self.how == "least":
            return bool(cell >= self.value)
        if self.how == "least_column":
            other = row[str(self.value)]
            return other is not None and bool(cell >= other)
        return bool(cell == self.value)


@dataclass(frozen=True, slots=True)
class Part:
    """The sum of a column, or the number of rows where there is no column, over rows that meet all of `where`."""

    key: str
    table: str
    column: str = ""
    where: tuple[Is, ...] = ()

    def of(self, table: Any) -> Any:
        """The part as an aggregate of this ibis table: an integer, 0 where no row counts."""
        import ibis  # noqa: PLC0415  (the site starts without it)

        if not self.column and not self.where:
            return table.count().cast("int64")
        value: Any = table[self.column] if self.column else ibis.literal(1, "int64")
        if self.where:
            condition = self.where[0].of(table)
            for one in self.where[1:]:
                condition &= one.of(table)
            value = ibis.ifelse(condition, value, ibis.literal(0, "int64"))
        return ibis.coalesce(value.sum(), 0).cast("int64")

    def over(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """The part over plain rows."""
        counted = (row for row in rows if all(one.met(row) for one in self.where))
        return sum((row[self.column] or 0) if self.column else 1 for row in counted)
