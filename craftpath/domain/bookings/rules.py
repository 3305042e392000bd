"""Who lends and who books; at which times something can be booked at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from craftpath.domain.bookings.models import (
    KINDS,
    LONGEST_WHY,
    LONGEST_WORDS,
    MOST_SEATS,
    QUARTER,
    Booking,
    Thing,
)
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.money import MINOR_DIGITS
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

AHEAD = timedelta(days=366)
LONGEST, SHORTEST = 24 * 60, 15  # minutes of one booking
MOST_AHEAD_HOURS = 24 * 30
MOST_PRICE = 100_000_00
MOST_WEEKS = 26
A_DAY = 24 * 60
USUAL_HOURS: tuple[tuple[int, int] | tuple[()], ...] = (*[(8 * 60, 17 * 60 + 30)] * 5, (), ())


def may_lend(actor: Actor, owner: Organisation) -> Verdict:
    """Whoever looks after what the organisation, or one below it, has."""
    return actor.may_at(Permission.LEND_THINGS, owner)


def may_book(actor: Actor) -> Verdict:
    """A person of an organisation."""
    return actor.may(Permission.BOOK_THINGS) if actor.person else may_not("bookings.not_yours")


def may_change(actor: Actor, booking: Booking) -> Verdict:
    """Whoever booked, the office of that side, or the owner."""
    own = actor.person is not None and actor.person.pk == booking.person_id
    office = may_lend(actor, booking.organisation) or may_lend(actor, booking.thing.organisation)
    return YES if own or office else may_not("bookings.not_yours")


def can_be_offered(
    owner: Organisation, site: Organisation, trainer: Person | None, given: Mapping[str, Any], today: date
) -> Verdict:
    """A name, a place of one's own, somebody of one's own where it is a person, and numbers that make sense."""
    if not Text.of(given["name"]).both().strip():
        return not_now("bookings.no_name")
    if not site.path.startswith(owner.path):
        return not_now("bookings.site_elsewhere")
    if given["kind"] not in KINDS or (given["kind"] == "trainer") != (trainer is not None):
        return not_now("bookings.no_trainer")
    if trainer is not None:
        held = memberships_on(today).filter(person=trainer, organisation__path__startswith=owner.path)
        if not held.exists():
            return not_now("bookings.no_trainer")
    if not _are_hours(given["hours"]):
        return not_now("bookings.hours_unclear")
    numbers = (
        given["seats"] in range(1, MOST_SEATS + 1)
        and SHORTEST <= given["longest"] <= LONGEST
        and 0 <= given["ahead_hours"] <= MOST_AHEAD_HOURS
        and 0 <= given["price"] <= MOST_PRICE
        and given["currency"] in MINOR_DIGITS
    )
    return YES if numbers else not_now("bookings.numbers_unclear")


def _are_hours(hours: Sequence[Sequence[int]]) -> bool:
    return len(hours) == 7 and all(
        not day or (len(day) == 2 and 0 <= day[0] < day[1] <= A_DAY and not (day[0] % 15 or day[1] % 15))
        for day in hours
    )


def can_say(words: str, most: int = LONGEST_WHY, reason: str = "bookings.say_why") -> Verdict:
    """Something, and not too much of it."""
    return YES if words.strip() and len(words) <= most else not_now(reason, most=most)


def can_be_for(purpose: str) -> Verdict:
    """A booking says what for."""
    return can_say(purpose, LONGEST_WORDS, "bookings.say_what_for")


def can_begin(thing: Thing, starts: datetime, ends: datetime, at: datetime) -> Verdict:
    """Whole quarters of one day, not over, not too soon, too far or too long, within the opening hours."""
    local, until = starts.astimezone(thing.zone), ends.astimezone(thing.zone)
    minutes = (ends - starts) // timedelta(minutes=1)
    whole = not any(moment.timestamp() % QUARTER.total_seconds() for moment in (starts, ends))
    if not whole or ends <= starts or (until - QUARTER).date() != local.date():
        return not_now("bookings.quarters")
    if starts < at - QUARTER:
        return not_now("bookings.past")
    if starts > at + AHEAD:
        return not_now("bookings.too_far")
    if starts < at + timedelta(hours=thing.ahead_hours):
        return not_now("bookings.too_soon", hours=thing.ahead_hours)
    if minutes > thing.longest:
        return not_now("bookings.too_long", minutes=thing.longest)
    day = thing.hours[local.weekday()]
    first = local.hour * 60 + local.minute
    inside = bool(day) and day[0] <= first and first + minutes <= day[1]
    return YES if inside else not_now("bookings.not_open")


def can_cancel(booking: Booking, at: datetime) -> Verdict:
    """Until it begins."""
    return YES if at < booking.starts_at else not_now("bookings.over")


def can_tell(booking: Booking, at: datetime) -> Verdict:
    """Once it has begun."""
    return YES if at >= booking.starts_at else not_now("bookings.not_begun")


def can_repeat(weeks: int) -> Verdict:
    """Two weeks to half a year."""
    return YES if 2 <= weeks <= MOST_WEEKS else not_now("bookings.weeks_unclear", most=MOST_WEEKS)
