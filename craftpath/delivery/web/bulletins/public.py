"""Published bulletins for everybody: no account, no cookie, nothing but what was published and who still agrees."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from craftpath.delivery.exchange.bulletins.kept import kept_paper
from craftpath.delivery.exchange.bulletins.proving import sheet_of
from craftpath.delivery.exchange.bulletins.sheet import Quote, Sheet, chart_table, counted
from craftpath.delivery.web.bulletins import saying
from craftpath.delivery.web.bulletins.moving import PDF
from craftpath.delivery.web.bulletins.places import address_of, title
from craftpath.delivery.web.shell import visiting
from craftpath.delivery.web.shell.downloads import attachment, played
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.visiting import View
from craftpath.domain.bulletins import queries
from craftpath.domain.bulletins.places import PLACES
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin

WHY = "visitors read what is published, and only that is asked for"
MOST = 60
GONE = 410
LARGEST = 2**31 - 1
"""No number of a bulletin is larger, and some databases refuse to look for one that is."""


def for_visitors(view: View) -> View:
    """Whoever is quoted may take it back at any time, so nobody keeps a page."""

    @visiting.for_visitors("bulletin")
    @never_cache
    @wraps(view)
    def shown(request: Request, *ids: Any, **more: Any) -> HttpResponseBase:
        with everywhere(WHY):
            return view(request, *ids, **more)

    return shown


def _found(place: str, number: int) -> Bulletin:
    row = queries.public_number(place, number) if number <= LARGEST else None
    if row is None:
        raise Http404
    return row


def _spoken(content: dict[str, Any]) -> str:
    """The language in which it is read: the reader's, if it has that."""
    if content["language"] != "both":
        return str(content["language"])
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


@for_visitors
def numbers(request: Request, place: str) -> HttpResponse:
    """All numbers of an organisation."""
    organisation = get_object_or_404(Organisation, key=place)
    rows = []
    for row in queries.public_list(organisation)[:MOST]:
        content = queries.public_content(row)
        spoken = _spoken(content)
        lead = content["blocks"].get("lead", {}).get("head", {})
        rows.append(
            {
                "row": row,
                "title": title(row),
                "name": saying.title_of(content, spoken),
                "lead": lead.get(spoken, ""),
                "url": reverse("bulletin:page", args=[place, row.number]) + visiting.spoken_in(request),
            }
        )
    context = {"place": text(organisation.name), "rows": rows, "languages": visiting.languages(request)}
    return render(request, "bulletins/public_list.html", context)


@for_visitors
def page(request: Request, place: str, number: int) -> HttpResponse:
    """One number to read; a withdrawn one says so."""
    row = _found(place, number)
    back = reverse("bulletin:numbers", args=[place]) + visiting.spoken_in(request)
    if row.state == "withdrawn":
        context = {"row": row, "title": title(row), "place": text(row.organisation.name), "back": back}
        context |= {"languages": visiting.languages(request)}
        return render(request, "bulletins/withdrawn.html", context, status=GONE)
    content = queries.public_content(row)
    spoken = _spoken(content)

    def address(key: str) -> str:
        return reverse("bulletin:picture", args=[place, number, key])

    quotes = [Quote.of(one) for one in queries.public_voices(row, content)]
    sheet = Sheet(content, quotes, (spoken,), address)
    made = {one.key: mark_safe(sheet.html(one.key)) for one in PLACES}  # noqa: S308  (escaped where it is made)
    context = {
        "row": row,
        "title": title(row),
        "name": saying.title_of(content, spoken),
        "place": text(content["organisation"]),
        "lang": saying.TAGS[spoken],
        "theme": content["theme"],
        "at": made,
        "counted": mark_safe(counted(sheet)),  # noqa: S308  (escaped where it is made)
        "chart_rows": chart_table(sheet),
        "pdf_url": reverse("bulletin:pdf", args=[place, number]),
        "back": back,
        "languages": visiting.languages(request),
    }
    return render(request, "bulletins/public.html", context)


@for_visitors
def pdf(request: Request, place: str, number: int) -> HttpResponseBase:
    """The paper as it is now: without whoever took a yes back."""
    row = _found(place, number)
    if row.state != "published":
        raise Http404
    content = queries.public_content(row)
    sheet = sheet_of(row, content, queries.public_voices(row, content))
    return attachment(kept_paper(row.public_id, sheet, address_of(row)), f"{place}-{number}.pdf", PDF)


@for_visitors
def picture(request: Request, place: str, number: int, picture: str) -> HttpResponseBase:
    """A picture of it."""
    row = _found(place, number)
    kept = queries.pictures_of(row, queries.public_content(row)).get(plain_id(picture))
    if kept is None or row.state != "published":
        raise Http404
    return played(request, kept, "image/jpeg")
