"""Layouts for tests: small workbooks made by openpyxl, and the values that fill them."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl

from craftpath.delivery.exchange.layout_filling import Values
from craftpath.delivery.exchange.layout_names import Names
from craftpath.domain.programmes.definition import components
from tests.cast import DEFINITION

NAMES = Names(components(DEFINITION))


def workbook(cells: dict[str, Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of one sheet with these cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "成绩"
    for place, value in cells.items():
        sheet[place] = value
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    """As bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content), rich_text=True).worksheets[0]


def say(value: Any) -> str:
    """A value in a text."""
    return "–" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def values(count: int = 3, **once: Any) -> Values:
    """So many people, called P1, P2, …, with finals of 60.5, 61.5, …"""
    people = [
        {
            "line": n,
            "number": f"{n:05}",
            "name": f"P{n}",
            "total": Decimal(f"{59 + n}.5"),
            "item:quiz": Decimal(n),
        }
        for n in range(1, count + 1)
    ]
    return Values({"college": "澜川技师学院", "people": count, **once}, people, say)


def grid(sheet: Any) -> list[list[Any]]:
    """All values of a sheet, row by row, trailing blanks cut."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [
        row[: max((n + 1 for n, value in enumerate(row) if value is not None), default=0)] for row in rows
    ]
