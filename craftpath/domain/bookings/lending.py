"""Offering things to be booked: what they are, by which rules, and when they are out of order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from craftpath.domain.bookings import rules
from craftpath.domain.bookings.facts import (
    ThingChanged,
    ThingClosed,
    ThingMoved,
    ThingOffered,
    ThingReopened,
)
from craftpath.domain.bookings.models import Booking, Closure, Thing
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import KeptFile, keep
from craftpath.kernel.media import photo
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

Picture = tuple[bytes, str]
"""What was uploaded, and how the sender calls it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a thing is, and the rules by which it is booked."""

    kind: str
    name: dict[str, str]
    place: str = ""
    words: str = ""
    seats: int = 1
    for_partners: bool = False
    hours: tuple[tuple[int, int] | tuple[()], ...] = rules.USUAL_HOURS
    longest: int = 480
    ahead_hours: int = 0
    asks: bool = False
    price: int = 0
    currency: str = "CNY"
    training: str = ""


@action
def offer_thing(
    owner: Organisation,
    terms: Terms,
    *,
    site: Organisation,
    trainer: Person | None = None,
    picture: Picture | None = None,
    by: Actor,
    at: datetime,
) -> Thing:
    """It can be booked from now on; its picture is drawn anew."""
    require(rules.may_lend(by, owner))
    given = asdict(terms)
    require(rules.can_be_offered(owner, site, trainer, given, at.date()))
    if trainer is not None:
        # Two who offer the same person at once stand in one line here; the constraint has the last word.
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=trainer.pk)
    _require_once(trainer)
    row = Thing(organisation=owner, site=site, trainer=trainer, made_by=by.person, made_at=at, **given)
    if picture is not None:
        row.photo = _kept(picture, owner, by, at)
    row.save()
    _tell(ThingOffered(row.kind), row, by=by, at=at)
    return row


@action
def change_thing(
    thing: Thing,
    terms: Terms,
    *,
    site: Organisation,
    trainer: Person | None = None,
    picture: Picture | None = None,
    by: Actor,
    at: datetime,
) -> Thing:
    """Change what it is or its rules; what is booked already stays as it is."""
    row = _locked(thing, by)
    given: dict[str, Any] = {**asdict(terms), "site": site, "trainer": trainer}
    require(rules.can_be_offered(row.organisation, site, trainer, given, at.date()))
    if trainer is not None and trainer.pk != row.trainer_id and row.retired_at is None:
        _require_once(trainer)
    given["hours"] = [list(day) for day in terms.hours]
    if picture is not None:
        given["photo"] = _kept(picture, row.organisation, by, at)
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        row.save(update_fields=changed)
        _tell(ThingChanged(changed), row, by=by, at=at)
    return row


@action
def retire_thing(thing: Thing, *, by: Actor, at: datetime) -> Thing:
    """Nobody can book it any more; what is booked stays."""
    row = _locked(thing, by)
    if row.retired_at is None:
        row.retired_at = at
        row.save(update_fields=["retired_at"])
        _tell(ThingMoved("retired"), row, by=by, at=at)
    return row


@action
def return_thing(thing: Thing, *, by: Actor, at: datetime) -> Thing:
    """It can be booked again."""
    row = _locked(thing, by)
    if row.retired_at is not None:
        _require_once(row.trainer)
        row.retired_at = None
        row.save(update_fields=["retired_at"])
        _tell(ThingMoved("offered"), row, by=by, at=at)
    return row


@action
def close_thing(
    thing: Thing, *, starts_at: datetime, ends_at: datetime, because: str, by: Actor, at: datetime
) -> Closure:
    """It is out of order; not while somebody has booked it, who would hear nothing of it."""
    row = _locked(thing, by)
    require(rules.can_say(because))
    if ends_at <= starts_at:
        raise Refused(not_now("bookings.span_unclear"))
    booked = Booking._base_manager.filter(
        thing=row, state__in=("asked", "booked"), starts_at__lt=ends_at, ends_at__gt=starts_at
    ).count()
    if booked:
        raise Refused(not_now("bookings.booked_then", count=booked))
    closure = Closure.objects.create(
        thing=row,
        starts_at=starts_at,
        ends_at=ends_at,
        because=because.strip(),
        made_by=by.person,
        made_at=at,
    )
    _tell(ThingClosed(starts_at, ends_at, closure.because), row, by=by, at=at)
    return closure


@action
def reopen_thing(closure: Closure, *, by: Actor, at: datetime) -> bool:
    """It works after all; says whether it was out of order still."""
    row = _locked(closure.thing, by)
    gone, _ = Closure.objects.filter(pk=closure.pk).delete()
    if gone:
        _tell(ThingReopened(closure.starts_at, closure.ends_at), row, by=by, at=at)
    return bool(gone)


def lock(thing: Thing) -> Thing:
    """The thing as it is now, until the open transaction is through: whoever books or changes it stands in line."""
    rows = Thing._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "site", "trainer").get(pk=thing.pk)


def _locked(thing: Thing, by: Actor) -> Thing:
    row = lock(thing)
    require(rules.may_lend(by, row.organisation))
    return row


def _kept(picture: Picture, owner: Organisation, by: Actor, at: datetime) -> KeptFile:
    content, name = picture
    return keep(photo(content).content, name, organisation=owner, by=by, at=at)


def _require_once(trainer: Person | None) -> None:
    if trainer is not None and Thing._base_manager.filter(trainer=trainer, retired_at=None).exists():
        raise Refused(not_now("bookings.trainer_twice"))


def _tell(fact: Fact, row: Thing, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
