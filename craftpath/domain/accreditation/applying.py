"""What an enterprise that is here asks for: places of a further occupation or site, or more of one and longer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.accreditation import rules
from craftpath.domain.accreditation.facts import ApplicationMoved
from craftpath.domain.accreditation.models import PlaceApplication
from craftpath.domain.accreditation.placing import Room, accredit_place, renew_place, standing_place
from craftpath.domain.accreditation.queries import authority_of, rule_for
from craftpath.domain.accreditation.states import APPLICATION
from craftpath.domain.accreditation.trades import same_trade
from craftpath.domain.accreditation.wording import LONGEST_WORDS
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """For which occupation, what is there, and how many places are asked for."""

    occupation: Mapping[str, str]
    workers: int
    mentors: int
    capacity: int
    words: str = ""


@action
def apply_for_places(
    organisation: Organisation, wanted: Wanted, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> PlaceApplication:
    """Ask the city, once for each occupation and place at a time; the same `made_id` again is the same row."""
    require(rules.may_apply(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    waiting = PlaceApplication._base_manager.filter(organisation=organisation)
    known = waiting.filter(made_id=made_id).first()
    if known is not None:
        return known
    authority = authority_of(organisation)
    if authority is None:
        raise Refused(not_now("accreditation.no_such_city"))
    require(rules.can_hold_places(organisation, authority))
    if not any(wanted.occupation.values()):
        raise Refused(not_now("accreditation.no_occupation"))
    if any(same_trade(one.occupation, wanted.occupation) for one in waiting.filter(state="asked")):
        raise Refused(not_now("accreditation.asked_already"))
    require(rules.can_have(wanted.capacity, wanted.workers, wanted.mentors, rule_for(authority)))
    if len(wanted.words) > LONGEST_WORDS:
        raise Refused(not_now("accreditation.too_many_words", most=LONGEST_WORDS))
    row = PlaceApplication(
        made_id=made_id, authority=authority, organisation=organisation, occupation=dict(wanted.occupation),
        workers=wanted.workers, mentors=wanted.mentors, capacity=wanted.capacity, words=wanted.words.strip(),
        made_by=by.person, made_at=at, state_at=at,
    )  # fmt: skip
    row.save()
    return _told(row, by=by, at=at)


@action
def grant_application(
    application: PlaceApplication, room: Room, *, by: Actor, at: datetime
) -> PlaceApplication:
    """Accredit what was asked for, as the city counts it; where the occupation stands there already, renew it."""
    row = _held(application)
    require(rules.may_accredit(by, row.authority))
    row.state = APPLICATION.after(row.state, "grant")
    there = standing_place(row.organisation, row.occupation)
    if there is not None:
        row.place = renew_place(there, room, by=by, at=at)
    else:
        row.place = accredit_place(
            row.authority, organisation=row.organisation, occupation=row.occupation, room=room, by=by, at=at
        )
    return _decided(row, "", by=by, at=at)


@action
def decline_application(
    application: PlaceApplication, *, because: str, by: Actor, at: datetime
) -> PlaceApplication:
    """Say no, and why; the enterprise may ask anew."""
    row = _held(application)
    require(rules.may_accredit(by, row.authority))
    require(rules.can_say(because))
    row.state = APPLICATION.after(row.state, "decline")
    return _decided(row, because.strip(), by=by, at=at)


@action
def withdraw_application(application: PlaceApplication, *, by: Actor, at: datetime) -> PlaceApplication:
    """Take it back, while nobody has decided."""
    row = _held(application)
    require(rules.may_apply(by, row.organisation))
    row.state = APPLICATION.after(row.state, "withdraw")
    return _moved(row, by=by, at=at)


def _held(application: PlaceApplication) -> PlaceApplication:
    rows = PlaceApplication._base_manager.select_for_update(of=("self",))
    return rows.select_related("authority", "organisation").get(pk=application.pk)


def _decided(row: PlaceApplication, because: str, *, by: Actor, at: datetime) -> PlaceApplication:
    row.because, row.decided_by = because, by.person
    return _moved(row, by=by, at=at)


def _moved(row: PlaceApplication, *, by: Actor, at: datetime) -> PlaceApplication:
    row.state_at = at
    row.save()
    return _told(row, by=by, at=at)


def _told(row: PlaceApplication, *, by: Actor, at: datetime) -> PlaceApplication:
    told = ApplicationMoved(row.public_id, row.state, row.capacity, row.because)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row
