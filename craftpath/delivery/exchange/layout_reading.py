"""An office's own layout opened and looked through: what it asks for, what nobody knows, what cannot be filled.

The bytes pass through the same door as every sheet (`reading.sniff`, `package.survey`) before openpyxl keeps the looks.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.formula import ArrayFormula

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.book import Remark, SheetRefused
from craftpath.delivery.exchange.layout_names import BRACED, Asked, Names
from craftpath.delivery.exchange.package import survey
from craftpath.delivery.exchange.reading import sniff

BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 40 * 1024 * 1024
CELLS = 100_000
"""Cells of the layout itself, with or without content: openpyxl holds each of them."""
TEXT = 5_000_000
"""Characters of all cells: one long text may stand in each of them, though the file holds it once."""
PLACES = 20_000
_NEAREST = 200  # unknown names for which the nearest known one is looked for
_LOST = {
    "remark.layout_loses_pictures": re.compile(r"xl/(media|drawings/drawing)", re.I),
    "remark.layout_loses_charts": re.compile(r"xl/chart", re.I),
    "remark.layout_loses_pivots": re.compile(r"xl/(pivot|slicer|timeline)", re.I),
    "remark.layout_loses_objects": re.compile(r"xl/(embeddings|activex|ctrlprops|threadedcomments)", re.I),
}
SIDES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@dataclass(frozen=True, slots=True)
class Place:
    """One placeholder in one cell: as written, what it asks for (None: nobody knows), else the nearest name."""

    sheet: str
    cell: str
    written: str
    asked: Asked | None
    near: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a layout holds. `rows`: sheet → the row that is repeated; with `faults` it cannot be filled."""

    places: tuple[Place, ...]
    rows: Mapping[str, int]
    faults: tuple[Remark, ...]
    remarks: tuple[Remark, ...]

    @property
    def known(self) -> tuple[Place, ...]:
        """The placeholders that will be filled."""
        return tuple(place for place in self.places if place.asked)

    @property
    def unknown(self) -> tuple[Place, ...]:
        """Those that stay as they are written."""
        return tuple(place for place in self.places if not place.asked)


