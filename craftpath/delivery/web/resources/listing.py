"""The library: looked through by words and by what a resource is about; the same queries for five and for fifty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET

from craftpath.delivery.web.resources import saying
from craftpath.delivery.web.resources.finding import Answer, answer, place_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.resources import queries, rules
from craftpath.kernel.search.shown import marked

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource
    from craftpath.domain.resources.queries import Marks

A_PAGE = 20
_NUMBERED = ("pdf", "pptx")


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """What is found, best or latest first, and what it may be narrowed down to."""
    found = answer(request)
    page = Paginator(found.ids, A_PAGE).get_page(request.GET.get("page"))
    rows = {row.public_id: row for row in queries.shared().filter(public_id__in=list(page.object_list))}
    shown = [rows[one] for one in page.object_list if one in rows]
    marks = queries.marks_of(shown)
    pages = queries.pages_of(shown) if found.asked else {}
    keeps = bool(rules.may_keep(request.actor, request.organisation))
    context = {
        "lines": [_line(organisation, row, marks[row.pk], found, pages.get(row.pk, [])) for row in shown],
        "page": page,
        "found": found,
        "most": len(found.ids),
        "asked": urlencode({"q": found.asked, **found.chosen} if found.asked else found.chosen),
        "keeps": keeps,
        "tends": bool(rules.may_tend(request.actor, request.organisation)),
        "waiting": queries.drafts_of(request.user).count() if keeps else 0,
    }
    return render(request, "resources/list.html", context)


def _line(organisation: str, row: Resource, marks: Marks, found: Answer, pages: list[str]) -> dict[str, Any]:
    words, tone = saying.badge(row, marks)
    title = text(row.title)
    said = format_html_join(" · ", "{}", ((one,) for one in saying.line(row, marks)))
    numbered = row.current is not None and row.current.form in _NUMBERED
    place = place_of([text(row.abstract)], found.asked, False) or place_of(pages, found.asked, numbered)
    return {
        "label": marked(title, found.asked) if found.asked else title,
        "note": format_html("{}<br>{}", said, place) if found.asked and place else said,
        "url": reverse("resources:resource", args=[organisation, row.public_id]),
        "badge": words,
        "tone": tone,
    }
