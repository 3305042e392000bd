"""A layout of either kind, workbook or document: opened, looked through, filled for everybody or for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from craftpath.delivery.exchange import layout_documents, layout_filling, layout_packing, layout_reading
from craftpath.delivery.exchange.book import Cell, SheetRefused
from craftpath.delivery.exchange.layout_filling import Values
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.layout_reading import Look

_OLD_WORD = "WordDocument".encode("utf-16-le")
_OPEN_TEXT = b"opendocument.text"


@dataclass(frozen=True, slots=True)
class Ways:
    """How a layout can be filled: as one list of everybody, as a file for each person, or both."""

    listed: Look
    alone: Look
    kind: str

    @property
    def as_list(self) -> bool:
        """Whether it can be filled for everybody at once."""
        return not self.listed.faults

    @property
    def each(self) -> bool:
        """Whether a file for each person says something of that person."""
        return not self.alone.faults and any(place.asked.row for place in self.listed.places if place.asked)

    @property
    def any(self) -> bool:
        """Whether it can be filled at all."""
        return self.as_list or self.each


def kind_of(content: bytes) -> str:
    """The ending: "docx" or "xlsx"; by content, not by name."""
    return "docx" if layout_packing.is_document(content) else "xlsx"


def require_opens(content: bytes) -> None:
    """Refuse what nobody could ever fill, with what to do about it in words of a form and not of a table."""
    try:
        if kind_of(content) == "docx":
            layout_packing.opened(content)
        else:
            layout_reading.open_layout(content)
    except SheetRefused as refused:
        if refused.code == "sheet.old_excel" and _OLD_WORD in content:
            raise SheetRefused("sheet.old_word") from None
        if refused.code == "sheet.password":
            raise SheetRefused("sheet.layout_password") from None
        if refused.code == "sheet.other_kind":
            kind = "ODT" if _OPEN_TEXT in content[:200] else refused.facts["kind"]
            raise SheetRefused("sheet.layout_other_kind", kind=kind) from None
        raise


def look(content: bytes, names: Names) -> Look:
    """What it asks for, as a list."""
    if kind_of(content) == "docx":
        return layout_documents.look_document(content, names)
    return layout_reading.look(content, names)


def ways(content: bytes, names: Names) -> Ways:
    """Both looks at once. Something of a person in head or foot of a sheet is known in a file of that person."""
    listed, alone = look(content, names), look(content, names.alone())
    return Ways(listed, alone, kind_of(content))


def fill(content: bytes, names: Names, values: Values) -> bytes:
    """Filled for everybody; `SheetRefused` if it cannot be."""
    if kind_of(content) == "docx":
        return layout_documents.fill_document(content, names, values)
    return layout_filling.fill(content, names, values)


def fill_one(content: bytes, names: Names, values: Values, person: Mapping[str, Cell]) -> bytes:
    """Filled for one person: whatever differs from person to person is theirs."""
    return fill(content, names.alone(), Values({**values.once, **person}, (), values.say))
