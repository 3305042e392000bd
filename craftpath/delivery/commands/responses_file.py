"""Reading the answers of `craftpath items`, as people or as patterns, scored by a key or given as scores."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from craftpath.delivery.commands.columns_file import NO_NUMBERS, NUMBER, Reading
from craftpath.delivery.commands.key_file import Key, read_key

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Responses

NOTHING = float("nan")
DOT = "."
MOST_DIGITS = 12
COUNT = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")
Score = Callable[[int, str, str], float]  # line, item, cell -> score


def read_responses(path: Path, patterns: bool, key: Path | None) -> Responses:
    """The answers as columns; raises `BadInput` with every fault."""
    from craftpath.engines.psychometrics import Responses  # noqa: PLC0415  (slow to import)

    reading = Reading(path)
    rows = _patterns(reading) if patterns else _people(reading)
    items = next(rows)[3]
    keys = None if key is None else read_key(key, items, path)
    score = _scorer(reading, keys, patterns)
    cells, counts = array("d"), array("d")
    for line, _, count, row in rows:
        cells.extend(map(score, [line] * len(items), items, row))
        counts.append(count)
    reading.stop()
    table = np.frombuffer(cells, dtype=np.float64).reshape(len(counts), len(items))
    maxima = None if keys is None else [float(keys[item].max) for item in items]
    return Responses.of(table, items, np.frombuffer(counts, dtype=np.float64), maxima)


Row = tuple[int, str, int, list[str]]  # line, name, how many people, one cell an item


def _people(reading: Reading) -> Iterator[Row]:
    """First the items, then one row a person."""
    items, rows = reading.named("person", "no_items")
    yield 1, "", 0, items
    for line, person, cells in rows:
        yield line, person, 1, cells


def _patterns(reading: Reading) -> Iterator[Row]:
    """First the items, then one row a pattern."""
    rows = reading.rows()
    line, header = reading.header(rows)
    where, counted = (reading.place(line, header, name) for name in ("pattern", "count"))
    width = 0
    for line, row in rows:
        if len(row) != len(header):
            reading.complain(line, "row", "cells_unequal", given=len(row), width=len(header))
            continue
        pattern, count = row[where], row[counted]
        if not width and pattern:
            width = len(pattern)
            yield 1, "", 0, [f"item{number}" for number in range(1, width + 1)]
        if not pattern:
            reading.complain(line, "pattern", "pattern_empty")
        elif len(pattern) != width:
            reading.complain(
                line, "pattern", "pattern_length", given=pattern, length=len(pattern), width=width
            )
        elif not COUNT.fullmatch(count):
            reading.complain(line, "count", "count_not_whole", given=count, digits=MOST_DIGITS)
        else:
            yield line, pattern, int(count), ["" if mark == DOT else mark for mark in pattern]
    if not width:
        if not reading.complaints:
            reading.complain(1, "pattern", "no_rows")
        reading.stop()


def _scorer(reading: Reading, keys: Mapping[str, Key] | None, patterns: bool) -> Score:
    """What a cell is worth; a file repeats the same few cells, so each is judged once."""
    if keys is not None:
        worth = {item: (key.answer, float(key.max)) for item, key in keys.items()}

        def keyed(line: int, item: str, cell: str) -> float:
            if not cell:
                return NOTHING
            if cell.casefold() in NO_NUMBERS:
                reading.complain(line, item, "no_answer", given=cell)
            answer, most = worth[item]
            return most if cell == answer else 0.0

        return keyed
    judged: dict[str, float] = {"": NOTHING}

    def plain(line: int, item: str, cell: str) -> float:
        if cell in judged:
            return judged[cell]
        if patterns and not ("0" <= cell <= "9"):
            reading.complain(line, "pattern", "pattern_mark", given=cell)
        elif not NUMBER.fullmatch(cell):
            reading.complain(line, item, "not_a_number", given=cell)
        elif (value := float(cell)) < 0:
            reading.complain(line, item, "negative", given=cell)
        else:
            judged[cell] = value
            return value
        return NOTHING

    return plain
