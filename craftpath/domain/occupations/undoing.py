"""Undoing a step of the board: the rows that it touched become what they were, if nobody touched them since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from craftpath.domain.occupations.drawing import locked
from craftpath.domain.occupations.models import Chart, Duty, Step, Task
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now


@action
def undo_step(chart: Chart, *, revision: int, by: Actor, at: datetime) -> Chart:
    """Undo one step, whoever took it. Undone twice it is undone once; refused where later steps built on it."""
    row = locked(chart, by)
    step = Step.objects.filter(chart=row, revision=revision).first()
    if step is None:
        raise Refused(not_now("occupations.gone"))
    if step.undone:
        return row
    later = Step.objects.filter(chart=row, revision__gt=revision, undone=False)
    if any(set(one.before) & set(step.before) for one in later):
        raise Refused(not_now("occupations.undo_late"))
    _restore(row, step.before)
    step.undone = True
    step.save(update_fields=["undone"])
    row.revision += 1
    row.save(update_fields=["revision"])
    return row


def _restore(chart: Chart, before: dict[str, Any]) -> None:
    for public_id, was in before.items():
        if was is not None and was["kind"] == "duty":
            Duty.objects.update_or_create(
                chart=chart, public_id=public_id, defaults={"place": was["place"], "name": was["words"]}
            )
    duties = {row.public_id: row for row in Duty.objects.filter(chart=chart)}
    for public_id, was in before.items():
        if was is not None and was["kind"] == "task":
            if was["duty"] not in duties:
                raise Refused(not_now("occupations.undo_late"))
            kept = {"duty": duties[was["duty"]], "place": was["place"], "statement": was["words"],
                    "skills": was["skills"], "left_out": was["left_out"]}  # fmt: skip
            Task.objects.update_or_create(chart=chart, public_id=public_id, defaults=kept)
    new = [public_id for public_id, was in before.items() if was is None]
    Task.objects.filter(chart=chart, public_id__in=new).delete()
    gone = Duty.objects.filter(chart=chart, public_id__in=new)
    if Task.objects.filter(duty__in=gone).exists():  # somebody has put cards under it
        raise Refused(not_now("occupations.undo_late"))
    gone.delete()
