"""Grade modes: graded methods as figures for the arithmetic, and the level that comes of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from craftpath.engines.evaluation.marks import NO_GRADE, Marks
from craftpath.engines.evaluation.rows import combinations_of
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import Mode, RuleKind, Status

Small = npt.NDArray[np.int8]


def graded_columns(scheme: Scheme) -> tuple[tuple[int, int], ...]:
    """(component, item column) of every graded method."""
    columns = enumerate(scheme.items)
    where = {component.key: column for column, (component, _) in columns if component.grades}
    return tuple((c, where[part.key]) for c, part in enumerate(scheme.components) if part.grades)


def as_scores(scheme: Scheme, marks: Marks) -> Marks:
    """Marks in which a graded method scores 1 above its lowest grade, else 0: the requirement is met or not.

    ValueError names the person whose grade is missing where the status says that there is one.
    """
    graded = graded_columns(scheme)
    if not graded:
        return marks
    scores = marks.scores.astype(object if marks.scores.dtype == object else np.int64)
    for component, column in graded:
        grade = component_grades(scheme, marks, component, column)
        wrong = (marks.status[:, column] == Status.SCORED) & (grade < 0)
        if wrong.any():
            raise ValueError(
                f"{marks.people[int(wrong.argmax())]}: no grade in {scheme.components[component].key}"
            )
        scores[:, column] = np.where(grade > 0, 10**marks.places, 0)
    return Marks(marks.people, scores, marks.status, marks.places, marks.grades)


def component_grades(scheme: Scheme, marks: Marks, component: int, column: int) -> Small:
    """Indexes into the method's grades; the lowest where a mark counts zero, -1 where nothing is known."""
    status, most = marks.status[:, column], len(scheme.components[component].grades)
    given = marks.grades[:, column] if marks.grades is not None else np.full(len(status), NO_GRADE, np.int8)
    grade = np.where((status == Status.SCORED) & (given < most), given, NO_GRADE)
    zero = status == Status.ABSENT
    if scheme.components[component].missing == "zero":
        zero |= status == Status.MISSING
    return np.where(zero, 0, grade).astype(np.int8)


def level_columns(
    scheme: Scheme, marks: Marks, complete: npt.NDArray[np.bool_], passed: Small
) -> tuple[npt.NDArray[np.bool_], Small, Small, Small]:
    """Complete, passed, grade and the methods' grades once the levels have been looked up.

    `passed` comes in as the verdict of the numeric rules. In `gateway_grade` these are the gate: where it
    stays shut there is no level and no pass. An exempt method has no grade, so the table cannot be read and
    the result is incomplete.
    """
    shape = (len(marks.people), len(scheme.components))
    methods, grade = np.full(shape, NO_GRADE, np.int8), np.full(shape[0], NO_GRADE, np.int8)
    if scheme.mode is Mode.ALL_REQUIRED:
        return complete, passed, np.where(complete, passed, NO_GRADE).astype(np.int8), methods
    if scheme.mode is Mode.GATEWAY_GRADE:
        graded = graded_columns(scheme)
        code = np.zeros(shape[0], np.int64)
        for component, column in graded:
            methods[:, component] = component_grades(scheme, marks, component, column)
            code = code * len(scheme.components[component].grades) + methods[:, component]
        complete = complete & (methods[:, [c for c, _ in graded]] >= 0).all(axis=1)
        gate = complete & (passed == 1)
        grade[gate] = _table(scheme)[code[gate]]
        passed = np.where(complete, grade > 0, NO_GRADE).astype(np.int8)
    return complete, passed, grade, methods


def _table(scheme: Scheme) -> Small:
    """Level index per combination of grades, numbered with the last method running fastest."""
    rows = next(rule.table for rule in scheme.rules if rule.kind == RuleKind.GRADE_TABLE)
    results = [
        next(row.result for row in rows if row.matches(grades))
        for grades in combinations_of(scheme.components)
    ]
    return np.array([scheme.levels.index(result) for result in results], dtype=np.int8)
