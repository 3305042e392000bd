"""Taking a committed sheet back within a day: what it would mean, and doing it – whole, or not at all.

Marks are appended, never deleted: what stood before the sheet holds again. A roster's people go again as long as
nobody has built on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.trial import target_of
from craftpath.domain.apprenticeships.trace import Trace
from craftpath.domain.apprenticeships.undoing import RosterUndo, roster_undo, undo_roster
from craftpath.domain.evaluation.actions import record_marks
from craftpath.domain.evaluation.undoing import MarksUndo, drop_results, marked, marks_undo
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SHEET, SheetImport, can_undo, imports, undo_sheet
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.evaluation.models import Evaluation

PERMISSIONS: Mapping[Kind, Permission] = {
    Kind.ROSTER: Permission.IMPORT_ROSTER,
    Kind.MARKS: Permission.IMPORT_MARKS,
}


def undo_plan(sheet: SheetImport) -> MarksUndo | RosterUndo:
    """What taking the sheet back would do now; nothing is written."""
    target = target_of(sheet)
    if target.evaluation is not None:
        return _marks(target.evaluation, sheet)
    return _roster(target.cohort, sheet)


@action
def undo_import(sheet: SheetImport, *, by: Actor, at: datetime) -> SheetImport:
    """Take a committed sheet back; `Refused` if it is too old, or if somebody has built on it."""
    require(by.may(PERMISSIONS[Kind(sheet.kind)]))
    row = imports().select_for_update(of=("self",)).get(pk=sheet.pk)
    SHEET.after(row.state, "undo")
    require(can_undo(row, at))
    target = target_of(row)
    if target.evaluation is not None:
        counts = _undo_marks(target.evaluation, row, by=by, at=at)
    else:
        counts = _undo_roster(target.cohort, row, by=by, at=at)
    return undo_sheet(row, counts=counts, by=by, at=at)


def _undo_marks(evaluation: Evaluation, row: SheetImport, *, by: Actor, at: datetime) -> dict[str, int]:
    type(evaluation).objects.select_for_update(of=("self",)).get(pk=evaluation.pk)  # nobody records meanwhile
    plan = _marks(evaluation, row)
    record_marks(evaluation, plan.back, undoes=row, by=by, at=at)
    return {"restored": len(plan.back), "left": len(plan.left)}


def _undo_roster(cohort: Cohort, row: SheetImport, *, by: Actor, at: datetime) -> dict[str, int]:
    type(cohort).objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    plan = _roster(cohort, row)
    if not plan.built:
        drop_results(enrolment.pk for enrolment in plan.going)
    return undo_roster(plan, by=by, at=at)


def _marks(evaluation: Evaluation, row: SheetImport) -> MarksUndo:
    return marks_undo(evaluation, row)


def _roster(cohort: Cohort, row: SheetImport) -> RosterUndo:
    own = SheetImport.objects.values_list("trace", flat=True).get(pk=row.pk)
    after = SheetImport.objects.filter(target=row.target, kind=row.kind, state="committed")
    later = after.filter(ended_at__gte=row.ended_at).exclude(pk=row.pk).values_list("trace", flat=True)
    plan = roster_undo(cohort, Trace.from_json(own), [Trace.from_json(one) for one in later])
    with_marks = marked(enrolment.pk for enrolment in plan.going)
    built = {
        enrolment.pk: (*(["marks"] if enrolment.pk in with_marks else []), *plan.built.get(enrolment.pk, ()))
        for enrolment in plan.going
    }
    return replace(plan, built={pk: codes for pk, codes in built.items() if codes})
