"""Public pages of organisations: no account, no cookie, and nothing but what each says is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from craftpath.delivery.web.places.hooks import parts_of
from craftpath.delivery.web.places.mapping import maps
from craftpath.delivery.web.places.photos import sent
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import kind, text
from craftpath.delivery.web.shell.visiting import for_visitors, languages, spoken_in
from craftpath.domain.places import queries
from craftpath.domain.places.texts import OFFERS
from craftpath.kernel.access import memberships_on
from craftpath.kernel.consents import ever_said_yes, of_whom
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.places.models import Place

WHY = "visitors read what organisations say about themselves in public, and only that is asked for"
PURPOSE = "public_page"
A_PAGE = 40
MOST_MASTERS = 60
KEPT = "public, max-age=300"
"""A page that somebody else may keep for five minutes: what is taken back is gone everywhere soon after."""


def _answer(request: Request, template: str, context: dict[str, Any], *, listed: bool = True) -> HttpResponse:
    response = render(request, template, context)
    response.headers["Cache-Control"] = KEPT
    if not listed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@for_visitors("place")
def everywhere_public(request: Request) -> HttpResponse:
    """Every organisation with a public page, looked for by name and what it offers; two queries."""
    with everywhere(WHY):
        rows = list(queries.places().filter(is_public=True))
    wanted = request.GET.get("q", "").replace("\0", "").strip().casefold()[:80]
    shown = [one for one in rows if not wanted or wanted in _words(one)]
    spoken = spoken_in(request)
    urls = {one.organisation_id: reverse("at:page", args=[one.organisation.key]) + spoken for one in shown}
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one, kind(one.organisation.kind), urls[one.organisation_id]) for one in page.object_list],
        "maps": maps(shown, {}, (), urls),
        "q": request.GET.get("q", "")[:80],
        "any": bool(rows),
        "languages": languages(request),
        "spoken_in": request.GET.get("in", "") if spoken else "",
    }
    return _answer(request, "places/public_list.html", context)


def _words(place: Place) -> str:
    said = Text.of(place.organisation.name)
    offers = [line for lines in place.offers.values() for line in lines]
    return " ".join([said.zh, said.en, place.address, *offers]).casefold()


@for_visitors("place")
def page(request: Request, place: str) -> HttpResponse:
    """One organisation; a handful of queries."""
    with everywhere(WHY):
        said = _found(place)
        organisation = said.organisation
        urls = {said.organisation_id: request.path}
        context = {
            "said": said,
            "organisation": organisation,
            "kind": kind(organisation.kind),
            "offers": [
                (str(OFFERS[key]), said.offers.get(key, [])) for key in OFFERS if said.offers.get(key)
            ],
            "masters": _masters(request, said),
            "parts": parts_of(organisation, request.today),
            "maps": maps([said], {}, queries.outline_for(organisation), urls),
            "languages": languages(request),
            "back": reverse("at:list") + spoken_in(request),
        }
    return _answer(request, "places/public_page.html", context, listed=said.is_indexed)


def _found(key: str) -> Place:
    said = queries.places().filter(organisation__key=key, is_public=True).first()
    if said is None:
        raise Http404
    return said


def _masters(request: Request, said: Place) -> list[tuple[str, str]]:
    """(name, place) of those who teach here or below and agreed to be named on this page; two queries at most.

    Only those who ever agreed are fetched: below a city there are teachers by the thousand.
    """
    held = memberships_on(request.today).filter(
        organisation__path__startswith=said.organisation.path, role__in=[Role.MENTOR.value, Role.TRAINER.value],
        person__is_active=True, person__in=ever_said_yes(PURPOSE),
    )  # fmt: skip
    rows = list(held.select_related("person").order_by("person__name", "pk"))
    agreed = of_whom((row.person_id for row in rows), PURPOSE)
    names = {
        row.person_id: (row.person.name, text(row.organisation.name))
        for row in rows
        if row.person_id in agreed
    }
    return list(names.values())[:MOST_MASTERS]


@for_visitors("place")
def photo(request: Request, place: str) -> HttpResponseBase:
    """The photo of a public page."""
    with everywhere(WHY):
        response = sent(_found(place))
    response.headers["Cache-Control"] = KEPT
    return response
