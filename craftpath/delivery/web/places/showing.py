"""One place: where it lies, what it offers, seats against demand, how one gets there, and its public page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.places.demand import Load, lines_of, loads
from craftpath.delivery.web.places.finding import found, to_places, whole_tree
from craftpath.delivery.web.places.mapping import LOOKS, maps
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.places import queries, rules
from craftpath.domain.places.texts import MODES, NETWORKS, OFFERS
from craftpath.kernel.roles import Permission

NEIGHBOURS = 12


@require_GET
def place(request: Request, organisation: str, place: str) -> HttpResponse:
    """The same queries whatever it has."""
    row = found(request, place)
    said = queries.place_of(row)
    mode = request.GET.get("mode", "") if request.GET.get("mode", "") in MODES else "bus"
    others = {one.pk: one for one in whole_tree(request) if one.pk != row.pk}
    ways = queries.ways_among([row.pk, *others], mode)
    near = [
        (found_way, one) for one in others.values() if (found_way := ways.between(row.pk, one.pk)) is not None
    ]
    near.sort(key=lambda each: (each[0].minutes, each[1].path))
    load = loads([row], request.today).get(row.pk, Load())
    urls = {row.pk: reverse("places:place", args=[organisation, row.key])}
    context = {
        "row": row,
        "said": said,
        "offers": [(str(OFFERS[key]), said.offers.get(key, [])) for key in OFFERS if said.offers.get(key)]
        if said
        else [],
        "network": str(NETWORKS[said.network]) if said and said.network else "",
        "lines": lines_of([one for one in queries.seats_of(row) if one.ends_on >= request.today]),
        "load": load,
        "figures": Permission.SEE_FIGURES in request.actor.permissions,
        "near": [
            (one, way, reverse("places:place", args=[organisation, one.key]))
            for way, one in near[:NEIGHBOURS]
        ],
        "mode": mode,
        "modes": [(key, str(words)) for key, words in MODES.items()],
        "maps": maps([said] if said else [], {row.pk: load}, queries.outline_for(row), urls),
        "looks": [(key, str(words)) for key, words in LOOKS.items()],
        "keeps": bool(rules.may_keep(request.actor, row)),
        "public_url": reverse("at:page", args=[row.key]) if said and said.is_public else "",
        "crumbs": to_places(request, here(text(row.name))),
    }
    return render(request, "places/place.html", context)
