"""All places: figures rolled up along the tree, a map, a table by need; the same as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.places.demand import Load, loads, rolled_up
from craftpath.delivery.web.places.finding import points_url, tabs
from craftpath.delivery.web.places.mapping import LOOKS, maps
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import kind, text
from craftpath.domain.places import queries, rules
from craftpath.domain.places.texts import NETWORKS
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.places.models import Place

A_PAGE = 40
SORTS = ("tree", "need")


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation as a line."""

    organisation: Organisation
    place: Place | None
    load: Load
    depth: int
    network: str
    url: str


@require_GET
def places(request: Request, organisation: str) -> HttpResponse:
    """The reader's part of the tree; the same queries for five places and for five hundred."""
    rows, own, below = _rows(request)
    lines, sort, known = _lines(request, rows, own, below)
    figures = Permission.SEE_FIGURES in request.actor.permissions
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    urls = {one.organisation.pk: one.url for one in lines}
    context: dict[str, Any] = {
        "tabs": tabs(request, "list"),
        "ways": ways_out(request, "places"),
        "page": page,
        "sort": sort,
        "own": "own" in request.GET,
        "figures": figures,
        "total": below[request.organisation.pk],
        "maps": maps(list(known.values()), own, queries.outline_for(request.organisation), urls),
        "looks": [(key, str(words)) for key, words in LOOKS.items()],
        "keeps": bool(rules.may_keep(request.actor, request.organisation)),
        "points": points_url(request),
        "whole": len(rows) > 1,
    }
    return render(request, "places/list.html", context)


def _lines(
    request: Request, rows: list[Organisation], own: dict[int, Load], below: dict[int, Load]
) -> tuple[list[Listed], str, dict[int, Place]]:
    """The lines as they are asked for, by what they are sorted, and the places that say something of themselves."""
    shown = own if "own" in request.GET else below
    known = {
        one.organisation_id: one for one in queries.places().filter(organisation__in=[one.pk for one in rows])
    }
    top = request.organisation.depth
    lines = [
        Listed(
            one, known.get(one.pk), shown[one.pk], min(one.depth - top, 5),
            str(NETWORKS[known[one.pk].network]) if one.pk in known and known[one.pk].network else "",
            reverse("places:place", args=[request.organisation.key, one.key]),
        )
        for one in rows
    ]  # fmt: skip
    sort = request.GET.get("sort", "") if request.GET.get("sort", "") in SORTS else "tree"
    if sort == "need":
        lines.sort(key=lambda one: (-one.load.need, -one.load.taken))
    return lines, sort, known


def _rows(request: Request) -> tuple[list[Organisation], dict[int, Load], dict[int, Load]]:
    rows = list(request.organisation.below().order_by("path"))
    own = loads(rows, request.today)
    return rows, own, rolled_up(rows, own)


@require_GET
@needs(Permission.SEE_FIGURES)
def sheet(request: Request, organisation: str, form: str) -> HttpResponse:
    """The table of the page, all of it: with what lies below a place, or each for itself, so that sums are right."""
    require_form(form)
    heads = [
        _("Place"), pgettext("of an organisation", "Kind"),
        *(
            Head(name, figures=True)
            for name in (
                _("Taken"), _("Seats"), _("Free"), _("Learn here"), pgettext("for a seat", "Asked"),
                pgettext("for a seat", "Waiting"),
            )
        ),
        pgettext("of a place", "Network"),
    ]  # fmt: skip
    cells = [
        (
            text(one.organisation.name),
            kind(one.organisation.kind),
            load.taken if load.seats else Told(load.taken, _("not stated")),
            load.seats if load.seats else Told(0, _("not stated")),
            load.free if load.seats else None,
            load.enrolled,
            load.asked,
            load.waiting,
            one.network,
        )
        for one in _lines(request, *_rows(request))[0]
        for load in (one.load,)
    ]
    made = listing(pgettext("in the rail", "Places"), text(request.organisation.name), heads, cells)
    return sent(request, made, form)


exported("places", screen="places:list", file="places:sheet", caption="Places with their seats")
