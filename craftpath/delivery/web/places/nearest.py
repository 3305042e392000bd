"""Which place within so many minutes has a free seat in an occupation."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.directives.progress import same
from craftpath.delivery.web.places.demand import Line, lines_of
from craftpath.delivery.web.places.finding import tabs, whole_tree
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import both, text
from craftpath.domain.places import queries
from craftpath.domain.places.texts import MODES
from craftpath.kernel.organisations import Organisation


class NearestForm(forms.Form):
    """From where, how, how long at most, and what for."""

    start = forms.ChoiceField(label=_("Starting from"))
    minutes = forms.IntegerField(label=_("At most (minutes)"), min_value=1, max_value=600, initial=40)
    mode = forms.ChoiceField(label=_("How"), choices=list(MODES.items()), initial="bus")
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A line of seats with the way to it."""

    line: Line
    place: Organisation
    way: queries.Minutes
    url: str


@require_GET
def nearest(request: Request, organisation: str) -> HttpResponse:
    """Free seats by travel time; the same queries however many places."""
    rows = {one.key: one for one in whole_tree(request)}
    lines = [
        one
        for one in lines_of(
            list(queries.seats_on(request.today).filter(organisation__in=[it.pk for it in rows.values()]))
        )
        if one.free
    ]
    named: dict[str, dict[str, str]] = {}
    for one in lines:
        named.setdefault(both(one.seats.occupation), one.seats.occupation)
    first = {"start": request.organisation.key, "minutes": 40, "mode": "bus", "occupation": ""}
    form = NearestForm({**first, **request.GET.dict()})
    form.fields["start"].choices = [(key, text(one.name)) for key, one in rows.items()]  # type: ignore[attr-defined]
    form.fields["occupation"].choices = [("", _("any")), *((name, name) for name in sorted(named))]  # type: ignore[attr-defined]
    found: list[Found] = []
    asked = form.is_valid()
    if asked:
        given = form.cleaned_data
        wanted = named.get(given["occupation"])
        ways = queries.ways_among([one.pk for one in rows.values()], given["mode"])
        by_id = {one.pk: one for one in rows.values()}
        for one in lines:
            way = ways.between(rows[given["start"]].pk, one.seats.organisation_id)
            if (
                way is not None
                and way.minutes <= given["minutes"]
                and (wanted is None or same(wanted, one.seats.occupation))
            ):
                place = by_id[one.seats.organisation_id]
                found.append(Found(one, place, way, reverse("places:place", args=[organisation, place.key])))
        found.sort(key=lambda it: (it.way.minutes, it.place.path))
    context = {"form": form, "found": found[:60], "tabs": tabs(request, "nearest")}
    return render(request, "places/nearest.html", context, status=200 if asked else 422)
