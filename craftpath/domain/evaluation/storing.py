"""From current marks to stored results as columns: marks are read, evaluated and written without an object for each.

What is unchanged is not written again. Reading is by plain SQL that both databases understand, and for the whole
evaluation, whoever asks: a result belongs to its evaluation and not to a reader.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.engines.evaluation import Marks, Missing, Results, Scheme, Status, evaluate
from craftpath.engines.evaluation.exact import as_decimal
from craftpath.engines.evaluation.marks import NO_GRADE, smallest_dtype
from craftpath.kernel.rows import upsert_rows

PLACES = 4  # of a score, as its column keeps it
CHUNK = 100_000  # rows at a time, so that memory follows the people and not the marks
STORED = 6  # places of a total, as its column keeps it
LARGEST = np.iinfo(np.int64).max
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Read:
    """Every current mark of an evaluation as columns; `item` is -1 for one that the scheme does not know.

    `score` is × 10⁴, -1 for none; `grade` is an index into the component's grades, -1 for none.
    """

    who: Ints
    item: Ints
    score: Ints
    grade: Ints
    status: Ints


def all_marks(evaluation: Evaluation, scheme: Scheme) -> Read:
    """Every current mark; one query."""
    if any(component.grades for component, _ in scheme.items):
        return _marks_with_grades(evaluation, scheme)
    return _marks_in_figures(evaluation, scheme)


def _marks_in_figures(evaluation: Evaluation, scheme: Scheme) -> Read:
    """Where no mark is a word the database writes each column as one line of whole numbers, read in one go.

    A row for each of three million marks would cost several times as much, most of it in making the rows. The lines
    keep the same order, since they are gathered side by side from the same rows.
    """
    items = [item.key for _, item in scheme.items]
    place = " ".join(f"WHEN %s THEN {n}" for n in range(len(items)))
    state = " ".join(f"WHEN %s THEN {int(status)}" for status in columns.STATUS.values())
    wanted = (
        "enrolment_id",
        f"CASE item {place} ELSE -1 END",
        f"CASE status {state} END",
        f"COALESCE(CAST(ROUND(score * {10**PLACES}) AS BIGINT), -1)",
    )
    joined = "STRING_AGG(CAST({} AS TEXT), ',')" if connection.vendor == "postgresql" else "GROUP_CONCAT({})"
    table = connection.ops.quote_name(Mark._meta.db_table)
    lines = ", ".join(joined.format(one) for one in wanted)
    sql = f"SELECT {lines} FROM {table} WHERE evaluation_id = %s AND is_current"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*items, *columns.STATUS, evaluation.pk])
        texts = cursor.fetchone()
    who, item, status, score = (np.fromstring(text or "", np.int64, sep=",") for text in texts)
    return Read(who, item, score, np.full(len(who), -1, np.int64), status)


def _marks_with_grades(evaluation: Evaluation, scheme: Scheme) -> Read:
    quote = connection.ops.quote_name
    sql = (
        f"SELECT enrolment_id, item, CAST(ROUND(score * {10**PLACES}) AS BIGINT), status, grade "  # noqa: S608
        f"FROM {quote(Mark._meta.db_table)} WHERE evaluation_id = %s AND is_current"
    )
    place = {item.key: n for n, (_, item) in enumerate(scheme.items)}
    grades = {
        (item.key, grade): n for component, item in scheme.items for n, grade in enumerate(component.grades)
    }
    parts: list[list[Ints]] = [[np.empty(0, np.int64)] * 5]
    with connection.cursor() as cursor:
        cursor.execute(sql, [evaluation.pk])
        while rows := cursor.fetchmany(CHUNK):
            who, item, score, status, grade = zip(*rows, strict=True)
            count = len(rows)
            parts.append(
                [
                    np.fromiter(who, np.int64, count),
                    np.fromiter((place.get(key, -1) for key in item), np.int64, count),
                    np.fromiter((-1 if value is None else value for value in score), np.int64, count),
                    np.fromiter(
                        (grades.get(cell, -1) for cell in zip(item, grade, strict=True)), np.int64, count
                    ),
                    np.fromiter((columns.STATUS[word] for word in status), np.int64, count),
                ]
            )
    return Read(*(np.concatenate([part[n] for part in parts]) for n in range(5)))


def _fits(scheme: Scheme, read: Read) -> npt.NDArray[np.bool_]:
    """Which marks the scheme knows and can hold, as `cell_fault` says; others may be of another version."""
    graded = np.array([bool(component.grades) for component, _ in scheme.items])[read.item]
    most = np.array(
        [
            LARGEST if item.open_ended else min(int(item.max * 10**PLACES), LARGEST)
            for _, item in scheme.items
        ],
        np.int64,
    )[read.item]
    held = np.where(graded, read.grade >= 0, (read.score >= 0) & (read.score <= most))
    fits: npt.NDArray[np.bool_] = (read.item >= 0) & ((read.status != Status.SCORED) | held)
    return fits


def marks_as_columns(scheme: Scheme, orals: Collection[str], people: Ints, read: Read) -> Marks:
    """The engine's arrays, a row for each of `people` (sorted, without repetition) and a column for each item."""
    fits = _fits(scheme, read)
    row, item = np.searchsorted(people, read.who[fits]), read.item[fits]
    scored = read.status[fits] == Status.SCORED
    score = np.where(scored & (read.score[fits] >= 0), read.score[fits], 0)
    places = next(p for p in range(PLACES + 1) if not (score % 10 ** (PLACES - p)).any())
    score = score // 10 ** (PLACES - places)
    shape = (len(people), len(scheme.items))
    scores = np.zeros(shape, smallest_dtype(int(score.max(initial=0))))
    statuses = np.full(shape, Status.MISSING, np.int8)
    statuses[:, [n for n, (_, one) in enumerate(scheme.items) if one.key in orals]] = Status.EXEMPT
    scores[row, item] = score
    statuses[row, item] = read.status[fits]
    grades = None
    if any(component.grades for component, _ in scheme.items):
        grades = np.full(shape, NO_GRADE, np.int8)
        grades[row, item] = np.where(scored, read.grade[fits], NO_GRADE)
    return Marks(tuple(map(str, people.tolist())), scores, statuses, places, grades)


