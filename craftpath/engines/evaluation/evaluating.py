"""A cohort's results: small cohorts in Python, large ones compiled, with the same lines of arithmetic."""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from craftpath.engines.evaluation import kernel
from craftpath.engines.evaluation.checking import check
from craftpath.engines.evaluation.faults import SchemeFaulty
from craftpath.engines.evaluation.grades import as_scores, level_columns
from craftpath.engines.evaluation.marks import Marks, capped
from craftpath.engines.evaluation.plan import INT64_MAX, Plan, largest_figure, plan_of
from craftpath.engines.evaluation.results import Results
from craftpath.engines.evaluation.scheme import Scheme

COMPILED_FROM = 500_000  # cells; below, Python is done before the compiled code would be loaded
COMPILED_ONCE_LOADED = 20_000  # cells, in a process that has loaded it


def evaluate(scheme: Scheme, marks: Marks) -> Results:
    """Score every row of `marks`. One apprentice is a cohort of one.

    Raises `SchemeFaulty` for a scheme that `check` refuses, and ValueError where a column is missing or a
    cell holds an impossible score, grade or status. In grade modes there is no total; `to_date` and `open`
    then are the shares of the requirements (each an equal part, a graded method above its lowest grade being
    met) that are met and still open, times 100.
    """
    marks = capped(scheme, marks)
    plan = ready(scheme, marks)
    numeric = as_scores(scheme, marks)
    size, people = len(scheme.components), len(marks.people)
    figures = np.empty((people, 3 + 3 * size), np.int32)
    flags = np.empty((people, 2 + size), np.int8)
    bad = _run(numeric, plan, figures, flags)
    if bad != kernel.NOBODY:
        raise ValueError(f"{marks.people[bad]}: a score or status is outside what its item allows")
    complete, passed, grade, methods = level_columns(scheme, marks, flags[:, 0] == 1, flags[:, 1])
    return Results(
        scheme=scheme,
        people=marks.people,
        complete=complete,
        total=np.full(people, kernel.UNKNOWN, np.int32) if scheme.mode.grades else figures[:, 0],
        to_date=figures[:, 1],
        open=figures[:, 2],
        passed=passed,
        components=figures[:, 3 : 3 + size],
        has_component=_has_value(scheme, flags[:, 2:].view(np.bool_)),
        component_to_date=figures[:, 3 + size : 3 + 2 * size],
        component_open=figures[:, 3 + 2 * size :],
        grade=grade,
        component_grade=methods,
    )


def _has_value(scheme: Scheme, rated: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """A graded method has a grade and no value."""
    plain = np.array([not part.grades for part in scheme.components], dtype=np.bool_)
    return rated if plain.all() else rated & plain


def ready(scheme: Scheme, marks: Marks) -> Plan:
    """The plan for these marks, or the reason why there is none."""
    plan = _planned(scheme, marks.places)
    if marks.scores.shape[1] != len(scheme.items):
        raise ValueError(f"{marks.scores.shape[1]} columns of marks for {len(scheme.items)} items")
    return plan


@lru_cache(maxsize=256)
def _planned(scheme: Scheme, places: int) -> Plan:
    """A scheme is immutable, and so is its plan: one mark must not work it out anew."""
    faults = check(scheme)
    if faults:
        raise SchemeFaulty(faults)
    return plan_of(scheme, places)


def scratch_for(plan: Plan) -> tuple[list[int], list[int], list[int]]:
    """Marks of what is dropped, sums per component, verdict per rule: what the kernel writes for a row."""
    return [0] * len(plan.weight), [0] * (3 * len(plan.drop) + kernel.TAIL), [0] * len(plan.reach)


def _run(marks: Marks, plan: Plan, figures: npt.NDArray[np.int32], flags: npt.NDArray[np.int8]) -> int:
    """Fill `figures` and `flags`; the first row with an impossible cell, or `kernel.NOBODY`."""
    fits = marks.scores.dtype != object and largest_figure(plan) <= INT64_MAX
    loaded = "craftpath.engines.evaluation.compiled" in sys.modules
    if fits and marks.scores.size >= (COMPILED_ONCE_LOADED if loaded else COMPILED_FROM):
        from craftpath.engines.evaluation.compiled import run_compiled  # noqa: PLC0415  (slow to import)

        return run_compiled(marks.scores, marks.status, plan, figures.reshape(-1), flags.reshape(-1))
    scores, status = marks.scores.ravel().tolist(), marks.status.ravel().tolist()
    # Lists, not the arrays: NumPy's integers would take part in the arithmetic, and they end at 64 bits.
    found, marked = [0] * figures.size, [0] * flags.size
    bad = int(kernel.run(0, len(marks.people), scores, status, plan, scratch_for(plan), found, marked))
    figures[...], flags[...] = np.reshape(found, figures.shape), np.reshape(marked, flags.shape)
    return bad
