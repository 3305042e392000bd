"""Who used what: of what one lends, as a table, a drawing and a sheet; and between the sides of one agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.allowances.saying import money
from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.forms import SpanForm
from craftpath.delivery.web.bookings.places import tabs
from craftpath.delivery.web.itemreport.plots import Axis, Plot
from craftpath.delivery.web.mentoring.bars import back, scale
from craftpath.delivery.web.partnership.places import frame
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import day, in_hours, text
from craftpath.domain.bookings import queries
from craftpath.domain.partnership.queries import cooperations
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing
    from craftpath.domain.bookings.queries import Use

MOST_THINGS = 500
A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Side:
    """How much one side used of a thing."""

    name: str
    bookings: int
    hours: str
    share: int | None  # percent of what could have been booked
    missed: int
    cost: str

    @property
    def percent(self) -> str:
        """The share as it is read."""
        return f"{self.share} %"


@dataclass(frozen=True, slots=True)
class Used:
    """A thing with its sides."""

    name: str
    owner: str
    sides: list[Side]


@require_GET
@needs(Permission.LEND_THINGS)
def used(request: Request, organisation: str) -> HttpResponse:
    """Of what this organisation lends."""
    form, first, last = _span(request)
    rows, things = _uses(request, first, last)
    context = {
        "tabs": tabs(request, "bookings:used"),
        "form": form,
        "used": _by_thing(rows, things, first, last),
        "total": in_hours(sum(row.minutes for row in rows)),
        "bookings": sum(row.bookings for row in rows),
        "missed": sum(row.missed for row in rows),
        "sides": len({row.side for row in rows}),
        "plot": _plot(request, first, last) if rows else None,
        "ways": ways_out(request, "used"),
    }
    return render(request, "bookings/used.html", context, status=422 if form.errors else 200)


@require_GET
@needs(Permission.LEND_THINGS)
def used_sheet(request: Request, organisation: str, form: str) -> HttpResponse:
    """The same as a file."""
    require_form(form)
    _form, first, last = _span(request)
    rows, things = _uses(request, first, last)
    heads = [
        _("What"), pgettext("of something to book", "Owner"), _("Used by"), Head(_("Hours"), figures=True),
        Head(_("Bookings used"), figures=True), Head(_("Not used"), figures=True),
        Head(_("Percent of what could be booked"), figures=True), Head(pgettext("of bookings", "Cost"), figures=True),
    ]  # fmt: skip
    cells = [
        (
            one.name, one.owner, side.name, Told(Decimal(side.hours), side.hours), side.bookings, side.missed,
            Told(side.share, side.percent) if side.share is not None else None, side.cost,
        )
        for one in _by_thing(rows, things, first, last)
        for side in one.sides
    ]  # fmt: skip
    title = f"{_('Who used what')}, {day(first)} – {day(last)}"
    return sent(request, listing(title, text(request.organisation.name), heads, cells), form)


exported("used", screen="bookings:used", file="bookings:used_sheet", caption="Who used what")


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def share(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """What the sides of an agreement share, what is booked, and who used what this year."""
    found = get_object_or_404(cooperations(), public_id=plain_id(cooperation))
    year = date(request.today.year, 1, 1), date(request.today.year, 12, 31)
    rows = queries.uses_under(found, *year, _zone(request))
    sides = queries.sides_of(found)
    things = list(queries.shared_under(found, sides)[:MOST_THINGS])
    coming = queries.bookings_under(found).filter(state__in=("asked", "booked"), ends_at__gt=request.at)
    things_page = Paginator(things, A_PAGE).get_page(request.GET.get("page"))
    coming_page = Paginator(coming, A_PAGE).get_page(request.GET.get("coming"))
    context = frame(request, found, "bookings:share") | {
        "things": [_offer(request, row) for row in things_page],
        "things_page": things_page,
        "coming": saying.lines(request, coming_page, of_others=True),
        "coming_page": coming_page,
        "used": _by_thing(rows, {row.public_id: row for row in things}, *year),
        "year": request.today.year,
        "last": found.ended_on or found.ends_on,
        "ended": found.state != "in_force",
        "lends": Permission.LEND_THINGS in request.actor.permissions,
    }
    return render(request, "bookings/share.html", context)


def _offer(request: Request, row: Thing) -> dict[str, Any]:
    return {
        "name": text(row.name),
        "note": f"{text(row.organisation.name)} · {saying.where(row)}",
        "url": reverse("bookings:thing", args=[request.organisation.key, row.public_id]),
        "icon": saying.ICONS[row.kind],
        "kind": saying.kind(row),
    }


def _zone(request: Request) -> ZoneInfo:
    return ZoneInfo(request.organisation.time_zone)


def _span(request: Request) -> tuple[SpanForm, date, date]:
    """From the first of this year until today, unless something else is asked for."""
    usual = request.today.replace(month=1, day=1), request.today
    asked = request.GET if "first" in request.GET else None
    form = SpanForm(asked, initial={"first": usual[0], "last": usual[1]})
    if asked is None or not form.is_valid():
        return form, *usual
    return form, form.cleaned_data["first"], form.cleaned_data["last"]


def _uses(request: Request, first: date, last: date) -> tuple[list[Use], dict[str, Thing]]:
    things = {row.public_id: row for row in queries.own(request.organisation)[:MOST_THINGS]}
    rows = queries.bookings().filter(thing__organisation__path__startswith=request.organisation.path)
    return queries.uses(rows, first, last, _zone(request)), things


def _by_thing(rows: Iterable[Use], things: Mapping[str, Thing], first: date, last: date) -> list[Used]:
    found: dict[str, list[Use]] = {}
    for row in rows:
        found.setdefault(row.thing, []).append(row)
    return [
        Used(text(uses[0].name), text(uses[0].owner), _sides(uses, things.get(key), first, last))
        for key, uses in found.items()
    ]


def _sides(uses: Sequence[Use], thing: Thing | None, first: date, last: date) -> list[Side]:
    could = queries.open_minutes(thing, first, last) if thing is not None else 0
    return [
        Side(
            text(row.side_name),
            row.bookings,
            in_hours(row.minutes),
            (row.minutes * 200 + could) // (2 * could) if could else None,
            row.missed,
            money(row.cost, row.currency) if row.cost else "",
        )
        for row in uses
    ]


HEIGHT = 110
GAP = 0.18


def _plot(request: Request, first: date, last: date) -> Plot:
    """Hours used by month, twelve months at most."""
    begin = max(first.replace(day=1), back(last, 11))
    months = [begin]
    while months[-1] < last.replace(day=1):
        months.append(back(months[-1], -1))
    rows = queries.bookings().filter(thing__organisation__path__startswith=request.organisation.path)
    known = queries.minutes_by_month(rows, begin, last, _zone(request))
    told = [known.get(month, 0) for month in months]
    most = scale(max(told)) // 60
    ticks = tuple(n + 0.5 for n in range(len(months)))
    plot = Plot(
        label=_("Hours used, by month"),
        x=Axis(0, len(months), ticks, names=tuple(str(month.month) for month in months)),
        y=Axis(0, most, (0, most / 2, most)),
        x_name="",
        y_name="",
        height=HEIGHT,
    )
    for place, (month, minutes) in enumerate(zip(months, told, strict=True)):
        name = date_format(month, "YEAR_MONTH_FORMAT")
        if minutes:
            words = f"{name}: {in_hours(minutes)}"
            plot.bar(place + GAP, place + 1 - GAP, minutes / 60, "bar", words)
        plot.rows.append([name, in_hours(minutes)])
    plot.head = [_("Month"), _("Hours")]
    return plot
