"""Reading things, weeks, bookings, what is free when, and who used what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from craftpath.domain.bookings.basis import Basis, bases, sides_of
from craftpath.domain.bookings.checking import Busy, Found, Span, Wish, is_own, judge, judged
from craftpath.domain.bookings.models import (
    HOLDS,
    KINDS,
    MOST_SEATS,
    QUARTER,
    Booking,
    Closure,
    Slot,
    Thing,
    meeting,
    quarter,
)

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

__all__ = [
    "KINDS",
    "MOST_SEATS",
    "QUARTER",
    "Busy",
    "Span",
    "Wish",
    "is_own",
    "judged",
    "sides_of",
]

DAY = timedelta(days=1)
_STEP = QUARTER // timedelta(minutes=1)


def things() -> models.QuerySet[Thing]:
    """What the reader's house has and what partners share with it, by kind and name."""
    rows = Thing.objects.select_related("organisation", "site", "trainer", "photo")
    return rows.order_by("kind", "organisation__path", "pk")


def offered() -> models.QuerySet[Thing]:
    """Those that can be booked."""
    return things().filter(retired_at__isnull=True)


def own(organisation: Organisation) -> models.QuerySet[Thing]:
    """What an organisation and those below it have, retired too, offered ones first."""
    rows = things().filter(organisation__path__startswith=organisation.path)
    return rows.order_by("retired_at", "kind", "pk")


def bookings() -> models.QuerySet[Booking]:
    """Those of the open scope, the next first."""
    rows = Booking.objects.select_related(
        "thing__organisation", "thing__site", "thing__trainer", "organisation", "person", "cooperation"
    )
    return rows.order_by("starts_at", "pk")


def mine(person: Person) -> models.QuerySet[Booking]:
    """What somebody has booked."""
    return bookings().filter(person=person)


def asked(organisation: Organisation) -> models.QuerySet[Booking]:
    """Bookings that wait for the owner's word."""
    return bookings().filter(state="asked", thing__organisation__path__startswith=organisation.path)


def coming_of_others(organisation: Organisation, at: datetime) -> models.QuerySet[Booking]:
    """What partners have booked of an organisation's things and not used yet."""
    rows = bookings().filter(
        thing__organisation__path__startswith=organisation.path, cooperation__isnull=False, ends_at__gt=at
    )
    return rows.filter(state="booked")


def to_tell(organisation: Organisation, at: datetime) -> models.QuerySet[Booking]:
    """Times that are over, of which nobody has said whether they were used."""
    rows = bookings().filter(state="booked", ends_at__lte=at)
    return rows.filter(thing__organisation__path__startswith=organisation.path)


def series_of(row: Booking) -> models.QuerySet[Booking]:
    """The bookings of one series."""
    return bookings().filter(series=row.series).exclude(series="")


def closures_of(thing: Thing, first: datetime) -> list[Closure]:
    """When a thing is out of order from a moment on."""
    return list(Closure.objects.filter(thing=thing, ends_at__gt=first).order_by("starts_at", "pk"))


def closure(public_id: str) -> models.QuerySet[Closure]:
    """A closure of a thing that the reader sees."""
    rows = Closure.objects.select_related("thing__organisation", "thing__site")
    return rows.filter(public_id=public_id, thing__in=Thing.objects.order_by().values("pk"))


def days_of(thing: Thing, first: datetime, last: datetime) -> list[Booking]:
    """Everything that takes a time of a thing between two moments, whoever has it: who it is, the door decides."""
    rows = Booking._base_manager.filter(meeting(first, last), thing=thing, state__in=HOLDS)
    return list(rows.select_related("organisation", "person").order_by("starts_at", "pk"))


def taken_in(thing: Thing, first: datetime, last: datetime) -> dict[int, int]:
    """Quarter → how many places of it are taken."""
    rows = Slot.objects.filter(thing=thing, at__gte=quarter(first), at__lt=quarter(last))
    found = rows.order_by("at").values("at").annotate(count=Count("pk"))
    return dict(found.values_list("at", "count"))


@dataclass(frozen=True, slots=True)
class Free:
    """A thing, and when it is free on a day for so long: the starts, the first of each stretch."""

    thing: Thing
    starts: tuple[datetime, ...]


