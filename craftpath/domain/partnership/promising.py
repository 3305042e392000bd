"""Duties with days: what a side takes on, and that it was done."""

from __future__ import annotations

from datetime import date, datetime

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.facts import DutyEnded, DutyTaken
from craftpath.domain.partnership.models import DutyDone, Side, SideDuty
from craftpath.domain.partnership.writing import locked, tell_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.period import later
from craftpath.values.text import Text
from craftpath.values.verdict import YES, not_now, require

MONTHS = {"term": 6, "year": 12}


@action
def take_duty(
    side: Side, *, words: dict[str, str], due_on: date, repeats: str = "once", by: Actor, at: datetime
) -> SideDuty:
    """Into a draft any side writes what any of them does; later a side takes on more for itself only."""
    row, sides = locked(side.cooperation, by)
    own = next(one for one in sides if one.pk == side.pk)
    if row.state != "draft":
        require(rules.can_give(row))
        require(YES if rules.may_act_for(by, own) else not_now("partnership.duty_fixed"))
    require(YES if Text.of(words).both().strip() else not_now("partnership.words_missing"))
    require(YES if row.starts_on <= due_on <= row.ends_on else not_now("partnership.outside_term"))
    duty = SideDuty(side=own, words=words, repeats=repeats, due_on=due_on, made_by=by.person, made_at=at)
    duty.save()
    tell_of(row, DutyTaken(duty.public_id), by=by, at=at)
    return duty


@action
def drop_duty(duty: SideDuty, *, by: Actor, at: datetime) -> None:
    """Take a duty out of a draft; once signed it stays."""
    row, _sides = locked(duty.side.cooperation, by)
    require(YES if row.state == "draft" else not_now("partnership.duty_fixed"))
    tell_of(row, DutyEnded(duty.public_id, str(duty.due_on or "")), by=by, at=at)
    duty.delete()


@action
def do_duty(
    duty: SideDuty, *, due_on: date | None = None, note: str = "", by: Actor, at: datetime
) -> SideDuty:
    """It was done for the day on which it was due; a repeated one is due again, while the agreement lasts.

    `due_on` is the day that was read before it was ticked off, that of `duty` if none is named: pressed twice, the
    second press is for a day on which nothing is due any more.
    """
    held = SideDuty.objects.select_for_update(of=("self",)).select_related(
        "side__organisation", "side__cooperation__organisation"
    )
    row = held.get(pk=duty.pk)
    cooperation = row.side.cooperation
    require(rules.may_act_for(by, row.side))
    require(rules.can_give(cooperation))
    if row.due_on is None or (due_on or duty.due_on or row.due_on) != row.due_on:
        require(not_now("partnership.duty_done"))
        return row
    DutyDone(duty=row, due_on=row.due_on, done_by=by.person, done_at=at, note=note).save()
    tell_of(cooperation, DutyEnded(row.public_id, row.due_on.isoformat()), by=by, at=at)
    months = MONTHS.get(row.repeats)
    after = later(row.due_on, months) if months else None
    row.due_on = after if after is not None and after <= cooperation.ends_on else None
    row.save(update_fields=["due_on"])
    return row
