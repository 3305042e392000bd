"""A week of a thing: for each day what lies one after the other, for the grid and for the list alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.busy import busy_in
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bookings import queries
from craftpath.domain.bookings.queries import QUARTER, Span

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Booking, Thing
    from craftpath.kernel.organisations import Organisation

DAY = timedelta(days=1)
_STEP = 15


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a day: `free`, `part` (some places are), `taken`, `mine`, `away`, `closed`, `past`, `shut`."""

    look: str
    since: int  # minutes of the day
    until: int
    words: str
    note: str = ""
    url: str = ""

    def goes_on_in(self, other: Piece) -> bool:
        """Whether the next quarter belongs to the same stretch; each quarter that is free has an address of its own."""
        same = (self.look, self.words, self.note) == (other.look, other.words, other.note)
        return same and (self.look in ("free", "part") or self.url == other.url)

    @property
    def clocks(self) -> str:
        """From until."""
        return f"{saying.minute(self.since)}–{saying.minute(self.until)}"

    @property
    def rows(self) -> int:
        """How many quarters of an hour it is long."""
        return (self.until - self.since) // _STEP


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its stretches; none on which it is shut."""

    on: date
    today: bool
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter of an hour of the grid: what begins in it, by day; its clock stands for `span` rows, or none does."""

    clock: str
    span: int
    pieces: list[Piece | None]


class Week:
    """Seven days of one thing as one reader sees them; four queries, however much is booked."""

    def __init__(self, request: Request, thing: Thing, monday: date) -> None:
        self.request, self.thing, self.monday = request, thing, monday
        first = datetime.combine(monday, time(), tzinfo=thing.zone)
        last = datetime.combine(monday + 7 * DAY, time(), tzinfo=thing.zone)
        self.booked: dict[int, list[Booking]] = {}
        for row in queries.days_of(thing, first, last):
            for n in Span(row.starts_at, row.ends_at).quarters:
                self.booked.setdefault(n, []).append(row)
        self.taken = queries.taken_in(thing, first, last)
        self.closures = [one for one in queries.closures_of(thing, first) if one.starts_at < last]
        self.busy = busy_in(thing, [Span(first, last)])
        self.last_shared = _last_shared(thing, request.organisation, monday)

    def days(self) -> list[Day]:
        """Monday to Sunday."""
        today = self.request.at.astimezone(self.thing.zone).date()
        found = []
        for n in range(7):
            on = self.monday + n * DAY
            found.append(Day(on, on == today, self._pieces(on, self.thing.hours[n])))
        return found

    def grid(self, days: list[Day]) -> list[Row]:
        """The same as rows of quarters: a cell spans as many rows as its stretch is long."""
        opened = [one for one in self.thing.hours if one]
        if not opened:
            return []
        first, last = min(one[0] for one in opened), max(one[1] for one in opened)
        columns = [_filled(day.pieces, first, last) for day in days]
        return [
            Row(
                saying.minute(at) if at % 60 == 0 else "",
                _clock_rows(at, first, last),
                [next((piece for piece in column if piece.since == at), None) for column in columns],
            )
            for at in range(first, last, _STEP)
        ]

    def _pieces(self, on: date, opens: list[int]) -> list[Piece]:
        if not opens:
            return []
        midnight = datetime.combine(on, time(), tzinfo=self.thing.zone)
        pieces: list[Piece] = []
        for at in range(opens[0], opens[1], _STEP):
            start = midnight.replace(hour=at // 60, minute=at % 60)
            piece = self._piece(on, at, Span(start, start + QUARTER))
            before = pieces[-1] if pieces else None
            if before and before.goes_on_in(piece):
                pieces[-1] = Piece(
                    before.look, before.since, piece.until, before.words, before.note, before.url
                )
            else:
                pieces.append(piece)
        return pieces

    def _piece(self, on: date, at: int, span: Span) -> Piece:
        until = at + _STEP
        for closure in self.closures:
            if span.meets(Span(closure.starts_at, closure.ends_at)):
                return Piece("closed", at, until, _("Out of order"), closure.because)
        here = self.booked.get(span.quarters.start, [])
        left = self.thing.seats - self.taken.get(span.quarters.start, 0)
        if here and (left <= 0 or self.thing.seats == 1):
            return self._booked(here, at, until)
        for busy in self.busy:
            if span.meets(busy.span):
                words = _("Away") if busy.why == "away" else pgettext("somebody", "Teaches")
                return Piece("away", at, until, words)
        if span.starts_at < self.request.at or on > self.last_shared:
            words = "" if on <= self.last_shared else _("After the agreement")
            return Piece("past", at, until, words)
        url = self._to_book(on, at)
        if here:
            words = _("%(left)s of %(seats)s free") % {"left": left, "seats": self.thing.seats}
            return Piece("part", at, until, words, url=url)
        return Piece("free", at, until, pgettext("a time", "Free"), url=url)

    def _booked(self, here: list[Booking], at: int, until: int) -> Piece:
        own = self.request.organisation.path
        names, url, look = [], "", "taken"
        for one in here:
            seen = one.organisation.path.startswith(own) or self.thing.organisation.path.startswith(own)
            names.append(name_of(one.person) if seen else text(one.organisation.name))
            if one.person_id == self.request.user.pk:
                look = "mine"
            if look == "mine" or (seen and self.request.actor.scope.path):
                url = reverse("bookings:booking", args=[self.request.organisation.key, one.public_id])
        note = here[0].purpose if url and len(here) == 1 else ""
        said = pgettext("between the names of a list", ", ").join(dict.fromkeys(names))
        if here[0].state == "asked" and len(here) == 1:
            said = _("%(who)s (asked)") % {"who": said}
        return Piece(look, at, until, said, note, url)

    def _to_book(self, on: date, at: int) -> str:
        if self.thing.retired_at is not None:
            return ""
        page = reverse("bookings:book", args=[self.request.organisation.key, self.thing.public_id])
        return f"{page}?{urlencode({'day': on.isoformat(), 'since': saying.minute(at)})}"


def _clock_rows(at: int, first: int, last: int) -> int:
    """For how many rows a clock stands that begins here; 0 within an hour."""
    if at % 60 and at != first:
        return 0
    return (min(at - at % 60 + 60, last) - at) // _STEP


def _filled(pieces: list[Piece], first: int, last: int) -> list[Piece]:
    """A column without holes: what lies before and after the opening hours is shut."""
    if not pieces:
        return [Piece("shut", first, last, "")]
    before = [Piece("shut", first, pieces[0].since, "")] if pieces[0].since > first else []
    after = [Piece("shut", pieces[-1].until, last, "")] if pieces[-1].until < last else []
    return [*before, *pieces, *after]


def _last_shared(thing: Thing, organisation: Organisation, monday: date) -> date:
    """The last day on which the reader's side can book it."""
    if queries.is_own(thing, organisation):
        return date.max
    return max((one.last for one in queries.bases_between(thing, organisation, monday)), default=date.min)
