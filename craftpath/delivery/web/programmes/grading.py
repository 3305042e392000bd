"""The table of grades as a grid: every combination of the methods' grades once, each with a level to choose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from craftpath.delivery.web.programmes.typed import Part, Row, Typed
from craftpath.engines.evaluation import compressed

MOST_CELLS = 300
"""As many combinations as a form shows; a larger table is written elsewhere and stays as it is stored."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: its grades in words, what the form sends for it, the level chosen, what is wrong."""

    number: int
    words: tuple[str, ...]
    when: str
    grades: tuple[str, ...]
    result: str
    error: str = ""

    @property
    def name(self) -> str:
        """The prefix of its fields."""
        return f"grid-{self.number}"


def methods_in(typed: Typed) -> list[Part]:
    """The parts that are graded methods as far as they are typed."""
    return [part for part in typed.parts if part.grades]


def size_of(typed: Typed) -> int:
    """How many combinations there are."""
    count = 1
    for part in methods_in(typed):
        count *= len(part.grades)
    return count if methods_in(typed) else 0


def cells_of(typed: Typed, called: dict[tuple[str, str], str]) -> list[Cell]:
    """Every combination once; `called` names (was, grade). A level is carried over as far as it is without doubt."""
    methods = methods_in(typed)
    if not 0 < size_of(typed) <= MOST_CELLS:
        return []
    ways = product(*([row.get("key", "") for row in part.grades] for part in methods))
    found = []
    for number, grades in enumerate(ways):
        when = {part.was: grade for part, grade in zip(methods, grades, strict=True)}
        found.append(
            Cell(
                number,
                tuple(called.get(pair, pair[1]) for pair in when.items()),
                json.dumps(when, ensure_ascii=False),
                grades,
                _carried(typed.grid, when),
            )
        )
    return found


def _carried(lines: Sequence[tuple[Row, str]], when: Row) -> str:
    """What the lines that do not speak against this combination say of it, if they all say the same.

    A grade that no line knows is a new one, and every line may be its pattern.
    """
    known = {pair for line, _ in lines for pair in line.items()}
    asked = {was: grade for was, grade in when.items() if (was, grade) in known}
    results = {
        result for line, result in lines if all(asked.get(was, grade) == grade for was, grade in line.items())
    }
    return results.pop() if len(results) == 1 else ""


def lines_for(methods: Sequence[tuple[str, Sequence[str]]], cells: Sequence[Cell]) -> list[dict[str, str]]:
    """The table as it is stored, in as few lines as cover each combination once."""
    results = {cell.grades: cell.result for cell in cells}
    return [{**dict(line.when), "result": line.result} for line in compressed(methods, results)]
