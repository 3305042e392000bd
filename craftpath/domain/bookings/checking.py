"""What stands in the way of times with a thing: asked before for a series, and again under the lock of the thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import get_language

from craftpath.domain.bookings import rules
from craftpath.domain.bookings.basis import Basis, bases
from craftpath.domain.bookings.models import HOLDS, Booking, Closure, Slot, Thing, meeting, quarter
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import YES, Verdict, may_not, not_now


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another one."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: Span) -> bool:
        """Whether some moment lies in both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    @property
    def quarters(self) -> range:
        """The quarters of an hour that it takes."""
        return range(quarter(self.starts_at), quarter(self.ends_at))


@dataclass(frozen=True, slots=True)
class Busy:
    """When the person who is booked is elsewhere: `teaching`, or `away` for whole days; told by whoever knows."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants how many places of a thing, and what is known of the person where it is one."""

    organisation: Organisation
    seats: int = 1
    busy: Sequence[Busy] = ()


@dataclass(slots=True)
class Found:
    """What there is around some times: taken places by quarter, closures, agreements; three queries."""

    taken: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    closures: list[Closure] = field(default_factory=list)
    bases: list[Basis] = field(default_factory=list)

    def basis(self, thing: Thing, organisation: Organisation, day: date) -> Basis | None:
        """The agreement that binds both on a day, the one that lasts longest."""
        paths = organisation.path, thing.organisation.path
        rows = [one for one in self.bases if one.joins(*paths) and one.holds(day)]
        return max(rows, key=lambda one: one.last, default=None)


def is_own(thing: Thing, organisation: Organisation) -> bool:
    """Whether it belongs to the own house: an organisation books what those above and below it have."""
    owner: str = thing.organisation.path
    user: str = organisation.path
    return owner.startswith(user) or user.startswith(owner)


def look(thing: Thing, spans: Sequence[Span], organisation: Organisation, *, lock: bool = False) -> Found:
    """Read what is needed to judge these times; the number of queries does not grow with them."""
    found = Found()
    first, last = min(one.starts_at for one in spans), max(one.ends_at for one in spans)
    wanted = Q()
    for span in spans:
        wanted |= Q(at__gte=span.quarters.start, at__lt=span.quarters.stop)
    for at, seat in Slot.objects.filter(wanted, thing=thing).values_list("at", "seat"):
        found.taken[at].add(seat)
    found.closures = list(Closure.objects.filter(thing=thing, starts_at__lt=last, ends_at__gt=first))
    if not is_own(thing, organisation):
        found.bases = bases([organisation.path], lock=lock)
    return found


def judge(thing: Thing, span: Span, wish: Wish, found: Found, at: datetime) -> Verdict:
    """Whether it can be booked then; the reason says what is in the way."""
    if thing.retired_at is not None:
        return not_now("bookings.retired")
    if not 1 <= wish.seats <= thing.seats:
        return not_now("bookings.too_many_seats", seats=thing.seats)
    if not (fits := rules.can_begin(thing, span.starts_at, span.ends_at, at)):
        return fits
    if not (shared := _is_shared(thing, span, wish, found)):
        return shared
    for closure in found.closures:
        if span.meets(Span(closure.starts_at, closure.ends_at)):
            return not_now("bookings.closed", because=closure.because)
    for busy in wish.busy:
        if span.meets(busy.span):
            name = thing.trainer.name if thing.trainer else ""
            return not_now(f"bookings.person_{busy.why}", name=name)
    left = min(thing.seats - len(found.taken.get(at, ())) for at in span.quarters)
    return YES if left >= wish.seats else _taken(thing, span, wish, left)


def _is_shared(thing: Thing, span: Span, wish: Wish, found: Found) -> Verdict:
    """Under an agreement in force on that day; nothing is shared longer than its basis."""
    if is_own(thing, wish.organisation):
        return YES
    if not thing.for_partners:
        return may_not("bookings.not_shared")
    day = span.starts_at.astimezone(thing.zone).date()
    if found.basis(thing, wish.organisation, day) is not None:
        return YES
    paths = wish.organisation.path, thing.organisation.path
    ended = [one.last for one in found.bases if one.joins(*paths) and one.last < day]
    return not_now("bookings.after_basis", last=max(ended)) if ended else not_now("bookings.no_basis")


def _taken(thing: Thing, span: Span, wish: Wish, left: int) -> Verdict:
    """By whom; names of people stay with their own side, the organisation is said to everybody who may book."""
    rows = Booking._base_manager.filter(meeting(span.starts_at, span.ends_at), thing=thing, state__in=HOLDS)
    other = rows.select_related("organisation", "person").order_by("starts_at", "pk").first()
    if other is None:
        return not_now("bookings.taken_now")
    who = holder(other, wish.organisation)
    if left > 0:
        return not_now("bookings.taken_partly", left=left, seats=wish.seats, who=who)
    since, until = clock(other.starts_at, thing.zone), clock(other.ends_at, thing.zone)
    return not_now("bookings.taken", who=who, since=since, until=until)


def holder(booking: Booking, reader: Organisation) -> str:
    """Who has a time, as an organisation hears it: with the name where the booking is its own."""
    language = get_language() or "zh-hans"
    place, name = booking.organisation.title.say(language), booking.person.name
    if not name or not booking.organisation.path.startswith(reader.path):
        return place
    return f"{place}{name}" if language.startswith("zh") else f"{name} ({place})"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """The time of day at the place itself."""
    return f"{at.astimezone(zone):%H:%M}"


def judged(
    thing: Thing, spans: Sequence[Span], wish: Wish, at: datetime, *, lock: bool = False
) -> Iterable[tuple[Span, Verdict, Basis | None]]:
    """Each time with its verdict and, where there is one, its basis."""
    found = look(thing, spans, wish.organisation, lock=lock)
    for span in spans:
        day = span.starts_at.astimezone(thing.zone).date()
        yield span, judge(thing, span, wish, found, at), found.basis(thing, wish.organisation, day)