def free_on(
    rows: Sequence[Thing], day: date, minutes: int, organisation: Organisation, at: datetime
) -> list[Free]:
    """Which of these are free on a day for so many minutes; a constant number of queries for all of them.

    People's calendars are not looked at here: the page of a trainer says when they are away.
    """
    if not rows:
        return []
    midnight = {row.pk: datetime.combine(day, time(), tzinfo=row.zone) for row in rows}
    first, last = min(midnight.values()), max(midnight.values()) + DAY
    taken: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    slots = Slot.objects.filter(
        thing__in=[row.pk for row in rows], at__gte=quarter(first), at__lt=quarter(last)
    )
    for thing_id, n, seat in slots.values_list("thing_id", "at", "seat"):
        taken[thing_id][n].add(seat)
    closed: dict[int, list[Closure]] = defaultdict(list)
    for one in Closure.objects.filter(
        thing__in=[row.pk for row in rows], starts_at__lt=last, ends_at__gt=first
    ):
        closed[one.thing_id].append(one)
    known = bases([organisation.path])
    return [
        Free(row, tuple(_starts(row, midnight[row.pk], minutes, organisation,
                                Found(taken[row.pk], closed[row.pk], known), at)))
        for row in rows
    ]  # fmt: skip


def _starts(
    thing: Thing, midnight: datetime, minutes: int, organisation: Organisation, found: Found, at: datetime
) -> Iterator[datetime]:
    """The first start of each stretch in which it is free for so long; what it costs to say no is one look at a set."""
    opens = thing.hours[midnight.weekday()]
    if not opens:
        return
    soonest = max(at, at + timedelta(hours=thing.ahead_hours))
    starts = [midnight.replace(hour=n // 60, minute=n % 60) for n in range(opens[0], opens[1], _STEP)]
    closed = {n for one in found.closures for n in Span(one.starts_at, one.ends_at).quarters}
    free = [
        one >= soonest and quarter(one) not in closed and len(found.taken.get(quarter(one), ())) < thing.seats
        for one in starts
    ]
    wish, length, before = Wish(organisation), timedelta(minutes=minutes), False
    for n in range(len(starts) - minutes // _STEP + 1):
        fits = all(free[n : n + minutes // _STEP])
        fits = fits and (before or bool(judge(thing, Span(starts[n], starts[n] + length), wish, found, at)))
        if fits and not before:
            yield starts[n]
        before = fits


@dataclass(frozen=True, slots=True)
class Use:
    """How much one side used a thing: bookings that were used, their minutes, what they cost, and those not used."""

    thing: str
    name: dict[str, str]
    owner: dict[str, str]
    side: str
    side_name: dict[str, str]
    bookings: int
    minutes: int
    missed: int
    cost: int
    currency: str


def uses(rows: models.QuerySet[Booking], first: date, last: date, zone: ZoneInfo) -> list[Use]:
    """Who used what from a first to a last day, by thing and side; two queries."""
    begin = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last, time(), tzinfo=zone) + DAY
    within = rows.filter(starts_at__gte=begin, starts_at__lt=end, state__in=("used", "not_used"))
    used = Q(state="used")
    found = within.order_by().values(
        "thing__public_id", "thing__name", "thing__organisation__name", "organisation__public_id",
        "organisation__name", "currency", "price",
    ).annotate(
        count=Count("pk", filter=used),
        time=Sum(models.F("minutes") * models.F("seats"), filter=used),
        missed=Count("pk", filter=Q(state="not_used")),
    )  # fmt: skip
    return _summed(
        Use(
            row["thing__public_id"], row["thing__name"], row["thing__organisation__name"],
            row["organisation__public_id"], row["organisation__name"], row["count"], row["time"] or 0,
            row["missed"], row["price"] * (row["time"] or 0) // 60, row["currency"],
        )
        for row in found
    )  # fmt: skip


def minutes_by_month(
    rows: models.QuerySet[Booking], first: date, last: date, zone: ZoneInfo
) -> dict[date, int]:
    """First day of a month → minutes used in it, between two days; one query."""
    begin = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last, time(), tzinfo=zone) + DAY
    found = (
        rows.filter(starts_at__gte=begin, starts_at__lt=end, state="used")
        .order_by()
        .values(month=TruncMonth("starts_at", output_field=models.DateField(), tzinfo=zone))
        .annotate(time=Sum(models.F("minutes") * models.F("seats")))
    )
    return dict(found.values_list("month", "time"))


def _summed(rows: Iterable[Use]) -> list[Use]:
    """A thing whose price has changed stands once for each side."""
    found: dict[tuple[str, str, str], Use] = {}
    for row in rows:
        key = row.thing, row.side, row.currency
        known = found.get(key)
        found[key] = row if known is None else Use(
            row.thing, row.name, row.owner, row.side, row.side_name, known.bookings + row.bookings,
            known.minutes + row.minutes, known.missed + row.missed, known.cost + row.cost, row.currency,
        )  # fmt: skip
    return sorted(found.values(), key=lambda row: (-row.minutes, row.thing, row.side))


def uses_under(cooperation: Cooperation, first: date, last: date, zone: ZoneInfo) -> list[Use]:
    """What the sides of an agreement used of one another's things: for the yearly statement."""
    return uses(Booking._base_manager.filter(cooperation=cooperation), first, last, zone)


MOST_PRICED = 2000  # bookings that are looked at in one go; the rest comes up once these are counted


@dataclass(slots=True)
class Priced:
    """What others used of a thing at one price: minutes of all places, the last day, and the bookings' public ids."""

    thing: str
    kind: str
    name: dict[str, str]
    price: int
    currency: str
    last: date
    minutes: int = 0
    bookings: list[str] = field(default_factory=list)


def priced_under(
    cooperation: Cooperation, owner: Organisation, first: date, last: date, *, counted: Any
) -> list[Priced]:
    """What was used at a price under an agreement of an owner's things between two days, but for what is counted.

    One query; by thing and price, the longest used first. `counted` are public ids, or a question for them.
    """
    zone = ZoneInfo(cooperation.organisation.time_zone)
    begin = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last, time(), tzinfo=zone) + DAY
    rows = Booking._base_manager.filter(
        cooperation=cooperation, state="used", price__gt=0, starts_at__gte=begin, starts_at__lt=end,
        thing__organisation__in=owner.below().order_by().values("pk"),
    )  # fmt: skip
    rows = rows.exclude(public_id__in=counted).select_related("thing").order_by("starts_at", "pk")
    found: dict[tuple[int, int, str], Priced] = {}
    for row in rows[:MOST_PRICED]:
        key = row.thing_id, row.price, row.currency
        day = row.starts_at.astimezone(zone).date()
        if key not in found:
            thing = row.thing
            found[key] = Priced(thing.public_id, thing.kind, thing.name, row.price, row.currency, day)
        line = found[key]
        line.last, line.minutes = day, line.minutes + row.minutes * row.seats
        line.bookings.append(row.public_id)
    return sorted(found.values(), key=lambda line: (-line.minutes, line.thing, line.price))


def bookings_under(cooperation: Cooperation) -> models.QuerySet[Booking]:
    """The bookings of an agreement that the reader sees."""
    return bookings().filter(cooperation=cooperation)


def shared_under(cooperation: Cooperation, sides: Iterable[str]) -> models.QuerySet[Thing]:
    """What the sides (by path) of an agreement share with one another."""
    among = Q(pk__in=[])
    for path in sides:
        among |= Q(organisation__path__startswith=path)
    rows = Thing._base_manager.filter(among, for_partners=True, retired_at__isnull=True)
    return rows.select_related("organisation", "site", "photo").order_by("organisation__path", "kind", "pk")


def open_minutes(thing: Thing, first: date, last: date) -> int:
    """For how long its places could have been booked between two days since it was offered, closures counted in."""
    first = max(first, thing.made_at.astimezone(thing.zone).date())
    hours: list[list[int]] = thing.hours
    days = [(first + n * DAY).weekday() for n in range((last - first).days + 1)]
    return int(thing.seats) * sum(hours[day][1] - hours[day][0] for day in days if hours[day])


def booked_for(person: Person, first: datetime, last: datetime) -> models.QuerySet[Booking]:
    """What somebody has booked, and when oneself is booked, between two moments: for the own calendar."""
    rows = Booking._base_manager.filter(
        Q(person=person) | Q(thing__trainer=person, state__in=HOLDS), starts_at__gte=first, starts_at__lt=last
    )
    rows = rows.select_related("thing__site", "thing__organisation", "organisation", "person")
    return rows.order_by("starts_at", "pk")


def bases_between(thing: Thing, organisation: Organisation, day: date) -> list[Basis]:
    """The agreements under which an organisation books another's thing from a day on."""
    paths = organisation.path, thing.organisation.path
    return [one for one in bases(paths[:1]) if one.joins(*paths) and one.last >= day]
