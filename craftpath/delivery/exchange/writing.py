"""Sheets going out: workbooks and text tables that open well in an office and read back unchanged.

No text of ours ever becomes a formula in somebody's spreadsheet.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from craftpath.delivery.exchange.book import Cell, Row

_FORMULA_START = ("=", "+", "-", "@", "\t")
_CSV_FORMULA = re.compile(r"'*(?:[=+@\t＝＋＠]|[-－](?![\d.]*$))")  # noqa: RUF001
"""What a spreadsheet may take for a formula, also in full width; a dash alone and a negative number are none."""
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
CELL = 32_767
"""Characters of one cell."""
_WIDTH = range(8, 41)
_MEASURED_ROWS = 200
_LIST_CHARACTERS = 255
"""Excel keeps the words of a drop-down in one formula of at most this length."""
_VALIDATED_ROWS = 2000
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="FFE8EDF2")
_HEAD_ALIGNMENT = Alignment(vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write: a header row and rows of plain cells.

    `choices` offers words in a drop-down (column index → words) without forbidding others; `text_columns` are
    kept as text by the spreadsheet even where nothing is filled in yet, so that 0012 keeps its zeros.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Row] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    text_columns: frozenset[int] = frozenset()


def write_xlsx(sheets: Sequence[OutSheet], *, title: str = "", description: str = "") -> bytes:
    """A workbook with a styled, frozen header on every sheet; numbers are numbers, dates are dates.

    `title` and `description` stand in the properties of the file, which stay with it when sheets are taken out.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.description = plain(title) or None, plain(description) or None
    taken: set[str] = set()
    for source in sheets:
        name = _sheet_name(source.name, taken)
        _write_sheet(book.create_sheet(name), source)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A text table that Excel opens as it is: UTF-8 with BOM, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe, which `read_book` removes again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_text(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _write_sheet(target: Any, source: OutSheet) -> None:
    rows = list(source.rows)
    target.freeze_panes = "A2"
    for column, width in enumerate(_widths(source.header, rows)):
        dimension = target.column_dimensions[get_column_letter(column + 1)]
        dimension.width = width
        if column in source.text_columns:
            dimension.number_format = "@"
    for column, words in source.choices.items():
        formula = ",".join(words)
        if len(formula) <= _LIST_CHARACTERS:
            letter = get_column_letter(column + 1)
            offered = DataValidation(
                "list", formula1=f'"{formula}"', allow_blank=True, showErrorMessage=False
            )
            offered.add(f"{letter}2:{letter}{max(len(rows) + 1, _VALIDATED_ROWS)}")
            target.data_validations.append(offered)
    target.append([_head(target, text) for text in source.header])
    for row in rows:
        target.append([_cell(target, cell, i in source.text_columns) for i, cell in enumerate(row)])


def _head(target: Any, text: str) -> Any:
    cell = _cell(target, text, as_text=False)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGNMENT
    return cell


def put(cell: Any, value: Any) -> None:
    """A value into a cell: numbers and dates as such, text never as a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = plain(value)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        if text.startswith(_FORMULA_START):
            cell.quotePrefix = True


def plain(text: str) -> str:
    """A text as a workbook can hold it: without control characters, and not longer than a cell."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:CELL]


def _cell(target: Any, value: Cell, as_text: bool) -> Any:
    cell = WriteOnlyCell(target)
    put(cell, value)
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if as_text:
        cell.number_format = "@"
    return cell


def _widths(header: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Column widths in characters; a Chinese character takes two."""
    widths = [_span(text) for text in header]
    for row in rows[:_MEASURED_ROWS]:
        widths.extend([0] * (len(row) - len(widths)))
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], _span(_csv_text(cell)))
    return [min(max(width + 2, _WIDTH.start), _WIDTH.stop - 1) for width in widths]


def _span(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def sheet_names(names: Sequence[str]) -> list[str]:
    """The same names as Excel takes them, each once."""
    taken: set[str] = set()
    return [_sheet_name(name, taken) for name in names]


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, none of []:*?/\\, no apostrophe at the ends, each name once."""
    wanted = _SHEET_NAME.sub(" ", name).strip(" '")[:31] or "1"
    chosen, times = wanted, 1
    while chosen.casefold() in taken:
        times += 1
        ending = f" ({times})"
        chosen = wanted[: 31 - len(ending)] + ending
    taken.add(chosen.casefold())
    return chosen


def _csv_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case str():
            text = ILLEGAL_CHARACTERS_RE.sub("", cell)
            return f"'{text}" if _CSV_FORMULA.match(text) else text
        case _:
            return str(cell)
