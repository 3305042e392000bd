"""What the enterprise does: begin, write, add files, submit, withdraw. By a link, so `by` may be nobody by name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.accreditation import rules
from craftpath.domain.accreditation.facts import EvidenceGiven, RegistrationDrafted, RegistrationMoved
from craftpath.domain.accreditation.models import Evidence, Registration
from craftpath.domain.accreditation.states import REGISTRATION
from craftpath.domain.accreditation.wording import LINES
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.organisations import Kind
from craftpath.values.credit_code import tidy
from craftpath.values.verdict import YES, Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the city talks to."""

    name: str
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the form says: `occupations` are (name in its languages, places), `masters` (name, qualification)."""

    name: dict[str, str]
    credit_code: str
    address: str
    contact: Contact
    workers: int | None
    occupations: Sequence[tuple[dict[str, str], int]]
    masters: Sequence[tuple[str, str]]
    equipment: str
    safety: str
    rooms: str
    pays: str


@action
def draft_registration(
    authority: Organisation, *, made_id: uuid.UUID, name: dict[str, str], contact: Contact, by: Actor, at: datetime
) -> Registration:  # fmt: skip
    """Begin to register with a city; the same `made_id` again is the same draft."""
    if authority.kind != Kind.CITY:
        raise Refused(not_now("accreditation.no_such_city"))
    values = {
        "authority": authority, "name": name, "contact_name": contact.name, "contact_phone": contact.phone,
        "contact_mail": contact.mail, "made_at": at, "state_at": at,
    }  # fmt: skip
    row, new = Registration._base_manager.get_or_create(made_id=made_id, defaults=values)
    if new:
        told = RegistrationDrafted(row.public_id)
        tell(told, by=by, at=at, organisation=authority, subject=row.ref)
    return row


@action
def write_registration(registration: Registration, told: Told, *, by: Actor, at: datetime) -> Registration:
    """Write all of it anew, as a draft or after it was given back; a wrong code may stand until it is submitted."""
    row = held(registration)
    require(rules.can_write(row))
    row.name, row.credit_code, row.address = told.name, tidy(told.credit_code)[:18], told.address
    row.contact_name, row.contact_phone = told.contact.name, told.contact.phone
    row.contact_mail, row.workers = told.contact.mail, told.workers
    row.occupations = [{"name": name, "places": places} for name, places in told.occupations]
    row.masters = [{"name": name, "qualification": what} for name, what in told.masters]
    row.equipment, row.safety, row.rooms, row.pays = told.equipment, told.safety, told.rooms, told.pays
    row.save()
    return row


@action
def submit_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Put it before the city; what was asked back waits to be looked at again."""
    row = held(registration)
    require(rules.can_write(row))
    require(rules.can_submit(row))
    row.submitted_at = at
    return advance(row, "submit", by=by, at=at)


@action
def withdraw_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Take it back; the caller has seen that this is the enterprise, or the city. Out of the register only the city."""
    row = held(registration)
    require(YES if rules.may_accredit(by, row.authority) else rules.can_take_back(row))
    return advance(row, "withdraw", by=by, at=at)


@action
def give_evidence(
    registration: Registration, *, line: str, content: bytes, name: str, by: Actor, at: datetime
) -> Evidence:
    """Add a file to a line while the registration may be written."""
    row = held(registration)
    require(rules.can_write(row))
    if line not in LINES:
        raise Refused(not_now("accreditation.line_unknown"))
    if Evidence._base_manager.filter(registration=row).count() >= rules.MOST_EVIDENCE:
        raise Refused(not_now("accreditation.too_much_evidence", most=rules.MOST_EVIDENCE))
    found = look_at(content)
    kept = keep(found.content, name or "file", organisation=row.authority, by=by, at=at)
    made = Evidence(registration=row, line=line, kept=kept, media_type=found.media_type, given_at=at)
    made.save()
    tell(EvidenceGiven(line, False), by=by, at=at, organisation=row.authority, subject=row.ref)
    return made


@action
def take_back_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Take a file back while the registration may be written; once more changes nothing."""
    row = held(evidence.registration)
    require(rules.can_write(row))
    if evidence.taken_back_at is None:
        evidence.taken_back_at = at
        evidence.save(update_fields=["taken_back_at"])
        tell(EvidenceGiven(evidence.line, True), by=by, at=at, organisation=row.authority, subject=row.ref)
    return evidence


def held(registration: Registration) -> Registration:
    """The row, kept from others until the transaction ends."""
    rows = Registration._base_manager.select_for_update(of=("self",))
    return rows.select_related("authority", "organisation").get(pk=registration.pk)


def advance(row: Registration, move: str, *, because: str = "", by: Actor, at: datetime) -> Registration:
    """One step further, with the reason."""
    row.state = REGISTRATION.after(row.state, move)
    row.state_at, row.because = at, because
    row.save()
    told = RegistrationMoved(row.public_id, row.state, because)
    tell(told, by=by, at=at, organisation=row.authority, subject=row.ref)
    return row
