"""All certificates that the reader sees: those of the office, or the own ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.certificates.places import issues, tabs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates import queries
from craftpath.domain.certificates.texts import STANDINGS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.certificates.models import Certificate

A_PAGE = 25
SOON = timedelta(days=90)
LONGEST_WORD = 60


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """Filtered by kind, by how they stand, by what runs out soon; searched by number or name."""
    rows = _seen(request)
    all_of_them = Permission.SEE_CERTIFICATES in request.actor.permissions
    kind, show = request.GET.get("kind", ""), request.GET.get("show", "")
    word = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST_WORD]
    offered = _kinds(rows) if all_of_them else []
    if kind in {key for key, _name in offered}:
        rows = rows.filter(kind__key=kind)
    if show in STANDINGS:
        rows = rows.filter(queries.in_standing(show, request.today))
    elif show == "soon":
        ends = Q(valid_until__range=(request.today, request.today + SOON))
        rows = rows.filter(queries.in_standing("valid", request.today) & ends)
    if word:
        rows = rows.filter(Q(number__icontains=word) | Q(person__name__icontains=word))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": saying.rows(page, request.today),
        "kinds": offered,
        "kind": kind,
        "shows": list(STANDINGS.items()),
        "show": show,
        "q": word,
        "filtered": bool(kind or show or word),
        "all_of_them": all_of_them,
        "issues": issues(request),
        "tabs": tabs(request, "certificates:list"),
        "under_way": queries.batches().filter(state__in=("planned", "issuing"))[:5]
        if issues(request)
        else [],
    }
    return render(request, "certificates/list.html", context)


def _seen(request: Request) -> QuerySet[Certificate]:
    rows = queries.certificates().defer("credential", "token")
    if Permission.SEE_CERTIFICATES in request.actor.permissions:
        return rows
    return rows.filter(person=request.user)


def _kinds(rows: QuerySet[Certificate]) -> list[tuple[str, str]]:
    """Lines of kinds of which there is a certificate, by the name of their newest version; one query."""
    found: dict[str, str] = {}
    told = rows.order_by("kind__version").values("kind__key", "kind__title").annotate(count=Count("pk"))
    for one in told:
        found[one["kind__key"]] = text(one["kind__title"])
    return sorted(found.items(), key=lambda one: one[1])
