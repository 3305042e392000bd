"""A window on a filled layout: the repeated row with a few people, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.layout_documents import fill_document, outline
from craftpath.delivery.exchange.layout_filling import Values, filled
from craftpath.delivery.exchange.layout_kinds import kind_of
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.layout_reading import text_of
from craftpath.delivery.web.sheets.excerpt import COLUMNS, Excerpt, Line, Seen

PEOPLE = 3
SHEETS = 3
_AROUND = 4
_TEXT = 60


def previews(
    content: bytes, names: Names, values: Values, person: Mapping[str, Cell] | None = None
) -> list[tuple[str, Any]]:
    """(sheet, window) of the first sheets that ask for something, filled with the first people, or for one person.

    Of a document its blocks, each ("p", text) or ("table", rows).
    """
    people = values.people[:PEOPLE]
    if person is not None:
        names, values, people = names.alone(), Values({**values.once, **person}, (), values.say), ()
    if kind_of(content) == "docx":
        return outline(fill_document(content, names, replace(values, people=people)))
    book, found = filled(content, names, replace(values, people=people))
    asking = {place.sheet for place in found.known}
    sheets = [sheet for sheet in book.worksheets if sheet.title in asking][:SHEETS]
    return [(sheet.title, _window(sheet, found.rows.get(sheet.title, 0), len(people))) for sheet in sheets]


def _window(sheet: Any, row: int, people: int) -> Excerpt:
    known = {place for place, cell in sheet._cells.items() if cell.value is not None}
    last = max((at for at, _ in known), default=1)
    width = max((column for _, column in known), default=1)
    first = max(1, row - _AROUND)
    end = min(last, (row + people + _AROUND) if row else _AROUND * 2)
    columns = range(1, min(width, COLUMNS) + 1)
    lines = tuple(
        Line(at, tuple(_seen(sheet._cells.get((at, column)), at, column) for column in columns))
        for at in range(first, end + 1)
    )
    return Excerpt(tuple(get_column_letter(column) for column in columns), lines, width - len(columns))


def _seen(cell: Any, row: int, column: int) -> Seen:
    text = "" if cell is None or isinstance(cell, MergedCell) else _text(cell)
    cut = text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…"
    return Seen(f"{get_column_letter(column)}{row}", cut)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    return text_of(cell) or str(value)
