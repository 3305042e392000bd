"""Writing a table of results as CSV or as a workbook, by the ending of the name."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from craftpath.delivery.commands.complaints import BadInput
from craftpath.delivery.commands.files import file_complaint, replacing

MOST_SHEET_ROWS = 1_048_575  # below the header


@dataclass(frozen=True, slots=True)
class Column:
    """A named column of texts; `figures` says that a workbook shall hold its cells as numbers."""

    name: str
    cells: Sequence[str]
    figures: bool = False


def write_table(path: Path, columns: Sequence[Column]) -> None:
    """Write all or nothing; raises `BadInput` where the place cannot be written."""
    if path.suffix.lower() == ".xlsx":
        if len(columns[0].cells) > MOST_SHEET_ROWS:
            raise BadInput([file_complaint(path, 1, "too_many_rows", most=MOST_SHEET_ROWS)])
        with replacing(path) as fresh:
            _workbook(columns).save(fresh)
        return
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow([column.name for column in columns])
        rows.writerows(zip(*(column.cells for column in columns), strict=True))


def _workbook(columns: Sequence[Column]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.freeze_panes = "B2"
    sheet.append([_text(sheet, column.name) for column in columns])
    for row in zip(*(column.cells for column in columns), strict=True):
        pairs = zip(columns, row, strict=True)
        sheet.append([(_figure if column.figures else _text)(sheet, cell) for column, cell in pairs])
    return book


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[str | float | None]]]) -> None:
    """Write a workbook of several sheets, the first row of each being its head; all or nothing."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for row in rows:
            sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    with replacing(path) as fresh:
        book.save(fresh)


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell | None:
    """Text stays text, also where it begins like a formula."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _figure(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=Decimal(text))
    places = len(text.partition(".")[2])
    cell.number_format = "0." + "0" * places if places else "0"
    return cell
