"""A small window on a kept sheet: some rows and columns, with the cells in question marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from craftpath.delivery.exchange.book import Sheet
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.headers import address, letter

COLUMNS = 12
AROUND = 3
_FIRST_ROWS = 5
_FAULTY_ROWS = 10
_TEXT = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell: its name, its text (cut), and how it is marked: `wrong`, `here` or not at all."""

    address: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `gap` says that rows before it are left out."""

    number: int
    cells: tuple[Seen, ...]
    header: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The window: letters of the columns, lines, and how many columns are left out."""

    letters: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: int = 0


def excerpt(
    sheet: Sheet, rows: Iterable[int], columns: Sequence[int], header_row: int, marks: Mapping[str, str]
) -> Excerpt:
    """The header row, then these rows in order; `marks` by cell name."""
    numbers = sorted({row for row in rows if header_row < row <= sheet.height})
    lines, last = [], header_row
    for number in (header_row, *numbers):
        cells = tuple(_seen(sheet, number, column, marks) for column in columns)
        lines.append(Line(number, cells, number == header_row, number > last + 1))
        last = number
    return Excerpt(tuple(letter(column) for column in columns), tuple(lines), sheet.width - len(columns))


def around(sheet: Sheet, row: int, column: int, header_row: int) -> Excerpt:
    """Three rows above and below a cell, and as many columns as fit with the cell among them."""
    rows = range(row - AROUND, row + AROUND + 1)
    shown_rows = rows if row > header_row else range(header_row + 1, header_row + AROUND + 1)
    return excerpt(sheet, shown_rows, _window(sheet, {column}), header_row, {address(row, column): "here"})


def preview(sheet: Sheet, header_row: int, faulty: Mapping[str, tuple[int, int]]) -> Excerpt:
    """The first rows and the first rows with errors; `faulty` holds (row, column) by cell name."""
    wrong = sorted({row for row, _ in faulty.values()})[:_FAULTY_ROWS]
    rows = {*range(header_row + 1, header_row + 1 + _FIRST_ROWS), *wrong}
    columns = _window(sheet, {column for row, column in faulty.values() if row in rows or row == header_row})
    return excerpt(sheet, rows, columns, header_row, dict.fromkeys(faulty, "wrong"))


def _window(sheet: Sheet, wanted: Collection[int]) -> list[int]:
    """At most twelve columns: those wanted, then from the left."""
    chosen = sorted(column for column in wanted if column < sheet.width)[:COLUMNS]
    others = (column for column in range(sheet.width) if column not in chosen)
    return sorted([*chosen, *list(others)[: COLUMNS - len(chosen)]])


def _seen(sheet: Sheet, row: int, column: int, marks: Mapping[str, str]) -> Seen:
    text, name = shown(sheet.cell(row, column)), address(row, column)
    return Seen(name, text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…", marks.get(name, ""))
