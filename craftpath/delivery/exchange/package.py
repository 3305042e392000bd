"""The package around a workbook: is it whole, is it an .xlsx, and how large are its sheets really?

Only sizes and positions are looked at here, in one streaming pass per sheet; nothing is kept in memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError  # noqa: S405  (the exception only; parsing is defusedxml's)
from xml.parsers import expat  # noqa: S407  (document types are refused by the handler below)

from defusedxml import DefusedXmlException, ElementTree

from craftpath.delivery.exchange import limits, zipped
from craftpath.delivery.exchange.book import SheetRefused

_ROOT = "_rels/.rels"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_OTHER_KINDS = {
    "xl/workbook.bin": "XLSB",
    "content.xml": "ODS",
    "word/document.xml": "DOCX",
    "ppt/presentation.xml": "PPTX",
}
_MACROS = ("xl/vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/")
_LINKS = "xl/externallinks/"
_INDEX_BYTES = 4 * 1024 * 1024
_CHUNK = 1 << 18
_LETTERS = re.compile(r"[A-Za-z]{1,4}")
_CORNER = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NOTED = 1000
"""How many faulty cells of a sheet are remembered; more of them say nothing new."""


@dataclass(slots=True)
class Survey:
    """One worksheet: its name and extent, cells that hold an error, formulas that hold no result yet.

    Cells are (row from 1, column from 0). `expands` counts the cells under its merged areas and links.
    """

    name: str
    part: str
    hidden: bool
    height: int = 0
    width: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    expands: int = 0


def survey(content: bytes) -> list[Survey]:
    """Measure every worksheet of an .xlsx; refuse what is damaged, locked, another kind or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_sane(archive)
            found = _worksheets(archive)
            for sheet in found:
                _measure(archive, sheet)
                limits.require_area(sheet.name, sheet.height, sheet.width)
            limits.require_cells(sum(sheet.height * sheet.width for sheet in found))
            return found
    except (*zipped.BROKEN, KeyError, expat.ExpatError, ParseError, DefusedXmlException):
        raise SheetRefused("sheet.damaged") from None


def _require_sane(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise SheetRefused("sheet.password")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > limits.UNPACKED_BYTES:
        megabyte = 1024 * 1024
        raise SheetRefused(
            "sheet.unpacks_too_big", megabytes=unpacked // megabyte, limit=limits.UNPACKED_BYTES // megabyte
        )
    if zipped.too_tight(unpacked, packed):
        raise SheetRefused("sheet.packed_too_tight", ratio=limits.RATIO)
    names = {part.filename for part in parts}
    for name, kind in _OTHER_KINDS.items():
        if name in names:
            raise SheetRefused("sheet.other_kind", kind=kind)
    if _WORKBOOK not in names:
        raise SheetRefused("sheet.other_kind", kind="ZIP")
    low = sorted(name.casefold() for name in names)
    if any(name.startswith(_MACROS) for name in low):
        raise SheetRefused("sheet.macros")
    if any(name.startswith(_LINKS) for name in low):
        raise SheetRefused("sheet.links")
    if len({name.casefold() for name in names}) < len(parts) or archive.testzip() is not None:
        raise SheetRefused("sheet.damaged")


def _worksheets(archive: zipfile.ZipFile) -> list[Survey]:
    """The worksheets that the workbook lists, with the package parts that hold them, in order.

    The root may not name another workbook: what is measured must be what is read.
    """
    roots = [
        target for kind, target in _relations(archive, _ROOT).values() if kind.endswith("/officeDocument")
    ]
    if [root.lstrip("/") for root in roots] != [_WORKBOOK]:
        raise SheetRefused("sheet.damaged")
    targets = _relations(archive, _RELATIONS)
    parts = {name.casefold(): name for name in archive.namelist()}
    found = []
    for element in _index(archive, _WORKBOOK).iter():
        if _local(element.tag) != "sheet":
            continue
        identity = next((value for key, value in element.items() if _local(key) == "id"), "")
        kind, target = targets[identity]
        if kind.endswith("/worksheet"):
            path = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            part = parts[path.casefold()]
            found.append(Survey(element.get("name", ""), part, element.get("state", "visible") != "visible"))
    if not found or len({sheet.name for sheet in found}) < len(found):
        raise SheetRefused("sheet.damaged")
    return found


def _relations(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """Id → (type, target) of a relations part."""
    return {
        relation.get("Id", ""): (relation.get("Type", ""), relation.get("Target", ""))
        for relation in _index(archive, name).iter()
        if _local(relation.tag) == "Relationship"
    }


def _index(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > _INDEX_BYTES:
        raise SheetRefused("sheet.damaged")
    return ElementTree.fromstring(archive.read(name), forbid_dtd=True)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _measure(archive: zipfile.ZipFile, sheet: Survey) -> None:
    """Stream the part through expat and note where cells with content lie."""
    meter = _Meter(sheet)
    parser = meter.parser
    with archive.open(sheet.part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            if sheet.width > limits.COLUMNS * 100 or sheet.height > limits.ROWS * 100:
                return
        parser.Parse(b"", True)
    meter.close_cell()


def _column(letters: str) -> int:
    """The index of a column: A is 0."""
    if not _LETTERS.fullmatch(letters):
        raise SheetRefused("sheet.damaged")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _area(reference: str) -> int:
    """How many cells an area such as A1:C3 has; one that nobody can read has very many."""
    corners = [_CORNER.fullmatch(corner) for corner in reference.split(":")]
    if not corners or len(corners) > 2 or None in corners:
        return limits.EXPANDED + 1
    (left, top), (right, bottom) = (
        (_column(corner[1]), int(corner[2])) for corner in (corners[0], corners[-1]) if corner
    )
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


class _Meter:
    """The handlers of one pass. Cells without a reference follow the one before, as the format has it."""

    def __init__(self, sheet: Survey) -> None:
        self.sheet = sheet
        self.row = 0
        self.column = -1
        self.columns: dict[str, int] = {}
        self.type = ""
        self.formula = False
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: Any) -> None:
        """A worksheet never declares a document type."""
        raise SheetRefused("sheet.damaged")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow rows, cells and their content; called for every element, so it does little."""
        name = tag if ":" not in tag else tag.rpartition(":")[2]
        if name == "c":
            if self.formula or self.type:
                self.close_cell()
            self.column += 1
            if "r" in attributes:
                self.place(attributes["r"])
            self.type = attributes.get("t", "")
        elif name in ("v", "is"):
            if self.row > self.sheet.height:
                self.sheet.height = self.row
            if self.column >= self.sheet.width:
                self.sheet.width = self.column + 1
            if self.formula or self.type == "e":
                self.parser.CharacterDataHandler = self.text.append
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.close_cell()
            self.column = -1
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        elif name in ("mergeCell", "hyperlink"):
            self.sheet.expands += _area(attributes.get("ref", ""))

    def place(self, reference: str) -> None:
        """Take the position that the cell states, such as C7."""
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = _column(letters)
        self.column, self.row = column, int(reference[len(letters) :])
        if self.row < 1:
            raise SheetRefused("sheet.damaged")

    def close_cell(self) -> None:
        """Note what the cell just passed turned out to be."""
        if not self.formula and not self.type:
            return
        self.parser.CharacterDataHandler = None
        text = "".join(self.text).strip()
        if self.type == "e" and text and len(self.sheet.errors) < _NOTED:
            self.sheet.errors[self.row, self.column] = text
        if self.formula and not text and self.type != "str" and len(self.sheet.uncalculated) < _NOTED:
            self.sheet.uncalculated.append((self.row, self.column))
        self.type, self.formula = "", False
        self.text.clear()
