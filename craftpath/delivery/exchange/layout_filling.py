"""An office's own layout filled: one row for each person, everything below moved down, sums widened, looks kept.

Pure: the bytes of a layout and values in, the bytes of a workbook out. The office's formulas are computed by its own
program when it opens the file; no text of ours becomes one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.print_settings import PrintArea

from craftpath.delivery.exchange.book import Cell, Remark, SheetRefused
from craftpath.delivery.exchange.layout_formulas import Growth, moved
from craftpath.delivery.exchange.layout_names import BRACED, Names
from craftpath.delivery.exchange.layout_reading import (
    SIDES,
    Look,
    asked_in,
    cells_of,
    is_formula,
    look_through,
    open_layout,
    text_of,
)
from craftpath.delivery.exchange.writing import plain, put

CELLS = 500_000
"""Cells of the rows that are filled; more would take a minute and a gigabyte."""
TEXT = 20_000_000
"""Characters that stand in the repeated rows before anything is put into them."""
_LAST_ROW = 1_048_576

Piece = str | tuple[str]
"""A part of a cell: words as they stand, or the key of what is put there."""


@dataclass(frozen=True, slots=True)
class Values:
    """What the placeholders stand for, by key, once and for each person; `say` writes a value into a text."""

    once: Mapping[str, Cell]
    people: Sequence[Mapping[str, Cell]]
    say: Callable[[Cell], str]


def fill(content: bytes, names: Names, values: Values) -> bytes:
    """The layout as .xlsx, filled; `SheetRefused`, naming the cell, if it cannot be."""
    book, _ = filled(content, names, values)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(content: bytes, names: Names, values: Values) -> tuple[Any, Look]:
    """The same as an open workbook, with what the layout asked for."""
    book = open_layout(content)
    found = look_through(book, names)
    require_fillable(found.faults)
    growths = {}
    for sheet in book.worksheets:
        row = found.rows.get(sheet.title, 0)
        more = max(len(values.people), 1) - 1 if row else 0
        growths[sheet.title.casefold()] = Growth(row, more)
    _require_room(book, growths)
    for sheet in book.worksheets:
        _Sheet(sheet, growths, names, values).fill()
    for defined in (*book.defined_names.values(), *_own_names(book)):
        if defined.attr_text:
            defined.attr_text = moved(f"={defined.attr_text}", "", growths)[1:]
    book.calculation.fullCalcOnLoad = True
    return book, found


def require_fillable(faults: Sequence[Remark]) -> None:
    """Refuse by the first fault, with its cell."""
    for fault in faults:
        raise SheetRefused(fault.code, cell=fault.cell, **fault.facts)


def _own_names(book: Any) -> list[Any]:
    return [defined for sheet in book.worksheets for defined in sheet.defined_names.values()]


def _require_room(book: Any, growths: Mapping[str, Growth]) -> None:
    count = 0
    for sheet in book.worksheets:
        growth = growths[sheet.title.casefold()]
        if not growth.more:
            continue
        model = [cell for (row, _), cell in sheet._cells.items() if row == growth.row]
        count += growth.more * len(model)
        if growth.more * sum(len(text_of(cell)) for cell in model) > TEXT:
            raise SheetRefused("sheet.layout_too_much_text", sheet=sheet.title, cell=f"A{growth.row}")
        if max(row for row, _ in sheet._cells) + growth.more > _LAST_ROW:
            raise SheetRefused("sheet.layout_no_room", sheet=sheet.title)
    if count > CELLS:
        raise SheetRefused("sheet.layout_too_many_filled", count=count, limit=CELLS)


class _Sheet:
    """One sheet on its way from layout to filled."""

    def __init__(self, sheet: Any, growths: Mapping[str, Growth], names: Names, values: Values) -> None:
        self.sheet, self.growths, self.names, self.values = sheet, growths, names, values
        self.growth = growths[sheet.title.casefold()]

    def fill(self) -> None:
        """Values first, where they stand; then the copies of the repeated row; then all that points at rows."""
        row = self.growth.row
        model = {column: cell for (at, column), cell in self.sheet._cells.items() if at == row} if row else {}
        for cell in list(cells_of(self.sheet)):
            if cell.row != row and not is_formula(cell):
                self._put(cell, self._pieces(cell), self.values.once)
        lines = [(cell, self._pieces(cell), is_formula(cell)) for cell in model.values()]
        texts = {cell.column: self._formula(cell) for cell, _, computes in lines if computes}
        self._move()
        for line in range(1, self.growth.more + 1):
            for cell, pieces, computes in lines:
                self._copy(cell, pieces, line, texts.get(cell.column, "") if computes else "")
        first = self._person(0)
        for cell, pieces, computes in lines:
            if not computes and not isinstance(cell, MergedCell):
                self._put(cell, pieces, first)
        if self.growth.more:
            self._dimensions()
        self._areas()
        self._page()

    def _person(self, line: int) -> Mapping[str, Cell] | None:
        """What stands for the placeholders of a row; None where there is nobody."""
        if line < len(self.values.people):
            return {**self.values.once, **self.values.people[line]}
        return None

    # ---- cells

    def _pieces(self, cell: Any) -> Any:
        """The cell in parts; None if nothing is to be put into it."""
        if isinstance(cell, MergedCell) or is_formula(cell):
            return None
        value = cell.value
        if not any(asked for _, asked in asked_in(text_of(cell), self.names)):
            return None
        if isinstance(value, CellRichText):
            parts = [str(part) for part in value]
            whole = len(asked_in(str(value), self.names))
            if len(value) > 1 and sum(len(asked_in(part, self.names)) for part in parts) == whole:
                return [(part, _split(text, self.names)) for part, text in zip(value, parts, strict=True)]
        return _split(str(value), self.names)

    def _put(self, cell: Any, pieces: Any, known: Mapping[str, Cell] | None) -> None:
        if pieces is None:
            return
        if known is not None and isinstance(pieces[0], tuple) and len(pieces[0]) == 2:
            said = [(part, self._said(inner, known)) for part, inner in pieces]
            cell.value = CellRichText(
                [TextBlock(part.font, text) if isinstance(part, TextBlock) else text for part, text in said]
            )
            return
        if known is None:
            cell.value = None
        elif len(pieces) == 1 and not isinstance(pieces[0], str):
            put(cell, known.get(pieces[0][0]))
        else:
            put(cell, self._said(pieces, known))

    def _said(self, pieces: Sequence[Piece], known: Mapping[str, Cell]) -> str:
        said = [piece if isinstance(piece, str) else self.values.say(known.get(piece[0])) for piece in pieces]
        return plain("".join(said))

    def _copy(self, model: Any, pieces: Any, line: int, formula: str) -> None:
        row, column = model.row + line, model.column
        if isinstance(model, MergedCell):
            merged = MergedCell(self.sheet, row, column)
            merged._style = copy(model._style)
            self.sheet._cells[row, column] = merged
            return
        cell = BookCell(self.sheet, row=row, column=column)
        cell._style = copy(model._style)
        if formula:
            cell.value = moved(formula, self.sheet.title, self.growths, line)
        elif pieces is not None:
            self._put(cell, pieces, self._person(line))
        else:
            cell._value, cell.data_type = model.value, model.data_type
        self.sheet._cells[row, column] = cell

    @staticmethod
    def _formula(cell: Any) -> str:
        value = cell.value
        return str(value.text if isinstance(value, ArrayFormula) else value)

    def _move(self) -> None:
        """Everything below goes down; formulas everywhere learn where things stand now."""
        growth, before = self.growth, self.sheet._cells
        after: dict[tuple[int, int], Any] = {}
        for (row, column), cell in before.items():
            cell.row = growth.first(row) if growth.row else row
            after[cell.row, column] = cell
            if getattr(cell, "hyperlink", None):
                cell.hyperlink.ref = cell.coordinate
            if not isinstance(cell, MergedCell) and is_formula(cell):
                self._adjust(cell, 0 if growth.row and row == growth.row else None)
        self.sheet._cells = after

    def _adjust(self, cell: Any, line: int | None) -> None:
        value, title = cell.value, self.sheet.title
        if isinstance(value, ArrayFormula):
            value.text = moved(value.text, title, self.growths, line)
            value.ref = self._area(value.ref)
        elif isinstance(value, str):
            cell.value = moved(value, title, self.growths, line)

    # ---- what knows its rows

    def _dimensions(self) -> None:
        """Heights and the like of rows."""
        growth, rows = self.growth, self.sheet.row_dimensions
        below = {index: rows.pop(index) for index in list(rows) if index > growth.row}
        for index, one in below.items():
            one.index = index + growth.more
            rows[one.index] = one
        if growth.row in rows:
            model = rows[growth.row]
            for row in range(growth.row + 1, growth.row + growth.more + 1):
                one = RowDimension(
                    self.sheet, row, model.ht, hidden=model.hidden, outlineLevel=model.outlineLevel,
                    collapsed=model.collapsed, thickBot=model.thickBot, thickTop=model.thickTop,
                )  # fmt: skip
                one._style = copy(model._style)
                rows[row] = one
        for stop in self.sheet.row_breaks.brk:
            stop.id = growth.last(stop.id)

    def _areas(self) -> None:
        """Merged areas, colours by rule, allowed values, filters, tables."""
        sheet, growth = self.sheet, self.growth
        merged: set[CellRange] = set()
        for area in sheet.merged_cells.ranges:
            one = growth.row and area.min_row == area.max_row == growth.row
            last = growth.more if one else 0
            for line in range(last + 1):
                row = area.min_row + line if one else None
                merged.add(CellRange(self._area(area.coord, row)))
        sheet.merged_cells = MultiCellRange(merged)
        rules, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
        for colours in rules:
            for rule in colours.rules:
                rule.formula = [self._rule(formula) for formula in rule.formula]
                sheet.conditional_formatting.add(self._several(colours.sqref), rule)
        for allowed in sheet.data_validations.dataValidation:
            allowed.sqref = MultiCellRange(self._several(allowed.sqref))
            allowed.formula1 = allowed.formula1 and self._rule(allowed.formula1)
            allowed.formula2 = allowed.formula2 and self._rule(allowed.formula2)
        if sheet.auto_filter.ref:
            sheet.auto_filter.ref = self._area(sheet.auto_filter.ref)
        for table in sheet.tables.values():
            table.ref = self._area(table.ref)
            if table.autoFilter is not None and table.autoFilter.ref:
                table.autoFilter.ref = self._area(table.autoFilter.ref)

    def _page(self) -> None:
        """What is printed: the area grows; titles stay above it; head and foot are filled."""
        sheet = self.sheet
        if sheet.print_area:
            areas = PrintArea.from_string(sheet.print_area)
            sheet.print_area = ",".join(self._area(area.coord) for area in areas.sorted())
        # In a head or foot & begins a code, so that of a name is written twice.
        once = {key: self.values.say(value).replace("&", "&&") for key, value in self.values.once.items()}
        for name in SIDES:
            for part in ("left", "center", "right"):
                side = getattr(getattr(sheet, name), part)
                if side.text:
                    side.text = self._said(_split(side.text, self.names, rows=False), once)

    def _rule(self, formula: str) -> str:
        return moved(f"={formula}", self.sheet.title, self.growths)[1:]

    def _several(self, areas: Any) -> str:
        return " ".join(self._area(area.coord) for area in areas.sorted())

    def _area(self, written: str, row: int | None = None) -> str:
        """An area as it lies now; with `row`, the same columns in that row."""
        area = CellRange(written)
        if row is not None:
            area.min_row = area.max_row = row
        elif self.growth.row:
            area.max_row = self.growth.last(area.max_row)
            area.min_row = self.growth.first(area.min_row)
        return str(area.coord)


def _split(text: str, names: Names, *, rows: bool = True) -> list[Piece]:
    """Words and keys in turn; what nobody knows stays among the words."""
    pieces: list[Piece] = []
    last = 0
    for found in BRACED.finditer(text):
        asked = names.find(found[1])
        if asked is not None and (rows or not asked.row):
            pieces += [text[last : found.start()], (asked.key,)]
            last = found.end()
    pieces.append(text[last:])
    kept = [piece for piece in pieces if piece]
    alone = [piece for piece in kept if not (isinstance(piece, str) and not piece.strip())]
    return alone if len(alone) == 1 and not isinstance(alone[0], str) else kept
