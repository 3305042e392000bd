"""A table of grades two ways: every combination once, and as few lines as read well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from craftpath.engines.evaluation.types import ANY_GRADE, Component, GradeRow

Methods = Sequence[tuple[str, Sequence[str]]]
"""(component key, its grades) of every graded method, in scheme order."""


def methods_of(components: Sequence[Component]) -> list[tuple[str, tuple[str, ...]]]:
    """The graded methods among the components."""
    return [(part.key, part.grades) for part in components if part.grades]


def grid(methods: Methods, rows: Sequence[GradeRow]) -> dict[tuple[str, ...], str]:
    """Every combination of grades once → its result; "" where no line speaks of it, the first where several do."""
    keys = [key for key, _ in methods]
    return {
        grades: next((row.result for row in rows if row.matches(dict(zip(keys, grades, strict=True)))), "")
        for grades in product(*(grades for _, grades in methods))
    }


def compressed(methods: Methods, results: Mapping[tuple[str, ...], str]) -> tuple[GradeRow, ...]:
    """Lines that cover each combination exactly once; where all grades of a method lead on alike, it is `*`."""
    return tuple(
        GradeRow(tuple((key, grade) for (key, _), grade in zip(methods, grades, strict=True)), result)
        for grades, result in _lines([grades for _, grades in methods], (), results)
    )


def _lines(
    left: list[Sequence[str]], begun: tuple[str, ...], results: Mapping[tuple[str, ...], str]
) -> list[tuple[tuple[str, ...], str]]:
    if not left:
        return [((), results[begun])]
    after = [_lines(left[1:], (*begun, grade), results) for grade in left[0]]
    if all(lines == after[0] for lines in after):
        return [((ANY_GRADE, *grades), result) for grades, result in after[0]]
    return [
        ((grade, *grades), result)
        for grade, lines in zip(left[0], after, strict=True)
        for grades, result in lines
    ]
