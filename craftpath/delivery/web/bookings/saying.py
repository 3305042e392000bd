"""Bookings in words: when, for whom, in which state, and what a thing asks of whoever books it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.allowances.saying import money
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, hours, text
from craftpath.domain.bookings.texts import KINDS, STATES
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Booking, Closure, Thing

TONES = {"asked": "attention", "booked": "info", "used": "good", "not_used": "plain", "cancelled": "plain"}
ICONS = {"equipment": "settings", "room": "home", "trainer": "me", "other": "file"}


@dataclass(frozen=True, slots=True)
class Line:
    """A booking in a list."""

    row: Booking
    label: str
    note: str
    url: str
    badge: str
    tone: str
    icon: str


def lines(request: Request, rows: Iterable[Booking], *, of_others: bool = False) -> list[Line]:
    """Bookings for a list; those of others with whose they are."""
    return [_line(request, row, of_others) for row in rows]


def _line(request: Request, row: Booking, of_others: bool) -> Line:
    parts = [when(row.thing, row.starts_at, row.ends_at), row.purpose]
    if row.seats > 1:
        parts.append(places(row.seats))
    parts.append(
        f"{name_of(row.person)}, {text(row.organisation.name)}"
        if of_others
        else text(row.thing.organisation.name)
    )
    return Line(
        row,
        text(row.thing.name),
        " · ".join(parts),
        reverse("bookings:booking", args=[request.organisation.key, row.public_id]),
        str(STATES[row.state]),
        TONES[row.state],
        ICONS[row.thing.kind],
    )


def when(thing: Thing, starts: datetime, ends: datetime) -> str:
    """Weekday, day and hours, as the clock at the place says."""
    local = starts.astimezone(thing.zone)
    return f"{day(local.date())} {date_format(local, 'D')} {clocks(thing, starts, ends)}"


def clocks(thing: Thing, starts: datetime, ends: datetime) -> str:
    """From a time of day until another: the end of a day is 24:00."""
    first, last = starts.astimezone(thing.zone), ends.astimezone(thing.zone)
    end = "24:00" if f"{last:%H:%M}" == "00:00" else f"{last:%H:%M}"
    return f"{first:%H:%M}–{end}"


def minute(value: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{value // 60:02}:{value % 60:02}"


def places(count: int) -> str:
    """So many places of a thing."""
    return ngettext("%(count)s place", "%(count)s places", count) % {"count": count}


def closure(thing: Thing, row: Closure) -> str:
    """From when until when it is out of order."""
    first, last = row.starts_at.astimezone(thing.zone), row.ends_at.astimezone(thing.zone)
    return f"{day(first.date())} {first:%H:%M} – {day(last.date())} {last:%H:%M}"


def why(row: Booking) -> str:
    """Why it is as it is: somebody's words, or the rule's."""
    return sentence(not_now(row.rule)) if row.rule else row.because


def kind(thing: Thing) -> str:
    """What sort of thing."""
    return str(KINDS[thing.kind])


def where(thing: Thing) -> str:
    """Site and room."""
    return " · ".join(part for part in (text(thing.site.name), thing.place) if part)


def facts(thing: Thing) -> list[tuple[str, str]]:
    """What whoever books should know, as pairs of a name and a value."""
    found = [
        (pgettext("of something to book", "Owner"), text(thing.organisation.name)),
        (pgettext("where", "Place"), where(thing)),
        (pgettext("of something to book", "Open"), opening(thing)),
        (_("At most at a time"), hours(thing.longest)),
    ]
    if thing.trainer is not None:
        found.insert(0, (pgettext("of something to book", "Who"), name_of(thing.trainer)))
    if thing.seats > 1:
        found.append((pgettext("of something to book", "Places"), str(thing.seats)))
    if thing.ahead_hours:
        found.append((_("Book ahead by"), hours(thing.ahead_hours * 60)))
    if thing.price:
        found.append((_("Price an hour"), money(thing.price, thing.currency)))
    if thing.training:
        found.append((_("You must have learnt"), thing.training))
    who = (
        _("own people, and partners under a cooperation agreement") if thing.for_partners else _("own people")
    )
    return [*found, (_("Who may book"), who)]


def opening(thing: Thing) -> str:
    """Opening hours, days with the same ones together: Mon–Fri 08:00–17:30."""
    groups: list[tuple[int, int, list[int]]] = []
    for n, span in enumerate(thing.hours):
        if span and groups and groups[-1][1] == n - 1 and groups[-1][2] == span:
            groups[-1] = (groups[-1][0], n, span)
        elif span:
            groups.append((n, n, span))
    said = []
    for first, last, span in groups:
        days = weekday(first) if first == last else f"{weekday(first)}–{weekday(last)}"
        said.append(f"{days} {minute(span[0])}–{minute(span[1])}")
    return pgettext("between the names of a list", ", ").join(said) or _("never")


def weekday(n: int) -> str:
    """The short name of a weekday, 0 for Monday."""
    return date_format(date(2024, 1, 1 + n), "D")  # the first of January 2024 was a Monday


def cost(row: Booking) -> str:
    """What it costs at the price of its day; nothing where it is free."""
    return money(row.price * row.minutes * row.seats // 60, row.currency) if row.price else ""
