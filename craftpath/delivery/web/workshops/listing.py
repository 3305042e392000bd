"""The list of workshops: those around, those that one's organisations hold or are invited to, and public ones."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.places import list_tabs
from craftpath.domain.workshops import queries
from craftpath.kernel.roles import Permission

A_PAGE, ELSEWHERE = 20, 10


@require_GET
def workshops(request: Request, organisation: str) -> HttpResponse:
    """The newest first, each with the own registration; below them public ones that others hold."""
    rows = queries.workshops()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    own = queries.own_workshops(request.user)
    others = queries.public_workshops().filter(state="open").exclude(pk__in=rows.order_by().values("pk"))
    context = {
        "page": page,
        "tabs": list_tabs(request, "list"),
        "cards": saying.cards(page.object_list, "workshops:workshop", organisation, own=own),
        "others": saying.cards(others[:ELSEWHERE], "workshop:page", own=own),
        "plans": Permission.RUN_WORKSHOPS in request.actor.permissions,
    }
    return render(request, "workshops/list.html", context)
