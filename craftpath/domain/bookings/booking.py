"""Booking, alone or as a series; answering, cancelling, saying whether it was used."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from craftpath.domain.bookings import rules
from craftpath.domain.bookings.basis import Basis, bases
from craftpath.domain.bookings.checking import Span, Wish, judged
from craftpath.domain.bookings.facts import Booked, BookingMoved
from craftpath.domain.bookings.lending import lock
from craftpath.domain.bookings.models import Booking, Slot, Thing
from craftpath.domain.bookings.states import BOOKING
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.rows import insert_rows
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class NewBooking:
    """What for, and who comes (a Ref as text, or nobody in particular)."""

    purpose: str
    made_id: uuid.UUID
    whom: str = ""


@action
def book(thing: Thing, span: Span, wish: Wish, new: NewBooking, *, by: Actor, at: datetime) -> Booking:
    """Take a time, or ask for it where the owner approves; sent twice it is booked once."""
    return _book(thing, [span], wish, new, only_free=False, by=by, at=at)[0]


@action
def book_series(
    thing: Thing,
    spans: Sequence[Span],
    wish: Wish,
    new: NewBooking,
    *,
    only_free: bool,
    by: Actor,
    at: datetime,
) -> list[Booking]:
    """Take the times that are free, or all or none of them."""
    require(rules.can_repeat(len(spans)))
    return _book(thing, spans, wish, new, only_free=only_free, by=by, at=at)


def _book(
    thing: Thing,
    spans: Sequence[Span],
    wish: Wish,
    new: NewBooking,
    *,
    only_free: bool,
    by: Actor,
    at: datetime,
) -> list[Booking]:
    require(rules.may_book(by))
    require(rules.can_be_for(new.purpose))
    row = lock(thing)
    sent = list(Booking._base_manager.filter(made_id__in=[_nth(new, n) for n in range(len(spans))]))
    if sent:
        return _again(sent, row, by)
    answers = list(judged(row, spans, wish, at, lock=True))
    for _span, verdict, _basis in answers:
        if not verdict and (verdict.who or len(spans) == 1):
            raise Refused(verdict)
    free = [(span, basis) for span, verdict, basis in answers if verdict]
    if not free:
        raise Refused(not_now("bookings.none_free"))
    if len(free) < len(spans) and not only_free:
        raise Refused(not_now("bookings.not_all_free"))
    series = new_public_id() if len(spans) > 1 else ""
    return [
        _take(row, span, basis, wish, new, n, series, by=by, at=at) for n, (span, basis) in enumerate(free)
    ]


def _again(sent: list[Booking], thing: Thing, by: Actor) -> list[Booking]:
    """What a form that is sent twice has made."""
    mine = by.person is not None and {row.person_id for row in sent} == {by.person.pk}
    if not mine or {row.thing_id for row in sent} != {thing.pk}:
        raise Refused(not_now("bookings.form_used"))
    return sorted(sent, key=lambda row: row.starts_at)


def _nth(new: NewBooking, n: int) -> uuid.UUID:
    return uuid.uuid5(new.made_id, str(n)) if n else new.made_id


def _take(
    thing: Thing,
    span: Span,
    basis: Basis | None,
    wish: Wish,
    new: NewBooking,
    n: int,
    series: str,
    *,
    by: Actor,
    at: datetime,
) -> Booking:
    state = BOOKING.start if thing.asks and not rules.may_lend(by, thing.organisation) else None
    booking = Booking(
        made_id=_nth(new, n),
        series=series,
        thing=thing,
        organisation=wish.organisation,
        person=by.person,
        cooperation_id=basis.pk if basis else None,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        minutes=(span.ends_at - span.starts_at) // timedelta(minutes=1),
        seats=wish.seats,
        purpose=new.purpose.strip(),
        whom=new.whom,
        state=state or BOOKING.after(BOOKING.start, "approve"),
        price=thing.price,
        currency=thing.currency,
        asked_at=at,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            booking.save()
            hold(booking)
    except IntegrityError as fault:  # only somebody who does not stand in line at the thing gets here
        raise Refused(not_now("bookings.taken_now")) from fault
    fact = Booked(booking.state, span.starts_at, span.ends_at, wish.organisation.public_id)
    tell(fact, by=by, at=at, organisation=thing.organisation, subject=booking.ref)
    return booking


def hold(booking: Booking) -> None:
    """Write its quarters: the first places that are free in each. The database refuses one that is taken."""
    span = Span(booking.starts_at, booking.ends_at)
    quarters = span.quarters
    rows = Slot.objects.filter(thing=booking.thing_id, at__gte=quarters.start, at__lt=quarters.stop)
    taken = set(rows.values_list("at", "seat"))
    slots: list[tuple[int, int]] = []
    for at in quarters:
        free = (seat for seat in range(1, booking.thing.seats + 1) if (at, seat) not in taken)
        slots += [(at, next(free, 1)) for _place in range(booking.seats)]
    same = {"booking": booking.pk, "thing": booking.thing_id}
    insert_rows(Slot, ["at", "seat"], slots, same)


@action
def approve_booking(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """The owner agrees."""
    row = _locked(booking)
    require(rules.may_lend(by, row.thing.organisation))
    require(rules.can_cancel(row, at))
    return _move(row, "approve", by=by, at=at)


@action
def decline_booking(booking: Booking, *, because: str, by: Actor, at: datetime) -> Booking:
    """The owner says no, and why; the time is free again."""
    row = _locked(booking)
    require(rules.may_lend(by, row.thing.organisation))
    require(rules.can_say(because))
    return _move(row, "decline", because=because.strip(), by=by, at=at)


@action
def cancel_booking(
    booking: Booking, *, because: str, later: bool = False, by: Actor, at: datetime
) -> list[Booking]:
    """Give the time back, and say why; `later` gives back the later ones of its series too."""
    row = _locked(booking)
    require(rules.may_change(by, row))
    require(rules.can_say(because))
    require(rules.can_cancel(row, at))
    rows = [row]
    if later and row.series:
        others = Booking._base_manager.filter(
            series=row.series, thing=row.thing, starts_at__gt=row.starts_at, state__in=("asked", "booked")
        )
        rows += [_locked(one) for one in others.select_related("thing").order_by("starts_at", "pk")]
    return [_move(one, "cancel", because=because.strip(), by=by, at=at) for one in rows]


@action
def use_booking(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """Say that the time was used."""
    return _tell_used(booking, "use", by=by, at=at)


@action
def miss_booking(booking: Booking, *, by: Actor, at: datetime) -> Booking:
    """Say that it was not."""
    return _tell_used(booking, "miss", by=by, at=at)


def _tell_used(booking: Booking, move: str, *, by: Actor, at: datetime) -> Booking:
    row = _locked(booking)
    require(rules.may_change(by, row))
    require(rules.can_tell(row, at))
    return _move(row, move, by=by, at=at)


@action
def drop_without_basis(*, by: Actor, at: datetime) -> int:
    """Cancel what partners have booked for days after the last one of their agreement, which ended early.

    What another agreement of the two sides carries goes on under that one. Says how many were cancelled.
    """
    rows = Booking._base_manager.filter(
        cooperation__isnull=False, state__in=("asked", "booked"), starts_at__gt=at
    ).exclude(cooperation__state="in_force")
    rows = rows.select_related("cooperation", "thing__site").order_by("thing_id", "pk")
    dropped = 0
    for found in list(rows):
        ended_on = found.cooperation.ended_on if found.cooperation else None
        if ended_on is not None and _day(found) <= ended_on:
            continue  # the last day is still shared
        row = _locked(found)
        if row.state not in ("asked", "booked"):
            continue
        other = _other_basis(row)
        if other is not None:
            row.cooperation_id = other.pk
            row.save(update_fields=["cooperation"])
            continue
        _move(row, "cancel", rule="bookings.basis_ended", by=by, at=at)
        dropped += 1
    return dropped


def _other_basis(row: Booking) -> Basis | None:
    paths, day = (row.organisation.path, row.thing.organisation.path), _day(row)
    return next((one for one in bases(paths, lock=True) if one.joins(*paths) and one.holds(day)), None)


def _day(row: Booking) -> date:
    return row.starts_at.astimezone(row.thing.zone).date()


def _locked(booking: Booking) -> Booking:
    lock(booking.thing)
    rows = Booking._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "thing__organisation", "thing__site").get(pk=booking.pk)


def _move(row: Booking, move: str, *, because: str = "", rule: str = "", by: Actor, at: datetime) -> Booking:
    row.state = BOOKING.after(row.state, move)
    row.because, row.rule, row.changed_at, row.sequence = because, rule, at, row.sequence + 1
    row.answered_by = by.person
    row.save(update_fields=["state", "because", "rule", "changed_at", "sequence", "answered_by"])
    if row.state == "cancelled":
        Slot.objects.filter(booking=row).delete()
    fact = BookingMoved(row.state, because, rule)
    tell(fact, by=by, at=at, organisation=row.thing.organisation, subject=row.ref)
    return row
