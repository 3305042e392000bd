"""Certificates that do not hold any more: revoked with a reason, or replaced by another one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from craftpath.domain.certificates import rules
from craftpath.domain.certificates.content import says, signed, skills_of, valid_until
from craftpath.domain.certificates.facts import (
    CertificateIssuedAgain,
    CertificateReplaced,
    CertificateRevoked,
    CertificatesIssued,
)
from craftpath.domain.certificates.issuing import can_print, looked_at, numbers, places
from craftpath.domain.certificates.keys import hold, issuer_id, signing_key
from craftpath.domain.certificates.models import Certificate, Kind
from craftpath.domain.certificates.states import CERTIFICATE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, Verdict, not_now, require


@action
def revoke_certificate(certificate: Certificate, *, because: str, by: Actor, at: datetime) -> Certificate:
    """It holds no more; its page says so, and why. Pressed twice it is revoked once."""
    require(rules.may_issue(by, certificate.organisation))
    require(rules.can_say_why(because))
    row = _held(certificate)
    if row.state == "revoked":
        return row
    _end(row, "revoke", because, by=by, at=at)
    told = CertificateRevoked(row.number, row.because)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def replace_certificate(
    certificate: Certificate, *, because: str, on: date, renew: bool = False, by: Actor, at: datetime
) -> Certificate:
    """Issue another one in its place, with a number of its own and the holder's name as it is now; returns the new one.

    Without `renew` it says the same and ends on the same day: a name was corrected, a paper was lost, a key was
    revoked. With it the time begins again, by the version of the kind that is in use. Pressed twice: once.

    One that was revoked stays so, with its reason; what takes its place asks the record like any other.
    """
    require(rules.may_issue(by, certificate.organisation))
    require(rules.can_say_why(because))
    row = _held(certificate)
    newer = Certificate._base_manager.filter(replaces=row).first()
    if newer is not None:
        return newer
    if by.person is not None and by.person.pk == row.person_id:
        raise Refused(not_now("certificates.own"))
    kind = _kind_for(row, renew=renew)
    today = at.astimezone(ZoneInfo(row.organisation.time_zone)).date()
    require(rules.can_issue(kind, on, today) if renew else rules.can_date(on, today))
    if row.state == "revoked":
        require(_still_due(row, kind, on, by))
    key_row, key = signing_key(row.organisation, by=by, at=at)
    content = (
        says(kind, row.person, row.content["lines"], on=on, skills=skills_of(kind))
        if renew
        else (
            row.content
            | {"on": on.isoformat(), "holder": {"name": row.person.name, "latin": row.person.name_latin}}
        )
    )
    require(can_print(content))
    issuer = issuer_id(row.organisation, key)
    [number], [(lists, place)] = numbers(row.organisation, on.year, 1), places(row.organisation, issuer, 1)
    if row.state == "issued":
        _end(row, "replace", because, by=by, at=at)
    made = Certificate(
        organisation=row.organisation, kind=kind, person=row.person, number=number, ground=row.ground,
        content=content | {"number": number}, issued_on=on, issued_at=at, issued_by=by.person,
        valid_until=valid_until(kind, on) if renew else row.valid_until, replaces=row,
        key=key_row, status_list=lists, status_place=place,
    )  # fmt: skip
    signed(made, issuer, key, at)
    made.save()
    where: dict[str, Any] = {"by": by, "at": at, "organisation": row.organisation}
    ended = CertificateReplaced if row.state == "replaced" else CertificateIssuedAgain
    tell(ended(row.number, number, because.strip()), subject=row.ref, **where)
    told = CertificatesIssued(kind.public_id, number, number, [made.public_id])
    tell(told, subject=made.ref, **where)
    return made


def _held(certificate: Certificate) -> Certificate:
    hold(certificate.organisation)
    rows = Certificate._base_manager.select_related("organisation", "person", "kind__organisation", "key")
    return rows.get(pk=certificate.pk)


def _kind_for(row: Certificate, *, renew: bool) -> Kind:
    if not renew:
        return row.kind
    rows = Kind._base_manager.select_related("organisation", "occupation").filter(
        organisation=row.kind.organisation, key=row.kind.key
    )
    return rows.filter(state="active").first() or row.kind


def _still_due(row: Certificate, kind: Kind, on: date, by: Actor) -> Verdict:
    """Whether the record has what a revoked certificate stood on, and all that its kind asks."""
    found = looked_at(kind, [(row.person, row.ground, row.content["lines"])], on=on, by=by, again=row)
    return found[row.person_id, row.ground][0]


def _end(row: Certificate, move: str, because: str, *, by: Actor, at: datetime) -> None:
    row.state = CERTIFICATE.after(row.state, move)
    row.because, row.ended_at, row.ended_by = because.strip(), at, by.person
    row.save(update_fields=["state", "because", "ended_at", "ended_by"])
