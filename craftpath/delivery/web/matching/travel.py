"""Minutes between places, for the rounds of an office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.matching.forms import TravelForm
from craftpath.delivery.web.matching.places import LOOKS_AFTER, to_rounds
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.matching import queries
from craftpath.domain.matching.actions import note_travel
from craftpath.domain.pairing.loads import places_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOKS_AFTER)
def travel(request: Request, organisation: str) -> HttpResponse:
    """The times that are known, and one more; the same two places again change the time."""
    places = {place.key: place for place in places_of(request.organisation)}
    choices = [(key, text(place.name)) for key, place in places.items()]
    form = TravelForm(request.POST if request.method == "POST" else None, places=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            with refusals_in(form):
                note_travel(
                    places[given["one"]], places[given["other"]], organisation=request.organisation,
                    minutes=given["minutes"], by=request.actor, at=request.at,
                )  # fmt: skip
            if not form.errors:
                messages.success(request, _("Kept."))
                return redirect("matching:travel", organisation)
            status = 409
    context = {
        "rows": list(queries.travel_times(request.organisation)),
        "form": form,
        "crumbs": to_rounds(request, here(_("Travel times"))),
    }
    return render(request, "matching/travel.html", context, status=status)
