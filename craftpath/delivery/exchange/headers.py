"""Where the table begins: the row that names the columns, below titles that the office merged across.

Also how a cell is named: row numbers count from 1 and columns are indexes from 0, so (5, 2) is "C5".
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from craftpath.delivery.exchange.book import Cell, Sheet
from craftpath.delivery.exchange.spelling import plain, tidy

SEARCHED_ROWS = 15
_SHORT = 30


@dataclass(frozen=True, slots=True)
class Header:
    """The header row (from 1) and one distinct name per column; an unnamed column is called by its letter."""

    row: int
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def letter(column: int) -> str:
    """The letters of a column index: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The name of a cell, such as C5."""
    return f"{letter(column)}{row}"


def find_header(sheet: Sheet, known: Collection[str] = ()) -> Header:
    """Choose among the first 15 rows the one that reads most like names of columns.

    `known` are the plain spellings (`columns.known_names`) that count most. Distinct short texts speak for
    a row, numbers against it; of equals the first wins. A sheet without rows yields row 1 and no names.
    """
    best, merit = 1, 0
    for number in range(1, min(SEARCHED_ROWS, sheet.height) + 1):
        score = _score(sheet, number, known)
        if score > merit:
            best, merit = number, score
    return header_at(sheet, best)


def header_at(sheet: Sheet, row: int) -> Header:
    """The names that this row gives; equal names are told apart by a number: 成绩, 成绩 (2)."""
    names: list[str] = []
    taken: set[str] = set()
    for column, text in enumerate(_texts(sheet, row)):
        name = base = text or letter(column)
        times = 1
        while name in taken:
            times += 1
            name = f"{base} ({times})"
        taken.add(name)
        names.append(name)
    return Header(row, tuple(names))


def _texts(sheet: Sheet, row: int) -> list[str]:
    """The row's texts; where it is blank, the text right above, as in headers merged over two rows."""
    above = sheet.row(row - 1) or (None,) * sheet.width
    return [tidy(own) or tidy(over) for own, over in zip(sheet.row(row), above, strict=True)]


def _score(sheet: Sheet, row: int, known: Collection[str]) -> int:
    own = sheet.row(row)
    if not any(_is_word(cell) for cell in own):
        return 0
    texts = {tidy(cell) for cell in own if _is_word(cell)}
    short = sum(1 for text in texts if len(text) <= _SHORT)
    matched = len({plain(text) for text in _texts(sheet, row)} & set(known))
    others = sum(1 for cell in own if cell is not None and not _is_word(cell))
    return 10 * matched + short - 2 * others


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and not tidy(cell).replace(".", "").isdigit()
