"""Many at once: planned, looked at, then issued some at a time, each portion a transaction of its own.

A worker that is killed takes the portion it was in with it, numbers and all; what was written before stays, and the
next worker goes on with whoever is still waiting.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from craftpath.domain.certificates import rules
from craftpath.domain.certificates.facts import BatchMoved
from craftpath.domain.certificates.issuing import Wanted, issue_certificates
from craftpath.domain.certificates.models import Batch, Kind, Planned
from craftpath.domain.certificates.queries import waiting
from craftpath.domain.certificates.states import BATCH
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused, Verdict, not_now, require

PORTION = 50
"""People of one portion: an embedded database has one writer, who waits for as long as a portion takes."""


@action
def plan_batch(
    kind: Kind, wanted: Sequence[Wanted], *, on: date, made_id: uuid.UUID, by: Actor, at: datetime
) -> Batch:
    """Note for whom certificates are to be issued; nothing is issued yet. The same press again is the same batch."""
    require(rules.may_issue(by, kind.organisation))
    standing = Batch._base_manager.filter(made_id=made_id, organisation=kind.organisation).first()
    if standing is not None:
        return standing
    require(rules.can_issue(kind, on, at.astimezone(ZoneInfo(kind.organisation.time_zone)).date()))
    if not wanted:
        raise Refused(not_now("certificates.nobody_chosen"))
    if len(wanted) > rules.MOST_AT_ONCE:
        raise Refused(not_now("certificates.too_many_people", most=rules.MOST_AT_ONCE))
    row = Batch(
        organisation=kind.organisation, kind=kind, issued_on=on, made_by=by.person, made_at=at, made_id=made_id,
        asked_in=by.organisation,
    )  # fmt: skip
    row.save()
    once = {(person.pk, ground): (person, ground, lines) for person, ground, lines in wanted}
    Planned.objects.bulk_create(
        [
            Planned(batch=row, person=person, ground=ground, lines=[dict(one) for one in lines])
            for person, ground, lines in once.values()
        ],
        batch_size=500,
    )
    _tell(row, len(once), by=by, at=at)
    return row


@action
def start_batch(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """Let a worker issue it; pressed twice it is issued once."""
    row = _held(batch, by)
    if row.state not in ("issuing", "done"):
        _move(row, "issue", by=by, at=at)
        enqueue("certificates", row.pk)
    return row


@action
def cancel_batch(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """Issue nobody else; certificates that are there already stay."""
    row = _held(batch, by)
    if row.state != "cancelled":
        row.ended_at = at
        _move(row, "cancel", by=by, at=at)
    return row


@action
def issue_portion(batch: Batch, *, most: int = PORTION, by: Actor, at: datetime) -> int:
    """Issue to the next people of a batch; returns how many are still waiting. The last portion ends the batch."""
    row = _held(batch, by)
    if row.state != "issuing":
        return 0
    some = list(waiting(row).select_related("person")[:most])
    wanted: list[Wanted] = [(one.person, one.ground, one.lines) for one in some]
    made, left = issue_certificates(row.kind, wanted, on=row.issued_on, by=by, at=at, batch=row)
    there = {(one.person_id, one.ground): one for one in made}
    refused = {(one.person.pk, one.ground): one.verdict for one in left}
    for one in some:
        place = one.person_id, one.ground
        if place in there:
            one.certificate = there[place]
        else:
            one.refused, one.facts = refused[place].reason, dict(refused[place].facts)
    Planned.objects.bulk_update(some, ["certificate", "refused", "facts"], batch_size=200)
    still = waiting(row).count()
    if not still:
        finish_batch(row, by=by, at=at)
    return still


@action
def finish_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """It is known of everybody what came of them."""
    row = _held(batch, by)
    if waiting(row).exists():
        raise Refused(not_now("certificates.batch_waits"))
    row.ended_at = at
    _move(row, "finish", by=by, at=at)


@action
def refuse_batch(batch: Batch, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """It cannot go on, and why: whoever is still waiting reads it."""
    row = _held(batch, by)
    waiting(row).update(refused=verdict.reason, facts=dict(verdict.facts))
    if BATCH.can(row.state, "cancel"):
        row.ended_at = at
        _move(row, "cancel", by=by, at=at)


def carry_out(batch: Batch, *, most: int = PORTION, by: Actor, at: datetime) -> None:
    """Issue a batch to its end, portion by portion."""
    try:
        while issue_portion(batch, most=most, by=by, at=at):
            pass
    except Refused as refused:
        refuse_batch(batch, refused.verdict, by=by, at=at)


def _held(batch: Batch, by: Actor) -> Batch:
    rows = Batch._base_manager.select_for_update(of=("self",)).select_related(
        "organisation", "kind__organisation"
    )
    row = rows.get(pk=batch.pk)
    require(rules.may_issue(by, row.organisation))
    return row


def _move(row: Batch, move: str, *, by: Actor, at: datetime) -> None:
    row.state = BATCH.after(row.state, move)
    row.save(update_fields=["state", "ended_at"])
    _tell(row, row.planned.count(), by=by, at=at)


def _tell(row: Batch, people: int, *, by: Actor, at: datetime) -> None:
    tell(BatchMoved(row.state, people), by=by, at=at, organisation=row.organisation, subject=row.ref)
