"""A printout as a workbook: facts and signatures on the first sheet, each table on one of its own, ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from craftpath.delivery.exchange.writing import put, sheet_names
from craftpath.values.paper import day
from craftpath.values.printout import Block, Cell, Column, Facts, Line, Printout, Table, Words, said
from craftpath.values.text import Text

_HEAD = PatternFill("solid", fgColor="FFE8EDF2")
_BOLD = Font(bold=True)
_LINE = Side(style="thin", color="FF8B8479")
_SIGNATURES = Text("签字与盖章", "Signatures and stamp")
_SIGN_ON = Text("签字／日期：", "Signature, date:")
_STAMP = Text("（盖章处）", "(place of the stamp)")
_ABOUT = Text("概况", "About")
_WIDTH = 96  # characters that a sheet of tables may be wide before it is printed on its side


def printout_book(found: Printout, language: str) -> bytes:
    """The workbook (.xlsx) in `zh`, `en` or `both`; figures are numbers, days are dates, no text is a formula."""
    book = Workbook()
    tables = [block for block in found.blocks if isinstance(block, Table)]
    first, *others = sheet_names(
        [said(_ABOUT, language), *(said(table.heading, language) for table in tables)]
    )
    _about(book.active, first, found, language)
    for name, table in zip(others, tables, strict=True):
        _sheet(book.create_sheet(name), table, found, language)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _about(sheet: Any, name: str, found: Printout, language: str) -> None:
    sheet.title = name
    _widths(sheet, (30, 66))
    sheet.append([])
    put(sheet["A1"], said(found.title, language))
    sheet["A1"].font = Font(bold=True, size=14)
    _line(sheet, found.subtitle if found.subtitle != Text() else found.whose, found.whose, language)
    _line(sheet, found.source, None, language)
    _lines(sheet, found.about, language)
    for block in found.blocks:
        if isinstance(block, (Facts, Words)):
            _heading(sheet, block.heading, language)
            _lines(sheet, _as_lines(block), language)
    if found.signatures or found.stamps:
        _heading(sheet, _SIGNATURES, language)
    for one in found.signatures:
        signed = (
            f"{one.name} {said(one.signed, language) if one.signed != Text() else said(_SIGN_ON, language)}"
        )
        _line(sheet, one.role, signed.strip(), language)
    for who in found.stamps:
        _line(sheet, who, _STAMP, language)
    _printed(sheet, found, language, wide=False)


def _as_lines(block: Block) -> Iterable[Line]:
    match block:
        case Facts():
            yield from block.lines
        case Words():
            for paragraph in block.paragraphs:
                yield Text(), paragraph
            if block.by != Text():
                yield Text(), block.by


def _heading(sheet: Any, heading: Text, language: str) -> None:
    row = sheet.max_row + 2
    put(sheet.cell(row, 1), said(heading, language))
    sheet.cell(row, 1).font = _BOLD


def _lines(sheet: Any, lines: Iterable[Line], language: str) -> None:
    for label, cell in lines:
        _line(sheet, label, cell, language)


def _line(sheet: Any, label: Cell, cell: Cell, language: str) -> None:
    row = sheet.max_row + 1
    put(sheet.cell(row, 1), said(label, language) if label != Text() else None)
    _cell(sheet.cell(row, 2), cell, language)
    sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _sheet(sheet: Any, table: Table, found: Printout, language: str) -> None:
    grouped = table.grouped != Text()
    heads = [*([table.grouped] if grouped else []), *(column.whole for column in table.columns)]
    columns = [*([Column(table.grouped, share=3)] if grouped else []), *table.columns]
    for place, head in enumerate(heads, start=1):
        cell = sheet.cell(1, place)
        put(cell, said(head, language))
        cell.font, cell.fill = _BOLD, _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    row = 1
    for group in table.groups:
        for cells in group.rows:
            row += 1
            _row(sheet, row, [*([group.name] if grouped else []), *cells], columns, language)
    if table.total and table.rows:
        row += 1
        _row(sheet, row, [*([None] if grouped else []), *table.total], columns, language)
        for place in range(1, len(columns) + 1):
            sheet.cell(row, place).border, sheet.cell(row, place).font = Border(top=_LINE), _BOLD
    for note in (table.note if table.rows else table.empty,):
        if note != Text():
            put(sheet.cell(row + 2, 1), said(note, language))
    widths = [min(48, max(8, 4 + 4 * column.share)) for column in columns]
    _widths(sheet, widths)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _printed(sheet, found, language, wide=found.wide or sum(widths) > _WIDTH)


def _row(sheet: Any, row: int, cells: Sequence[Cell], columns: Sequence[Column], language: str) -> None:
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True), start=1):
        found = sheet.cell(row, place)
        _cell(found, cell, language)
        if not column.figures:
            found.alignment = Alignment(wrap_text=True, vertical="top")


def _cell(target: Any, cell: Cell, language: str) -> None:
    match cell:
        case None | Text() | str():
            put(target, said(cell, language) if cell not in (None, Text()) else None)
            if isinstance(cell, str):
                target.number_format = "@"
        case timedelta():
            target.value, target.number_format = cell, "[h]:mm"
        case date():
            target.value, target.number_format = cell, "yyyy-mm-dd"
        case Decimal():
            places = max(0, -int(cell.as_tuple().exponent))
            target.value, target.number_format = cell, f"0.{'0' * places}" if places else "0"
        case _:
            target.value = cell


def _widths(sheet: Any, widths: Iterable[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _printed(sheet: Any, found: Printout, language: str, *, wide: bool) -> None:
    """A4, as wide as the sheet, number of the page at the foot."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    foot = f"{said(found.title, language)} · {found.whose} · {said(day(found.on), language)}"
    # In a foot & begins a code, so that of a name is written twice; Excel takes 255 characters.
    sheet.oddFooter.left.text = foot[:100].replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
