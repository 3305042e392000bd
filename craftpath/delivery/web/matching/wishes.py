"""Whom somebody would like: a short list for each round that asks; the other side never reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.pairing.places import to_pairs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.matching import queries
from craftpath.domain.matching.actions import state_preferences
from craftpath.domain.matching.rules import MOST_WISHES
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Seat

OFFERED = 3
"""Choices that a list begins with; whoever learns names so many, whoever teaches up to five."""


@require_GET
def wishes(request: Request, organisation: str) -> HttpResponse:
    """The rounds that ask, each with a list to put in order."""
    return _page(request)


def _page(request: Request, wrong: str = "", said: str = "", status: int = 200) -> HttpResponse:
    seats = list(queries.asked_of(request.user, request.today))
    context = {
        "rows": [_row(request, seat, wrong, said) for seat in seats],
        "crumbs": to_pairs(request, here(_("Whom I would like"))),
    }
    return render(request, "matching/wishes.html", context, status=status)


def _row(request: Request, seat: Seat, wrong: str, said: str) -> dict[str, Any]:
    known = queries.may_be_wanted(seat)
    profiles = queries.profiles_of(one.person_id for one in known)
    places = {one.pk: one.public_id for one in known}
    kept = [places.get(pk, "") for pk in queries.wanted_by(seat)]
    if wrong == seat.public_id:
        kept = request.POST.getlist("wanted")
    number = MOST_WISHES if seat.side == "teaches" else OFFERED
    number = min(len(known), max(number, len(kept)))
    return {
        "seat": seat,
        "learns": seat.side != "teaches",
        "choices": [(one.public_id, _said(one, profiles)) for one in known],
        "given": [kept[at] if at < len(kept) else "" for at in range(number)],
        "said": said if wrong == seat.public_id else "",
        "answered": bool(kept),
    }


def _said(one: Seat, profiles: Any) -> str:
    """The name with what somebody teaches, or where an apprentice comes from."""
    profile = profiles.get(one.person_id)
    if one.side != "learns" and profile is not None and profile.teaches:
        return f"{one.person.name} · {listed(profile.teaches[:3])}"
    where = one.enrolment.cohort.name if one.enrolment is not None else one.place.name
    return f"{one.person.name} · {text(where)}"


@require_POST
def state(request: Request, organisation: str, seat: str) -> HttpResponse:
    """Keep the list; empty places are passed over."""
    mine = get_object_or_404(queries.asked_of(request.user, request.today), public_id=plain_id(seat))
    given = [one for one in request.POST.getlist("wanted") if one]
    known = {one.public_id: one for one in queries.may_be_wanted(mine)}
    try:
        if not set(given) <= set(known):
            raise Refused(not_now("matching.wish_unknown"))
        wanted = [known[key] for key in given]
        state_preferences(mine.round, mine, wanted, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        return _page(request, mine.public_id, sentence(refused.verdict), 409)
    messages.success(request, _("Kept. Only the office reads it."))
    return redirect("matching:wishes", organisation)
