"""Excel workbooks (.xlsx): survey the package first, then let calamine read the cells.

calamine lays each sheet out as a full rectangle, so that two cells in far corners would ask for hundreds
of gigabytes and end the whole server. `package.survey` measures every sheet before calamine opens one.
"""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import python_calamine

from craftpath.delivery.exchange.book import Book, Cell, Remark, Sheet, SheetRefused, rectangle
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.package import Survey, survey

_EXACT = 10**15
"""Excel keeps 15 significant digits; from here on the last ones are no longer the office's."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""No text has these; a workbook can smuggle them in as `_x0000_`, and a database refuses the first of them."""


def read_workbook(content: bytes, filename: str, remarks: tuple[Remark, ...] = ()) -> Book:
    """Read the visible worksheets of an .xlsx file; a remark names hidden ones (read only if all are)."""
    surveys = survey(content)
    visible = [found for found in surveys if not found.hidden] or surveys
    hidden = [found.name for found in surveys if found not in visible]
    sheets = _sheets(content, visible)
    if not any(sheet.rows for sheet in sheets):
        raise SheetRefused("sheet.no_content")
    notes = [*remarks]
    if hidden:
        notes.append(Remark("remark.hidden_sheets", {"sheets": hidden}))
    for found in visible:
        if found.uncalculated:
            facts = {"count": len(found.uncalculated)}
            notes.append(Remark("remark.uncalculated", facts, found.name, address(*found.uncalculated[0])))
    expands = sum(found.expands for found in surveys)
    return Book(filename, "xlsx", tuple(sheet for sheet in sheets if sheet.rows), "", tuple(notes), expands)


def _sheets(content: bytes, surveys: list[Survey]) -> list[Sheet]:
    try:
        with python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            return [_sheet(book.get_sheet_by_name(found.name), found) for found in surveys]
    except python_calamine.PasswordError:
        raise SheetRefused("sheet.password") from None
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError):
        raise SheetRefused("sheet.damaged") from None


def _sheet(source: Any, found: Survey) -> Sheet:
    rows: list[list[Cell]] = [
        [_value(cell) for cell in row] for row in source.to_python(skip_empty_area=False)
    ]
    for (row, column), text in found.errors.items():
        # calamine shows a formula error as a blank cell; the office must hear of it.
        while len(rows) < row:
            rows.append([])
        rows[row - 1].extend([None] * (column + 1 - len(rows[row - 1])))
        rows[row - 1][column] = text
    return Sheet(found.name, rectangle(rows))


def _value(cell: Any) -> Cell:
    """One cell as calamine gives it, as a plain value."""
    match cell:
        case str():
            text = _CONTROL.sub("", cell)
            return text if text.strip() else None
        case bool():
            return cell
        case float() | int():
            return number(cell)
        case datetime():
            return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
        case date():
            return cell
        case None:
            return None
        case _:
            return str(cell)


def number(value: float) -> int | Decimal | str:
    """What Excel shows for a stored binary number: at most 15 significant digits, exact from there on.

    A result such as 0.1 + 0.2 is stored as 0.30000000000000004; the office sees, and means, 0.3.
    """
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < _EXACT:
        return int(value)
    return Decimal(format(value, ".15g"))
