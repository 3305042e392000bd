"""Registering: by oneself, with an account or without one, and many at once for an organisation."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.timezone import localdate

from craftpath.domain.workshops import rules
from craftpath.domain.workshops.facts import Registered
from craftpath.domain.workshops.models import Presence, Registration, Site, Workshop
from craftpath.domain.workshops.seats import LETTER, given_back, seated, told_move
from craftpath.domain.workshops.states import REGISTRATION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.people import Person
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of codes that are read aloud and typed: none that is taken for another."""

DAY = timedelta(days=1)
LETTERS_A_DAY = 3
"""Letters that one address is sent within a day, however often somebody registers it and withdraws."""


@dataclass(frozen=True, slots=True)
class Comer:
    """What somebody says who wants to come."""

    name: str
    organisation_name: str
    kind: str
    city: str
    way: str
    site: Site | None = None
    email: str = ""
    phone: str = ""
    needs: str = ""
    gender: str = ""
    pictures: bool = False
    notice_version: int = 0


def new_code(length: int = 6) -> str:
    """Letters and digits that nobody mixes up."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


@action
def register(
    workshop: Workshop, comer: Comer, *, person: Person | None = None, by: Actor, at: datetime
) -> Registration:
    """Take somebody: with a seat or on line, else on the waiting list of the site. Each comes once."""
    row = _open(workshop, at)
    made = _registered(row, comer, person, by=by, at=at)
    _told(row, 1, made.state, by=by, at=at)
    return made


@action
def register_many(
    workshop: Workshop, comers: Sequence[Comer], *, by: Actor, at: datetime
) -> list[Registration]:
    """Take the people whom an organisation names: all of them or none.

    The office does so at the door and from a signed list, too: the last day to register does not bind it.
    """
    row = _locked(workshop)
    require(rules.may_run(by, row))
    require(rules.is_open(row))
    if not comers:
        raise Refused(not_now("workshops.nobody_named"))
    if len(comers) > rules.MOST_AT_ONCE:
        raise Refused(not_now("workshops.too_many_at_once", most=rules.MOST_AT_ONCE))
    made = []
    for line, comer in enumerate(comers, start=1):
        try:
            made.append(_registered(row, comer, None, by=by, at=at))
        except Refused as refused:
            if refused.verdict.reason != "workshops.registered_already":
                raise
            raise Refused(not_now("workshops.line_twice", line=line, name=comer.name)) from refused
    _told(row, len(made), "registered", by=by, at=at)
    return made


@action
def change_registration(registration: Registration, comer: Comer, *, by: Actor, at: datetime) -> Registration:
    """Say it otherwise; who goes to another site or way gives the seat back and queues there."""
    row = _held(registration, by)
    require(rules.can_change(row.workshop))
    require(rules.can_come(row.workshop, comer.way, comer.site))
    comer = replace(comer, phone=plain_phone(comer.phone))
    _reachable(row.workshop, comer, apart_from=row)
    before = row.site
    _put(row, comer)
    if (before.pk if before else 0) != (comer.site.pk if comer.site else 0):
        if Presence._base_manager.filter(registration=row).exists():
            raise Refused(not_now("workshops.came_already"))
        held = row.state == "placed"
        got = seated(comer.site, at=at, by=by)
        if got and row.state == "waiting":
            row.state = REGISTRATION.after(row.state, "register")
        elif not got and row.state == "placed":
            row.state = REGISTRATION.after(row.state, "change")
        row.save()
        told_move(row, by=by, at=at)
        if held:
            given_back(before, by=by, at=at)
    else:
        row.save()
    return row


@action
def withdraw_registration(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Not come after all: whoever waits longest moves up. Once more changes nothing."""
    row = _held(registration, by, withdrawn=True)
    if row.state == "withdrawn":
        return row
    if Presence._base_manager.filter(registration=row).exists():
        raise Refused(not_now("workshops.came_already"))
    held = row.state == "placed"
    row.state = REGISTRATION.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    told_move(row, by=by, at=at)
    if held:
        given_back(row.site, by=by, at=at)
    return row


@action
def try_badge(registration: Registration, code: str, *, by: Actor, at: datetime) -> Verdict:
    """Whether this is the code of a registration. A wrong one is counted, so this answers and does not refuse.

    The right one confirms a guest's registration: the link came where it was sent.
    """
    row = Registration._base_manager.select_for_update(of=("self",)).get(pk=registration.pk)
    if row.tries >= rules.TRIES:
        return not_now("workshops.code_locked")
    if not constant_time_compare(plain_code(code), row.badge):
        row.tries += 1
        row.save(update_fields=["tries"])
        left = rules.TRIES - row.tries
        return not_now("workshops.code_wrong", left=left) if left else not_now("workshops.code_locked")
    row.tries, row.confirmed_at = 0, row.confirmed_at or at
    row.save(update_fields=["tries", "confirmed_at"])
    return YES


