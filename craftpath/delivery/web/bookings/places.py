"""Where somebody is among the pages of bookings: tabs, crumbs, the rows that addresses name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.bookings import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Booking, Thing


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another, as far as they are somebody's."""
    may = request.actor.permissions
    places = [
        ("bookings:list", _("What can be booked"), Permission.BOOK_THINGS in may),
        ("bookings:mine", _("My bookings"), Permission.BOOK_THINGS in may),
        ("bookings:desk", pgettext("of bookings", "What we lend"), Permission.LEND_THINGS in may),
        ("bookings:used", _("Who used what"), Permission.LEND_THINGS in may),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]


def the_thing(public_id: str) -> Thing:
    """A thing that the reader sees, or 404."""
    return get_object_or_404(queries.things(), public_id=plain_id(public_id))


def the_booking(public_id: str) -> Booking:
    """A booking that the reader sees, or 404."""
    return get_object_or_404(queries.bookings(), public_id=plain_id(public_id))


def to_list(request: Request, *further: str) -> list[Crumb]:
    """From the list to a page."""
    way = [step(request, pgettext("in the rail", "Bookings"), "bookings:list")]
    return [*way, *(here(one) for one in further)]


def to_thing(request: Request, thing: Thing, *further: str) -> list[Crumb]:
    """From the list over a thing to a page of it."""
    way = to_list(request)
    if further:
        way.append(step(request, text(thing.name), "bookings:thing", thing.public_id))
    return [*way, *(here(one) for one in further)]
