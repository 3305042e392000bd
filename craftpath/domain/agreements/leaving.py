"""Ending early, and going on elsewhere: the reason, the wish, the last day, and what follows from them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localdate

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.acting import locked, told
from craftpath.domain.agreements.by_day import leavings, put_on, signed_amendments
from craftpath.domain.agreements.calendar import ONE_DAY
from craftpath.domain.agreements.consequences import Consequences, consequences
from craftpath.domain.agreements.drafting import Guardian, Written, draft_agreement
from craftpath.domain.agreements.facts import LeavingAnnounced, LeavingTakenBack
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.models import Agreement, EarlyLeaving
from craftpath.domain.agreements.settling import end_if_over, up_to_date
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.actions import enrol_person
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
    """Let it end before its day: when the last day is over, the enrolment ends with it; what was earned stays."""
    row = up_to_date(agreement, by=by, at=at)
    require(rules.can_terminate(row, announced=leavings([row]).get(row.pk) is not None))
    if not row.starts_on <= last_day <= row.ends_on or told_on > last_day or told_on > localdate(at):
        raise Refused(not_now("agreements.leaving_dates", start=row.starts_on, end=row.ends_on))
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
    told(LeavingAnnounced(row.public_id, because, initiator, last_day.isoformat()), row, by=by, at=at)
    end_if_over(row, by=by, at=at)
    return leaving


@action
def take_back_leaving(agreement: Agreement, *, reason: str, by: Actor, at: datetime) -> EarlyLeaving:
    """Let it run on after all; until the last day is over, and with a reason."""
    row = up_to_date(agreement, by=by, at=at)
    leaving = leavings([row]).get(row.pk)
    if leaving is None or row.state != "active":
        raise Refused(not_now("agreements.no_leaving"))
    if not reason.strip():
        raise Refused(not_now("agreements.take_back_without_reason"))
    leaving.taken_back_by, leaving.taken_back_at, leaving.taken_back_because = by.person, at, reason.strip()
    leaving.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_because"])
    told(LeavingTakenBack(row.public_id, leaving.last_day.isoformat()), row, by=by, at=at)
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
    start = max(last_day + ONE_DAY, cohort.starts_on)
    put_on(row, signed_amendments([row]).get(row.pk, []), last_day)
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
