"""One's own bookings, and the owner's desk: what waits for an answer, what partners have booked, what is lent."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.bookings import saying
from craftpath.delivery.web.bookings.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bookings import queries
from craftpath.kernel.roles import Permission

A_PAGE = 25


@require_GET
@needs(Permission.BOOK_THINGS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """What one has booked: what comes, then what was."""
    rows = queries.mine(request.user)
    coming = rows.filter(ends_at__gt=request.at).exclude(state="cancelled")
    past = rows.exclude(pk__in=coming.order_by().values("pk")).order_by("-starts_at", "-pk")
    coming_page = Paginator(coming, A_PAGE).get_page(request.GET.get("page"))
    past_page = Paginator(past, A_PAGE).get_page(request.GET.get("before"))
    context = {
        "tabs": tabs(request, "bookings:mine"),
        "coming": saying.lines(request, coming_page),
        "coming_page": coming_page,
        "past": saying.lines(request, past_page),
        "past_page": past_page,
    }
    return render(request, "bookings/mine.html", context)


@require_GET
@needs(Permission.LEND_THINGS)
def desk(request: Request, organisation: str) -> HttpResponse:
    """What needs the owner first, then what is lent."""
    here = request.organisation
    page = Paginator(queries.own(here), A_PAGE).get_page(request.GET.get("page"))
    lists = {
        "asked": queries.asked(here),
        "telling": queries.to_tell(here, request.at),
        "others": queries.coming_of_others(here, request.at),
    }
    pages = {name: Paginator(rows, A_PAGE).get_page(request.GET.get(name)) for name, rows in lists.items()}
    context: dict[str, Any] = {
        "tabs": tabs(request, "bookings:desk"),
        **{name: saying.lines(request, some, of_others=True) for name, some in pages.items()},
        "pages": pages,
        "page": page,
        "things": [
            {
                "name": text(row.name),
                "note": f"{saying.kind(row)} · {saying.where(row)}",
                "url": reverse("bookings:thing", args=[here.key, row.public_id]),
                "icon": saying.ICONS[row.kind],
                "retired": row.retired_at is not None,
                "shared": row.for_partners,
            }
            for row in page
        ],
    }
    return render(request, "bookings/desk.html", context)