def refresh_some(evaluation: Evaluation, enrolments: Sequence[int], *, at: datetime) -> None:
    """Results of many whose marks have just come in, none of them decided: computed anew and written.

    The same as `marking.store`, for more people than a statement should name. One query, and one more for every
    10,000 rows.
    """
    scheme = columns.scheme_of(evaluation)
    read = all_marks(evaluation, scheme)
    people = np.array(sorted(enrolments), np.int64)
    theirs = np.isin(read.who, people)
    read = Read(*(getattr(read, one.name)[theirs] for one in fields(Read)))
    marks = marks_as_columns(scheme, columns.orals_of(evaluation), people, read)
    found = evaluate(scheme, marks)
    rows = zip(people.tolist(), _figures(evaluation, found, marks), strict=True)
    _write(evaluation, [(who, *values) for who, values in rows], at=at)


def refresh_all(evaluation: Evaluation, in_stage: Sequence[int], *, at: datetime) -> tuple[int, int]:
    """Results of everybody in the stage or with a mark: (how many there are, how many were written).

    Decided ones are left as they are. Four statements, and one more for every 10,000 rows that are written.
    """
    scheme = columns.scheme_of(evaluation)
    read = all_marks(evaluation, scheme)
    people = np.union1d(np.array(in_stage, np.int64), read.who)
    if not len(people):
        return 0, 0
    marks = marks_as_columns(scheme, columns.orals_of(evaluation), people, read)
    found = evaluate(scheme, marks)
    stored, decided = _stored(evaluation)
    changed = [
        (who, *values)
        for who, values in zip(people.tolist(), _figures(evaluation, found, marks), strict=True)
        if who not in decided and stored.get(who) != values
    ]
    _write(evaluation, changed, at=at)
    return len(people), len(changed)


_COLUMNS = ("complete", "total", "to_date", "open", "passed", "grade", "figures", "missing", "fingerprint")


