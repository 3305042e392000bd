"""Certificates of attendance: for those who were there for long enough by the record, and for nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from craftpath.domain.certificates import actions as of_record
from craftpath.domain.workshops.facts import CertificateRevoked, CertificatesIssued
from craftpath.domain.workshops.models import Certificate, Workshop
from craftpath.domain.workshops.planning import locked
from craftpath.domain.workshops.queries import Attended, attended
from craftpath.domain.workshops.recording import put_on_record
from craftpath.domain.workshops.registering import new_code
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now


@action
def issue_certificates(workshop: Workshop, *, by: Actor, at: datetime) -> list[Certificate]:
    """One for each who has none and came for `share` of the time; once more only for those who were added since."""
    row = locked(workshop, by, over=True)
    if row.state != "finished":
        raise Refused(not_now("workshops.not_finished"))
    held = set(Certificate._base_manager.filter(workshop=row).values_list("registration_id", flat=True))
    found = attended(row)
    due = [one for one in found if one.share >= row.share and one.registration.pk not in held]
    if not due:
        raise Refused(not_now("workshops.nobody_to_certify", share=row.share))
    made = [
        Certificate(
            workshop=row, registration=one.registration, minutes=one.minutes, days=_days(one), code=new_code(8),
            number=f"WS{at.astimezone(row.zone):%Y}-{row.pk:04}-{number:04}", issued_by=by.person, issued_at=at,
        )
        for number, one in enumerate(due, start=len(held) + 1)
    ]  # fmt: skip
    put_on_record(row, made, by=by, at=at)
    Certificate._base_manager.bulk_create(made)
    tell(CertificatesIssued(len(made)), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return made


def _days(one: Attended) -> list[dict[str, Any]]:
    return [{"on": day.on.isoformat(), "way": day.way, "minutes": day.minutes} for day in one.days]


@action
def revoke_certificate(certificate: Certificate, *, because: str, by: Actor, at: datetime) -> Certificate:
    """It does not hold any more; its page says so, and why."""
    workshop = locked(certificate.workshop, by, over=True)
    row = Certificate._base_manager.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not because.strip():
        raise Refused(not_now("workshops.because_missing"))
    if row.revoked_at is not None:
        raise Refused(not_now("workshops.revoked_already"))
    row.revoked_at, row.because = at, because.strip()[:200]
    row.save(update_fields=["revoked_at", "because"])
    if row.record is not None and row.record.state == "issued":
        of_record.revoke_certificate(row.record, because=row.because, by=by, at=at)
    told = CertificateRevoked(row.public_id, row.because)
    tell(told, by=by, at=at, organisation=workshop.organisation, subject=workshop.ref)
    return row
