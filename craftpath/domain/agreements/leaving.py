"""Ending early, and going on elsewhere: the reason, the wish, the last day, and what follows from them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, move, told
from craftpath.domain.agreements.amending import withdraw_amendment
from craftpath.domain.agreements.consequences import Consequences, consequences
from craftpath.domain.agreements.drafting import Guardian, Written, draft_agreement
from craftpath.domain.agreements.facts import AgreementTerminated
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement, EarlyLeaving, Pause
from craftpath.domain.agreements.queries import waiting_amendment
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.actions import end_contract, enrol_person
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


def what_follows(agreement: Agreement, *, initiator: str, told_on: date, last_day: date) -> Consequences:
    """What an early ending would mean, before anything is written."""
    return consequences(
        law=law_of(agreement.jurisdiction),
        terms=Terms.from_json(agreement.terms),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        initiator=initiator,
        told_on=told_on,
        last_day=last_day,
        by_agreement=initiator == "both",
    )


@action
def terminate_agreement(
    agreement: Agreement,
    *,
    because: str,
    initiator: str,
    told_on: date,
    last_day: date,
    note: str = "",
    by: Actor,
    at: datetime,
) -> EarlyLeaving:
    """End it before its day; the enrolment ends with it, what was earned stays."""
    row = locked(agreement, by=by)
    require(rules.can_terminate(row))
    if not row.starts_on <= last_day <= row.ends_on or told_on > last_day or told_on > localdate(at):
        raise Refused(not_now("agreements.leaving_dates", start=row.starts_on, end=row.ends_on))
    waiting = waiting_amendment(row)
    if waiting is not None:
        withdraw_amendment(waiting, by=by, at=at)
    Pause.objects.filter(agreement=row, resumed_on__isnull=True, starts_on__lte=last_day).update(
        resumed_on=last_day
    )
    found = what_follows(row, initiator=initiator, told_on=told_on, last_day=last_day)
    leaving = EarlyLeaving(
        agreement=row,
        because=because,
        initiator=initiator,
        told_on=told_on,
        last_day=last_day,
        note=note.strip(),
        consequences=_plain(found),
        made_by=by.person,
        made_at=at,
    )
    leaving.save()
    row.ended_on = last_day
    move(row, "terminate", "ended_on")
    end_contract(row.enrolment, because=because, on=last_day, by=by, at=at)
    fact = AgreementTerminated(row.public_id, because, initiator, last_day.isoformat())
    told(fact, row, by=by, at=at)
    return leaving


@action
def transfer_agreement(
    agreement: Agreement, *, cohort: Cohort, number: str, last_day: date, by: Actor, at: datetime
) -> Agreement:
    """Go on in another cohort at the same enterprise: this agreement ends, a draft with its terms begins there."""
    row = locked(agreement, by=by)
    if cohort.pk == row.enrolment.cohort_id:
        raise Refused(not_now("agreements.same_cohort"))
    terminate_agreement(
        row,
        because="transfer",
        initiator="both",
        told_on=min(localdate(at), last_day),
        last_day=last_day,
        by=by,
        at=at,
    )
    start = max(last_day, cohort.starts_on)
    enrolment = enrol_person(
        cohort,
        row.enrolment.person,
        number=number,
        enterprise=row.enterprise,
        starts_on=start,
        by=by,
        at=at,
    )
    written = Written(
        starts_on=start,
        ends_on=max(row.ends_on, cohort.ends_on or row.ends_on, start),
        terms=Terms.from_json(row.terms),
        mentor=row.mentor,
        guardian=Guardian(row.guardian_name, row.guardian_contact, row.guardian_relation),
    )
    return draft_agreement(enrolment, enterprise=row.enterprise, written=written, by=by, at=at)


def _plain(found: Consequences) -> dict[str, object]:
    encoder = DjangoJSONEncoder()
    return {
        key: encoder.default(value) if isinstance(value, date) else value
        for key, value in asdict(found).items()
    }
