"""The page of one thing: what it is, a week of it, and for the owner its rules and times out of order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.forms import ClosureForm
from craftpath.delivery.web.bookings.places import the_thing, to_thing
from craftpath.delivery.web.bookings.week import Week
from craftpath.delivery.web.shell.days import EARLIEST, LATEST
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bookings import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing

A_WEEK = timedelta(weeks=1)


@require_GET
@needs(Permission.BOOK_THINGS, Permission.LEND_THINGS)
def thing(request: Request, organisation: str, thing: str) -> HttpResponse:
    """What it is, and a week of it."""
    return render(request, "bookings/thing.html", page_of(request, the_thing(thing)))


@require_GET
@needs(Permission.BOOK_THINGS, Permission.LEND_THINGS)
def photo(request: Request, organisation: str, thing: str) -> HttpResponseBase:
    """What it looks like."""
    row = the_thing(thing)
    if row.photo is None:
        raise Http404
    return shown_or_saved(row.photo.bytes(), f"thing-{row.public_id}", "image/jpeg")


def page_of(request: Request, row: Thing, *, closing: ClosureForm | None = None) -> dict[str, Any]:
    """Everything that the page shows; a constant number of queries."""
    monday = _monday(request, row)
    week = Week(request, row, monday)
    days = week.days()
    lends = bool(rules.may_lend(request.actor, row.organisation))
    place = reverse("bookings:thing", args=[request.organisation.key, row.public_id])
    this = _monday_of(request.at.astimezone(row.zone).date())
    books = row.retired_at is None and bool(rules.may_book(request.actor))
    return {
        "crumbs": to_thing(request, row),
        "row": row,
        "title": text(row.name),
        "kind": saying.kind(row),
        "facts": saying.facts(row),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "this_week": monday == this,
        "before": f"{place}?week={(monday - A_WEEK).isoformat()}#week",
        "after": f"{place}?week={(monday + A_WEEK).isoformat()}#week",
        "now": f"{place}#week",
        "days": days,
        "grid": week.grid(days),
        "shared_until": week.last_shared if week.last_shared < date.max else None,
        "own": queries.is_own(row, request.organisation),
        "books": books,
        "lends": lends,
        "closures": [(one, saying.closure(row, one)) for one in queries.closures_of(row, request.at)],
        "closing": closing or ClosureForm(),
    }


def _monday(request: Request, row: Thing) -> date:
    """The week that is asked for, or this one."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = request.at.astimezone(row.zone).date()
    return _monday_of(min(max(asked, EARLIEST), LATEST))


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
