"""What a day brings by itself: amendments begin, early endings end. Nobody has to press anything for it.

A sweep calls it for whatever is due; whoever writes to an agreement calls it first, so that nothing is decided on what
no longer stands. Twice does nothing more than once, and after days without a worker everything is made up in order.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.agreements.acting import locked, move, told, unscoped
from craftpath.domain.agreements.by_day import leavings, put_on, signed_amendments
from craftpath.domain.agreements.facts import AgreementTerminated, AmendmentEnded
from craftpath.domain.agreements.models import Agreement, Amendment, EarlyLeaving, Pause
from craftpath.domain.agreements.states import AMENDMENT
from craftpath.domain.apprenticeships.actions import end_contract, move_enrolment
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.signing import withdraw_document


def up_to_date(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """The row for this actor to write, with everything that has come due by now."""
    row = locked(agreement, by=by)
    return locked(row, by=by) if settle_agreement(row, by=system(), at=at) else row


@action
def settle_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> bool:
    """Let begin and end what is due; says whether there was anything."""
    begun = begin_amendments(agreement, by=by, at=at)
    return end_if_over(agreement, by=by, at=at) or bool(begun)


@action
def begin_amendments(agreement: Agreement, *, by: Actor, at: datetime) -> int:
    """Amendments whose day has come take effect, in the order of their days; returns how many."""
    row = unscoped(agreement.public_id)
    if row.state != "active":
        return 0
    leaving = leavings([row]).get(row.pk)
    last = localdate(at) if leaving is None else min(localdate(at), leaving.last_day)
    signed = signed_amendments([row]).get(row.pk, [])
    known = [one for one in signed if one.state == "in_force"]
    due = [one for one in signed if one.state == "agreed" and one.takes_effect_on <= last]
    for one in due:
        known.append(one)
        _begin(row, one, known, last, by=by, at=at)
    return len(due)


def _begin(
    row: Agreement, amendment: Amendment, known: list[Amendment], day: date, *, by: Actor, at: datetime
) -> None:
    _moved(amendment, "begin")
    place, mentor = row.enterprise_id, row.mentor
    put_on(row, known, day)
    row.save(update_fields=["ends_on", "terms", "enterprise", "mentor"])
    if (place, mentor) != (row.enterprise_id, row.mentor):
        move_enrolment(
            row.enrolment, enterprise=row.enterprise, mentor=row.mentor, former=mentor,
            on=amendment.takes_effect_on, by=by, at=at,
        )  # fmt: skip
    told(AmendmentEnded(row.public_id, amendment.public_id, amendment.state), row, by=by, at=at)


def end_if_over(agreement: Agreement, *, by: Actor, at: datetime) -> bool:
    """An early ending whose last day is over ends agreement and enrolment; says whether one did."""
    row = unscoped(agreement.public_id)
    leaving = leavings([row]).get(row.pk) if row.state == "active" else None
    if leaving is None or leaving.last_day >= localdate(at):
        return False
    _end(row, leaving, by=by, at=at)
    return True


def _end(row: Agreement, leaving: EarlyLeaving, *, by: Actor, at: datetime) -> None:
    lapse_amendments(row, by=by, at=at)
    open_pause = Pause.objects.filter(agreement=row, resumed_on__isnull=True, starts_on__lte=leaving.last_day)
    open_pause.update(resumed_on=leaving.last_day)
    row.ended_on = leaving.last_day
    move(row, "terminate", "ended_on")
    if row.enrolment.state != "ended":
        end_contract(row.enrolment, because=leaving.because, last_day=leaving.last_day, by=by, at=at)
    fact = AgreementTerminated(
        row.public_id, leaving.because, leaving.initiator, leaving.last_day.isoformat()
    )
    told(fact, row, by=by, at=at)


@action
def lapse_amendments(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """With the agreement: what was to begin later never does, what waits for signatures is taken back."""
    rows = Amendment._base_manager.select_for_update(of=("self",)).select_related("document")
    for one in rows.filter(agreement=agreement, state__in=["agreed", AMENDMENT.start]).order_by("number"):
        if one.state == AMENDMENT.start and one.document is not None:
            withdraw_document(one.document, by=by, at=at)
        one.ended_at = at
        _moved(one, "lapse" if one.state == "agreed" else "withdraw", "ended_at")
        told(AmendmentEnded(agreement.public_id, one.public_id, one.state), agreement, by=by, at=at)


def _moved(amendment: Amendment, name: str, *columns: str) -> None:
    amendment.state = AMENDMENT.after(amendment.state, name)
    amendment.save(update_fields=["state", *columns])
