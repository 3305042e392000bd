"""What partners booked and used of one's own side at a price: offered as a contribution, entered by one press."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.partnership.places import found, own_side, year_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.subsidies.saying import amount
from craftpath.domain.bookings.queries import Priced, priced_under
from craftpath.domain.partnership import actions, queries
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation, Side

KINDS = {"equipment": "machine", "room": "room", "trainer": "hours", "other": "other"}
"""What is booked → the kind of contribution that it is."""


def offered(row: Cooperation, side: Side | None, year: int) -> list[dict[str, Any]]:
    """What of a year is not entered yet, as lines: what, for how long, at which price, and what that comes to."""
    if side is None or row.state != "in_force":
        return []
    return [
        {
            "key": _key(one),
            "what": text(one.name),
            "hours": hours(one.minutes),
            "price": amount(one.price, one.currency),
            "value": amount(round(Decimal(one.minutes) * one.price / 60), one.currency),
            "count": len(one.bookings),
        }
        for one in _priced(row, side, year)
    ]


def _priced(row: Cooperation, side: Side, year: int) -> list[Priced]:
    first, last = max(row.starts_on, date(year, 1, 1)), min(row.ends_on, date(year, 12, 31))
    return priced_under(row, side.organisation, first, last, counted=queries.counted_bookings())


def _key(one: Priced) -> str:
    return f"{one.thing}-{one.price}-{one.currency}"


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def give_booked(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Enter one of these lines as it stands now; pressed twice, it stands there once."""
    row = found(cooperation)
    side, year = own_side(request, row), year_of(request, row)
    if side is None:
        raise Http404
    wanted = request.POST.get("what", "")
    one = next((line for line in _priced(row, side, year) if _key(line) == wanted), None)
    if one is None:
        raise Refused(not_now("partnership.counted_already"))
    booked = actions.Booked(
        KINDS[one.kind], Text.of(one.name).both()[:200], one.last, Decimal(one.minutes) / 60, one.price, one.currency,
        tuple(one.bookings),
    )  # fmt: skip
    actions.give_booked(side, booked, by=request.actor, at=request.at)
    messages.success(request, _("Entered. Another side confirms it."))
    return redirect(f"{reverse('partnership:invest', args=[organisation, row.public_id])}?year={year}")
