"""What a file holds once it is read: a book of sheets of plain cells, and the refusal when it holds none.

Rows are counted as the office counts them (the first row is 1); columns are indexes from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from craftpath.values.verdict import Refused, not_now

Cell = str | int | Decimal | date | bool | None
"""A value as the office meant it. A blank cell is None, never an empty text; a date with a time is text."""

Row = tuple[Cell, ...]


class SheetRefused(Refused):
    """The file cannot be read at all; `code` and `facts` choose the sentence (`texts.sentence`)."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(not_now(code, **facts))

    @property
    def code(self) -> str:
        """The stable reason, such as `sheet.too_many_columns`."""
        return self.verdict.reason

    @property
    def facts(self) -> Mapping[str, Any]:
        """The values that the sentence names."""
        return self.verdict.facts


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth knowing that stops nothing; `sheet` and `cell` are empty when it is about the whole."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rectangle of cells without trailing blank rows or columns."""

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """The number of columns up to the last one with content."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        """The number of rows up to the last one with content."""
        return len(self.rows)

    def row(self, number: int) -> Row:
        """The row that the office calls `number`; blank outside the rectangle."""
        return self.rows[number - 1] if 1 <= number <= len(self.rows) else ()

    def cell(self, number: int, column: int) -> Cell:
        """One cell by row number and column index; None outside the rectangle."""
        if not 1 <= number <= len(self.rows):
            return None
        row = self.rows[number - 1]
        return row[column] if 0 <= column < len(row) else None


@dataclass(frozen=True, slots=True)
class Book:
    """All readable sheets of one file, and how it was read; `expands` counts cells under merged areas and links."""

    filename: str
    kind: Literal["xlsx", "csv"]
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    remarks: tuple[Remark, ...] = ()
    expands: int = 0

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name; KeyError if there is none."""
        return {sheet.name: sheet for sheet in self.sheets}[name]


def rectangle(rows: list[list[Cell]]) -> tuple[Row, ...]:
    """Cut trailing blank rows and columns, then make all rows equally wide."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    width = 0
    for row in rows:
        last = len(row)
        while last > width and row[last - 1] is None:
            last -= 1
        width = max(width, last)
    return tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in rows)
