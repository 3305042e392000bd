"""What can be booked, and what is free when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.forms import LENGTHS, FindForm
from craftpath.delivery.web.bookings.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.bookings import queries
from craftpath.domain.bookings.texts import KINDS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing

A_PAGE = 24
MOST = 300  # things that are looked through for a free time
FEW = 4  # starts that are offered


@dataclass(frozen=True, slots=True)
class Card:
    """A thing in the list; `starts` are when it is free, with the address at which it is booked."""

    row: Thing
    name: str
    kind: str
    icon: str
    note: str
    url: str
    own: bool
    starts: list[tuple[str, str]]


@require_GET
@needs(Permission.BOOK_THINGS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Things by kind; with a day, those that are free for so long."""
    form = FindForm(request.GET if request.GET.get("day") or request.GET.get("kind") else None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.offered()
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    day, minutes = wanted.get("day"), wanted.get("minutes") or 60
    starts: dict[int, tuple[datetime, ...]] = {}
    listed: Any = rows
    if day:
        found = queries.free_on(list(rows[:MOST]), day, minutes, request.organisation, request.at)
        starts = {one.thing.pk: one.starts for one in found if one.starts}
        listed = [one.thing for one in found if one.starts]
    page: Any = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "bookings:list"),
        "form": form,
        "kinds": list(KINDS.items()),
        "wanted_kind": wanted.get("kind", ""),
        "lengths": [(n, hours(n)) for n in LENGTHS],
        "minutes": minutes,
        "day": day,
        "lasts": hours(minutes),
        "page": page,
        "cards": [_card(request, row, starts.get(row.pk, ()), minutes) for row in page],
        "lends": Permission.LEND_THINGS in request.actor.permissions,
    }
    return render(request, "bookings/list.html", context, status=422 if form.errors else 200)


def _card(request: Request, row: Thing, starts: tuple[datetime, ...], minutes: int) -> Card:
    key = request.organisation.key
    book = reverse("bookings:book", args=[key, row.public_id])
    offered = []
    for start in starts[:FEW]:
        local = start.astimezone(row.zone)
        until = local.hour * 60 + local.minute + minutes
        query = {"day": local.date().isoformat(), "since": f"{local:%H:%M}", "until": saying.minute(until)}
        offered.append((f"{local:%H:%M}", f"{book}?{urlencode(query)}"))
    return Card(
        row,
        text(row.name),
        saying.kind(row),
        saying.ICONS[row.kind],
        saying.where(row),
        reverse("bookings:thing", args=[key, row.public_id]),
        queries.is_own(row, request.organisation),
        offered,
    )