def open_layout(content: bytes) -> Any:
    """The workbook, to be changed; `SheetRefused` for anything that is not a sound .xlsx without macros."""
    sniff(content)
    if not content.startswith(b"PK\x03\x04"):
        raise SheetRefused("sheet.layout_not_a_workbook")
    _require_size(len(content), BYTES)
    found = survey(content)
    names = _parts(content)
    _require_size(sum(names.values()), UNPACKED_BYTES)
    if sum(sheet.expands for sheet in found) > limits.EXPANDED:
        raise SheetRefused("sheet.layout_too_many_cells", limit=limits.EXPANDED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl loses is said by `remarks_on`
            book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
    except Exception:  # whatever a made-up package makes of a library, the office hears one sentence
        raise SheetRefused("sheet.damaged") from None
    for sheet in list(book.chartsheets):
        book.remove(sheet)
    if sum(len(sheet._cells) for sheet in book.worksheets) > CELLS:
        raise SheetRefused("sheet.layout_too_many_cells", limit=CELLS)
    for sheet in book.worksheets:
        sheet._charts, sheet._images = [], []  # they would come back bent, so none comes back
    return book


def look(content: bytes, names: Names) -> Look:
    """Everything that the check page says."""
    return look_through(open_layout(content), names, remarks_on(content))


def remarks_on(content: bytes) -> tuple[Remark, ...]:
    """What the filled workbook will not have any more, though the office's own has it."""
    parts = _parts(content)
    found = [Remark(code) for code, part in _LOST.items() if any(part.search(name) for name in parts)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        if any(b"extLst" in archive.read(name) for name in sheets):
            found.append(Remark("remark.layout_loses_effects"))
    return tuple(found)


def look_through(book: Any, names: Names, remarks: tuple[Remark, ...] = ()) -> Look:
    """The same for an opened workbook."""
    places: list[Place] = []
    faults: list[Remark] = []
    rows: dict[str, int] = {}
    nearest: dict[str, str] = {}
    length = 0
    for sheet in book.worksheets:
        first: Place | None = None
        for cell in cells_of(sheet):
            text = text_of(cell)
            length += len(text)
            if length > TEXT or len(places) > PLACES:
                raise SheetRefused("sheet.layout_too_much_text", sheet=sheet.title, cell=cell.coordinate)
            for written, asked in asked_in(text, names):
                if is_formula(cell):
                    if asked is not None:
                        facts = {"sheet": sheet.title, "written": written}
                        faults.append(Remark("sheet.layout_formula", facts, sheet.title, cell.coordinate))
                    continue
                if asked is None and written not in nearest and len(nearest) < _NEAREST:
                    nearest[written] = names.near(written)
                near = nearest.get(written, "") if asked is None else ""
                place = Place(sheet.title, cell.coordinate, written, asked, near)
                places.append(place)
                if asked is None or not asked.row:
                    continue
                if first is None:
                    first, rows[sheet.title] = place, cell.row
                elif cell.row != rows[sheet.title]:
                    facts = {"sheet": sheet.title, "first": first.cell}
                    faults.append(Remark("sheet.layout_two_rows", facts, sheet.title, cell.coordinate))
        if sheet.title in rows:
            faults += _tall(sheet, rows[sheet.title])
        places += _around(sheet, names)
    if not any(place.asked for place in places) and not faults:
        faults.append(Remark("sheet.layout_asks_nothing"))
    return Look(tuple(places), rows, tuple(faults), remarks)


def cells_of(sheet: Any) -> Iterator[Any]:
    """The cells that there are, row by row; a rectangle would make those between two far corners."""
    for _, cell in sorted(sheet._cells.items()):
        if not isinstance(cell, MergedCell) and cell.value is not None:
            yield cell


def is_formula(cell: Any) -> bool:
    """Whether the cell computes something."""
    return cell.data_type == "f" or isinstance(cell.value, ArrayFormula)


def text_of(cell: Any) -> str:
    """What may hold placeholders: a text, or a formula's words."""
    value = cell.value
    if isinstance(value, ArrayFormula):
        return str(value.text)
    return str(value) if isinstance(value, str | list) else ""


def asked_in(text: str, names: Names) -> list[tuple[str, Asked | None]]:
    """(as written, what it asks for) of every placeholder in a text."""
    found = BRACED.finditer(text) if "{" in text or "｛" in text else ()
    return [(one[0], names.find(one[1])) for one in found if one[1].strip()]


def _tall(sheet: Any, row: int) -> list[Remark]:
    """Merged areas of several rows cannot be repeated with one of them."""
    return [
        Remark("sheet.layout_tall", {"sheet": sheet.title, "area": area.coord}, sheet.title, area.coord)
        for area in sorted(sheet.merged_cells.ranges, key=lambda area: area.coord)
        if area.min_row <= row <= area.max_row and area.min_row != area.max_row
    ]


def _around(sheet: Any, names: Names) -> list[Place]:
    """Placeholders of the printed page's head and foot; there is no person there."""
    found = []
    for name in SIDES:
        for part in ("left", "center", "right"):
            for written, asked in asked_in(getattr(getattr(sheet, name), part).text or "", names):
                once = asked if asked is not None and not asked.row else None
                found.append(Place(sheet.title, "", written, once, "" if once else names.near(written)))
    return found


def _parts(content: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: part.file_size for part in archive.infolist()}


def _require_size(size: int, limit: int) -> None:
    if size > limit:
        megabyte = 1024 * 1024
        facts = {"megabytes": -(-size // megabyte), "limit": limit // megabyte}
        raise SheetRefused("sheet.layout_too_big", **facts)
