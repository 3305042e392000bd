"""The office's own sheet back with its faults: cells coloured, the reason as a comment and in one column at the right.

What goes back is what was read: values stay as they are, a formula stands there as its result, and nothing that we
write can become one. Uploaded again, our column is recognised and passed over.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

from craftpath.delivery.exchange import limits, texts
from craftpath.delivery.exchange.book import Book, Cell, Sheet
from craftpath.delivery.exchange.columns import is_ours
from craftpath.delivery.exchange.plans import CellError
from craftpath.delivery.exchange.trial import Trial, place
from craftpath.delivery.exchange.writing import sheet_names

AUTHOR = "Craftpath"
_FILL = PatternFill("solid", fgColor="FFFFD9B3")
_NOTE = Alignment(wrap_text=True, vertical="top")
_WIDTH = 60
_COMMENTS = 2_000
"""So many comments are enough to work by; every reason stands in the column as well."""
_STYLED_CELLS = 400_000
"""A larger workbook goes back with its values only: keeping its looks would take too much memory."""

Place = tuple[int, int]


def annotated(content: bytes, trial: Trial) -> bytes:
    """The workbook of the trial as .xlsx, faults marked in the reader's language."""
    reasons = _reasons(trial.plan.errors)
    column = _notes_column(trial.sheet, trial.reading.header_row)
    cells = sum(sheet.height * sheet.width for sheet in trial.book.sheets)
    if trial.book.kind == "xlsx" and trial.book.expands <= limits.EXPANDED and cells <= _STYLED_CELLS:
        try:
            return _coloured(content, trial, reasons, column)
        except Exception:  # noqa: BLE001, S110  (calamine read it, so it goes back, if without its looks)
            pass
    return _plain(trial.book, trial, reasons, column)


def _reasons(errors: Sequence[CellError]) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = {}
    for fault in errors:
        found.setdefault(place(fault.cell), []).append(texts.error(fault))
    return found


def _notes_column(sheet: Sheet, header_row: int) -> int | None:
    """Where our column stands: where it stood before, else behind the last one; None if there is no room."""
    for column, cell in enumerate(sheet.row(header_row)):
        if isinstance(cell, str) and is_ours(cell):
            return column
    return sheet.width if sheet.width < limits.COLUMNS else None


def _notes(reasons: Mapping[Place, Sequence[str]], header_row: int) -> dict[int, str]:
    """Row → everything that is wrong in it; the header's own faults stand below our head."""
    rows: dict[int, list[str]] = {}
    for (row, _), said in sorted(reasons.items()):
        rows.setdefault(row, []).extend(said)
    notes = {row: _clean(f"{AUTHOR}: " + "\n".join(said)) for row, said in rows.items()}
    own = notes.get(header_row)
    notes[header_row] = own or _clean(f"{AUTHOR}: {texts.NOTES_HEAD}")
    return notes


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]


def _comment(said: Sequence[str]) -> Comment:
    comment = Comment(_clean("\n".join(said)), AUTHOR)
    comment.width, comment.height = 320, 120
    return comment


def _coloured(
    content: bytes, trial: Trial, reasons: Mapping[Place, Sequence[str]], column: int | None
) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    _as_read(book)
    target = book[trial.sheet.name]
    _wipe_ours(target, column)
    anchors = {
        (row, col): (area.min_row, area.min_col)
        for area in target.merged_cells.ranges
        for row, col in area.cells
    }
    for number, ((row, col), said) in enumerate(reasons.items()):
        top = anchors.get((row, col + 1), (row, col + 1))
        cell = target.cell(*top)
        cell.fill = _FILL
        if number < _COMMENTS:
            cell.comment = _comment(said)
    if column is not None:
        for row, text in _notes(reasons, trial.reading.header_row).items():
            cell = target.cell(row, column + 1)
            if not isinstance(cell, MergedCell):
                cell.value, cell.data_type, cell.alignment = text, "s", _NOTE
        target.column_dimensions[get_column_letter(column + 1)].width = _WIDTH
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_read(book: Any) -> None:
    """A text that looks like a formula stays text in every sheet."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type != "e":
                    cell.data_type = "s"


def _wipe_ours(sheet: Any, column: int | None) -> None:
    """Take away what an earlier check had marked, so that only today's faults are coloured."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
            if cell.has_style and cell.fill.fgColor.rgb == _FILL.fgColor.rgb:
                cell.fill = PatternFill()
            ours = column is not None and cell.column == column + 1
            if ours and isinstance(cell.value, str) and is_ours(cell.value):
                cell.value = None


def _plain(book: Book, trial: Trial, reasons: Mapping[Place, Sequence[str]], column: int | None) -> bytes:
    """All sheets as values alone; of a text table every cell stays text."""
    out = openpyxl.Workbook(write_only=True)
    names = sheet_names([sheet.name for sheet in book.sheets])
    for sheet, name in zip(book.sheets, names, strict=True):
        target = out.create_sheet(name)
        here = sheet.name == trial.sheet.name
        marked = reasons if here else {}
        notes = _notes(reasons, trial.reading.header_row) if here and column is not None else {}
        if here and column is not None:
            target.column_dimensions[get_column_letter(column + 1)].width = _WIDTH
        comments = 0
        for number, row in enumerate(sheet.rows, start=1):
            cells = [_value(target, cell, book.kind) for cell in row]
            if here and column is not None:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = _value(target, notes.get(number), "note")
            for place_, said in ((one, marked[one]) for one in _in_row(marked, number, len(cells))):
                cell = cells[place_[1]] or WriteOnlyCell(target)
                cell.fill = _FILL
                if comments < _COMMENTS:
                    cell.comment, comments = _comment(said), comments + 1
                cells[place_[1]] = cell
            target.append(cells)
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


def _in_row(marked: Mapping[Place, Sequence[str]], row: int, width: int) -> list[Place]:
    return [(row, column) for column in range(width) if (row, column) in marked] if marked else []


def _value(target: Any, value: Cell, kind: str) -> Any:
    if value is None:
        return None
    cell = WriteOnlyCell(target, value=_clean(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        if kind == "csv":
            cell.number_format = "@"
        if kind == "note":
            cell.alignment = _NOTE
    return cell
