"""What taking a mark sheet back would do, mark by mark; nothing is written here, and nothing is ever deleted.

A mark that an undo appended stands for the one that it restores. So whoever undoes the last sheet can go on and
undo the one before it, in this order or in any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.domain.evaluation.actions import NewMark
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.kernel.sheets import SheetImport

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Left:
    """A mark of the sheet that somebody has changed since: it stays as it is now."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class MarksUndo:
    """`back` are the marks to append, `left` the marks of today that stay."""

    back: tuple[NewMark, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """One mark of a history, as far as an undo looks at it."""

    pk: int
    status: str
    score: Decimal | None
    grade: str
    is_current: bool
    source: int | None
    undoes: int | None
    restores: int | None


_COLUMNS = ("pk", "status", "score", "grade", "is_current", "source_id", "undoes_id", "restores_id")


def marks_undo(evaluation: Evaluation, sheet: SheetImport) -> MarksUndo:
    """What goes back and what stays; a few queries however many marks."""
    own = Mark.objects.filter(evaluation=evaluation, source=sheet)
    wanted = set(own.values_list("enrolment_id", "item"))
    if not wanted:
        return MarksUndo((), ())
    history: dict[tuple[int, str], list[_Known]] = {key: [] for key in wanted}
    concerned = Mark.objects.filter(
        evaluation=evaluation,
        enrolment__in=own.order_by().values("enrolment_id"),
        item__in=own.values("item"),
    )
    for enrolment, item, *rest in concerned.order_by("pk").values_list("enrolment_id", "item", *_COLUMNS):
        if (enrolment, item) in history:
            history[enrolment, item].append(_Known(*rest))
    back, left = [], []
    for (enrolment, item), marks in sorted(history.items()):
        current = next((one for one in marks if one.is_current), None)
        if current is None:
            continue
        meant = _meant(current, marks)
        if meant is None or meant.source != sheet.pk:
            left.append(current.pk)
            continue
        before = _before(meant, marks)
        if before is None and current.status == "missing":
            continue  # it says already that there is none
        back.append(
            NewMark(
                enrolment,
                item,
                before.status if before else "missing",
                before.score if before else None,
                grade=before.grade if before else "",
                restores=before.pk if before else None,
            )
        )
    return MarksUndo(tuple(back), tuple(Left(mark) for mark in _read(left)))


def _meant(mark: _Known | None, marks: Iterable[_Known]) -> _Known | None:
    """The mark itself, or the one that it put back; None where it put back that there was none."""
    if mark is None or mark.undoes is None:
        return mark
    return next((one for one in marks if one.pk == mark.restores), None)


def _before(mark: _Known, marks: list[_Known]) -> _Known | None:
    earlier = [one for one in marks if one.pk < mark.pk]
    return _meant(earlier[-1], marks) if earlier else None


def _read(ids: list[int]) -> Iterator[Any]:
    for start in range(0, len(ids), AT_ONCE):
        yield from Mark.objects.filter(pk__in=ids[start : start + AT_ONCE]).select_related(
            "enrolment__person", "recorded_by", "source__file"
        )


def marked(enrolment_ids: Iterable[int]) -> set[int]:
    """Which of these enrolments have a mark anywhere."""
    ids = sorted(enrolment_ids)
    found: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        rows = Mark.objects.filter(enrolment__in=ids[start : start + AT_ONCE]).order_by()
        found |= set(rows.values_list("enrolment_id", flat=True).distinct())
    return found


def drop_results(enrolment_ids: Iterable[int]) -> None:
    """Take away the results of people who go again: a result is reckoned from marks, and these have none.

    Part of an undo, which is the action and has asked who may.
    """
    ids = sorted(enrolment_ids)
    for start in range(0, len(ids), AT_ONCE):
        Result.objects.filter(enrolment__in=ids[start : start + AT_ONCE]).delete()
