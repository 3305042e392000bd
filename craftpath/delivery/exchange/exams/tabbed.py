"""A table within a text, with tabs between its cells: as a spreadsheet copies one, and as a file becomes one.

It stands in the text until somebody has said what its columns hold, so that nothing of it is anywhere else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.spelling import tidy

LONGEST_HEAD = 60
LEAST_COLUMNS = 3
MOST_TRIED = 20
"""Places in a text that are tried for a table; a text with more has none."""
NAMELESS = "#"
_NO_HEAD = re.compile(r"[\d.,\s]+\Z|\s*[（(]?[A-Ja-j][)）.．、:：]|\s*[（(]?\d+\s*[)）.．、]")
HEADER_ROWS = 15


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of equal width, and the lines of the text from `first` to before `behind` (from 0) that they stand on."""

    rows: tuple[tuple[str, ...], ...]
    first: int
    behind: int


def tabbed(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows as text between tabs, the first one with a word for each column; "" for what is no table.

    Rows of one cell above it are a title. Where the first row cannot be a head, its cells being figures or long, heads
    are numbers of columns above it, so that no question becomes a head.
    """
    told = [cells for row in rows if any(cells := [_cell(cell) for cell in row])]
    while told and sum(map(bool, told[0])) < 2:  # noqa: PLR2004  (a title)
        told.pop(0)
    if len(told) < 2 or len(told[0]) < LEAST_COLUMNS:  # noqa: PLR2004  (a head and a row)
        return ""
    if not _is_head(told[0]):
        told.insert(0, [""] * len(told[0]))
    return written([_named(told[0]), *told[1:]])


def _named(head: Sequence[str]) -> list[str]:
    """A head in which every column is called something."""
    return [tidy(cell) or f"{NAMELESS}{n}" for n, cell in enumerate(head, start=1)]


def written(rows: Sequence[Sequence[str]]) -> str:
    """Cells between tabs; one with a line break or a quotation mark in quotation marks, as spreadsheets do it."""
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")


def _cell(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "对" if cell else "错"
    return (
        "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    )


def lines_in(text: str) -> list[str]:
    """The lines of a text, whatever they end with."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks(text: str) -> Iterator[Block]:
    """The tables of a text: lines with as many tabs each, from one on that may be a head."""
    lines = lines_in(text)
    place = tried = 0
    while place < len(lines) and tried < MOST_TRIED:
        if "\t" not in lines[place]:
            place += 1
            continue
        tried += 1
        found = _rows(lines, place)
        behind = found[-1][1] if found else place + 1
        rows = [row for row, _behind in found]
        head = next((n for n, row in enumerate(rows[:HEADER_ROWS]) if _is_head(row)), None)
        if head is not None and len(rows) - head > 1 and len({len(row) for row in rows[head:]}) == 1:
            first = found[head - 1][1] if head else place
            yield Block((tuple(_named(rows[head])), *map(tuple, rows[head + 1 :])), first, behind)
        place = behind


def _rows(lines: list[str], first: int) -> list[tuple[list[str], int]]:
    """The rows of more than one cell from this line on, each with the line behind it."""
    reader = csv.reader((f"{line}\n" for line in lines[first:]), delimiter="\t")
    rows: list[tuple[list[str], int]] = []
    try:
        for row in reader:
            if len(row) < 2:  # noqa: PLR2004  (a line without a tab)
                break
            rows.append(([cell.strip() for cell in row], first + reader.line_num))
    except csv.Error:  # a cell without an end
        return []
    return rows


def _is_head(cells: Sequence[str]) -> bool:
    """Short words in three columns or more, none of them a figure, a question or an option."""
    named = [words for cell in cells if (words := tidy(cell))]
    return len(named) >= LEAST_COLUMNS and all(
        len(cell) <= LONGEST_HEAD and not _NO_HEAD.match(cell) for cell in named
    )


def replaced(text: str, block: Block, by: str) -> str:
    """The text with something else in the place of a table, apart from what stands before and behind it."""
    lines = lines_in(text)
    before, behind = (
        "\n".join(lines[: block.first]).rstrip("\n"),
        "\n".join(lines[block.behind :]).strip("\n"),
    )
    return "\n\n".join(part for part in (before, by, behind) if part)


def outside(text: str, found: Sequence[Block]) -> str:
    """The text with the lines of its tables empty: every other line keeps its number."""
    lines = lines_in(text)
    for block in found:
        lines[block.first : block.behind] = [""] * (block.behind - block.first)
    return "\n".join(lines)