def _figures(evaluation: Evaluation, found: Results, marks: Marks) -> Iterator[tuple[Any, ...]]:
    """The stored values of each row, figures as texts."""
    parts = range(len(found.scheme.components))
    places = found.decimals
    has = found.has_component
    by_part = [
        [
            f"[{value}, {to_date}, {still}, {grade}]"
            for value, to_date, still, grade in zip(
                _quoted(np.where(has[:, n], found.components[:, n], -1), places),
                _quoted(found.component_to_date[:, n], places),
                _quoted(found.component_open[:, n], places),
                _grades(found, n),
                strict=True,
            )
        ]
        for n in parts
    ]
    levels = found.scheme.levels
    return zip(
        found.complete.tolist(),
        _texts(found.total, places),
        _texts(found.to_date, places),
        _texts(found.open, places),
        [None if flag < 0 else bool(flag) for flag in found.passed.tolist()],
        [levels[n] if n >= 0 else "" for n in found.grade.tolist()],
        [f"[{', '.join(line)}]" for line in zip(*by_part, strict=True)],
        _missing(found.scheme, marks),
        [evaluation.scheme.fingerprint] * len(marks.people),
        strict=True,
    )


def _texts(figures: npt.NDArray[Any], places: int) -> list[str | None]:
    """Whole figures as decimals in words, each different one written once; nothing below zero."""
    different, which = np.unique(figures, return_inverse=True)
    words = [None if figure < 0 else str(as_decimal(int(figure), places)) for figure in different]
    return [words[n] for n in which.ravel().tolist()]


def _quoted(figures: npt.NDArray[Any], places: int) -> list[str]:
    return ["null" if word is None else f'"{word}"' for word in _texts(figures, places)]


def _grades(found: Results, part: int) -> list[str]:
    """The grade of each row in this component as JSON."""
    said = [*(json.dumps(grade) for grade in found.scheme.components[part].grades), "null"]
    return [said[n] for n in found.component_grade[:, part].tolist()]


def _missing(scheme: Scheme, marks: Marks) -> list[str]:
    """Keys of the items that each result waits for, as JSON; the vectorised form of `columns.open_items`."""
    waited = [bool(item.weight) and columns.waited_for(scheme, component) for component, item in scheme.items]
    if_missing = [component.missing is Missing.INCOMPLETE for component, _ in scheme.items]
    still = (marks.status == Status.DEFERRED) | ((marks.status == Status.MISSING) & np.array(if_missing))
    packed = np.packbits(still & np.array(waited), axis=1)
    different, which = np.unique(packed, axis=0, return_inverse=True)
    keys = [item.key for _, item in scheme.items]
    lines = np.unpackbits(different, axis=1, count=len(keys)).tolist()
    said = [
        json.dumps([key for key, one in zip(keys, line, strict=True) if one], ensure_ascii=True)
        for line in lines
    ]
    return [said[n] for n in which.ravel().tolist()]


def _stored(evaluation: Evaluation) -> tuple[dict[int, tuple[Any, ...]], set[int]]:
    """enrolment id → what is stored, in the form of `_figures`; and whose result is decided. One query."""
    table = connection.ops.quote_name(Result._meta.db_table)
    scaled = ", ".join(
        f"CAST(ROUND({connection.ops.quote_name(name)} * {10**STORED}) AS BIGINT)"
        for name in ("total", "to_date", "open")
    )
    sql = (
        f"SELECT enrolment_id, complete, {scaled}, passed, grade, CAST(figures AS TEXT), CAST(missing AS TEXT), "  # noqa: S608
        f"fingerprint, decided_id FROM {table} WHERE evaluation_id = %s"
    )
    places = int(evaluation.scheme.definition.get("decimals", 1))
    step = 10 ** (STORED - places)
    words: dict[int | None, str | None] = {None: None}

    def word(figure: int | None) -> str | None:
        if figure not in words:
            whole, rest = divmod(figure or 0, step)
            words[figure] = "finer" if rest else str(as_decimal(whole, places))
        return words[figure]

    with connection.cursor() as cursor:
        cursor.execute(sql, [evaluation.pk])
        rows = cursor.fetchall()
    return (
        {
            who: (
                bool(complete),
                word(total),
                word(to_date),
                word(still),
                None if passed is None else bool(passed),
                *texts,
            )
            for who, complete, total, to_date, still, passed, *texts, _decided in rows
        },
        {row[0] for row in rows if row[-1] is not None},
    )


def _write(evaluation: Evaluation, rows: Sequence[tuple[Any, ...]], *, at: datetime) -> None:
    same = {"evaluation": evaluation.pk, "computed_at": at}
    upsert_rows(Result, ("enrolment", *_COLUMNS), rows, same, unique=("evaluation", "enrolment"))
