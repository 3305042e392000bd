"""What the city does with a registration: line by line, a visit, back, checked, registered; later on hold or over."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from craftpath.domain.accreditation import rules
from craftpath.domain.accreditation.facts import EnterpriseVisited, LineChecked
from craftpath.domain.accreditation.models import LineCheck, Registration, TrainingPlace, Visit
from craftpath.domain.accreditation.queries import rule_for
from craftpath.domain.accreditation.registering import advance, held
from craftpath.domain.accreditation.wording import LINES, LONGEST_WORDS, OUTCOMES
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import plant_organisation
from craftpath.kernel.facts import tell
from craftpath.kernel.invitations import Guest, Sent, invite
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.roles import Role
from craftpath.values.verdict import YES, Refused, not_now, require

if TYPE_CHECKING:
    from collections.abc import Iterable


@action
def check_line(
    registration: Registration, *, line: str, outcome: str, phrase: str = "", by: Actor, at: datetime
) -> LineCheck:
    """Accept a line, or ask something about it in a phrase; the last word counts."""
    row = _of_city(registration, by)
    require(rules.can_check_line(row))
    if line not in LINES or outcome not in OUTCOMES:
        raise Refused(not_now("accreditation.line_unknown"))
    require(rules.can_say(phrase) if outcome == "asked" else YES)
    values = {
        "outcome": outcome,
        "phrase": phrase.strip() if outcome == "asked" else "",
        "checked_by": by.person,
        "checked_at": at,
    }
    made, _new = LineCheck._base_manager.update_or_create(registration=row, line=line, defaults=values)
    tell(LineChecked(line, outcome), by=by, at=at, organisation=row.authority, subject=row.ref)
    return made


@action
def accept_open_lines(registration: Registration, *, by: Actor, at: datetime) -> int:
    """Accept every line about which nobody has said anything; returns how many."""
    row = _of_city(registration, by)
    require(rules.can_check_line(row))
    said = set(LineCheck._base_manager.filter(registration=row).values_list("line", flat=True))
    fresh = [line for line in LINES if line not in said]
    for line in fresh:
        check_line(row, line=line, outcome="accepted", by=by, at=at)
    return len(fresh)


@action
def note_visit(
    registration: Registration, *, on: date, fit: bool, findings: str, by: Actor, at: datetime
) -> Visit:
    """Write down what was seen at the enterprise; several visits stand beside each other, the same one once."""
    row = _of_city(registration, by)
    if row.state not in ("submitted", "checked", "registered", "suspended"):
        raise Refused(not_now("accreditation.not_submitted"))
    require(rules.can_say(findings, LONGEST_WORDS))
    if on > _day(at):
        raise Refused(not_now("accreditation.visit_ahead"))
    seen = {"registration": row, "on": on, "fit": fit, "findings": findings.strip()}
    known: Visit | None = Visit._base_manager.filter(**seen).first()
    if known is not None:
        return known
    made = Visit(**seen, visited_by=by.person, noted_at=at)
    made.save()
    tell(EnterpriseVisited(on.isoformat(), fit), by=by, at=at, organisation=row.authority, subject=row.ref)
    return made


@action
def return_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Give it back with what was asked line by line."""
    row = _of_city(registration, by)
    require(rules.can_return(_checks(row)))
    return advance(row, "return", by=by, at=at)


@action
def check_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Say that the papers are in order."""
    row = _of_city(registration, by)
    require(rules.can_check(_checks(row)))
    return advance(row, "check", by=by, at=at)


@action
def register_enterprise(
    registration: Registration,
    *,
    valid_until: date,
    organisation: Organisation | None = None,
    by: Actor,
    at: datetime,
) -> Registration:
    """Take it into the register: as the `organisation` that it is already, else as a new one below the city."""
    row = _of_city(registration, by)
    fit = list(Visit._base_manager.filter(registration=row).values_list("fit", flat=True)[:1])
    require(rules.can_register(row, rule_for(row.authority), fit, _day(at), valid_until))
    if organisation is not None:
        require(rules.can_hold_places(organisation, row.authority))
    place = organisation or _planted(row, by, at)
    row.organisation, row.valid_until, row.decided_by = place, valid_until, by.person
    try:
        with transaction.atomic():
            row = advance(row, "register", by=by, at=at)
    except IntegrityError as fault:
        raise Refused(not_now("accreditation.code_taken")) from fault
    # What was accredited there before, perhaps by a registration that has expired, stands on this one from now on.
    standing = TrainingPlace._base_manager.filter(organisation__path__startswith=place.path)
    standing.exclude(state="ended").update(registration=row)
    return row


@action
def invite_first(registration: Registration, *, by: Actor, at: datetime) -> Sent:
    """Invite the contact as the first who looks after apprentices at a new enterprise; once more makes a new link."""
    row = _of_city(registration, by)
    if row.state != "registered" or row.organisation is None:
        raise Refused(not_now("accreditation.not_registered"))
    guest = Guest(row.contact_name, row.contact_mail or row.contact_phone, Role.HR)
    [sent] = invite([guest], row.organisation, starts_on=_day(at), by=by, at=at)
    return sent


@action
def suspend_registration(
    registration: Registration, *, because: str, by: Actor, at: datetime
) -> Registration:
    """Put it on hold for a reason; apprentices who are there stay, and their records go on."""
    row = _of_city(registration, by)
    require(rules.can_say(because))
    return advance(row, "suspend", because=because.strip(), by=by, at=at)


@action
def resume_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Take it up again."""
    return advance(_of_city(registration, by), "resume", by=by, at=at)


@action
def expire_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Strike it out once its last day has passed."""
    row = _of_city(registration, by)
    require(rules.can_expire(row, _day(at)))
    return advance(row, "expire", by=by, at=at)


def _planted(row: Registration, by: Actor, at: datetime) -> Organisation:
    key = f"e-{row.credit_code.lower()}"
    known: Organisation | None = Organisation.objects.filter(key=key).first()
    if known is not None:
        require(rules.can_hold_places(known, row.authority))
        return known
    values = {"key": key, "kind": Kind.ENTERPRISE.value, "name": row.name, "parent": row.authority}
    return plant_organisation(**values, by=by, at=at)


def _of_city(registration: Registration, by: Actor) -> Registration:
    row = held(registration)
    require(rules.may_accredit(by, row.authority))
    return row


def _checks(row: Registration) -> Iterable[LineCheck]:
    return list(LineCheck._base_manager.filter(registration=row))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
