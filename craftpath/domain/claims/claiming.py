"""What whoever claims does: claim, change, add and take out evidence, withdraw, read what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.claims import rules
from craftpath.domain.claims.evidence import evidence_of
from craftpath.domain.claims.facts import CertificateClaimed, ClaimChanged, ClaimWithdrawn
from craftpath.domain.claims.models import Claim, Evidence
from craftpath.domain.claims.rules import Told, plain
from craftpath.domain.claims.states import CLAIM, OPEN, OVER
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import drop, keep
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require

File = tuple[bytes, str]
_ASKED = ("title", "issuer", "number", "issued_on", "valid_until", "scheme", "level", "occupation_id")


@action
def claim_certificate(
    organisation: Organisation,
    told: Told,
    files: Sequence[File],
    *,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Claim:
    """Claim a certificate of elsewhere for oneself; the same `made_id` again is the same claim."""
    require(rules.may_claim(by, organisation))
    if by.person is None:
        raise Refused(may_not("claims.not_yours"))
    # One person's claims stand in line, so that none is made twice.
    mine = Person.objects.select_for_update(of=("self",), no_key=True)
    person = mine.get(pk=by.person.pk)
    known = Claim._base_manager.filter(made_id=made_id, person=person).first()
    if known is not None:
        return known
    require(rules.can_be_claimed(told, localdate(at)))
    if not files:
        raise Refused(not_now("claims.no_evidence"))
    values = _values(told)
    row = Claim(
        made_id=made_id, organisation=organisation, person=person, made_at=at, claimed_at=at, **values
    )
    _once(row)
    row.save()
    for file in files:
        _keep(row, file, by=by, at=at)
    said(CertificateClaimed(row.scheme, row.level), row, by=by, at=at)
    return row


@action
def change_claim(claim: Claim, told: Told, *, revision: int, by: Actor, at: datetime) -> Claim:
    """Say it otherwise, or hand a returned one in again; what was verified waits anew. The same changes nothing."""
    row = held(claim)
    require(rules.may_change(by, row))
    state = CLAIM.after(row.state, "change")
    values = _values(told)
    fields = [name for name in _ASKED if getattr(row, name) != values[name]]
    if not fields and row.state != "returned":
        return row
    require(rules.can_be_decided(row, revision))
    require(rules.can_be_claimed(told, localdate(at)))
    before = row.state
    row.verified_in = None
    for name, value in values.items():
        setattr(row, name, value)
    _once(row)
    row.state, row.claimed_at, row.revision = state, at, row.revision + 1
    row.save()
    said(ClaimChanged(fields, before), row, by=by, at=at)
    return row


@action
def add_evidence(claim: Claim, file: File, *, by: Actor, at: datetime) -> Evidence:
    """Add a file while it waits or was returned."""
    row = _writing(claim, by)
    made = _keep(row, file, by=by, at=at)
    _touched(row, by=by, at=at)
    return made


@action
def drop_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> bool:
    """Take a file out, but never the last one; says whether it was there."""
    row = _writing(evidence.claim, by)
    mine = list(row.evidence.select_related("kept"))
    found = next((one for one in mine if one.pk == evidence.pk), None)
    if found is None:
        return False
    if len(mine) == 1:
        raise Refused(not_now("claims.no_evidence"))
    _forget(found)
    _touched(row, by=by, at=at)
    return True


@action
def withdraw_claim(claim: Claim, *, by: Actor, at: datetime) -> Claim:
    """Take it back; it counts no more, and its evidence is forgotten."""
    row = held(claim)
    require(rules.may_change(by, row))
    before = row.state
    row.state = CLAIM.after(row.state, "withdraw")
    row.verified_in = None
    row.decided_at, row.told_at = at, at
    row.save()
    for one in row.evidence.select_related("kept"):
        _forget(one)
    said(ClaimWithdrawn(before), row, by=by, at=at)
    return row


@action
def read_decision(claim: Claim, *, by: Actor, at: datetime) -> Claim:
    """Whoever claims has read what was decided; the first time counts."""
    row = held(claim)
    require(rules.may_change(by, row))
    if row.decided_at is not None and row.told_at is None:
        row.told_at = at
        row.save(update_fields=["told_at"])
    return row


@action
def forget_evidence(*, by: Actor, at: datetime) -> int:
    """Forget the evidence of what has long been over; says of how many files. May run twice."""
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(may_not("kernel.role_own"))
    long_ago = at - rules.EVIDENCE_KEPT
    rows = Evidence.objects.filter(claim__state__in=OVER, claim__decided_at__lt=long_ago)
    found = list(rows.select_related("kept"))
    for one in found:
        _forget(one)
    return len(found)


def held(claim: Claim) -> Claim:
    """As it is now, until the open transaction is through."""
    rows = Claim._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "person", "verified_in").get(pk=claim.pk)


def said(fact: Fact, row: Claim, *, by: Actor, at: datetime) -> None:
    """The fact, with the claim as its subject."""
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)


def _values(told: Told) -> dict[str, Any]:
    return {
        "title": told.title.strip(),
        "issuer": told.issuer.strip(),
        "number": told.number.strip(),
        "issuer_key": plain(told.issuer),
        "number_key": plain(told.number),
        "issued_on": told.issued_on,
        "valid_until": told.valid_until,
        "scheme": told.scheme,
        "level": told.level,
        "occupation_id": told.occupation.pk if told.occupation else None,
    }


def _once(row: Claim) -> None:
    rows = Claim._base_manager.filter(
        person=row.person, issuer_key=row.issuer_key, number_key=row.number_key,
        state__in=OPEN,
    )  # fmt: skip
    if rows.exclude(pk=row.pk).exists():
        raise Refused(not_now("claims.claimed_already"))


def _writing(claim: Claim, by: Actor) -> Claim:
    row = held(claim)
    require(rules.may_change(by, row))
    require(rules.can_be_written(row))
    return row


def _touched(row: Claim, *, by: Actor, at: datetime) -> None:
    row.revision += 1
    row.save(update_fields=["revision"])
    said(ClaimChanged(["evidence"], row.state), row, by=by, at=at)


def _keep(row: Claim, file: File, *, by: Actor, at: datetime) -> Evidence:
    content, name = file
    require(rules.can_add(Evidence.objects.filter(claim=row).count()))
    media_type, bytes_ = evidence_of(content)
    kept = keep(bytes_, name, organisation=row.organisation, by=by, at=at)
    return Evidence.objects.create(claim=row, kept=kept, media_type=media_type, added_at=at)


def _forget(one: Evidence) -> None:
    one.delete()
    drop(one.kept)
