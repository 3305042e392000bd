"""Reading the ratings of `craftpath agreement`: words only where nothing but sameness counts."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from craftpath.delivery.commands.columns_file import NO_NUMBERS, NUMBER, Reading

if TYPE_CHECKING:
    from craftpath.engines.psychometrics.agreement import Level, Ratings


def read_ratings(path: Path, level: Level) -> Ratings:
    """The ratings as columns; raises `BadInput` with every fault.

    Nominal cells that are all numbers are compared as numbers; else they are words, which have no order.
    """
    from craftpath.engines.psychometrics.agreement import Level, Ratings  # noqa: PLC0415  (slow to import)

    reading = Reading(path)
    raters, rows = reading.named("unit", "no_raters")
    cells: list[str] = []
    places: dict[str, str] = {"": ""}  # one string for each different cell, however often it stands
    for line, _, row in rows:
        for rater, cell in zip(raters, row, strict=True):
            if cell not in places:
                places[cell] = cell
            fault = _fault(cell, level is Level.NOMINAL, level is Level.RATIO)
            if fault:
                reading.complain(line, rater, fault, given=cell)
            cells.append(places[cell])
    reading.stop()
    words = sorted(places)
    ordered = all(NUMBER.fullmatch(word) for word in words if word)
    worth = {word: float(word) if ordered else float(at) for at, word in enumerate(words) if word}
    worth[""] = float("nan")
    table = np.frombuffer(array("d", map(worth.__getitem__, cells)), dtype=np.float64)
    return Ratings.of(table.reshape(-1, len(raters)), ordered)


def _fault(cell: str, words: bool, ratio: bool) -> str:
    """The code of what is wrong with a cell, or nothing."""
    if not cell:
        return ""
    if words:
        return "no_answer" if cell.casefold() in NO_NUMBERS else ""
    if not NUMBER.fullmatch(cell):
        return "not_a_number"
    return "negative" if ratio and float(cell) < 0 else ""
