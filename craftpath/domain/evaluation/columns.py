"""Between rows and columns: current marks become the engine's arrays, its columns become result rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.programmes.definition import engine_scheme, judged_items
from craftpath.engines.evaluation import (
    Component,
    Marks,
    Missing,
    Results,
    Scheme,
    Status,
    cell_fault,
    evaluate,
    with_orals,
)

LISTED = 500  # ids named in a statement; more would not fit everywhere, and whole tables are read then
STATUS = {
    "scored": Status.SCORED,
    "absent": Status.ABSENT,
    "deferred": Status.DEFERRED,
    "exempt": Status.EXEMPT,
    "missing": Status.MISSING,
}


def scheme_of(evaluation: Evaluation) -> Scheme:
    """The engine's view of the scheme in force, with a place for each oral mark that it allows.

    Read once for each fingerprint, which a change of it changes.
    """
    scheme = evaluation.scheme
    if scheme.state == "draft":
        return with_orals(engine_scheme(scheme.definition, scheme.key))
    key = (scheme.key, scheme.fingerprint)
    found = _schemes.get(key)
    if found is None:
        if len(_schemes) >= MOST_SCHEMES:
            _schemes.clear()
        found = _schemes[key] = with_orals(engine_scheme(scheme.definition, scheme.key))
    return found


MOST_SCHEMES = 256
_schemes: dict[tuple[str, str], Scheme] = {}


Given = Mapping[tuple[int, str], tuple[Decimal | None, str, str]]
"""(enrolment id, item) → score, grade, status."""


def marks_of(
    evaluation: Evaluation, scheme: Scheme, enrolments: Sequence[int], known_marks: Given | None = None
) -> Marks:
    """The current marks of these enrolments as arrays, one row each, in this order; one query.

    Who has read the marks already hands them over, and nothing is asked. Somebody without any mark has a row
    too: everything is missing there.
    """
    known = {item.key: (part, item) for part, item in scheme.items}
    first = scheme.items[0][1].key
    given: dict[int, list[tuple[str, Decimal | str | None, Status]]] = {pk: [] for pk in enrolments}
    for who, item, score, grade, status in _cells(evaluation, enrolments, known_marks):
        if (
            who in given
            and item in known
            and not cell_fault(*known[item], grade or score, STATUS[status])  # such as under another version
        ):
            given[who].append((item, grade or score, STATUS[status]))
    for oral in sorted(orals_of(evaluation) & set(known)):
        for cells in given.values():
            if all(item != oral for item, _, _ in cells):
                cells.append((oral, None, Status.EXEMPT))
    return Marks.of(
        scheme,
        (
            (str(who), *cell)
            for who, cells in given.items()
            for cell in (cells or [(first, None, Status.MISSING)])
        ),
    )


def orals_of(evaluation: Evaluation) -> frozenset[str]:
    """Keys of the oral marks that the scheme allows: whoever has none is exempt from it."""
    return frozenset(item.key for item in judged_items(evaluation.scheme.definition) if item.is_oral)


def marks_from(evaluation: Evaluation, enrolment_id: int, rows: Iterable[Mark]) -> tuple[Scheme, Marks]:
    """The engine's scheme, and for it marks of one apprentice, one for an item, as arrays of one row.

    Marks without an item, or such as the item cannot hold, are left out, as in `marks_of`.
    """
    scheme = scheme_of(evaluation)
    known = {item.key: (part, item) for part, item in scheme.items}
    cells: list[tuple[str, Decimal | str | None, Status]] = [
        (row.item, row.grade or row.score, STATUS[row.status])
        for row in rows
        if row.item in known and not cell_fault(*known[row.item], row.grade or row.score, STATUS[row.status])
    ]
    given = {item for item, _, _ in cells}
    cells += [(oral, None, Status.EXEMPT) for oral in sorted(orals_of(evaluation) & set(known) - given)]
    cells = cells or [(scheme.items[0][1].key, None, Status.MISSING)]
    return scheme, Marks.of(scheme, ((str(enrolment_id), *cell) for cell in cells))


def _cells(
    evaluation: Evaluation, enrolments: Sequence[int], known: Given | None
) -> Iterable[tuple[int, str, Decimal | None, str, str]]:
    if known is not None:
        return ((who, item, *cell) for (who, item), cell in known.items())
    rows = Mark.objects.filter(evaluation=evaluation, is_current=True)
    if len(enrolments) <= LISTED:
        rows = rows.filter(enrolment__in=enrolments)
    return rows.values_list("enrolment_id", "item", "score", "grade", "status")


def fresh_results(
    evaluation: Evaluation, enrolments: Sequence[int], *, at: datetime, given: Given | None = None
) -> list[Result]:
    """Fresh result rows for these enrolments, not saved; the engine is called once for all."""
    if not enrolments:
        return []
    scheme = scheme_of(evaluation)
    marks = marks_of(evaluation, scheme, enrolments, given)
    found = evaluate(scheme, marks)
    return [
        Result(
            evaluation=evaluation,
            enrolment_id=pk,
            complete=bool(found.complete[row]),
            total=found.total_of(row),
            to_date=found.to_date_of(row),
            open=found.open_of(row),
            passed=found.passed_of(row),
            grade=found.grade_of(row) or "",
            figures=figures(found, row),
            missing=open_items(scheme, marks, row),
            fingerprint=evaluation.scheme.fingerprint,
            computed_at=at,
        )
        for row, pk in enumerate(enrolments)
    ]


def figures(found: Results, row: int) -> list[list[str | None]]:
    """`[value, to date, open, grade]` of each component, as texts: how results keep them."""
    return [
        [
            None if (value := found.component_of(row, part)) is None else str(value),
            str(found.component_to_date_of(row, part)),
            str(found.component_open_of(row, part)),
            found.component_grade_of(row, part),
        ]
        for part in range(len(found.scheme.components))
    ]


def open_items(scheme: Scheme, marks: Marks, row: int) -> list[str]:
    """Keys of the items that the result waits for: deferred, or missing where missing leaves it open."""
    return [
        item.key
        for column, (component, item) in enumerate(scheme.items)
        if item.weight
        and waited_for(scheme, component)
        and (
            (status := marks.status[row, column]) == Status.DEFERRED
            or (status == Status.MISSING and component.missing is Missing.INCOMPLETE)
        )
    ]


def waited_for(scheme: Scheme, component: Component) -> bool:
    """A component without weight is waited for only where a pass rule names it."""
    return (
        component.weight > 0
        or scheme.mode.grades
        or any(component.key in (rule.component, *rule.components) for rule in scheme.rules)
    )
