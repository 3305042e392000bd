"""Decisions: noted with an owner and a day, ticked off or dropped."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.committees import rules
from craftpath.domain.committees.facts import DecisionMoved
from craftpath.domain.committees.models import Committee, Decision, Meeting, Motion, Seat
from craftpath.domain.committees.queries import seats_of
from craftpath.domain.committees.sitting import locked, said, tell_of
from craftpath.domain.committees.states import DECISION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import require


@action
def note_decision(
    committee: Committee,
    *,
    text: dict[str, str],
    owner: Seat,
    due_on: date,
    meeting: Meeting | None = None,
    motion: Motion | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Note what was decided, who does it and until when."""
    held = locked(committee)
    require(rules.may_tend(by, held, seats_of(held), localdate(at)))
    require(said(text))
    seat = Seat.objects.get(pk=owner.pk, committee=held)
    row = Decision(
        committee=held, meeting=meeting, motion=motion, text=text, owner=seat, due_on=due_on, made_at=at
    )
    row.save()
    tell_of(held, DecisionMoved(row.public_id, row.state), by=by, at=at)
    return row


@action
def tick_decision(decision: Decision, *, note: str = "", by: Actor, at: datetime) -> Decision:
    """It is done."""
    return _ended(decision, "tick", note, by=by, at=at)


@action
def drop_decision(decision: Decision, *, note: str, by: Actor, at: datetime) -> Decision:
    """It is not done any more, for a reason."""
    return _ended(decision, "drop", note, by=by, at=at)


def _ended(decision: Decision, move: str, note: str, *, by: Actor, at: datetime) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",))
    row = rows.select_related("committee__organisation", "owner").get(pk=decision.pk)
    require(rules.may_end(by, row, seats_of(row.committee), localdate(at)))
    row.state = DECISION.after(row.state, move)
    row.ended_at, row.ended_by, row.note = at, by.person, note
    row.save(update_fields=["state", "ended_at", "ended_by", "note"])
    tell_of(row.committee, DecisionMoved(row.public_id, row.state), by=by, at=at)
    return row
