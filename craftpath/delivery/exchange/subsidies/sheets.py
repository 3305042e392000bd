"""Two small sheets of subsidies: identity numbers of the people of a file, and years claimed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.subsidies.actions import Elsewhere
from craftpath.domain.subsidies.texts import LEVELS
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import FilePerson

_HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("学号", "student number"),
    "identity": ("身份证号", "身份证号码", "公民身份号码", "identity number", "id number"),
    "name": ("姓名", "name"),
    "occupation": ("职业", "工种", "occupation"),
    "level": ("级别", "等级", "技能等级", "level"),
    "from": ("起始日期", "年度", "开始日期", "from", "year"),
    "source": ("来源", "申领地", "source"),
}
_LEVELS = {
    **{"中级工": "l4", "四级": "l4", "高级工": "l3", "三级": "l3", "技师": "l2", "二级": "l2"},
    **{"高级技师": "l1", "一级": "l1", "intermediate worker": "l4", "advanced worker": "l3"},
    **{"technician": "l2", "senior technician": "l1", "l4": "l4", "l3": "l3", "l2": "l2", "l1": "l1"},
}
EARLIEST, LATEST = 2000, 2100


def identities(content: bytes, filename: str) -> list[tuple[int, str, str]]:
    """(row, student number, identity number) of every row; refused with what is missing."""
    columns, rows = _table(content, filename, ("number", "identity"))
    return [(at, _text(row, columns["number"]), _text(row, columns["identity"])) for at, row in rows]


def elsewhere(content: bytes, filename: str) -> list[Elsewhere]:
    """The years of a sheet; refused with the first cell that is not understood."""
    columns, rows = _table(content, filename, ("identity", "name", "occupation", "level", "from", "source"))
    return [
        Elsewhere(
            at,
            _text(row, columns["identity"]),
            _text(row, columns["name"]),
            _needed(at, row, columns["occupation"], _("occupation")),
            _level(at, row, columns["level"]),
            _first_day(at, row, columns["from"]),
            _needed(at, row, columns["source"], _("source")),
        )
        for at, row in rows
    ]


def identities_sheet(people: Sequence[FilePerson]) -> bytes:
    """A sheet to fill in, with everybody of a file."""
    rows: list[Row] = [(row.enrolment.number, row.person.name, None) for row in people]
    header = [_("student number"), _("name"), _("identity number")]
    return write_xlsx([OutSheet(_("Identity numbers"), header, rows, text_columns=frozenset({0, 2}))])


def elsewhere_sheet() -> bytes:
    """An empty sheet for years claimed elsewhere."""
    header = [_("identity number"), _("name"), _("occupation"), _("level"), _("from"), _("source")]
    words = [str(name) for name in LEVELS.values()]
    sheet = OutSheet(_("Claimed elsewhere"), header, [], choices={3: words}, text_columns=frozenset({0}))
    return write_xlsx([sheet])


def _table(
    content: bytes, filename: str, wanted: Sequence[str]
) -> tuple[dict[str, int], list[tuple[int, Row]]]:
    """Columns by their heads, and the rows below with their numbers; blank rows are passed over."""
    book = read_book(content, filename)
    sheet = book.sheets[0]
    heads = [_said(cell) for cell in sheet.row(1)]
    columns: dict[str, int] = {}
    for key in wanted:
        named = {*_HEADS[key], _own_name(key)}
        place = next((at for at, head in enumerate(heads) if head in named), None)
        if place is not None:
            columns[key] = place
    missing = [_own_name(key) for key in wanted if key not in columns]
    if missing:
        raise Refused(not_now("subsidies.sheet_columns", columns=", ".join(missing)))
    rows = [(at, sheet.row(at)) for at in range(2, sheet.height + 1)]
    return columns, [(at, row) for at, row in rows if any(cell is not None for cell in row)]


def _own_name(key: str) -> str:
    return {
        "number": _("student number"),
        "identity": _("identity number"),
        "name": _("name"),
        "occupation": _("occupation"),
        "level": _("level"),
        "from": _("from"),
        "source": _("source"),
    }[key].lower()


def _said(cell: Cell) -> str:
    return " ".join(str(cell if cell is not None else "").split()).lower()


def _cell(row: Row, place: int) -> Cell:
    return row[place] if place < len(row) else None


def _text(row: Row, place: int) -> str:
    found = _cell(row, place)
    if isinstance(found, Decimal) and found == found.to_integral_value():
        return f"{found:f}".partition(".")[0]
    return " ".join(str(found if found is not None else "").split())[:120]


def _needed(at: int, row: Row, place: int, column: str) -> str:
    found = _text(row, place)
    return found or _not_understood(at, "", column)


def _level(at: int, row: Row, place: int) -> str:
    said = _said(_cell(row, place))
    known = _LEVELS | {str(name).lower(): key for key, name in LEVELS.items()}
    return known.get(said) or _not_understood(at, said, _("level"))


def _first_day(at: int, row: Row, place: int) -> date:
    """A day, or a year as the office writes it: 2025 begins on its first day."""
    found = _cell(row, place)
    if isinstance(found, date) and EARLIEST <= found.year < LATEST:
        return found
    said = _text(row, place)
    if said.isascii() and said.isdigit() and len(said) == 4 and EARLIEST <= int(said) < LATEST:  # noqa: PLR2004
        return date(int(said), 1, 1)
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return _not_understood(at, said, _("from"))
    return day if EARLIEST <= day.year < LATEST else _not_understood(at, said, _("from"))


def _not_understood(at: int, given: str, column: str) -> Any:
    raise Refused(not_now("subsidies.sheet_row", row=at, given=given[:40], column=column))
