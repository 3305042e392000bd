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

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.places.demand import Load, loads, rolled_up
from craftpath.delivery.web.places.finding import points_url, tabs
from craftpath.delivery.web.places.mapping import LOOKS, maps
from craftpath.delivery.web.shell.downloads import XLSX, attachment
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
    shown = own if "own" in request.GET else below
    known = {
        one.organisation_id: one for one in queries.places().filter(organisation__in=[one.pk for one in rows])
    }
    top = request.organisation.depth
    lines = [
        Listed(
            one, known.get(one.pk), shown[one.pk], min(one.depth - top, 5),
            str(NETWORKS[known[one.pk].network]) if one.pk in known and known[one.pk].network else "",
            reverse("places:place", args=[organisation, one.key]),
        )
        for one in rows
    ]  # fmt: skip
    sort = request.GET.get("sort", "") if request.GET.get("sort", "") in SORTS else "tree"
    if sort == "need":
        lines.sort(key=lambda one: (-one.load.need, -one.load.taken))
    figures = Permission.SEE_FIGURES in request.actor.permissions
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    urls = {one.organisation.pk: one.url for one in lines}
    context: dict[str, Any] = {
        "tabs": tabs(request, "list"),
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


def _rows(request: Request) -> tuple[list[Organisation], dict[int, Load], dict[int, Load]]:
    rows = list(request.organisation.below().order_by("path"))
    own = loads(rows, request.today)
    return rows, own, rolled_up(rows, own)


@require_GET
@needs(Permission.SEE_FIGURES)
def sheet(request: Request, organisation: str) -> HttpResponse:
    """A row for each place, without what lies below, so that sums are right."""
    rows, own, _below = _rows(request)
    header = [
        _("Place"), pgettext("of an organisation", "Kind"), _("Seats"), _("Taken"), _("Free"), _("Learn here"),
        pgettext("for a seat", "Asked"), pgettext("for a seat", "Waiting"),
    ]  # fmt: skip
    lines = [
        (
            text(one.name),
            kind(one.kind),
            load.seats,
            load.taken,
            load.free,
            load.enrolled,
            load.asked,
            load.waiting,
        )
        for one in rows
        for load in (own[one.pk],)
    ]
    name = pgettext("in the rail", "Places")
    return attachment(write_xlsx([OutSheet(name=name, header=header, rows=lines)]), f"{name}.xlsx", XLSX)