def plain_phone(typed: str) -> str:
    """A number as it is kept, so that one number is one person: digits, with a + where another country is dialled."""
    words = unicodedata.normalize("NFKC", typed).strip()
    digits = "".join(one for one in words if one.isascii() and one.isdigit())
    abroad = words.startswith(("+", "00"))
    digits = digits.removeprefix("00") if abroad else digits
    if abroad and digits.startswith("86"):
        return digits.removeprefix("86")
    return f"+{digits}" if abroad and digits else digits


def plain_code(typed: str) -> str:
    """A code as it is kept, whatever was typed between its letters; a picture of it may say what it is for first."""
    return "".join(one for one in typed.rpartition(":")[2].upper() if one in LETTERS)[:6]


def _registered(
    workshop: Workshop, comer: Comer, person: Person | None, *, by: Actor, at: datetime
) -> Registration:
    require(rules.can_come(workshop, comer.way, comer.site))
    comer = replace(comer, phone=plain_phone(comer.phone))
    _reachable(workshop, comer, person)
    row = Registration(
        workshop=workshop, person=person, badge=_badge(workshop), made_by=by.person, made_at=at
    )
    row.confirmed_at = at if by.person is not None else None
    _put(row, comer)
    if seated(comer.site, at=at, by=by):
        row.state = REGISTRATION.after(row.state, "register")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:  # two at the same moment: the database knows one of them
        raise Refused(not_now("workshops.registered_already")) from twice
    if row.email and person is None and _few_letters(row.email, at):
        enqueue(LETTER, row.pk)
    return row


def _few_letters(email: str, at: datetime) -> bool:
    """Whether an address may be written to once more: registrations of one day, here and elsewhere, are counted."""
    day = Registration._base_manager.filter(email=email, person__isnull=True, made_at__gt=at - DAY)
    return day.count() <= LETTERS_A_DAY


def _reachable(
    workshop: Workshop, comer: Comer, person: Person | None = None, apart_from: Registration | None = None
) -> None:
    """Somebody can be reached, by a way that nobody else here gave."""
    if (
        not comer.email
        and not comer.phone
        and person is None
        and (apart_from is None or not apart_from.person_id)
    ):
        raise Refused(not_now("workshops.no_contact"))
    same = Q(pk__in=[])
    if comer.email:
        same |= Q(email=comer.email.lower())
    if comer.phone:
        same |= Q(phone=comer.phone)
    if person is not None:
        same |= Q(person=person)
    rows = Registration._base_manager.filter(same, workshop=workshop).exclude(state="withdrawn")
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    if rows.exists():
        raise Refused(not_now("workshops.registered_already"))


def _put(row: Registration, comer: Comer) -> None:
    row.name, row.organisation_name, row.kind, row.city = (
        comer.name,
        comer.organisation_name,
        comer.kind,
        comer.city,
    )
    row.way, row.site, row.email, row.phone = comer.way, comer.site, comer.email.lower(), comer.phone
    row.needs, row.pictures = comer.needs, comer.pictures
    row.gender = comer.gender if row.workshop.asks_gender else ""
    row.notice_version = comer.notice_version or row.notice_version or 0


def _badge(workshop: Workshop) -> str:
    taken = set(Registration._base_manager.filter(workshop=workshop).values_list("badge", flat=True))
    code = new_code()
    while code in taken:
        code = new_code()
    return code


def _open(workshop: Workshop, at: datetime) -> Workshop:
    row = _locked(workshop)
    require(rules.can_register(row, localdate(at, row.zone)))
    return row


def _locked(workshop: Workshop) -> Workshop:
    rows = Workshop._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=workshop.pk)


def _held(registration: Registration, by: Actor, *, withdrawn: bool = False) -> Registration:
    Workshop._base_manager.select_for_update(of=("self",)).get(pk=registration.workshop_id)
    rows = Registration._base_manager.select_for_update(of=("self",))
    row = rows.select_related("workshop__organisation", "site", "person").get(pk=registration.pk)
    require(rules.may_touch(by, row))
    if row.state == "withdrawn" and not withdrawn:
        raise Refused(not_now("workshops.withdrawn"))
    return row


def _told(workshop: Workshop, count: int, state: str, *, by: Actor, at: datetime) -> None:
    tell(Registered(count, state), by=by, at=at, organisation=workshop.organisation, subject=workshop.ref)
