"""Published figures: no account, no cookie, nothing but what an organisation publishes, the same cells hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import GROUPS, Offered, asked, offered
from craftpath.delivery.web.indicators.one import TABLES, page, sent
from craftpath.delivery.web.indicators.overview import gather
from craftpath.delivery.web.indicators.places import indicator_of
from craftpath.delivery.web.indicators.reading import Ask, Told, tell
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import kind, text
from craftpath.delivery.web.shell.visiting import for_visitors, languages, spoken_in
from craftpath.domain.insight import queries
from craftpath.domain.insight.publishers import publishers
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

WHY = "visitors read what organisations publish, and only that is asked for"
KEPT = "public, max-age=300"
"""A page that somebody else may keep for five minutes: what is taken back is gone everywhere soon after."""


def _asker(of: Organisation) -> Ask:
    def ask(keys: Iterable[str], by: Iterable[str], where: Mapping[str, str]) -> list[queries.Row]:
        return queries.public_figures(keys, by, where, of=of)

    return ask


def _choices(of: Organisation, keys: list[str]) -> Offered:
    """Groups of which something published tells; names of all others are nobody's business."""
    ask = _asker(of)
    with everywhere(WHY):
        found = queries.choices(of=of)
    told = {one: {row.dims.get(one) for row in ask(keys, (one,), {})} for one in GROUPS}
    return offered(
        {
            one: [row for row in rows if one not in told or row.value in told[one]]
            for one, rows in found.items()
        }
    )


def _answer(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(
        request, template, {**context, "languages": languages(request), "spoken": spoken_in(request)}
    )
    response.headers["Cache-Control"] = KEPT
    return response


@for_visitors("figures")
def everywhere_published(request: Request) -> HttpResponse:
    """Organisations that publish figures."""
    spoken = spoken_in(request)
    found = [
        (text(one.name), kind(one.kind), reverse("figures:place", args=[one.key]) + spoken)
        for one in publishers()
    ]
    return _answer(request, "indicators/public_list.html", {"found": found})


def _place(key: str) -> tuple[Organisation, list[str]]:
    of = get_object_or_404(Organisation, key=key)
    keys = queries.published(of)
    if not keys:
        raise Http404
    return of, keys


@for_visitors("figures")
def published(request: Request, place: str) -> HttpResponse:
    """All that one organisation publishes, of the newest quarter, or of all together where that says little."""
    of, keys = _place(place)
    choices = _choices(of, keys)
    spoken = spoken_in(request)
    found = gather(
        asked(request.GET, choices, request.today, whole=True), choices, _asker(of),
        lambda key: reverse("figures:one", args=[place, key]) + spoken, keys=keys,
    )  # fmt: skip
    context = {
        "organisation": of,
        "found": found,
        "period": found.period,
        "said_period": saying.quarter(found.period) if found.period else "",
        "back": reverse("figures:list") + spoken,
    }
    return _answer(request, "indicators/public_place.html", context)


def _told(request: Request, place: str, indicator: str) -> tuple[Organisation, Told, Any, Any]:
    of, keys = _place(place)
    if indicator not in keys:
        raise Http404
    choices = _choices(of, keys)
    wish = asked(request.GET, choices, request.today, whole=True)
    return of, tell(indicator_of(indicator), wish, choices, _asker(of)), wish, choices


@for_visitors("figures")
def one(request: Request, place: str, indicator: str) -> HttpResponse:
    """One of them with its definition, over time and by groups."""
    of, told, wish, choices = _told(request, place, indicator)
    query = {"period": told.period, "by": wish.by, **wish.where, "in": request.GET.get("in", "")}
    written = urlencode({name: value for name, value in query.items() if value})
    context = {
        **page(told, wish, choices),
        "organisation": of,
        "files": {
            name: f"{reverse('figures:file', args=[place, indicator, name])}?{written}" for name in TABLES
        },
        "back": reverse("figures:place", args=[place]) + spoken_in(request),
    }
    return _answer(request, "indicators/public_one.html", context)


@for_visitors("figures")
def file(request: Request, place: str, indicator: str, which: str) -> HttpResponseBase:
    """One of its tables as a file."""
    if which not in TABLES:
        raise Http404
    _of, told, _wish, _choices = _told(request, place, indicator)
    response = sent(told, which, place)
    response.headers["Cache-Control"] = KEPT
    return response
