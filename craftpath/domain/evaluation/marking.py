"""How marks are appended: checked once more, compared with what is current, superseding and never overwriting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from craftpath.domain.evaluation import columns, storing
from craftpath.domain.evaluation.facts import MarksRecorded
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.evaluation.recording import Standing, standing_marks
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.progress import step
from craftpath.kernel.rows import insert_rows
from craftpath.kernel.sheets import SheetImport
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

PLACES = 4  # of a score, as the column keeps it
BATCH = 2_000  # marks written between two looks at the counter
NAMED = 10_000  # ids in one statement that names nothing else


@dataclass(frozen=True, slots=True)
class NewMark:
    """One mark to record, a score or the key of a grade; `given` is what stood in the cell, for the record.

    `restores` is the earlier mark that holds again after an undo; None for any other. `evidence` is what a mark was
    worked out from, `reason` why one was given by hand in its place, `origin` the pointer to the judgement that it is.
    """

    enrolment_id: int
    item: str
    status: str
    score: Decimal | None = None
    sheet_name: str = ""
    cell: str = ""
    given: str = ""
    grade: str = ""
    restores: int | None = None
    reason: str = ""
    evidence: Mapping[str, Any] | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class MarksOutcome:
    """How many marks were added, changed, left as they were; `batch` finds the new rows."""

    added: int
    changed: int
    unchanged: int
    batch: str


def ref(evaluation: Evaluation) -> Ref:
    """The pointer that other rows keep."""
    return Ref("evaluation", "evaluation", evaluation.public_id)


def locked(evaluation: Evaluation) -> Evaluation:
    """The evaluation held until the transaction ends: marks and decisions of one evaluation stand in line."""
    return (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("scheme", "cohort__organisation", "stage")
        .get(pk=evaluation.pk)
    )


def append_marks(
    evaluation: Evaluation,
    marks: Sequence[NewMark],
    *,
    source: SheetImport | None = None,
    undoes: SheetImport | None = None,
    correcting: bool = False,
    overriding: bool = False,
    allowed: Iterable[ItemInfo] | None = None,
    by: Actor,
    at: datetime,
) -> MarksOutcome:
    """Append marks to a locked evaluation; only a correction, which has its own authority, may move what is decided.

    `allowed` are the items that may be marked this way, else those of a mark sheet. An item that the scheme works out
    takes no mark by hand, but `overriding` with a reason, in a correction, or where an undo gives it back.
    """
    known = {item.key: item for item in (items(evaluation.scheme.definition) if allowed is None else allowed)}
    _check(marks, known)
    if not (correcting or overriding or undoes):
        _check_by_hand(marks, known)
    standing = standing_marks(evaluation, {mark.enrolment_id for mark in marks})
    if standing.unknown:
        raise Refused(not_now("evaluation.not_enrolled", count=standing.unknown))
    current = standing.current
    fresh = [mark for mark in marks if not _same(current.get((mark.enrolment_id, mark.item)), mark)]
    superseded = [
        row.pk for mark in fresh if (row := current.get((mark.enrolment_id, mark.item))) is not None
    ]
    moved = standing.decided & {mark.enrolment_id for mark in fresh}
    if moved and not correcting:
        raise Refused(not_now("evaluation.result_decided", count=len(moved)))
    given = {key: (row.score, row.grade, row.status) for key, row in current.items()}
    batch = put_in(evaluation, fresh, superseded, given=given, source=source, undoes=undoes, by=by, at=at)
    return MarksOutcome(len(fresh) - len(superseded), len(superseded), len(marks) - len(fresh), batch)


def put_in(
    evaluation: Evaluation,
    fresh: Sequence[NewMark],
    superseded: Sequence[int],
    *,
    given: columns.Given | None = None,
    source: SheetImport | None = None,
    undoes: SheetImport | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Write marks that differ from the current ones, work out the results anew, tell it; returns the batch or "".

    The evaluation is locked and the marks were checked; `superseded` are the ids of those that they follow, `given` the
    current marks of those concerned, as far as the caller has read them.
    """
    if not fresh:
        return ""
    batch = new_public_id()
    same = {
        "evaluation": evaluation.pk,
        "is_current": True,
        "recorded_by": by.person.pk if by.person else None,
        "recorded_at": at,
        "batch": batch,
        "source": source.pk if source else None,
        "undoes": undoes.pk if undoes else None,
    }
    for start in range(0, len(superseded), NAMED):
        Mark._base_manager.filter(pk__in=superseded[start : start + NAMED]).update(is_current=False)
    told = any(
        mark.reason or mark.evidence or mark.origin for mark in fresh
    )  # else the database's own values do
    names, row = ((*_COLUMNS, *_TOLD), _told_row) if told else (_COLUMNS, _row)
    for start in range(0, len(fresh), BATCH):
        step("writing", start * 3 // 4, len(fresh))
        insert_rows(Mark, names, map(row, fresh[start : start + BATCH]), same)
    concerned = sorted({mark.enrolment_id for mark in fresh})
    if len(concerned) > columns.LISTED:
        storing.refresh_some(evaluation, concerned, at=at)
    else:
        if given is not None:
            given = {**given, **{(mark.enrolment_id, mark.item): _cell(mark) for mark in fresh}}
        store(evaluation, concerned, at=at, given=given)
    changed = len(superseded)
    tell(
        MarksRecorded(
            evaluation=evaluation.public_id, batch=batch, added=len(fresh) - changed, changed=changed
        ),
        by=by,
        at=at,
        organisation=evaluation.cohort.organisation,
        subject=ref(evaluation),
    )
    return batch


def _check_by_hand(marks: Sequence[NewMark], known: Mapping[str, ItemInfo]) -> None:
    """Refuse a mark by hand for what the scheme works out, and one that no rater's judgement stands behind."""
    for mark in marks:
        item = known[mark.item]
        if item.source is not None:
            raise Refused(not_now("evaluation.item_sourced", item=item.name.both()))
        if item.raters is not None and not mark.origin:
            raise Refused(not_now("evaluation.item_rated", item=item.name.both()))


def _check(marks: Sequence[NewMark], known: Mapping[str, ItemInfo]) -> None:
    """Refuse marks that no sheet check would let through either: this door is the last one."""
    for mark in marks:
        item = known.get(mark.item)
        if item is None:
            raise Refused(not_now("evaluation.item_unknown", item=mark.item))
        if mark.status == "scored" and item.grades:
            if mark.score is not None or mark.grade not in item.grades:
                names = [name.both() for name in item.grades.values()]
                raise Refused(
                    not_now("evaluation.grade_unknown", grade=mark.grade, allowed=" / ".join(names))
                )
            continue
        if mark.grade:
            raise Refused(not_now("evaluation.not_graded", grade=mark.grade))
        if mark.status == "scored" and (mark.score is None or not 0 <= mark.score <= item.top):
            raise Refused(not_now("evaluation.score_outside", score=str(mark.score), max=str(item.top)))
        if mark.score is not None and mark.score != round(mark.score, PLACES):
            raise Refused(not_now("evaluation.score_too_fine", score=str(mark.score), places=PLACES))
    if len({(mark.enrolment_id, mark.item) for mark in marks}) != len(marks):
        raise Refused(not_now("evaluation.mark_twice"))


_COLUMNS = (
    "public_id",
    "enrolment",
    "item",
    "status",
    "score",
    "grade",
    "sheet_name",
    "cell",
    "given",
    "restores",
)
_TOLD = ("reason", "evidence", "origin")


def _row(mark: NewMark) -> tuple[Any, ...]:
    """The mark as a row, in the order of `_COLUMNS`."""
    score, grade, status = _cell(mark)
    return (
        new_public_id(),
        mark.enrolment_id,
        mark.item,
        status,
        score,
        grade,
        mark.sheet_name,
        mark.cell,
        mark.given[:120],
        mark.restores,
    )


def _told_row(mark: NewMark) -> tuple[Any, ...]:
    """The same, with what a worked-out mark and one in its place say of themselves."""
    return (*_row(mark), mark.reason, mark.evidence, mark.origin)


def _cell(mark: NewMark) -> tuple[Decimal | None, str, str]:
    return (mark.score, mark.grade, mark.status) if mark.status == "scored" else (None, "", mark.status)


def _same(row: Standing | None, mark: NewMark) -> bool:
    return (
        row is not None
        and (row.status, row.reason) == (mark.status, mark.reason)
        and mark.origin in ("", row.origin)  # the same figure by hand takes nothing from a judgement
        and (mark.status != "scored" or (row.score == mark.score and row.grade == mark.grade))
    )


def store(
    evaluation: Evaluation, enrolments: Sequence[int], *, at: datetime, given: columns.Given | None = None
) -> None:
    """Compute these results anew and write them, new or over the old figures; the caller leaves decided ones out.

    Who has read their current marks already hands them over as `given`.
    """
    Result.objects.bulk_create(
        columns.fresh_results(evaluation, enrolments, at=at, given=given),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["evaluation", "enrolment"],
        update_fields=[
            "complete",
            "total",
            "to_date",
            "open",
            "passed",
            "grade",
            "figures",
            "missing",
            "fingerprint",
            "computed_at",
        ],
    )
