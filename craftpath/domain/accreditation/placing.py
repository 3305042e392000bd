"""Training places: accredited, renewed, on hold, ended; and the rule of the city by which they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Value, When

from craftpath.domain.accreditation import rules
from craftpath.domain.accreditation.facts import DeskRuleSet, PlaceMoved
from craftpath.domain.accreditation.models import DeskRule, Registration, TrainingPlace
from craftpath.domain.accreditation.queries import rule_for
from craftpath.domain.accreditation.states import PLACE
from craftpath.domain.accreditation.trades import same_trade
from craftpath.domain.accreditation.wording import LEVELS, LONGEST_WORDS
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.tenancy import paths_to
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, not_now, require

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Room:
    """What is there, how many places that makes, until when and under which conditions."""

    workers: int
    mentors: int
    capacity: int
    valid_from: date
    valid_until: date
    conditions: str = ""


@action
def accredit_place(
    authority: Organisation,
    *,
    organisation: Organisation,
    occupation: Mapping[str, str],
    room: Room,
    by: Actor,
    at: datetime,
) -> TrainingPlace:
    """Say that so many apprentices of an occupation may learn there; an occupation stands once at each place."""
    require(rules.may_accredit(by, authority))
    require(YES if authority.kind == Kind.CITY else not_now("accreditation.no_such_city"))
    require(rules.can_hold_places(organisation, authority))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if not any(occupation.values()):
        raise Refused(not_now("accreditation.no_occupation"))
    if standing_place(organisation, occupation) is not None:
        raise Refused(not_now("accreditation.place_there"))
    row = TrainingPlace(
        authority=authority,
        organisation=organisation,
        registration=_registered(organisation),
        occupation=dict(occupation),
        made_by=by.person,
        made_at=at,
        state_at=at,
    )
    _fill(row, room)
    return _moved(row, "accredit", by=by, at=at)


@action
def renew_place(place: TrainingPlace, room: Room, *, by: Actor, at: datetime) -> TrainingPlace:
    """Count anew and say until when; what was before stays in the history."""
    row = _held(place, by)
    if row.state == "ended":
        raise Refused(not_now("accreditation.place_ended"))
    _fill(row, room)
    return _moved(row, "renew", by=by, at=at)


@action
def suspend_place(place: TrainingPlace, *, because: str, by: Actor, at: datetime) -> TrainingPlace:
    """Let nobody new begin there, for a reason; whoever learns there goes on."""
    row = _held(place, by)
    require(rules.can_say(because))
    row.state = PLACE.after(row.state, "suspend")
    return _moved(row, "suspend", because=because.strip(), by=by, at=at)


@action
def resume_place(place: TrainingPlace, *, by: Actor, at: datetime) -> TrainingPlace:
    """Take it up again."""
    row = _held(place, by)
    row.state = PLACE.after(row.state, "resume")
    return _moved(row, "resume", by=by, at=at)


@action
def end_place(place: TrainingPlace, *, because: str, by: Actor, at: datetime) -> TrainingPlace:
    """Take the accreditation back for good; another one may follow."""
    row = _held(place, by)
    require(rules.can_say(because))
    row.state = PLACE.after(row.state, "end")
    return _moved(row, "end", because=because.strip(), by=by, at=at)


@action
def set_rule(
    organisation: Organisation, *, level: str, workers: int, per_mentor: int, visit: bool, by: Actor, at: datetime
) -> DeskRule:  # fmt: skip
    """Say what holds from now on; places that stand are not counted anew. The same changes nothing."""
    require(rules.may_accredit(by, organisation))
    if level not in LEVELS or not (1 <= workers <= 50 and 1 <= per_mentor <= 50):
        raise Refused(not_now("accreditation.rule_unsound"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = DeskRule._base_manager.filter(organisation=organisation).first() or DeskRule(
        organisation=organisation
    )
    wanted = (level, workers, per_mentor, visit)
    if row.pk is not None and (row.level, row.workers, row.per_mentor, row.visit) == wanted:
        return row
    row.level, row.workers, row.per_mentor, row.visit = wanted
    row.set_by, row.set_at = by.person, at
    row.save()
    subject = Ref("kernel", "organisation", organisation.public_id)
    tell(DeskRuleSet(*wanted), by=by, at=at, organisation=organisation, subject=subject)
    return row


def standing_place(organisation: Organisation, occupation: Mapping[str, str]) -> TrainingPlace | None:
    """The place of an occupation that has not ended right there, if there is one; whoever asks."""
    rows = TrainingPlace._base_manager.filter(organisation=organisation).exclude(state="ended").order_by("pk")
    return next((one for one in rows if same_trade(one.occupation, occupation)), None)


def _fill(row: TrainingPlace, room: Room) -> None:
    require(rules.can_have(room.capacity, room.workers, room.mentors, rule_for(row.authority)))
    require(rules.can_last(room.valid_from, room.valid_until))
    if len(room.conditions) > LONGEST_WORDS:
        raise Refused(not_now("accreditation.too_many_words", most=LONGEST_WORDS))
    row.workers, row.mentors, row.capacity = room.workers, room.mentors, room.capacity
    row.valid_from, row.valid_until, row.conditions = room.valid_from, room.valid_until, room.conditions


def _registered(organisation: Organisation) -> Registration | None:
    """The registration on which places there stand: the one in force, else the newest, which then lets nobody begin."""
    rows = Registration._base_manager.filter(organisation__path__in=paths_to(organisation.path))
    rows = rows.alias(first=Case(When(state="registered", then=Value(0)), default=Value(1)))
    return rows.order_by("first", "-pk").first()


def _held(place: TrainingPlace, by: Actor) -> TrainingPlace:
    rows = TrainingPlace._base_manager.select_for_update(of=("self",))
    row = rows.select_related("authority", "organisation").get(pk=place.pk)
    require(rules.may_accredit(by, row.authority))
    return row


def _moved(row: TrainingPlace, move: str, *, because: str = "", by: Actor, at: datetime) -> TrainingPlace:
    row.because, row.state_at = because, at
    row.save()
    told = PlaceMoved(row.public_id, move, row.capacity, row.valid_until.isoformat(), because)
    tell(told, by=by, at=at, organisation=row.authority, subject=row.ref)
    return row
